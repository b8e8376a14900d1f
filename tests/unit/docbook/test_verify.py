"""`dimsegen verify` compares the schemas with PS3.7 as NEMA publishes it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from dimsegen.reports.json import json_schema
from jsonschema import Draft202012Validator

from ...conftest import Run
from ...printed import printed_folder, printed_schema
from .page import print_part

SMALL = Path(__file__).with_name("part07-small.xml")


@pytest.fixture(scope="module")
def whole() -> str:
    """All that the schemas say, printed as the standard prints it."""
    return print_part(printed_schema())


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "part07.xml"


def changed(text: str, old: str, new: str, after: str = "") -> str:
    """Return `text` with the first `old` that follows `after` replaced."""
    start = text.index(after)
    at = text.index(old, start)
    return text[:at] + new + text[at + len(old) :]


def test_the_whole_part_agrees_in_all_cells(dimsegen: Run, part: Path, whole: str) -> None:
    part.write_text(whole, "utf-8")
    said = dimsegen("verify", part, "--schemas", printed_folder())
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "PS3.7 2024a: 94 tables, 205 cells, 24 elements, 25 messages, 31 status types, "
        "136 listed statuses, 72 fields, 15 values compared",
        f"{printed_folder()} (2024c) and PS3.7 2024a agree: 0 differences",
    ]


def test_a_changed_cell_is_a_finding_of_diff(dimsegen: Run, part: Path, whole: str) -> None:
    text = changed(whole, ">U<", ">M<", "N-GET Parameters</caption>")
    part.write_text(text, "utf-8")
    said = dimsegen("verify", part, "--schemas", printed_folder())
    assert said.code == 1
    assert said.out.startswith("old  PS3.7 2024a, as printed\nnew  ")
    assert "error  usage-m-to-u  N-GET request AttributeIdentifierList  M -> U\n" in said.out
    assert said.out.splitlines()[-1].endswith("do not agree: 1 difference")


def test_a_small_part_is_read_in_spite_of_its_typography(dimsegen: Run) -> None:
    said = dimsegen("verify", SMALL, "--schemas", printed_folder())
    assert (said.code, said.err) == (1, "")
    assert "26 tables, 42 cells, 24 elements, 7 messages, 11 status types" in said.out
    assert said.out.splitlines()[-1].endswith(
        "do not agree: 0 differences, 1 explained by errata, 68 tables not found"
    )


def test_a_missing_table_is_no_agreement(dimsegen: Run, part: Path, whole: str) -> None:
    text = whole.replace('label="10.1-2"', 'label="10.1-2x"')
    part.write_text(text.replace('xml:id="table_10.1-2"', 'xml:id="table_X"'), "utf-8")
    said = dimsegen("verify", part, "--schemas", printed_folder())
    assert said.code == 1
    assert "not found: Table 10.1-2 (N-GET Parameters)\n" in said.out
    assert "not found: section 10.1.2.1.9 (statuses of N-GET)\n" in said.out
    assert "not compared: Table 10.3-3 (N-GET-RQ Message Fields), for the table" in said.out
    assert "\nPS3.7 2024a: 90 tables, 187 cells, 24 elements, 23 messages" in said.out
    assert said.out.splitlines()[-1].endswith(
        "do not agree: 0 differences, 2 tables not found, 2 tables not compared"
    )


def test_a_table_is_found_wherever_it_stands(dimsegen: Run, part: Path, whole: str) -> None:
    start = whole.index('<chapter label="10"')
    end = whole.index('<chapter label="C"')
    head, chapter, rest = whole[:start], whole[start:end], whole[end:]
    moved = rest.replace("</book>", f"{chapter}</book>")
    part.write_text(head + moved, "utf-8")
    assert dimsegen("verify", part, "--schemas", printed_folder()).code == 0


def test_a_known_erratum_explains_its_own_difference_only(
    dimsegen: Run, part: Path, whole: str
) -> None:
    listed = "No such Action Type (0123H)"
    part.write_text(whole.replace(listed, "No such Action (0123H)"), "utf-8")
    said = dimsegen("verify", part, "--schemas", printed_folder())
    assert said.code == 0
    assert "  erratum    S13: Typing errors\n" in said.out
    assert said.out.endswith("agree: 0 differences, 1 explained by errata\n")
    part.write_text(whole.replace(listed, "No such Act (0123H)"), "utf-8")
    assert dimsegen("verify", part, "--schemas", printed_folder()).code == 1


@pytest.mark.parametrize(
    ("old", "new", "after", "finding"),
    [
        (
            "set to 0110H",
            "set to 0111H",
            "N-GET-RQ Message Fields",
            "command-field-changed  N-GET request CommandField  MF 0x0111 -> MF 0x0110",
        ),
        (
            "(0000,0110)",
            "(0000,0111)",
            "N-GET-RQ Message Fields",
            "element-changed  N-GET request MessageID  (0000,0111) US 1 -> (0000,0110) US 1",
        ),
        (
            "LOW = 0002H",
            "LOW = 0003H",
            'label="E.1-1"',
            "values",
        ),
        (
            "Resource Limitation (0213H)",
            "Resource Limitation (0214H)",
            'label="10.1.2.1.9"',
            "status-codes-changed  N-GET response Status  0214H -> 0213H",
        ),
        (
            "<title>Mistyped argument</title>",
            "<title>Mistaken argument</title>",
            "",
            "documentation-edited  Mistaken argument -> Mistyped argument",
        ),
        ("0213H.", "0214H.", "<title>Resource Limitation", "status-codes-changed  "),
        ("Permitted only in the N-ACTION-RSP", "Permitted", "", "status-field-"),
        ("Bxxx", "Axxx", ">Warning</para>", "status-class-changed"),
        (
            ">AT<",
            ">US<",
            'label="E.1-1"',
            "element-changed  OffendingElement",
        ),
    ],
)
def test_a_changed_fact_is_a_finding(
    dimsegen: Run, part: Path, whole: str, old: str, new: str, after: str, finding: str
) -> None:
    part.write_text(changed(whole, old, new, after), "utf-8")
    said = dimsegen("verify", part, "--schemas", printed_folder())
    assert (said.code, said.err) == (1, "")
    assert re.search(rf"^(error|warning|note)  {re.escape(finding)}", said.out, re.M), said.out


def test_it_has_the_formats_of_diff(dimsegen: Run, part: Path, whole: str, tmp_path: Path) -> None:
    part.write_text(changed(whole, ">U<", ">M<", "N-GET Parameters</caption>"), "utf-8")
    forms = ("text", "markdown", "json", "github", "sarif")
    wanted = [word for form in forms for word in ("-o", f"{form}={tmp_path / form}")]
    said = dimsegen("verify", part, "--schemas", printed_folder(), *wanted)
    assert (said.code, said.out, said.err) == (1, "", "")
    found = {form: (tmp_path / form).read_text(encoding="utf-8") for form in forms}
    assert found["text"] == dimsegen("verify", part, "--schemas", printed_folder()).out
    for text in found.values():
        assert "usage-m-to-u" in text
        assert "dimsegen waive" not in text
    report = json.loads(found["json"])
    Draft202012Validator(json_schema()).validate(report)
    assert [each["rule"] for each in report["findings"]] == ["usage-m-to-u"]
    assert found["markdown"].startswith("### ❌ dimsegen verify: 1 finding: 1 error\n")
    assert "::error file=" in found["github"]
    (run,) = json.loads(found["sarif"])["runs"]
    assert run["results"][0]["ruleId"] == "usage-m-to-u"


def test_every_format_has_what_an_erratum_explains_and_what_was_not_found(dimsegen: Run) -> None:
    report = json.loads(dimsegen("verify", SMALL, "--schemas", printed_folder(), "-o", "json").out)
    assert report["summary"]["waived"] == 1
    assert report["summary"]["is_clean"] is False
    lines = dimsegen("verify", SMALL, "--schemas", printed_folder()).out.splitlines()
    assert report["summary"]["disagreements"] == [e for e in lines if e.startswith("not found: ")]
    (explained,) = report["findings"]
    assert explained["waived"]["reference"].startswith("erratum S")
    markdown = dimsegen("verify", SMALL, "--schemas", printed_folder(), "-o", "markdown").out
    assert "1 explained" in markdown.splitlines()[0]
    assert "❌ not found: Table" in markdown
    assert (
        "title=something was not compared::not found"
        in dimsegen("verify", SMALL, "--schemas", printed_folder(), "-o", "github").out
    )


def test_an_unknown_format_is_refused(dimsegen: Run) -> None:
    said = dimsegen("verify", SMALL, "--schemas", printed_folder(), "-o", "xml")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("-o xml: no such format: use text, ")
