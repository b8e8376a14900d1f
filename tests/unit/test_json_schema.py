"""The JSON Schemas by which editors complete and check are those of the loader.

What the loader accepts they accept; what a shape alone can tell they refuse too.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from dimsegen.dimse.documents import DOCUMENTS
from dimsegen.dimse.loader.folder import read_folder
from dimsegen.reading.editor_schema import json_schema
from dimsegen.reading.problems import Report
from dimsegen.reading.sources import Source
from dimsegen.sop_classes.documents import DOCUMENTS as SOP_CLASSES
from dimsegen.upper_layer.documents import DOCUMENTS as UPPER_LAYER
from jsonschema import Draft202012Validator

from tests.conftest import ROOT, Run
from tests.golden.errors.case import BASE, Case, read_cases

FOLDER = ROOT / "schemas" / "json-schema"
FOLDERS = (ROOT / "schemas", BASE)
SOURCES = [source for folder in FOLDERS for source in read_folder(folder, Report())]
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")
# The rules that a shape alone can tell.
SHAPE = {
    *("unknown-key", "missing-key", "wrong-kind", "wrong-value", "nothing", "empty"),
    *("unquoted", "quoted-number", "duplicate-item", "unknown-usage"),
}
# What is right, or the same, once YAML has read it; or needs more than a shape.
ONLY_THE_LOADER = {
    "unquoted": "the dash is the same word without quotes",
    "unquoted.fixed-value": "so is a word",
    "unquoted.no": "a key that is true or false has no pattern to keep",
    "unquoted.tag-in-lines": "and a tag that stands in a line of its own",
    "wrong-value.decimal": "a number is the same in every notation",
    "wrong-value.digits": "with any number of digits",
    "wrong-value.fixed-value": "in every place",
    "wrong-value.status": "0107 is one, too: 71",
    "unknown-key.column": "the columns are what the file says",
    "unknown-key.capital": "whatever they are called",
    "unknown-key.other-column": "and however many there are",
}


def accepts(kind: str, text: str) -> bool:
    return bool(validator(FOLDER / f"{kind}.json").is_valid(yaml.safe_load(text)))


@cache
def validator(path: Path) -> Draft202012Validator:
    """Return what validates by the JSON Schema at `path`, which is one."""
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def cases_of_a_shape() -> list[Case]:
    return [case for case in read_cases("cases") if case.rule in SHAPE]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_each_is_a_valid_schema_of_draft_2020_12(kind: str) -> None:
    schema: dict[str, Any] = json_schema(DOCUMENTS[kind])
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema)


def test_the_files_are_what_the_shapes_give(dimsegen: Run) -> None:
    assert dimsegen("json-schema", "--output", FOLDER, "--check").code == 0
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted([*DOCUMENTS, "export"])
    for folder, documents in (("upper_layer", UPPER_LAYER), ("sop_classes", SOP_CLASSES)):
        files = (FOLDER / folder).glob("*.json")
        assert sorted(path.stem for path in files) == sorted([*documents, "export"])


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.file)
def test_a_file_that_loads_is_accepted(source: Source) -> None:
    assert accepts(source.kind, source.text)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.file)
def test_the_first_line_of_a_file_names_its_schema(source: Source) -> None:
    match = MODELINE.fullmatch(source.text.split("\n")[0])
    assert match is not None
    named = (ROOT / source.file).parent / match[1]
    assert named.resolve() == FOLDER / f"{source.kind}.json"
    assert named.is_file()


@pytest.mark.parametrize("case", cases_of_a_shape(), ids=lambda case: case.name)
def test_what_a_shape_alone_can_tell_is_refused(case: Case, tmp_path: Path) -> None:
    case.prepare(tmp_path)
    before = {source.text for source in SOURCES}
    changed = [s for s in read_folder(tmp_path / "schemas", Report()) if s.text not in before]
    accepted = all(accepts(source.kind, source.text) for source in changed)
    assert accepted == (case.name in ONLY_THE_LOADER)


SOP_CLASS_FILES = sorted((ROOT / "schemas" / "sop_classes").glob("*.yaml"))


@pytest.mark.parametrize("path", SOP_CLASS_FILES, ids=lambda path: path.name)
def test_a_file_of_sop_classes_is_accepted_by_the_schema_that_it_names(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    match = MODELINE.fullmatch(text.split("\n")[0])
    assert match is not None
    by = validator((path.parent / match[1]).resolve())
    assert not [error.message for error in by.iter_errors(yaml.safe_load(text))]
