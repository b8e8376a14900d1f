"""The explorer and the page of editions have the attribute tables as they are printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dimsegen.sop_classes.edition_pages import pages
from dimsegen.sop_classes.explored import explored
from dimsegen.sop_classes.loader import load_schema
from dimsegen.sop_classes.printed_lines import lines_of

from ...conftest import ROOT

MODEL = load_schema(ROOT / "schemas")
PAGE = ROOT / "docs" / "editions" / "sop_classes.rst"


def test_the_explorer_has_every_line_of_every_table() -> None:
    shown = json.loads(json.dumps(explored(MODEL, "dimse_primitives")["data_sets"]))
    tables = [table for file in MODEL.files for table in file.tables]
    assert [each["label"] for each in shown["tables"]] == [table.label for table in tables]
    for table, each in zip(tables, shown["tables"], strict=True):
        lines = lines_of(table)
        assert [row["depth"] for row in each["rows"]] == [line.depth for line in lines]
        for row, line in zip(each["rows"], lines, strict=True):
            assert row["codes"] == {name: code for name, code in line.cells.items() if code}
            assert all(shown["meanings"][name][code] for name, code in row["codes"].items())


def test_the_explorer_says_when_an_attribute_is_there() -> None:
    shown = json.loads(json.dumps(explored(MODEL, "dimse_primitives")["data_sets"]))
    (mpps,) = [each for each in shown["tables"] if each["label"] == "F.7.2-1"]
    row = next(each for each in mpps["rows"] if each["path"].endswith(".UniversalEntityIDType"))
    assert row["notes"]["create"] == "required when Universal Entity ID is present"
    status = next(each for each in mpps["rows"] if each["path"] == "PerformedProcedureStepStatus")
    assert status["notes"]["create"] == "one of IN PROGRESS"


def test_without_an_edition_there_is_no_page(tmp_path: Path) -> None:
    assert list(pages(tmp_path, MODEL)) == []


@pytest.mark.parametrize("words", ["2020c to the schemas", "Not printed yet", "F.7.2.1.1"])
def test_the_page_of_editions_is_published(words: str) -> None:
    assert words in PAGE.read_text("utf-8")
    assert "editions/sop_classes" in (ROOT / "docs" / "index.rst").read_text("utf-8")
