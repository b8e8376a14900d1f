"""`dimsegen diff` on the tables of the Upper Layer: whom a change breaks, with what was run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from dimsegen.dimse.loader import load_schema as load_dimse
from dimsegen.dimse.package import render_package as render_dimse
from dimsegen.reports.json import json_schema
from dimsegen.sets.finding import Actor, Finding, Side, Verdict
from dimsegen.sets.report import Assessed, Version
from dimsegen.table.usage import Usage
from dimsegen.upper_layer.compare import compare
from dimsegen.upper_layer.comparison import NOTHING
from dimsegen.upper_layer.family import USAGES
from dimsegen.upper_layer.loader import load_schema
from dimsegen.upper_layer.model import Occurs, Order, Structure, Transition, UpperLayer, Value
from dimsegen.upper_layer.package import render_package
from dimsegen.upper_layer.witness import assess
from jsonschema import Draft202012Validator

from tests.conftest import ROOT, Run

TEMPLATES = ROOT / "templates"
LAYER = load_schema(ROOT / "schemas")
SERVICES = {each.name: number for number, each in enumerate(LAYER.services)}


@pytest.fixture(scope="module")
def below() -> Mapping[str, bytes]:
    """The package that the Upper Layer imports from."""
    return render_dimse(load_dimse(ROOT / "schemas"), TEMPLATES)


def with_row(service: str, name: str, **changes: Any) -> UpperLayer:
    """Return the tables with a row changed; `cells` are those that change."""
    number = SERVICES[service]
    table = LAYER.services[number]
    rows = tuple(
        replace(row, **{**changes, "cells": {**row.cells, **changes.get("cells", {})}})
        if row.name == name
        else row
        for row in table.rows
    )
    services = list(LAYER.services)
    services[number] = replace(table, rows=rows)
    return replace(LAYER, services=tuple(services))


def with_service(name: str, **changes: Any) -> UpperLayer:
    services = list(LAYER.services)
    services[SERVICES[name]] = replace(services[SERVICES[name]], **changes)
    return replace(LAYER, services=tuple(services))


def with_structure(name: str, **changes: Any) -> UpperLayer:
    structures = dict(LAYER.structures)
    structures[name] = replace(structures[name], **changes)
    return replace(LAYER, structures=structures)


RENDERED: dict[int, tuple[UpperLayer, Mapping[str, bytes]]] = {}


def rendered(layer: UpperLayer) -> Mapping[str, bytes]:
    """Return the package of a version; the same version is rendered once."""
    if id(layer) not in RENDERED:
        RENDERED[id(layer)] = layer, render_package(layer, TEMPLATES)
    return RENDERED[id(layer)][1]


def assessed(old: UpperLayer, new: UpperLayer, below: Mapping[str, bytes]) -> tuple[Assessed, ...]:
    files = ({**below, **rendered(each)} for each in (old, new))
    findings = compare(old, new)
    return assess(findings, Version("old", old), Version("new", new), *files)


def broken(finding: Finding) -> set[Side]:
    return {side for side in Side if finding.verdict(side) is Verdict.BREAKS}


def test_equal_tables_have_no_finding() -> None:
    assert compare(LAYER, load_schema(ROOT / "schemas")) == ()


USED: list[Usage] = [usage for usage in USAGES if usage not in (Usage.PROVIDER, Usage.CONDITIONAL)]


CHANGES = list(permutations(USED, 2))
WITH: dict[Usage, UpperLayer] = {
    each: with_row("A-RELEASE", "result", cells={"response": each.value}) for each in USED
}


@pytest.mark.parametrize(("old", "new"), CHANGES, ids=lambda each: each.value or "blank")
def test_every_change_of_a_usage_code_is_shown_by_a_primitive(
    old: Usage, new: Usage, below: Mapping[str, bytes]
) -> None:
    for each in assessed(WITH[old], WITH[new], below):
        if each.finding.rule.startswith("usage-"):
            assert broken(each.finding) == set(each.counterexamples)
            for example in each.counterexamples.values():
                assert example.code.rstrip().endswith("response.validate_response()")
                assert all(" result" in line for line in example.words)


@pytest.mark.parametrize("column", ["request", "indication", "response", "confirmation"])
def test_who_breaks_is_named(column: str) -> None:
    new = with_row("A-ASSOCIATE", "mode", cells={column: "M"})
    ends = {
        "request": (Actor.REQUESTOR, Actor.PROVIDER),
        "indication": (Actor.PROVIDER, Actor.ACCEPTOR),
        "response": (Actor.ACCEPTOR, Actor.PROVIDER),
        "confirmation": (Actor.PROVIDER, Actor.REQUESTOR),
    }
    (finding,) = [f for f in compare(LAYER, new) if f.rule.startswith("usage-")]
    assert finding.actors == (ends[column],)
    assert finding.cell == f"A-ASSOCIATE {column} mode"
    assert finding.reference == "PS3.8 7.1.1.1, Table 7-3"


def test_an_equality_that_goes_is_shown_by_an_exchange(below: Mapping[str, bytes]) -> None:
    new = with_row("A-ASSOCIATE", "calling AE title", cells={"confirmation": "M"})
    (each,) = assessed(LAYER, new, below)
    assert each.finding.rule == "equality-removed"
    assert each.finding.message.endswith("to equal calling AE title of the response and need not")
    (example,) = each.counterexamples.values()
    assert "confirmation.validate_confirmation(response)" in example.code
    assert example.words[0].startswith("not-equal: calling AE title differs")
    (back,) = assessed(new, LAYER, below)
    assert (back.finding.rule, set(back.counterexamples)) == ("equality-added", {Side.SENDERS})


def test_a_condition_that_goes_is_evaluated(below: Mapping[str, bytes]) -> None:
    new = with_row("A-ASSOCIATE", "user information", unless={})
    found = assessed(LAYER, new, below)
    assert {each.finding.direction for each in found} == {"response", "confirmation"}
    for each in found:
        assert each.finding.rule == "condition-changed"
        assert each.finding.change == (
            "required unless result is REJECTED_PERMANENT or REJECTED_TRANSIENT -> "
            "free of conditions"
        )
        assert set(each.counterexamples) == broken(each.finding) == {Side.SENDERS}
        assert "result=1," in each.counterexamples[Side.SENDERS].code
    new = with_row("A-ASSOCIATE", "diagnostic", only_when={})
    (each, _) = assessed(LAYER, new, below)
    assert (each.finding.direction, broken(each.finding)) == ("response", {Side.RECEIVERS})


def values(structure: Structure, name: str, *more: Value) -> dict[str, tuple[Value, ...]]:
    return {**structure.values, name: (*structure.values[name], *more)}


def test_a_code_that_comes_is_shown_by_bytes(below: Mapping[str, bytes]) -> None:
    structure = LAYER.structures["A_ASSOCIATE_RJ"]
    first = structure.values["Result"][0]
    third = replace(first, first=3, last=3, name="REJECTED_NOW", text="rejected-now")
    new = with_structure("A_ASSOCIATE_RJ", values=values(structure, "Result", third))
    (each,) = assessed(LAYER, new, below)
    assert (each.finding.rule, each.finding.cell) == ("values-widened", "A_ASSOCIATE_RJ Result")
    assert set(each.counterexamples) == broken(each.finding) == {Side.RECEIVERS}
    (example,) = each.counterexamples.values()
    assert 'pdu = bytes.fromhex("03 00 00 00 00 04 00 03 01 01")' in example.code
    (back,) = assessed(new, LAYER, below)
    assert (back.finding.rule, set(back.counterexamples)) == ("values-narrowed", {Side.SENDERS})


ITEMS = [
    (structure.class_name, each.class_name)
    for structure in LAYER.structures.values()
    for each in structure.contains
    if structure.class_name in ("A_ASSOCIATE_RQ", "A_ASSOCIATE_AC", "PresentationContextItemRQ")
]


@pytest.mark.parametrize(("structure", "item"), ITEMS)
def test_how_often_an_item_stands_there_is_shown_by_bytes(
    structure: str, item: str, below: Mapping[str, bytes]
) -> None:
    contains = LAYER.structures[structure].contains
    (was,) = [each.occurs for each in contains if each.class_name == item]
    occurs = Occurs.AT_MOST_ONE if was is Occurs.ONE else Occurs.ANY_NUMBER
    changed = tuple(
        replace(each, occurs=occurs) if each.class_name == item else each for each in contains
    )
    new = with_structure(structure, contains=changed)
    (each,) = assessed(LAYER, new, below)
    assert each.finding.rule == "occurrence-changed"
    assert set(each.counterexamples) == broken(each.finding) == {Side.RECEIVERS}
    assert "missing: no " in each.counterexamples[Side.RECEIVERS].words[0]


def test_a_new_item_breaks_no_receiver(below: Mapping[str, bytes]) -> None:
    contains = LAYER.structures["A_ASSOCIATE_RQ"].contains
    old = with_structure("A_ASSOCIATE_RQ", contains=contains[:-1])
    (each,) = assessed(old, LAYER, below)
    assert each.finding.change == "not in it -> one"
    assert set(each.counterexamples) == broken(each.finding) == {Side.SENDERS}


def test_another_order_is_shown_by_bytes(below: Mapping[str, bytes]) -> None:
    new = with_structure("A_ASSOCIATE_RQ", order=Order.ANY)
    (each,) = assessed(LAYER, new, below)
    assert set(each.counterexamples) == broken(each.finding) == {Side.RECEIVERS}
    assert each.counterexamples[Side.RECEIVERS].words[0].startswith("DecodeError: order: ")


def test_another_type_breaks_both(below: Mapping[str, bytes]) -> None:
    fields = LAYER.structures["A_RELEASE_RQ"].fields
    new = with_structure("A_RELEASE_RQ", fields=(replace(fields[0], value="08H"), *fields[1:]))
    (each,) = assessed(LAYER, new, below)
    assert each.finding.rule == "fixed-value-changed"
    assert set(each.counterexamples) == set(Side)


def test_a_reserved_value_is_a_matter_of_words() -> None:
    fields = list(LAYER.structures["A_RELEASE_RQ"].fields)
    fields[1] = replace(fields[1], value="01H")
    (finding,) = compare(LAYER, with_structure("A_RELEASE_RQ", fields=tuple(fields)))
    assert (finding.rule, broken(finding)) == ("documentation-edited", set())


def test_another_name_of_reserved_bytes_is_a_matter_of_words() -> None:
    fields = LAYER.structures["A_RELEASE_RP"].fields
    renamed = replace(fields[1], name="not used")
    new = with_structure("A_RELEASE_RP", fields=(fields[0], renamed, *fields[2:]))
    for versions in ((LAYER, new), (new, LAYER)):
        (finding,) = compare(*versions)
        assert (finding.rule, broken(finding)) == ("documentation-edited", set())


def test_another_order_of_fields_is_shown_by_what_either_reads(below: Mapping[str, bytes]) -> None:
    *head, scu, scp = LAYER.structures["SCPSCURoleSelectionSubItem"].fields
    new = with_structure("SCPSCURoleSelectionSubItem", fields=(*head, scp, scu))
    (found,) = assessed(LAYER, new, below)
    assert found.finding.rule == "layout-changed"
    assert set(found.counterexamples) == set(Side)


def test_a_structure_of_one_version_breaks_who_has_to_know_it() -> None:
    item = LAYER.structures["ImplementationVersionNameSubItem"]
    pdu = LAYER.structures["A_RELEASE_RP"]
    for structure, sides in ((item, set()), (pdu, {Side.RECEIVERS})):
        other = replace(structure, class_name="Other", name="Other")
        new = replace(LAYER, structures={**LAYER.structures, "Other": other})
        (come,), (gone,) = compare(LAYER, new), compare(new, LAYER)
        assert come.rule == gone.rule == "layout-changed"
        assert broken(come) == sides
        assert broken(gone) == ({Side.SENDERS} if sides else set())


def with_cell(cell: Transition, changed: Transition | None) -> UpperLayer:
    machine = LAYER.machine
    cells = [changed if each is cell else each for each in machine.transitions]
    transitions = tuple(each for each in cells if each is not None)
    return replace(LAYER, machine=replace(machine, transitions=transitions))


@pytest.mark.parametrize("number", range(0, len(LAYER.machine.transitions), 40))
def test_a_cell_of_the_state_machine_is_judged_differently(
    number: int, below: Mapping[str, bytes]
) -> None:
    cell = LAYER.machine.transitions[number]
    other = replace(cell, cell="AA-2 Sta1", action="AA-2", next=("Sta1",))
    for changed, sides in ((None, {Side.SENDERS}), (other, set(Side))):
        (each,) = assessed(LAYER, with_cell(cell, changed), below)
        assert each.finding.rule == "transition-changed"
        assert each.finding.cell == f"STATES {cell.state} + {cell.event}"
        assert broken(each.finding) == set(each.counterexamples) == sides
        assert f"Event.{cell.event}, State.{cell.state}" in each.counterexamples[Side.SENDERS].code


def test_what_comes_and_goes_whole_is_told() -> None:
    fewer = replace(LAYER, services=LAYER.services[1:])
    assert [f.rule for f in compare(fewer, LAYER)] == ["service-added"]
    assert [f.rule for f in compare(LAYER, fewer)] == ["service-removed"]
    rules = {f.rule for f in compare(NOTHING, LAYER)}
    assert rules >= {"service-added", "layout-changed", "transition-changed"}


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the schemas with one cell that is wider."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "schemas", "old")
    shutil.copytree(ROOT / "schemas", "new")
    file = Path("new", "upper_layer", "services", "p_data.yaml")
    text = file.read_text(encoding="utf-8").replace("{request: M, ", "{request: U, ")
    file.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_report_and_its_waiver(dimsegen: Run, changed: Path) -> None:
    said = dimsegen("diff", "old", "new", "-o", "json")
    assert said.code == 1
    report = json.loads(said.out)
    Draft202012Validator(json_schema()).validate(report)
    assert report["compared"]["structures"] == len(LAYER.structures)
    (finding,) = report["findings"]
    breaks = {"verdict": "breaks", "actor": "provider", "actors": ["provider"]}
    assert finding["receivers"] == breaks
    assert finding["file"].endswith("new/upper_layer/services/p_data.yaml")
    reason = ("--reason", "Nobody sends none.")
    said = dimsegen("waive", finding["fingerprint"], "old", "new", *reason)
    assert (said.code, said.err) == (0, "")
    assert "cell: P-DATA request presentation data value list" in Path(
        "new", "waivers.yaml"
    ).read_text(encoding="utf-8")
    assert dimsegen("diff", "old", "new", "--verify", "none").code == 0
    assert dimsegen("diff", "old", "new", "--verify", "none", "-o", "sarif").code == 0


def test_a_file_alone_is_compared_with_its_like(dimsegen: Run, changed: Path) -> None:
    files = [f"{name}/upper_layer/services/p_data.yaml" for name in ("old", "new")]
    said = dimsegen("diff", *files)
    assert (said.code, said.err) == (1, "")
    assert "usage-m-to-u  P-DATA request presentation data value list" in said.out
    other = "new/upper_layer/services/a_abort.yaml"
    assert dimsegen("diff", other.replace("new", "old"), other).code == 0
    shutil.copy(files[1], "alone.yaml")
    said = dimsegen("diff", "old", "alone.yaml", "--schemas", "old")
    assert "usage-m-to-u" in said.out
    structure = "upper_layer/pdus/a_abort_pdu.yaml"
    assert dimsegen("diff", f"old/{structure}", f"new/{structure}").code == 0


def test_a_side_can_be_asked_for(dimsegen: Run, changed: Path) -> None:
    asked = ("diff", "old", "new", "--verify", "none", "--role")
    assert dimsegen(*asked, "requestor").code == 0
    assert dimsegen(*asked, "provider").code == 1


def test_schemas_without_these_tables_are_compared(dimsegen: Run, changed: Path) -> None:
    shutil.rmtree("old/upper_layer")
    said = dimsegen("diff", "old", "new", "-o", "json")
    assert (said.code, said.err) == (1, "")
    assert "service-added" in said.out


@pytest.mark.parametrize(
    ("changes", "change", "side"),
    [
        ({"at_most": ()}, "at most what was offered", Side.RECEIVERS),
        ({"one_for": "SCU-role"}, "one for each SCU-role", None),
    ],
)
def test_what_is_asked_of_an_item_is_compared(
    changes: dict[str, Any], change: str, side: Side | None
) -> None:
    name = "UserInformationItem"
    contains = tuple(
        replace(each, **changes) if each.class_name == "SCPSCURoleSelectionSubItem" else each
        for each in LAYER.structures[name].contains
    )
    (finding,) = compare(LAYER, with_structure(name, contains=contains))
    assert finding.rule == "condition-changed"
    assert change in finding.change
    assert broken(finding) == ({side} if side else set(Side))
