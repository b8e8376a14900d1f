"""`dimsegen verify` compares the tables of the Upper Layer with PS3.8, and Annex D of PS3.7."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from dimsegen.reports.json import json_schema
from dimsegen.upper_layer.docbook.schema_grids import grids_of
from jsonschema import Draft202012Validator

from ...conftest import Run
from ...printed import printed_folder
from .page import LAYER, SCHEMA, print_part, print_upper_layer
from .test_verify import changed

PARTS = {"PS3.8": print_upper_layer(), "PS3.7": print_part(SCHEMA)}


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / "part.xml"


@pytest.fixture
def verify(dimsegen: Run) -> Run:
    """Hold a file against what the standard prints; in a fork, against no more than that."""
    return lambda part: dimsegen("verify", part, "--schemas", printed_folder())


def test_the_whole_part_agrees(verify: Run, part: Path) -> None:
    part.write_text(PARTS["PS3.8"], "utf-8")
    said = verify(part)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(
        "PS3.8 2024a: 35 tables, 5 services, 99 cells, 95 fields, 32 values, 13 states, "
        "28 actions, 123 transitions compared\n"
    )
    assert said.out.endswith(" and PS3.8 2024a agree: 0 differences\n")


def test_editions_that_differ_are_named_both(dimsegen: Run, part: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(printed_folder(), tmp_path / "schemas"))
    path = folder / "upper_layer" / "states.yaml"
    text = path.read_text("utf-8")
    assert "edition: 2024c\n" in text
    path.write_text(text.replace("edition: 2024c\n", "edition: 2023e\n"), "utf-8")
    part.write_text(PARTS["PS3.7"], "utf-8")
    said = dimsegen("verify", part, "--schemas", folder)
    assert "schemas (2024c and 2023e) and PS3.7 2024a agree" in said.out


def test_tables_of_other_parts_need_not_be_in_order(
    dimsegen: Run, part: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(printed_folder(), tmp_path / "schemas"))
    (folder / "sop_classes" / "errata.yaml").write_text("nothing: at all\n", "utf-8")
    part.write_text(PARTS["PS3.8"], "utf-8")
    said = dimsegen("verify", part, "--schemas", folder)
    assert (said.code, said.err) == (0, "")
    assert dimsegen("lint", "--schemas", folder).code == 2


@pytest.mark.parametrize(
    ("old", "new", "after", "finding"),
    [
        (
            ">M(=)<",
            ">U(=)<",
            'label="7-2"',
            "usage-u-to-m  A-ASSOCIATE indication application context name  U(=) -> M(=)",
        ),
        (
            ">M(=)<",
            ">M<",
            'label="7-2"',
            "equality-added  A-ASSOCIATE indication application context name  M -> M(=)",
        ),
        (">M<", ">Q<", 'label="7-5"', "documentation-edited  A-ABORT indication abort source"),
        (
            "calling AE title",
            "calling AE tittle",
            'label="7-2"',
            "documentation-edited  A-ASSOCIATE calling AE title  calling AE tittle -> ",
        ),
        (
            ">3-6<",
            ">3-7<",
            'label="9-11"',
            "layout-changed  A-ASSOCIATE-RQ PDU 3-6 PDU-length  3-7 -> 3-6",
        ),
        (
            "value 01H",
            "value 11H",
            'label="9-11"',
            "fixed-value-changed  A-ASSOCIATE-RQ PDU 1 PDU-type  11H -> 01H",
        ),
        (
            "Called-AE-title",
            "Caled-AE-title",
            'label="9-11"',
            "documentation-edited  A-ASSOCIATE-RQ PDU 11-26 Called-AE-title  Caled-AE-title -> ",
        ),
        (
            "2 - protocol-version-not-supported",
            "2 - no-common-version",
            'label="9-21"',
            "documentation-edited  A-ASSOCIATE-RJ Reason/Diag. 2 of Source 2  no-common-version ->",
        ),
        (
            "Non-Confirmed",
            "Confirmed",
            'label="7-1"',
            "documentation-edited  services A-ABORT  Confirmed -> Non-Confirmed",
        ),
        ("Idle", "Busy", 'label="9-1"', "documentation-edited  state machine Sta1  Busy -> Idle"),
        (
            "Next state is Sta5",
            "Next state is Sta6",
            'label="9-6"',
            "documentation-edited  state machine AE-2  Sta6 -> Sta5",
        ),
        (
            ">AE-2 Sta5<",
            ">AE-2 Sta6<",
            'label="9-10"',
            "transition-changed  state machine Transport Conn. Confirmn (local transport service) "
            "Sta4  AE-2 Sta6 -> AE-2 Sta5",
        ),
    ],
)
def test_a_changed_fact_is_a_finding(
    verify: Run, part: Path, old: str, new: str, after: str, finding: str
) -> None:
    part.write_text(changed(PARTS["PS3.8"], old, new, after), "utf-8")
    said = verify(part)
    assert (said.code, said.err) == (1, "")
    assert re.search(rf"^(error|warning|note)  {re.escape(finding)}", said.out, re.MULTILINE), said
    assert said.out.splitlines()[-1].endswith(": 1 difference")
    assert re.search(r"schemas/upper_layer/\S+\.yaml:\d+:\d+$", said.out, re.MULTILINE)


@pytest.mark.parametrize("label", ["7-4", "9-10", "9-17", "9-21"])
def test_a_missing_row_is_a_finding_and_a_missing_table_is_said(
    verify: Run, part: Path, label: str
) -> None:
    text = PARTS["PS3.8"]
    start = text.index("<tr", text.index("<tbody>", text.index(f'label="{label}"')))
    end = text.index("</tr>", start) + len("</tr>")
    part.write_text(text[:start] + text[end:], "utf-8")
    said = verify(part)
    assert said.code == 1
    assert f"Table {label} does not print it\n" in said.out
    gone = text.replace(f'label="{label}"', 'label="x"').replace(f'"table_{label}"', '"table_x-1"')
    part.write_text(gone, "utf-8")
    said = verify(part)
    assert said.code == 1
    assert f"not found: Table {label} (" in said.out


def test_a_table_of_bytes_that_the_schemas_have_not_is_not_compared(
    verify: Run, part: Path
) -> None:
    text = PARTS["PS3.8"]
    start = text.rindex("<table", 0, text.index("<caption>A-ABORT PDU"))
    table = text[start : text.index("</table>", start) + len("</table>")]
    more = table.replace("9-26", "9-27")
    part.write_text(text.replace(table, f"{table}{more}", 1), "utf-8")
    said = verify(part)
    assert said.code == 1
    assert (
        "not compared: Table 9-27 (A-ABORT PDU field), for the schemas have no such table\n"
        in said.out
    )


def test_a_misprint_is_an_erratum(verify: Run, part: Path) -> None:
    text = PARTS["PS3.8"].replace("temporary-congestion", "temporary-congestio")
    part.write_text(text, "utf-8")
    said = verify(part)
    assert said.code == 0
    assert "  erratum    U5: A reason without its last letter\n" in said.out
    assert said.out.endswith("agree: 0 differences, 1 explained by errata\n")


def test_annex_d_of_ps3_7_is_compared_with_the_rest_of_it(verify: Run, part: Path) -> None:
    part.write_text(changed(PARTS["PS3.7"], "value 52H", "value 5FH", 'label="D.3-1"'), "utf-8")
    said = verify(part)
    assert said.code == 1
    found = "fixed-value-changed  Implementation Class UID Sub-Item 1 Item-type  5FH -> 52H\n"
    assert found in said.out
    assert "  clause     PS3.7 D.3.3.2.1, Table D.3-1\n" in said.out
    assert "136 listed statuses, 72 fields, 15 values compared\n" in said.out


@pytest.mark.parametrize(
    ("old", "new", "after", "said"),
    [
        ('xml:id="table_9-2"', 'xml:id="table_9-1"', "", "a second Table 9-1, after that of line"),
        (">Sta7<", ">Sta77<", 'label="9-10"', "Table 9-10 has no column Sta7: this edition"),
        (">Request<", ">Asked<", 'label="7-2"', "Table 7-2 has no column request (its columns: "),
    ],
)
def test_what_nobody_can_read_is_2_with_its_place(
    verify: Run, part: Path, old: str, new: str, after: str, said: str
) -> None:
    part.write_text(changed(PARTS["PS3.8"], old, new, after), "utf-8")
    found = verify(part)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
    assert re.match(rf"{re.escape(part.as_posix())}:\d+:\d+: ", found.err)


def test_it_has_the_formats_of_diff(dimsegen: Run, part: Path) -> None:
    part.write_text(changed(PARTS["PS3.8"], ">3-6<", ">3-7<", 'label="9-11"'), "utf-8")
    report = json.loads(dimsegen("verify", part, "-o", "json").out)
    Draft202012Validator(json_schema()).validate(report)
    assert [each["rule"] for each in report["findings"]] == ["layout-changed"]
    for form in ("markdown", "github", "sarif"):
        said = dimsegen("verify", part, "-o", form)
        assert (said.code, said.err) == (1, "")
        assert "layout-changed" in said.out


@pytest.mark.parametrize("part_name", PARTS)
def test_every_printed_row_is_guarded(part_name: str) -> None:
    """Each row of each grid, with another text in its last cell, is a difference of that row."""
    from dataclasses import replace

    from dimsegen.upper_layer.docbook.differences import verify

    known = grids_of(LAYER, part_name)
    assert verify("x", known, known, {}, LAYER).agrees
    for grid in known:
        for number, row in enumerate(grid.rows):
            for column in grid.columns:
                other = replace(row, cells={**row.cells, column: "other"})
                rows = (*grid.rows[:number], other, *grid.rows[number + 1 :])
                page = (replace(grid, rows=rows),)
                found = verify("x", page, (grid,), {}, LAYER).findings
                assert len(found) == 1, (grid.label, row.name, column)
                assert (found[0].old, found[0].service) == ("other", grid.about)
