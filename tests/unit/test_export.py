"""`dimsegen export` writes what the schemas say, all of it, and reads it back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dimsegen.dimse.interchange import FORM
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.model import Schema
from dimsegen.export.read import read
from dimsegen.export.records import ExportError
from dimsegen.export.schema import json_schema
from dimsegen.export.write import written
from dimsegen.reading.position import Position
from dimsegen.table.waiver import Waiver
from jsonschema import Draft202012Validator

from tests.conftest import ROOT, Run
from tests.golden.errors.case import BASE

SCHEMAS = ROOT / "schemas"
PUBLISHED = SCHEMAS / "json-schema" / "export.json"


@pytest.fixture(scope="module")
def schema() -> Schema:
    waiver = Waiver("N-GET", "r", "c", "why", "", date(2026, 1, 2), Position("w", 1, 1))
    return replace(load_schema(SCHEMAS), waivers=(waiver,))


def test_the_document_reads_back_into_an_equal_schema(schema: Schema) -> None:
    again = read(written(schema, FORM), FORM)
    assert again == schema
    # What equality does not look at: the Status clauses, and the order of what is in order.
    assert [each.listings for each in again.services] == [e.listings for e in schema.services]
    assert written(again, FORM) == written(schema, FORM)


def test_so_does_that_of_other_tables() -> None:
    small = load_schema(BASE)
    assert read(written(small, FORM), FORM) == small


def test_the_published_json_schema_describes_it(schema: Schema) -> None:
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    assert published == json_schema(FORM)
    Draft202012Validator.check_schema(published)
    Draft202012Validator(published).validate(json.loads(written(schema, FORM)))


def test_the_format_the_version_and_the_edition_are_said(schema: Schema) -> None:
    document = json.loads(written(schema, FORM))
    assert (document["format"], document["version"]) == (FORM.name, 1)
    assert document["edition"] == schema.edition != ""


def test_a_row_says_what_the_table_prints(schema: Schema) -> None:
    document = json.loads(written(schema, FORM))
    (service,) = (each for each in document["services"] if each["name"] == "C-FIND")
    (row,) = (each for each in service["rows"] if each["parameter"] == "Identifier")
    assert [each["name"] for each in service["columns"]] == ["request", "response", "cancel"]
    assert [cell["usage"] for cell in row["cells"].values()] == ["M", "C", "-"]
    assert row["required_when"]["kind"] == "status_in"
    assert row["required_when"]["codes"] == [{"first": 0xFF00, "last": 0xFF01}]


def _drop(document: dict[str, Any]) -> None:
    del document["services"][0]["rows"]


def _usage(document: dict[str, Any]) -> None:
    next(iter(document["services"][0]["rows"][0]["cells"].values()))["usage"] = "X"


def _name(document: dict[str, Any]) -> None:
    document["services"][0]["rows"][0]["parameter"] = "Nobody"


def _codes(document: dict[str, Any]) -> None:
    document["status_classes"][0]["codes"] = ["0000"]


def _text(document: dict[str, Any]) -> None:
    document["edition"] = 2024


def _version(document: dict[str, Any]) -> None:
    document["version"] = 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_drop, "/services/0: expected an object with name, "),
        (_usage, "/usage: expected Usage"),
        (_name, "/services/0/rows/0/parameter: expected the keyword of a parameter"),
        (_codes, "/status_classes/0/codes: expected frozenset"),
        (_text, "/edition: expected str"),
        (_version, "not dimse-primitives-export of version 1"),
    ],
)
def test_what_is_no_export_is_refused_at_its_place(
    schema: Schema, change: Callable[[dict[str, Any]], None], words: str
) -> None:
    document = json.loads(written(schema, FORM))
    change(document)
    with pytest.raises(ExportError, match=words):
        read(json.dumps(document), FORM)
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    if change is not _name:
        assert not Draft202012Validator(published).is_valid(document)


def test_text_that_is_not_json_is_refused() -> None:
    with pytest.raises(ExportError, match=r"old\.json: not JSON"):
        read("{", FORM, "old.json")


def test_it_goes_to_standard_output_or_to_a_file(dimsegen: Run, tmp_path: Path) -> None:
    said = dimsegen("export", "--schemas", SCHEMAS)
    assert (said.code, said.err) == (0, "")
    file = tmp_path / "ps3.7.json"
    first = dimsegen("export", "--schemas", SCHEMAS, "-o", file)
    assert first.out.endswith(" bytes, written\n")
    assert file.read_bytes().decode() == said.out
    assert dimsegen("export", "--schemas", SCHEMAS, "-o", file).out.endswith("unchanged\n")


def test_check_says_whether_a_file_is_up_to_date(dimsegen: Run, tmp_path: Path) -> None:
    file = tmp_path / "ps3.7.json"
    arguments = ("export", "--schemas", SCHEMAS, "--check")
    assert dimsegen(*arguments).code == 2
    assert dimsegen(*arguments, "-o", file).code == 1
    dimsegen("export", "--schemas", SCHEMAS, "-o", file)
    assert dimsegen(*arguments, "-o", file).code == 0
    file.write_text(file.read_text(encoding="utf-8").replace("C-ECHO", "C-HECO"), encoding="utf-8")
    assert dimsegen(*arguments, "-o", file).code == 1
