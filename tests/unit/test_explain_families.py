"""`dimsegen explain` reads the tables of those families alone that may know what is asked."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from dimsegen.families import families_in

from ..conftest import ROOT, Run
from .sop_classes.test_private_sop_class import HATCH as HATCH_CLASS

SCHEMAS = ROOT / "schemas"
STEP = "explain.answer"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the standard tables, with a mistake in those of the SOP classes."""
    copy = Path(shutil.copytree(SCHEMAS, tmp_path / "schemas"))
    file = copy / "sop_classes" / "printer.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}nonsense: 1\n", encoding="utf-8")
    return copy


def test_no_two_families_have_a_subject_of_the_same_name() -> None:
    read = {each: each.step("loader").load_schema(SCHEMAS) for each in families_in(SCHEMAS, STEP)}
    names = Counter(
        name for family, schema in read.items() for name in set(family.step(STEP).names_of(schema))
    )
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("words", ["0120H", "Sta5", "A_ABORT_PDU.source", "capture-ends-early"])
def test_a_mistake_of_a_family_that_is_not_asked_keeps_nothing_back(
    dimsegen: Run, folder: Path, words: str
) -> None:
    told = dimsegen("explain", "--schemas", SCHEMAS, words)
    assert told.code == 0
    assert dimsegen("explain", "--schemas", folder, words) == told


def test_a_mistake_of_a_family_that_is_asked_before_keeps_nothing_back(
    dimsegen: Run, folder: Path
) -> None:
    (folder / "upper_layer" / "states.yaml").write_text("nonsense: 1\n", encoding="utf-8")
    said = dimsegen("explain", "--schemas", folder, "0120H")
    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize("words", ["PrinterSOPClass", "Nobody"])
def test_a_mistake_is_told_where_the_family_is_asked(
    dimsegen: Run, folder: Path, words: str
) -> None:
    said = dimsegen("explain", "--schemas", folder, words)
    assert (said.code, said.out) == (2, "")
    assert "printer.yaml" in said.err
    assert "nonsense: unknown key" in said.err


def test_who_is_asked_first_does_not_depend_on_how_much_a_folder_adds(
    dimsegen: Run, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    (mine / "sop_classes").mkdir(parents=True)
    (mine / "package.yaml").write_text("extends: standard\n", "utf-8")
    (mine / "sop_classes" / "priority.yaml").write_text(HATCH_CLASS, "utf-8")
    for words in ("Priority", "S4", "HatchManagement"):
        said = dimsegen("explain", "--schemas", mine, words)
        assert said.code == 0
        standard = dimsegen("explain", "--schemas", SCHEMAS, words)
        assert said.out == standard.out or words == "HatchManagement"
