"""The retired elements of Table E.2-1 in `elements.yaml`: checked, and compared."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from dimsegen.dimse.compare import compare
from dimsegen.dimse.loader import SchemaError, load_schema
from dimsegen.dimse.model import Schema

from tests.conftest import ROOT

TEXT = (ROOT / "schemas" / "elements.yaml").read_text("utf-8")


def loaded(folder: Path, old: str = "", new: str = "") -> Schema:
    """Return the schemas with `new` in place of `old` in elements.yaml."""
    assert old in TEXT
    shutil.copytree(ROOT / "schemas", folder)
    (folder / "elements.yaml").write_text(TEXT.replace(old, new, 1), "utf-8")
    return load_schema(folder)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"(0000,0200)"', '"(0000,0100)"', "Initiator: has the tag of CommandField"),
        ('"(0000,0200)"', '"(0000,0010)"', "Initiator: has the tag of CommandRecognitionCode"),
        ('"(0000,0200)"', '"(0000,0350)"', "is not in the order of tags"),
        ('"(0000,0200)"', '"(0008,0200)"', "Initiator: is not in the group of"),
        ("  Initiator: ", "  Priority: ", "Priority: is an element too"),
        ("name: Initiator}", "name: Priority}", "Initiator: has the name of Priority"),
        ("vr: CS", "vr: cs", "two capital letters"),
    ],
)
def test_a_retired_element_is_checked(old: str, new: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaError) as raised:
        loaded(tmp_path / "schemas", old, new)
    assert words in str(raised.value)
    assert "elements.yaml:" in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("name: Erase", "name: Eraser", "Erase (0000,5190) CS 1 -> Eraser (0000,5190) CS 1"),
        (', allowed_by: "6.3.1"', "", ", allowed by 6.3.1 -> Command Length to End"),
        ('vm: "1-n", name: Overlays', 'vm: "1", name: Overlays', "US 1-n -> Overlays"),
    ],
)
def test_a_change_of_one_is_found(old: str, new: str, change: str, tmp_path: Path) -> None:
    (finding,) = compare(loaded(tmp_path / "old"), loaded(tmp_path / "new", old, new))
    assert finding.rule == "documentation-edited"
    assert change in f"{finding.old} -> {finding.new}"
    assert finding.reference == "PS3.7 E.2"


def test_one_that_is_gone_is_found(tmp_path: Path) -> None:
    (line,) = (each for each in TEXT.split("\n") if each.startswith("  Borders:"))
    (finding,) = compare(loaded(tmp_path / "old"), loaded(tmp_path / "new", f"{line}\n", ""))
    assert (finding.old, finding.new) == ("Borders (0000,5160) CS 1", "nothing")
