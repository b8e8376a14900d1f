"""A family of tables has the steps that it has: what it has not yet, nothing asks it for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dimsegen.code.naming import is_taken
from dimsegen.families import Family, families, family_of

from ..conftest import ROOT, Run

NEW = "audit"


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Give the steps that a family is to lack, for a test to fill."""
    missing: set[str] = set()
    has, step = Family.has, Family.step

    def still_has(family: Family, name: str) -> bool:
        return has(family, name) and not (family.name == NEW and name in missing)

    def taken(family: Family, name: str) -> Any:
        assert still_has(family, name), f"{family.name} has no {name}"
        return step(family, name)

    monkeypatch.setattr(Family, "has", still_has)
    monkeypatch.setattr(Family, "step", taken)
    return missing


def test_without_documents_there_are_no_json_schemas_of_it(
    dimsegen: Run, lacking: set[str], tmp_path: Path
) -> None:
    lacking.add("documents")
    said = dimsegen("json-schema", "--output", tmp_path)
    assert (said.code, said.err) == (0, "")
    assert (tmp_path / "service.json").exists()
    assert not (tmp_path / NEW).exists()


@pytest.mark.parametrize("step", ["explain.answer", "explain.catalogue"])
def test_what_explains_has_two_steps_and_either_may_be_missing(
    dimsegen: Run, lacking: set[str], step: str
) -> None:
    lacking.add(step)
    said = dimsegen("explain", "S4", "--schemas", ROOT / "schemas")
    assert (said.code, said.err) == (0, "")


def test_a_file_is_that_of_the_innermost_folder_of_a_family() -> None:
    for family in families():
        assert family_of(Path("schemas", family.folder, "any.yaml")) is family
    assert family_of(Path("upper_layer", "audit", "rules.yaml")).folder == "audit"


def test_a_file_that_is_not_compared_says_so(dimsegen: Run) -> None:
    said = dimsegen("diff", ROOT / "schemas" / NEW / "rules.yaml")
    assert said.code == 2
    assert said.err.startswith(f"{NEW}/rules.yaml: no tables, and is not compared: ")


def test_no_service_can_take_the_name_of_a_folder_of_a_family() -> None:
    folders = [each.folder for each in families() if each.folder]
    assert folders
    assert all(is_taken(folder.upper().replace("_", "-")) for folder in folders)
