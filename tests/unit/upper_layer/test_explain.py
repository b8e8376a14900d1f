"""`dimsegen explain`, `show` and `rules` on the tables of the Upper Layer."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from dimsegen.explanation.blocks import Code
from dimsegen.explanation.rule_entries import Group, every_entry
from dimsegen.upper_layer.explain.answer import answer, names_of
from dimsegen.upper_layer.explain.catalogue import entries
from dimsegen.upper_layer.loader import load_schema
from dimsegen.upper_layer.matrices import shown

from tests.conftest import ROOT, Run

SCHEMAS, TEMPLATES = ROOT / "schemas", ROOT / "templates"
LAYER = load_schema(SCHEMAS)


def explained(dimsegen: Run, *words: str) -> str:
    said = dimsegen("explain", "--schemas", SCHEMAS, *words)
    assert (said.code, said.err) == (0, "")
    return said.out


def run(source: str) -> str:
    """Return what running an example raises; nothing if it is accepted."""
    try:
        exec(compile(source, "<example>", "exec"), {})
    except Exception as error:  # what it is, the caller says
        return str(error) or type(error).__name__
    return ""


@pytest.mark.parametrize("service", LAYER.services, ids=lambda each: each.name)
def test_the_examples_of_a_cell_do_what_is_said_of_them(service: object) -> None:
    name = service.name  # type: ignore[attr-defined]
    for row in service.rows[:3]:  # type: ignore[attr-defined]
        codes = [b for b in answer(f"{name}.{row.name}", LAYER, TEMPLATES) if isinstance(b, Code)]
        assert any(code.verdict == "valid" for code in codes)
        for code in codes:
            said = run(code.source)
            assert (said == "") is (code.verdict == "valid"), code.source
            assert all(word in said for word in code.words)


@pytest.mark.parametrize(
    "words",
    [
        ["A_ASSOCIATE.result_source"],
        ["A-ASSOCIATE", "result source"],
        ["a-associate result source"],
    ],
    ids=str,
)
def test_a_cell_can_be_written_as_people_write_it(dimsegen: Run, words: list[str]) -> None:
    said = explained(dimsegen, *words)
    assert said.startswith("A-ASSOCIATE result source (code)\n")
    assert "\nA-ASSOCIATE confirmation: M\n" in said
    assert "\n  from  provider\n  to    requestor\n" in said


def test_who_sends_it_is_said(dimsegen: Run) -> None:
    assert "\n  from  requestor\n  to    acceptor\n" in explained(dimsegen, "A-ASSOCIATE-RQ PDU")
    either = "\n  from  requestor, acceptor\n  to    acceptor, requestor\n"
    assert either in explained(dimsegen, "51H")
    said = explained(dimsegen, "P-DATA request presentation data value list")
    assert "\n  from  requestor, acceptor\n  to    provider\n  see   PS3.8 7.6\n" in said
    said = explained(dimsegen, "AA-8")
    assert "\n  sends   A-ABORT PDU\n  issues  A-P-ABORT indication\n" in said
    assert "\n  end  acceptor\n" in explained(dimsegen, "Sta10")


def test_a_direction_can_be_asked_for(dimsegen: Run) -> None:
    said = explained(dimsegen, "A-ASSOCIATE confirmation diagnostic")
    assert "A-ASSOCIATE response" not in said
    assert "only if result is REJECTED_PERMANENT" in said


def test_a_parameter_that_there_is_not_is_refused_with_what_is_meant(dimsegen: Run) -> None:
    said = dimsegen("explain", "A_ASSOCIATE.resutl")
    assert said.err == "resutl: no parameter of A-ASSOCIATE (did you mean result?)\n"


def test_a_service_and_a_primitive_say_who_issues_them(dimsegen: Run) -> None:
    said = explained(dimsegen, "A_RELEASE")
    assert "Confirmed (PS3.8 Table 7-1); either end may be its requestor." in said
    assert "\nA-RELEASE confirmation\n\n  from       provider\n" in said
    assert "Its parameters: reason, result." in said
    said = explained(dimsegen, "A-RELEASE indication")
    assert said.startswith("A-RELEASE indication\n")
    assert "  to         acceptor, requestor\n  see        PS3.8 7.2.2.2\n" in said
    assert "  actions    AR-2, AR-8\n" in said
    assert "response" not in said
    assert "  event      A_RELEASE_REQUEST\n" in explained(dimsegen, "A-RELEASE request")
    said = explained(dimsegen, "A-P-ABORT")
    assert "nobody requests it, and both ends are acceptors." in " ".join(said.split())
    assert "  from       provider\n  to         acceptor, requestor\n" in said


@pytest.mark.parametrize("name", ["51H", "MaximumLengthSubItem", "maximum length sub-item"])
def test_a_structure_goes_by_its_names(dimsegen: Run, name: str) -> None:
    said = explained(dimsegen, name)
    assert said.startswith("Maximum Length Sub-Item (MaximumLengthSubItem)\n")
    assert "5-8 Maximum-length-received  number" in said
    assert "It stands in User Information Item." in said


def test_a_field_has_its_values(dimsegen: Run) -> None:
    said = explained(dimsegen, "A_ABORT_PDU.source")
    assert said.startswith("Source of A-ABORT PDU\n")
    assert "2  DICOM UL service-provider (initiated abort)" in said


@pytest.mark.parametrize(
    "words", ["Sta5 + AE-3", "sta5 a_associate_ac", "AE-3, A_ASSOCIATE_AC_PDU"]
)
def test_a_cell_of_the_state_machine(dimsegen: Run, words: str) -> None:
    said = explained(dimsegen, words)
    assert "In Sta5, A_ASSOCIATE_AC_PDU leads to AE-3; then the state is Sta6." in said
    assert "AE-3: Issue A-ASSOCIATE confirmation (accept) primitive." in said
    assert said.endswith("PS3.8 9.2, Table 9-10.\n")


def test_a_blank_cell_and_a_state_alone(dimsegen: Run) -> None:
    assert "The cell is blank" in explained(dimsegen, "Sta1 + P_DATA_REQUEST")
    alone = explained(dimsegen, "Sta4")
    events = {each.event for each in LAYER.machine.transitions if each.state == "Sta4"}
    assert all(event in alone for event in events)


def test_every_name_is_known() -> None:
    services = {each.name for each in LAYER.services}
    for name in names_of(LAYER):
        if name not in services:
            assert answer(name, LAYER, TEMPLATES), name


@pytest.mark.parametrize("rule", [each for each in entries() if each.group is Group.PDU])
def test_an_anomaly_of_a_pdu_has_bytes_that_show_it(rule: object) -> None:
    kind = rule.identifier  # type: ignore[attr-defined]
    codes = [each for each in answer(kind, LAYER, TEMPLATES) if isinstance(each, Code)]
    if kind == "further":  # bytes that have more than 256 anomalies are no example to read
        assert not codes
        return
    (code,) = codes
    assert run(code.source).startswith(f"{kind}: ")


def test_the_catalogue_has_what_the_decoders_note() -> None:
    noted = set()
    for path in (TEMPLATES / "upper_layer").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                kinds = [each for each in node.args[:1] if isinstance(each, ast.Constant)]
                if node.func.attr == "add" and len(node.args) >= 4 and kinds:
                    noted.add(kinds[0].value)
    listed = {each.identifier for each in entries() if each.group is Group.PDU}
    assert noted <= listed


def test_a_rule_of_several_families_is_told_once_for_each_meaning(dimsegen: Run) -> None:
    said = explained(dimsegen, "duplicate")
    for group in ("anomaly", "violation", "pdu"):
        assert said.count(f"duplicate ({group})") == 1
    assert explained(dimsegen, "usage-u-to-m").count("usage-u-to-m (diff)") == 1
    assert "usage-nu-to-m (diff)" in explained(dimsegen, "usage-nu-to-m")
    assert len(every_entry()) == len({(each.group, each.identifier) for each in every_entry()})


def test_an_erratum(dimsegen: Run) -> None:
    assert explained(dimsegen, "u1").startswith("erratum U1: A rejected association")


@pytest.mark.parametrize("each", shown(LAYER), ids=lambda each: each.name)
def test_every_table_is_shown_in_every_format(dimsegen: Run, each: object) -> None:
    name = each.name  # type: ignore[attr-defined]
    for form in ("table", "json", "rst"):
        said = dimsegen("show", "--schemas", SCHEMAS, name, "--format", form)
        assert (said.code, said.err) == (0, "")
    assert json.loads(dimsegen("show", name, "--format", "json").out)["name"] == name


def test_a_table_is_shown_as_printed(dimsegen: Run, tmp_path: Path) -> None:
    said = dimsegen("show", "A_RELEASE").out
    assert "  reason            UF       UF(=)       UF        UF(=)         normal" in said
    assert "  MF    Mandatory, with a fixed value" in said
    assert (
        "  9      Source                   code of AbortSource"
        in dimsegen("show", "A-ABORT PDU").out
    )
    machine = json.loads(dimsegen("show", "Table 9-10", "--format", "json").out)
    assert len(machine["transitions"]) == len(LAYER.machine.transitions)
