"""A checkout with one private service beside the standard ones is whole."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from ..conftest import ROOT, Run, run_python, tree
from ..printed import printed_folder, private, private_in, without
from .docbook.page import SCHEMA, print_part, print_upper_layer
from .forked import add_hatch, add_lock, add_to_upper_layer, mention_hatch
from .sop_classes.test_private_sop_class import HATCH as HATCH_CLASS

INSTALL = """
import pynetdicom.dimse_primitives as theirs
before = [theirs.C_ECHO]  # a name would be bound to the new class, too
from dimse_primitives import N_GET, X_LOCK
from dimse_primitives.contrib import pynetdicom as ours
for codec in (False, True):
    ours.install(codec=codec)
    assert theirs.C_ECHO is not before[0]
    assert not hasattr(theirs, "X_LOCK")
    ours.uninstall()
    assert theirs.C_ECHO is before[0]
request = X_LOCK.request(MessageID=7, MoveDestination="DOOR")
print(request.respond(Status=0).response_violations(request))
"""


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a checkout with a private service."""
    folder = tmp_path_factory.mktemp("fork")
    shutil.copytree(printed_folder(), folder / "schemas")
    assert dimsegen_in(folder, "generate") == 0
    shutil.copytree(folder / "generated", folder / "before")
    add_lock(folder / "schemas")
    return folder


@pytest.fixture(scope="module")
def package(fork: Path) -> Path:
    """Give the folder that has the package of the fork."""
    said = dimsegen_in(fork, "generate")
    assert said == 0
    return fork / "generated"


def dimsegen_in(folder: Path, *arguments: str) -> object:
    from dimsegen.cli import main

    before = Path.cwd()
    os.chdir(folder)
    try:
        return main(arguments)
    finally:
        os.chdir(before)


def test_it_is_generated_and_nothing_of_the_others_changes(fork: Path, package: Path) -> None:
    before, after = tree(fork / "before"), tree(package)
    new = {name for name in after if name not in before}
    changed = {name for name in before if after[name] != before[name]}
    assert new == {"dimse_primitives/x_lock.py"}
    assert changed == {
        f"dimse_primitives/{name}"
        for name in ("__init__.py", "_messages.py", "primitives.schema.json")
    }


def test_its_commands_work(
    fork: Path, package: Path, dimsegen: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(fork)
    for command in (["generate", "--check"], ["lint"], ["fmt", "--check"], ["docs"]):
        said = dimsegen(*command)
        assert (said.code, said.err) == (0, ""), (command, said)
    said = dimsegen("diff", printed_folder(), "schemas")
    assert (said.code, said.err) == (1, "")
    assert "error  service-added  X-LOCK  nothing -> X-LOCK" in said.out
    assert "1 finding: 1 error;" in said.out


def test_what_is_private_is_taken_out_again_to_the_byte(tmp_path: Path) -> None:
    forked = Path(shutil.copytree(printed_folder(), tmp_path / "schemas"))
    for add in (add_lock, add_hatch, mention_hatch, add_to_upper_layer):
        add(forked)
    (forked / "sop_classes" / "hatch.yaml").write_text(HATCH_CLASS, "utf-8")
    (forked / "waivers.yaml").write_text("waivers: []\n", "utf-8")
    assert tree(forked) != tree(printed_folder())
    left = without(private_in(forked), forked, tmp_path / "left")
    assert tree(left) == tree(printed_folder())


def test_elements_statuses_and_errata_of_its_own_are_generated(
    tmp_path: Path, dimsegen: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(printed_folder(), tmp_path / "schemas")
    add_hatch(tmp_path / "schemas")
    add_to_upper_layer(tmp_path / "schemas")
    monkeypatch.chdir(tmp_path)
    for command in (["generate"], ["generate", "--check"], ["lint"], ["fmt", "--check"]):
        said = dimsegen(*command)
        assert (said.code, said.err) == (0, ""), (command, said)
    root = (tmp_path / "generated" / "dimse_primitives" / "__init__.py").read_text("utf-8")
    assert "Hatches 2: https://hatches.example" in root
    # The first line of a docstring stands alone, whatever documents there are.
    assert root.split("\n")[2] == ""
    said = dimsegen("diff", printed_folder(), "schemas", "--verify", "none")
    assert said.code == 1
    for rule in ("service-added  N-HATCH", "element-added  Hatch", "status-class-changed"):
        assert rule in said.out


def test_what_another_document_prints_the_standard_does_not_lack(
    tmp_path: Path, dimsegen: Run
) -> None:
    schemas = Path(shutil.copytree(printed_folder(), tmp_path / "schemas"))
    for add in (add_hatch, mention_hatch, add_to_upper_layer):
        add(schemas)
    part = tmp_path / "part.xml"
    for text, named in (
        (print_part(SCHEMA), "N-HATCH (Hatches), Hatch (Hatches), HatchForce (Hatches)"),
        (print_upper_layer(), "hatch level (Hatches), Reason/Diag. hatch-shut (Hatches)"),
    ):
        part.write_text(text, "utf-8")
        said = dimsegen("verify", part, "--schemas", schemas)
        assert (said.code, said.err) == (0, ""), said
        assert f"not of the standard, and not compared: {named}" in said.out
        notes = json.loads(dimsegen("verify", part, "--schemas", schemas, "-o", "json").out)[
            "notes"
        ]
        assert [note.startswith("not of the standard") for note in notes] == [True]


QUICK = (
    "tests/conformance/test_schemas.py",
    "tests/conformance/test_schema_prose.py",
    "tests/conformance/upper_layer/test_transcription.py",
    "tests/conformance/sop_classes/test_transcription.py",
    "tests/unit/test_show.py",
)


def test_what_counts_the_standard_passes_in_it(tmp_path: Path) -> None:
    if private():
        pytest.skip("this is such a fork: these tests are run here anyway")
    here = tmp_path / "checkout"
    # What is compiled is copied, too: it belongs to files with the same times.
    aside = (".*", "_build", "build", "dist", "corpus")
    shutil.copytree(ROOT, here, ignore=shutil.ignore_patterns(*aside))
    for add in (add_lock, add_hatch, mention_hatch, add_to_upper_layer):
        add(here / "schemas")
    env = {"PYTHONPATH": os.pathsep.join([str(here / "generator"), str(here / "generated")])}
    command = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *QUICK)
    done = run_python(Path(sys.executable), *command, cwd=here, env=env)
    assert done.returncode == 0, done.stdout.decode()


def test_pynetdicom_runs_with_its_package(fork: Path, package: Path) -> None:
    interpreter = Path(sys.executable)
    env = {"PYTHONPATH": str(package)}
    done = run_python(interpreter, "-c", INSTALL, env=env)
    assert (done.returncode, done.stderr, done.stdout) == (0, b"", b"()\n")
    runner = ("-m", "dimse_primitives.contrib.pynetdicom", "--codec")
    done = run_python(interpreter, *runner, "-c", "print('runs')", env=env)
    assert (done.returncode, done.stderr, done.stdout) == (0, b"", b"runs\n")
