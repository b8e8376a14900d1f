"""Files and names that a person could have: links, pipes, devices, words of Python, Ctrl+C."""

from __future__ import annotations

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from dimsegen.code.naming import is_taken
from dimsegen.dimse.loader import load_schema

from ..conftest import ROOT, Run
from .git_repository import M_CELL, PING, U_CELL, Git, make_repository

PACKAGE = ROOT / "generated" / "dimse_primitives"


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    return make_repository(tmp_path / "repository", monkeypatch)


def link(git: Git, target: str) -> None:
    """Commit the service as a file elsewhere, with a link in its place."""
    file = git.folder / PING
    (git.folder / target).parent.mkdir(exist_ok=True)
    file.rename(git.folder / target)
    file.symlink_to(os.path.relpath(git.folder / target, file.parent))


def test_a_service_file_that_is_a_link_is_followed_at_a_revision(dimsegen: Run, git: Git) -> None:
    link(git, "schemas/shared/ping.txt")
    git.commit("linked")
    git.edit(U_CELL, M_CELL, "schemas/shared/ping.txt")
    for words in (["HEAD"], []):
        said = dimsegen("diff", *words, "--verify", "none")
        assert (said.code, said.err) == (1, "")
        assert "error  usage-u-to-m  X-PING request Payload  U -> M" in said.out
        git("checkout", "--quiet", "-B", "change")


def test_a_link_that_leads_out_of_the_folder_is_refused_at_a_revision(
    dimsegen: Run, git: Git
) -> None:
    link(git, "elsewhere/ping.yaml")
    git.commit("linked")
    git.edit(U_CELL, M_CELL, "elsewhere/ping.yaml")
    said = dimsegen("diff", "HEAD", "--verify", "none")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("services/x_ping.yaml: is a symbolic link that leads to no file")


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_has_no_end_is_not_read(kind: str, dimsegen: Run, git: Git) -> None:
    place = Path("/dev/zero") if kind == "device" else git.folder / "pipe"
    if kind == "pipe":
        os.mkfifo(place)
    part = git.folder / "part07.xml"
    part.symlink_to(place)
    commands: list[tuple[object, ...]] = [
        ("diff", place, "schemas"),
        ("verify", place),
        ("editions", git.folder),
        ("git-diff-driver", PING, place, "0" * 7, "100644", git.folder / PING, "0" * 7, "100644"),
        ("generate", "--templates", _templates(git.folder, place)),
    ]
    for command in commands:
        said = dimsegen(*command)
        refused = said.out if command[0] == "git-diff-driver" else said.err
        assert "is no regular file: save what it gives, and name that file" in refused, command
        assert said.code == (0 if command[0] == "git-diff-driver" else 2), command
    (git.folder / "schemas" / "waivers.yaml").symlink_to(place)
    for arguments in (["generate"], ["waive", "0" * 12, "HEAD", "--reason", "Decided."], ["fmt"]):
        said = dimsegen(*arguments)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("schemas/waivers.yaml:1:1: this is no file: ")


def _templates(folder: Path, place: Path) -> Path:
    """Return templates of which one is no file."""
    templates = Path(shutil.copytree(ROOT / "templates", folder / "templates"))
    (templates / "_runtime.py").unlink()
    (templates / "_runtime.py").symlink_to(place)
    return templates


def test_a_class_may_have_a_code_that_no_type_names(
    dimsegen: Run, schemas: Path, tmp_path: Path
) -> None:
    file = schemas / "statuses.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace('codes: ["0107", "Bxxx"]', 'codes: ["0107", "0300", "Bxxx"]'))
    assert 0x0300 in next(
        each.codes for each in load_schema(schemas).status_classes if each.name == "Warning"
    )
    said = dimsegen("generate", "--schemas", schemas, "--output", tmp_path / "out")
    assert (said.code, said.err) == (0, "")


def bound(module: Path) -> set[str]:
    """Return the names that the top level of a module binds, but for its classes of services."""
    names: set[str] = set()
    for node in ast.parse(module.read_text("utf-8")).body:
        match node:
            case ast.Import(imported) | ast.ImportFrom(names=imported):
                names |= {(each.asname or each.name).split(".")[0] for each in imported}
            case ast.FunctionDef(name) | ast.ClassDef(name):
                names.add(name)
            case ast.AnnAssign(ast.Name(name)):
                names.add(name)
    return names


def test_no_service_can_take_a_name_that_a_package_has() -> None:
    services = {each.name.replace("-", "_") for each in load_schema(ROOT / "schemas").services}
    services |= {"C_CANCEL"}
    own = services | {each.lower() for each in services}
    modules = {"root": PACKAGE / "__init__.py", "dispatch": PACKAGE / "_messages.py"}
    small = {name for each in modules.values() for name in bound(each)}
    capital = bound(modules["root"])
    capital |= {name for each in services for name in bound(PACKAGE / f"{each.lower()}.py")}
    found = {name for name in small if re.fullmatch(r"[a-z]+(_[a-z]+)*", name)}
    found |= {name for name in capital if re.fullmatch(r"[A-Z]+(_[A-Z]+)*", name)}
    beside = [each for each in PACKAGE.iterdir() if each.is_dir() or each.suffix == ".py"]
    found |= {each.stem for each in beside if each.name[0] != "_"}
    missing = {name for name in found - own if not is_taken(name.upper().replace("_", "-"))}
    assert missing == set()
    assert not any(is_taken(each.replace("_", "-")) for each in services)


def test_ctrl_c_leaves_no_temporary_file(tmp_path: Path) -> None:
    program = "import sys; from dimsegen.cli import main; sys.exit(main())"
    # One family is enough to be in the middle of: the others take long before anything is written.
    others = shutil.ignore_patterns("upper_layer", "sop_classes", "audit", "json-schema")
    schemas = shutil.copytree(ROOT / "schemas", tmp_path / "schemas", ignore=others)
    for number in range(4):
        out = tmp_path / f"out{number}"
        process = subprocess.Popen(
            [sys.executable, "-c", program, "generate", "--schemas", schemas, "--output", out],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while not out.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(0.004 * number)
        process.send_signal(signal.SIGINT)
        # An interpreter that is at its end already dies of the signal.
        assert process.wait(60) in (0, 2, -signal.SIGINT)
        assert [path for path in out.rglob(".*") if path.is_file()] == []


def test_a_check_sees_what_a_writer_that_was_killed_left(
    dimsegen: Run, schemas: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    options = ("--schemas", schemas, "--output", out)
    assert dimsegen("generate", *options).code == 0
    stray = out / "dimse_primitives" / ".x_ping.py.0123abcd.tmp"
    shutil.copy(out / "dimse_primitives" / "x_ping.py", stray)
    said = dimsegen("generate", *options, "--check")
    assert said.code == 1
    assert stray.name in said.out + said.err
    assert dimsegen("generate", *options).code == 0
    assert not stray.exists()
