"""`dimsegen show` prints the matrix of a primitive for people, programs and pages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from dimsegen.sop_classes.loader import load_schema
from dimsegen.sop_classes.matrices import shown as shown_sop_classes
from docutils.core import publish_doctree
from docutils.nodes import entry, row

from ..conftest import Run
from ..printed import printed_folder

NAMES = [
    "C-ECHO",
    "C-FIND",
    "C-GET",
    "C-MOVE",
    "C-STORE",
    "N-ACTION",
    "N-CREATE",
    "N-DELETE",
    "N-EVENT-REPORT",
    "N-GET",
    "N-SET",
    "C-CANCEL",
]

SOP_CLASSES = load_schema(printed_folder())


@pytest.fixture
def show(dimsegen: Run) -> Run:
    return lambda *arguments: dimsegen("show", "--schemas", printed_folder(), *arguments)


def test_the_table_has_the_rows_their_cells_and_their_rules(show: Run) -> None:
    said = show("C-FIND")
    assert (said.code, said.err) == (0, "")
    assert (
        said.out
        == """\
C-FIND: Match Attributes against the composite SOP Instances that a peer knows. (PS3.7 9.1.2, \
Table 9.1-2)

  Parameter                      Req/Ind  Rsp/Conf  CnclReq/CnclInd
  Message ID                     M        U         -
  Message ID Being Responded To  -        M         M                equal to Message ID of the \
request
  Affected SOP Class UID         M        U(=)      -                equal to Affected SOP Class \
UID of the request
  Priority                       M        -         -
  Identifier                     M        C         -                required when the status is \
Pending, not allowed when the status is not Pending
  Status                         -        M         -

  (=) Equal to the value in the column to the left
  -   Not applicable: shall not be present
  C   Conditional: the text states the condition
  M   Mandatory
  MF  Mandatory, with a fixed value
  U   At the option of the DIMSE service user
  UF  At the option of the DIMSE service user, with a fixed value
"""
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_primitive_is_shown_in_every_format(show: Run, name: str) -> None:
    for form in ("table", "json", "rst"):
        said = show(name, "--format", form)
        assert (said.code, said.err) == (0, "")
        assert name in said.out
        assert "Message ID Being Responded To" in said.out


@pytest.mark.parametrize("written", ["n-get", "N_GET", "n_get"])
def test_names_may_be_written_as_classes_and_modules_are(show: Run, written: str) -> None:
    assert show(written) == show("N-GET")


def test_json_has_every_fact_of_a_row(show: Run) -> None:
    content = json.loads(show("N-GET", "--format", "json").out)
    assert list(content) == ["name", "summary", "reference", "parameters"]
    assert content["reference"] == "PS3.7 10.1.2, Table 10.1-2"
    rows = {row["keyword"]: row for row in content["parameters"]}
    assert len(rows) == 9
    assert rows["AffectedSOPClassUID"] == {
        "keyword": "AffectedSOPClassUID",
        "name": "Affected SOP Class UID",
        "tag": "(0000,0002)",
        "vr": "UI",
        "vm": "1",
        "request": "-",
        "response": "U",
        "equals": "RequestedSOPClassUID",
        "rule": "equal to Requested SOP Class UID of the request",
        "reference": "PS3.7 10.1.2.1.6, Table 10.1-2",
    }
    attributes = rows["AttributeList"]
    assert (attributes["tag"], attributes["vr"], attributes["vm"]) == (None, None, None)
    assert attributes["rule"] == "required when the status is Success"


def test_json_of_a_primitive_from_a_cancel_column_has_all_columns(show: Run) -> None:
    content = json.loads(show("C-CANCEL", "--format", "json").out)
    assert [row["keyword"] for row in content["parameters"]] == ["MessageIDBeingRespondedTo"]
    cells = content["parameters"][0]
    assert (cells["request"], cells["response"], cells["cancel"]) == ("-", "M", "M")


@pytest.mark.parametrize("name", NAMES)
def test_rst_is_a_table_that_docutils_reads(show: Run, name: str) -> None:
    page = publish_doctree(
        show(name, "--format", "rst").out,
        settings_overrides={"report_level": 1, "halt_level": 1},
    )
    rows = [[cell.astext() for cell in line.findall(entry)] for line in page.findall(row)]
    content = json.loads(show(name, "--format", "json").out)
    columns = [key for key in ("request", "response", "cancel") if key in content["parameters"][0]]
    expected = [[each["name"], *(each[c] for c in columns)] for each in content["parameters"]]
    assert rows[0][0] == "Parameter"
    assert rows[1:] == expected


@pytest.mark.parametrize("name", ["MPPS", "StorageCommitmentPushModel", "1.2.840.10008.5.1.1.1"])
def test_a_sop_class_is_shown_in_every_format(show: Run, name: str) -> None:
    said = show(name)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("SOP classes\n")
    content = json.loads(show(name, "--format", "json").out)
    assert content["tables"][0]["rows"][0]["path"]
    tree = publish_doctree(show(name, "--format", "rst").out)
    assert len(list(tree.findall(row))) > len(content["tables"][0]["rows"])


def test_the_table_of_mpps_has_the_levels_and_cells_of_the_page(show: Run) -> None:  # F.7.2.1.1
    lines = [line.split() for line in show("mpps").out.splitlines()]
    assert [">Study", "Instance", "UID", "(0020,000D)", "1/1", "not-allowed"] in lines
    assert [">>Include", "Table", "F.7.2-1a"] in lines


@pytest.mark.parametrize(
    ("written", "hint"),
    [("N-GTE", " (did you mean N-GET?)"), ("c_ech", " (did you mean C-ECHO?)"), ("DICOM", "")],
)
def test_an_unknown_name_is_2_and_says_what_there_is(show: Run, written: str, hint: str) -> None:
    said = show(written)
    assert (said.code, said.out) == (2, "")
    assert said.err == f"{written}: no such table{hint}: dimsegen show lists them\n"


def test_schemas_that_are_not_there_are_2(dimsegen: Run) -> None:
    said = dimsegen("show", "N-GET", "--schemas", "nowhere")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("nowhere")
    assert ":1:1: no such f" in said.err


def test_alone_it_lists_the_primitives_in_every_format(show: Run) -> None:
    said = show()
    assert (said.code, said.err) == (0, "")
    assert "\n12 primitives, 36 SOP class tables" in said.out
    assert said.out.endswith("; dimsegen show NAME prints one\n")
    for name in NAMES:
        assert f"\n  {name} " in f"\n{said.out}"
    names = [each["name"] for each in json.loads(show("--format", "json").out)]
    assert names[: len(NAMES)] == NAMES
    others = [each.name for each in shown_sop_classes(SOP_CLASSES)]
    start = names.index(others[0])
    assert names[start:][: len(others)] == others
    assert "STATES" in names
    tree = publish_doctree(show("--format", "rst").out)
    assert [next(iter(each.findall(entry))).astext() for each in tree.findall(row)][1:] == names


def test_in_the_list_a_long_name_takes_no_room_from_the_texts(show: Run) -> None:
    lines = show().out.splitlines()
    # The last line says how many there are of each kind.
    assert max(map(len, lines[:-1])) <= 80
    beside = [line for line in lines if line.startswith("  C-ECHO ")]
    assert len(beside) == 1
    assert beside[0].index("Verify") <= 40
    assert "  composite_instance_retrieve_without_bulk_data" in lines


def test_one_table_is_printed_without_reading_those_of_other_families(
    dimsegen: Run, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(printed_folder(), tmp_path / "schemas"))
    (folder / "sop_classes" / "macros.yaml").write_text("- none\n", encoding="utf-8")
    said = dimsegen("show", "N-GET", "--schemas", folder)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("N-GET: ")
    assert dimsegen("show", "--schemas", folder).code == 2
