"""Git and its hosts know what is generated, and still show how it changes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.package import render_package

from ..conftest import ROOT


def attributes(folder: Path, files: list[str]) -> dict[str, dict[str, str]]:
    """Return what git says of `files`: attribute to value, by file."""
    said = subprocess.run(
        ["git", "check-attr", "-z", "linguist-generated", "diff", "text", "eol", "--", *files],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    found: dict[str, dict[str, str]] = {}
    for file, attribute, value in zip(said[::3], said[1::3], said[2::3], strict=False):
        found.setdefault(file, {})[attribute] = value
    return found


@pytest.fixture(scope="module")
def generated() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone, and git knows no attributes here: run it in one")
    names = render_package(load_schema(ROOT / "schemas"), ROOT / "templates")
    return [f"generated/dimse_primitives/{name}" for name in names]


def test_every_generated_file_is_marked_and_none_is_hidden(generated: list[str]) -> None:
    found = attributes(ROOT, generated)
    assert set(found) == set(generated)
    assert {values["linguist-generated"] for values in found.values()} == {"true"}
    assert {values["diff"] for values in found.values()} == {"unspecified"}


def test_nothing_written_by_hand_is_marked(generated: list[str]) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    files = [file for file in listed.stdout.split("\0") if file]
    by_hand = [file for file in files if not file.startswith("generated/")]
    assert len(by_hand) > 50
    found = attributes(ROOT, by_hand)
    assert {values["linguist-generated"] for values in found.values()} == {"unspecified"}
    assert {values["diff"] for values in found.values()} == {"unspecified"}


def test_lines_end_the_same_way_on_every_machine(generated: list[str]) -> None:
    found = attributes(ROOT, [*generated, "schemas/elements.yaml", "templates/_runtime.py"])
    assert {(values["text"], values["eol"]) for values in found.values()} == {("auto", "lf")}


def test_a_rule_that_hides_diffs_would_be_seen(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / ".gitattributes").write_text("generated/** -diff\n", encoding="utf-8")
    found = attributes(tmp_path, ["generated/a.py"])
    assert found["generated/a.py"]["diff"] == "unset"
