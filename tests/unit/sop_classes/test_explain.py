"""`dimsegen explain`, `rules` and `export` know the SOP classes; what they show was run."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from dimsegen.explanation.blocks import Block, Code, Heading, Pairs, UnknownSubjectError
from dimsegen.explanation.rule_entries import Group
from dimsegen.export.read import read
from dimsegen.export.records import ExportError
from dimsegen.export.schema import json_schema
from dimsegen.export.write import written
from dimsegen.sop_classes.explain.answer import answer, names_of
from dimsegen.sop_classes.explain.catalogue import entries
from dimsegen.sop_classes.interchange import FORM
from dimsegen.sop_classes.loader import load_schema
from dimsegen.sop_classes.printed_lines import lines_of, tables_of
from jsonschema import Draft202012Validator

from tests.conftest import ROOT, Run
from tests.golden.sop_classes.test_sop_class_errors import BASE

SCHEMA = load_schema(ROOT / "schemas")
PUBLISHED = ROOT / "schemas" / "json-schema" / "sop_classes" / "export.json"


@cache
def told(words: str) -> tuple[Block, ...]:
    return tuple(answer(words, SCHEMA, ROOT / "templates"))


def headings(words: str) -> list[str]:
    return [block.text for block in told(words) if isinstance(block, Heading)]


def pairs(words: str) -> list[tuple[str, str]]:
    return [row for block in told(words) if isinstance(block, Pairs) for row in block.rows]


def test_an_attribute_is_told_column_by_column_with_what_breaks_it() -> None:
    words = "MPPS.StudyInstanceUID"
    assert headings(words) == [
        "ScheduledStepAttributesSequence[1].StudyInstanceUID (Table F.7.2-1)",
        "N-CREATE request",
        "N-SET request",
    ]
    assert ("usage", "1/1: SCU shall provide a value, SCP shall take it") in pairs(words)
    (code,) = [block for block in told(words) if isinstance(block, Code)]
    assert code.verdict == "invalid"
    names: dict[str, object] = {}
    *lines, call = code.source.splitlines()
    exec("\n".join(lines), names)
    found = eval(call, names)
    assert tuple(map(str, found)) == code.words
    assert "Study Instance UID is missing" in code.words[0]


def test_a_name_or_a_path_does_as_a_keyword() -> None:
    assert told("MPPS study instance uid") == told("MPPS.StudyInstanceUID")
    assert headings("Modality Performed Procedure Step.Modality")[0] == "Modality (Table F.7.2-1)"
    path = "mpps.PerformedSeriesSequence.ProtocolName"
    assert headings(path)[0] == "PerformedSeriesSequence[1].ProtocolName (Table F.7.2-1)"
    types = headings("StorageCommitmentPushModel.FailureReason")
    assert types[0] == "FailedSOPSequence[1].FailureReason (Table J.3-2, type 2)"


def test_a_sop_class_is_told_with_an_example_that_is_valid() -> None:
    assert headings("mpps") == headings("1.2.840.10008.3.1.2.3.3")
    assert headings("MPPS")[0].startswith("Modality Performed Procedure Step SOP Class (1.2.840")
    assert ("N-SET request", "The CT is complete, with one image") in pairs("MPPS")
    (code,) = [block for block in told("MPPS") if isinstance(block, Code)]
    assert code.verdict == "valid"


def test_a_status_a_usage_a_rule_and_an_erratum_are_told() -> None:
    assert headings("MPPS 0110") == ["0110H Processing Failure (N-SET)"]
    assert ("Error ID", "A710") in pairs("MPPS.0110H")
    assert ("zero length", "permitted") in pairs("2/1")
    assert headings("missing-key") == ["missing-key (violation)"]
    assert ("an SCP answers", "A900H") in pairs("missing-key")
    first = SCHEMA.errata[0]
    assert headings(first.identifier) == [f"erratum {first.identifier}: {first.title}"]
    assert told("N-GET.MessageID") == ()


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("MPPS.StudyInstnaceUID", "did you mean StudyInstanceUID"),
        ("MPPS.Nonsense", "dimsegen show mpps lists them"),
        ("MPPS 0999", "0999: mpps has the statuses 0110"),
        ("Verification.0999", "none of its own"),
    ],
)
def test_what_a_sop_class_does_not_have_is_said(words: str, text: str) -> None:
    with pytest.raises(UnknownSubjectError, match=text):
        told(words)


def test_every_name_is_explained() -> None:
    for name in names_of(SCHEMA):
        assert told(name), name


@pytest.mark.parametrize(
    "words", ["PrinterStatus", "Printer Status", "(2110,0010)", "2110,0010", "printer status"]
)
def test_an_attribute_is_told_without_a_sop_class(dimsegen: Run, words: str) -> None:
    said = dimsegen("explain", "--schemas", ROOT / "schemas", words)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Printer Status ((2110,0010), VR CS, VM 1)\n")
    assert "Table H.4-17  PrinterStatus: get U/M" in said.out


def test_every_attribute_of_a_table_is_told_with_each_of_its_lines() -> None:
    lines = [line for table in tables_of(SCHEMA) for line in lines_of(table) if line.tag]
    counts = Counter(line.kind for line in lines)
    for keyword in ("StudyInstanceUID", "FailureReason", "PatientID"):
        assert len(pairs(keyword)) == counts[keyword] > 0


@pytest.mark.parametrize(
    "words", ["DoorCode", "Door Code", "(0041,xx01)", "(0041,xx01) of DOORS 3"]
)
def test_a_private_attribute_is_told_as_a_violation_names_it(dimsegen: Run, words: str) -> None:
    said = dimsegen("explain", "--schemas", ROOT / "docs" / "guides" / "private", words)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Door Code ((0041,xx01) of DOORS 3, VR LO, VM 1)\n")
    assert "Table Z.5-1  DoorCode: create 1/1" in said.out


def test_the_list_has_every_rule_that_check_reports() -> None:
    listed = {each.identifier for each in entries() if each.group is Group.VIOLATION}
    assert listed == {*SCHEMA.answers, "sop-class-status", "state-transition"}


def test_the_export_reads_back_and_is_as_its_json_schema_says(
    dimsegen: Run, tmp_path: Path
) -> None:
    file = tmp_path / "ps3.4.json"
    said = dimsegen("export", "--part", "PS3.4", "--schemas", BASE, "-o", file)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"{file.as_posix()}: 2 SOP classes, ")
    text = file.read_text("utf-8")
    assert read(text, FORM) == load_schema(BASE)
    published = json.loads(PUBLISHED.read_text("utf-8"))
    assert published == json_schema(FORM)
    Draft202012Validator(published).validate(json.loads(text))


def test_what_has_types_conditions_and_states_reads_back_too() -> None:
    files = {file.name: file for file in SCHEMA.files}
    # UPS has types of actions; its tables are long, and have nothing that others have not.
    ups = replace(files["ups"], tables=(), examples=())
    some = replace(SCHEMA, files=(files["mpps"], files["film_box"], ups), macros={})
    text = written(some, FORM)
    assert read(text, FORM) == some
    assert '"action_types": {"2"' in re.sub(r"\s+", " ", text).replace("{ ", "{")
    wrong = re.sub(r'("action_types": \{\s+)"2"', r'\1"b"', text)
    with pytest.raises(ExportError, match="a number as the key"):
        read(wrong, FORM)
