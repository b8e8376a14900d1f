"""Every finding on the Upper Layer that says who breaks has what shows it, but for three kinds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from dimsegen.sets.finding import Side, Verdict
from dimsegen.sets.report import Version
from dimsegen.table.terms import WAIVED_CELL
from dimsegen.upper_layer.compare import compare
from dimsegen.upper_layer.comparison import NOTHING
from dimsegen.upper_layer.model import Contents, Occurs, Requestor, UpperLayer, ValueKind
from dimsegen.upper_layer.witness import assess
from dimsegen.upper_layer.witness.octets import Writer
from dimsegen.upper_layer.witness.unjudged import UNJUDGED, unjudged

from .test_diff import LAYER, below, rendered, with_row, with_service, with_structure

__all__ = ["below"]

USER = "UserInformationItem"


def item(name: str, **changes: Any) -> UpperLayer:
    """Return the tables with an item of the user information changed."""
    contains = tuple(
        replace(each, **changes) if each.class_name == name else each
        for each in LAYER.structures[USER].contains
    )
    return with_structure(USER, contains=contains)


def field(structure: str, name: str, **changes: Any) -> UpperLayer:
    """Return the tables with a field of a structure changed."""
    fields = tuple(
        replace(each, **changes) if each.name == name else each
        for each in LAYER.structures[structure].fields
    )
    return with_structure(structure, fields=fields)


def numbered(structure: str, name: str) -> UpperLayer:
    """Return the tables with any number where codes were."""
    layer = field(structure, name, contents=Contents.NUMBER, of="")
    one = layer.structures[structure]
    values = {key: each for key, each in one.values.items() if key != name}
    changed = replace(one, values=values)
    return replace(layer, structures={**layer.structures, structure: changed})


def arrival() -> UpperLayer:
    machine = LAYER.machine
    events = tuple(
        replace(each, pdu="") if each.pdu == "A_RELEASE_RP" else each for each in machine.events
    )
    return replace(LAYER, machine=replace(machine, events=events))


def codes(structure: str, name: str) -> UpperLayer:
    values = LAYER.structures[structure].values
    return with_structure(structure, values={**values, name: values[name][1:]})


ROLE, WINDOW = "SCPSCURoleSelectionSubItem", "AsynchronousOperationsWindowSubItem"
IDENTITY, VERSION = "UserIdentitySubItemAC", "ImplementationVersionNameSubItem"
LEFT = {"answers": "", "asked_by": "", "at_most": (), "no_limit": None}
# What is changed, and the side that breaks.
EDITS: Mapping[str, tuple[Callable[[], UpperLayer], str, str]] = {
    "an item that answers nothing any more": (
        lambda: item("SOPClassExtendedNegotiationSubItem", **LEFT),
        "condition-changed",
        "receivers",
    ),
    "an item that need not be asked for": (
        lambda: item(IDENTITY, asked_by=""),
        "condition-changed",
        "receivers",
    ),
    "a number without the limit of what was offered": (
        lambda: item(WINDOW, at_most=("Maximum-number-operations-invoked",)),
        "condition-changed",
        "receivers",
    ),
    "a number that no longer stands for no limit": (
        lambda: item(WINDOW, no_limit=None),
        "condition-changed",
        "both",
    ),
    "an item of which there may be two for one SOP Class": (
        lambda: item(ROLE, one_for=""),
        "condition-changed",
        "both",
    ),
    "an item that both ends may have": (
        lambda: item("SOPClassCommonExtendedNegotiationSubItem", only_in=""),
        "occurrence-changed",
        "receivers",
    ),
    "an item that may be missing": (
        lambda: item("MaximumLengthSubItem", occurs=Occurs.AT_MOST_ONE),
        "occurrence-changed",
        "receivers",
    ),
    "a field that is significant elsewhere": (
        lambda: field("A_ABORT_PDU", "Reason/Diag.", only_when={"Source": ("0",)}),
        "condition-changed",
        "both",
    ),
    "a field that may always be there": (
        lambda: field("UserIdentitySubItemRQ", "Secondary-field", only_when={}),
        "condition-changed",
        "receivers",
    ),
    "a longer text": (
        lambda: field(VERSION, "Implementation-version-name", characters=(1, 32)),
        "values-widened",
        "receivers",
    ),
    "a code that is any number": (
        lambda: numbered("UserIdentitySubItemRQ", "Positive-response-requested"),
        "values-widened",
        "receivers",
    ),
    "a number of other bytes": (
        lambda: field("MaximumLengthSubItem", "Maximum-length-received", width=2, octets="5-6"),
        "layout-changed",
        "both",
    ),
    "a PDU whose arrival is no event": (arrival, "transition-changed", "both"),
    "a code that is gone": (
        lambda: codes("A_ASSOCIATE_RJ", "Reason/Diag."),
        "values-narrowed",
        "senders",
    ),
    "a title that is that of another": (
        lambda: with_row("A-ASSOCIATE", "responding AE title", cells={"response": "M"}),
        "usage-mf-to-m",
        "receivers",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_breaks_is_shown_both_ways(name: str, below: Mapping[str, bytes]) -> None:
    make, rule, sides = EDITS[name]
    other = make()
    expected = {side for side in Side if sides in ("both", side.value)}
    for old, new in ((LAYER, other), (other, LAYER)):
        files = ({**below, **rendered(each)} for each in (old, new))
        found = assess(compare(old, new), Version("old", old), Version("new", new), *files)
        breaks = {
            side for each in found for side in Side if each.finding.verdict(side) is Verdict.BREAKS
        }
        assert all(
            side in each.counterexamples
            for each in found
            for side in Side
            if each.finding.verdict(side) is Verdict.BREAKS
        )
        if old is LAYER:
            assert (found[0].finding.rule, breaks) == (rule, expected)
        else:
            assert breaks == (expected if len(expected) == 2 else {*Side} - expected)


# One finding for each reason, in order, for which nothing that could be run would show it.
WITHOUT: tuple[Callable[[], UpperLayer], ...] = (
    lambda: with_row("A-ASSOCIATE", "calling AE title", cells={"response": "C"}),
    lambda: with_row("A-ASSOCIATE", "responding AE title", same_as="calling AE title"),
    lambda: with_service("A-RELEASE", requestor=Requestor.ASSOCIATION),
    lambda: with_row("A-ASSOCIATE", "calling AE title", kind=ValueKind.TEXT),
)


def reasons() -> Iterator[str]:
    for make in WITHOUT:
        yield [unjudged(each, LAYER, make()) for each in compare(LAYER, make())][-1]


def test_only_these_kinds_of_findings_can_go_without() -> None:
    assert tuple(reasons()) == tuple(UNJUDGED)


@pytest.mark.parametrize(
    ("contents", "sides"), [(Contents.NUMBER, {Side.RECEIVERS}), (Contents.CODE, {*Side})]
)
def test_reserved_bytes_that_are_used_are_missed_by_who_does_not_know(
    contents: Contents, sides: set[Side], below: Mapping[str, bytes]
) -> None:
    structure = LAYER.structures["A_RELEASE_RQ"]
    number = next(n for n, each in enumerate(structure.fields) if each.octets == "2")
    fields = list(structure.fields)
    of = "RejectSource" if contents is Contents.CODE else ""
    fields[number] = replace(fields[number], name="Urgency", contents=contents, value="", of=of)
    codes = {"Urgency": LAYER.structures["A_ASSOCIATE_RJ"].values["Source"]} if of else {}
    new = with_structure("A_RELEASE_RQ", fields=tuple(fields), values=codes)
    for old, other, expected in ((LAYER, new, sides), (new, LAYER, {*Side} if of else NARROWED)):
        files = ({**below, **rendered(each)} for each in (old, other))
        found = assess(compare(old, other), Version("old", old), Version("new", other), *files)
        assert found[0].finding.rule == "layout-changed"
        assert found[0].finding.keyword == "Urgency"
        assert set(found[0].counterexamples) == expected
        assert all(each.finding.is_harmless for each in found[1:])


NARROWED = {Side.SENDERS}


def test_an_item_that_stands_in_one_pdu_only_is_shown_in_that_one() -> None:
    writer = Writer(LAYER)
    assert [*writer.pdus_with("UserIdentitySubItemRQ")] == ["A_ASSOCIATE_RQ"]
    assert [*writer.pdus_with("UserIdentitySubItemAC")] == ["A_ASSOCIATE_AC"]
    assert {*writer.pdus_with("MaximumLengthSubItem")} == {"A_ASSOCIATE_RQ", "A_ASSOCIATE_AC"}


def test_what_is_gone_stands_where_it_was() -> None:
    values = LAYER.structures["A_ASSOCIATE_RJ"].values["Reason/Diag."]
    number = next(
        n for n, each in enumerate(values) if each.name == "CALLED_AE_TITLE_NOT_RECOGNIZED"
    )
    rest = {"Reason/Diag.": (*values[:number], *values[number + 1 :])}
    new = with_structure(
        "A_ASSOCIATE_RJ", values={**LAYER.structures["A_ASSOCIATE_RJ"].values, **rest}
    )
    found = [each for each in compare(LAYER, new) if each.rule == "values-narrowed"]
    # Above it are the reserved codes of the same source.
    assert [each.position for each in found] == [values[number - 1].position]


def test_a_finding_on_an_item_cites_its_clause() -> None:
    (each,) = compare(LAYER, item("MaximumLengthSubItem", occurs=Occurs.AT_MOST_ONE))
    assert (each.reference, each.position) == (
        "PS3.8 D.1",
        LAYER.structures[USER].contains[0].position,
    )


def test_every_finding_can_be_waived() -> None:
    """Whatever differs has a cell that a waiver can name."""
    pattern = re.compile(WAIVED_CELL.pattern)
    others = [make() for make, *_ in EDITS.values()]
    others += [replace(LAYER, errata=()), replace(LAYER, edition="2023e"), NOTHING]
    cells = {each.cell for other in others for each in compare(LAYER, other)}
    assert [cell for cell in cells if not pattern.fullmatch(cell)] == []
