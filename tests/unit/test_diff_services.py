"""`dimsegen diff` answers where a version lacks a service or all of them, or has idle parts."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from ..conftest import ROOT, TINY, Run
from .git_repository import Git, make_repository

TELL = "services/x_tell.yaml"
PING = "services/x_ping.yaml"
OWN = ROOT / "docs" / "guides" / "own"
ELEMENT = (
    '  Spare:                                {tag: "(0000,1050)", vr: US, vm: "1",   name: Spare}\n'
)
TYPE = """
  spare:
    type: {name: Spare, class: failure, codes: ["C0F1"], see: "Z.3.3"}
    fields: {}
"""


def without(folder: Path, *names: str) -> Path:
    """Write the tiny schemas without some of their services, and with nothing that names them."""
    shutil.copytree(TINY, folder)
    for name in names:
        (folder / name).unlink()
    if PING in names:
        (folder / "errata.yaml").unlink()
        statuses = folder / "statuses.yaml"
        text = statuses.read_text("utf-8")
        pattern = r"    fields:\n +Stops: +\{response: X-PING\}\n"
        statuses.write_text(re.sub(pattern, "    fields: {}\n", text), "utf-8")
    return folder


def findings(run: Run, *arguments: object) -> tuple[object, dict[str, str]]:
    """Return the exit code, and where each finding is."""
    said = run("diff", *arguments, "-o", "json")
    assert said.err == ""
    found = json.loads(said.out)["findings"]
    places = {f"{each['rule']} {each['service']}": each for each in found}
    return said.code, {key: f"{each['file']}:{each['line']}" for key, each in places.items()}


VERIFY = pytest.mark.parametrize("verify", ["counterexamples", "exhaustive", "none"])


@VERIFY
def test_a_service_that_is_new_stands_in_its_file(
    verify: str, dimsegen: Run, tmp_path: Path
) -> None:
    old = without(tmp_path / "old", TELL)
    code, found = findings(dimsegen, old, TINY, "--verify", verify)
    assert (code, [*found]) == (1, ["service-added X-TELL"])
    assert found["service-added X-TELL"].endswith(f"ping/schemas/{TELL}:2")


@VERIFY
def test_a_service_that_is_gone_stands_where_it_was(
    verify: str, dimsegen: Run, tmp_path: Path
) -> None:
    new = without(tmp_path / "new", TELL)
    code, found = findings(dimsegen, TINY, new, "--verify", verify)
    assert (code, [*found]) == (1, ["service-removed X-TELL"])
    assert found["service-removed X-TELL"].endswith(f"ping/schemas/{TELL}:2")


@VERIFY
@pytest.mark.parametrize("has_folder", [True, False])
def test_the_first_service_of_a_folder_and_the_last_one_removed(
    verify: str, has_folder: bool, dimsegen: Run, tmp_path: Path
) -> None:
    some = without(tmp_path / "some", PING)
    none = without(tmp_path / "none", PING, TELL)
    if not has_folder:
        (none / "services").rmdir()
    code, found = findings(dimsegen, none, some, "--verify", verify)
    assert (code, [*found]) == (1, ["service-added X-TELL"])
    code, found = findings(dimsegen, some, none, "--verify", verify)
    assert (code, [*found]) == (1, ["service-removed X-TELL"])
    assert found["service-removed X-TELL"].endswith(f"some/{TELL}:2")


def test_a_counterexample_shows_whom_a_new_service_breaks(dimsegen: Run, tmp_path: Path) -> None:
    said = dimsegen("diff", without(tmp_path / "old", TELL), TINY)
    assert "DecodeError: Command Field 0F20H names no message" in " ".join(said.out.split())


def test_two_folders_without_services_are_not_compared(dimsegen: Run, tmp_path: Path) -> None:
    folders = [without(tmp_path / name, PING, TELL) for name in ("old", "new")]
    said = dimsegen("diff", *folders)
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith("no services in either: name the folders that have them\n")


def test_generate_wants_a_service(dimsegen: Run, tmp_path: Path) -> None:
    none = without(tmp_path / "none", PING, TELL)
    said = dimsegen("generate", "--schemas", none, "--output", tmp_path / "out")
    assert (said.code, said.out) == (2, "")
    assert "no services: put at least one .yaml file in this folder" in said.err


def test_what_nobody_uses_is_found_where_it_stands(dimsegen: Run, schemas: Path) -> None:
    elements, statuses = schemas / "elements.yaml", schemas / "statuses.yaml"
    text = elements.read_text("utf-8")
    text = text.replace("\ndata_sets:", f"{ELEMENT}\ndata_sets:", 1)
    elements.write_text(text.replace("descriptions:\n", 'descriptions:\n  Spare: "Spare."\n', 1))
    statuses.write_text(statuses.read_text("utf-8") + TYPE)
    said = dimsegen("diff", TINY, schemas)
    assert (said.code, said.err) == (0, "")
    assert re.search(r"note  element-added  Spare .*\n  .*schemas/elements\.yaml:26:3", said.out)
    assert re.search(r"note  status-added  .*Spare.*\n  .*schemas/statuses\.yaml:36:3", said.out)
    said = dimsegen("diff", schemas, TINY)
    assert (said.code, said.err) == (0, "")
    assert re.search(r"note  element-removed  Spare .*\n  .*elements\.yaml:25:3", said.out)
    assert re.search(r"note  status-removed  .*\n  .*statuses\.yaml:32:3", said.out)


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    return make_repository(tmp_path / "repository", monkeypatch)


def test_what_is_gone_since_a_revision_has_its_path_in_the_repository(
    dimsegen: Run, git: Git
) -> None:
    (git.folder / "schemas" / TELL).unlink()
    code, found = findings(dimsegen)
    assert (code, found) == (1, {"service-removed X-TELL": f"schemas/{TELL}:2"})
    said = dimsegen("diff", "-o", "github")
    assert f"file=schemas/{TELL},line=2" in said.out
    short = git("rev-parse", "--short=7", "HEAD")
    assert f"  {short}:schemas/{TELL}:2:10\n" in dimsegen("diff").out


def test_a_status_that_is_renamed_without_a_word_breaks_both_sides(
    dimsegen: Run, tmp_path: Path
) -> None:
    new = Path(shutil.copytree(OWN, tmp_path / "new"))
    for file in new.rglob("*.yaml"):
        text = file.read_text("utf-8")
        file.write_text(re.sub(r"\bStatus:", "Outcome:", text), "utf-8")
    said = dimsegen("diff", OWN, new)
    assert (said.code, said.err) == (1, "")
    assert "error  usage-na-to-m  X-BOLT response Outcome" in said.out
    assert "error  usage-m-to-na  X-BOLT response Status" in said.out


@pytest.mark.parametrize("word", ["CommandGroupLength", "CommandField", "CommandDataSetType"])
def test_what_every_message_has_is_the_same_under_another_keyword(
    word: str, dimsegen: Run, tmp_path: Path
) -> None:
    old = ROOT / "docs" / "guides" / "own"
    new = shutil.copytree(old, tmp_path / "new")
    for file in new.rglob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace(f"{word}:", f"{word}New:"), "utf-8")
    assert dimsegen("diff", old, new).code == 0
    assert dimsegen("diff", new, old).code == 0
