"""`dimsegen export --part PS3.8`: the tables of the Upper Layer for other languages."""

from __future__ import annotations

import json
from pathlib import Path

from dimsegen.export.read import read
from dimsegen.export.schema import json_schema
from dimsegen.upper_layer.interchange import FORM
from dimsegen.upper_layer.loader import load_schema
from jsonschema import Draft202012Validator

from tests.conftest import ROOT, Run
from tests.printed import printed_folder

PUBLISHED = ROOT / "schemas" / "json-schema" / "upper_layer" / "export.json"


def test_the_document_reads_back_and_is_as_its_json_schema_says(
    dimsegen: Run, tmp_path: Path
) -> None:
    file = tmp_path / "ps3.8.json"
    arguments = ("--part", "ps3.8", "--schemas", printed_folder(), "-o", file)
    said = dimsegen("export", *arguments)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"{file.as_posix()}: 24 PDU structures, ")
    text = file.read_text(encoding="utf-8")
    assert read(text, FORM) == load_schema(printed_folder())
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    assert published == json_schema(FORM)
    Draft202012Validator(published).validate(json.loads(text))
    assert dimsegen("export", *arguments, "--check").code == 0


def test_a_part_without_tables_is_refused(dimsegen: Run) -> None:
    said = dimsegen("export", "--part", "PS3.99")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("--part PS3.99: no tables of that part are exported: use PS3.7")
