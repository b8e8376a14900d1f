"""The schemas of the Upper Layer are the printed tables, cell for cell."""

from __future__ import annotations

import re

import pytest
from dimsegen.upper_layer.loader import load_schema as load_upper_layer
from dimsegen.upper_layer.model import Action, Kind

from ...printed import printed_folder
from . import printed

LAYER = load_upper_layer(printed_folder())


def test_service_tables_are_as_printed() -> None:
    rows = list(printed.service_rows(LAYER))
    assert rows == printed.transcription("service_tables")
    assert sum(cell != "-" for row in rows for cell in row[5:]) == 99


def test_who_issues_a_primitive_is_as_printed() -> None:
    assert [*printed.issued_rows(LAYER)] == [row[:-1] for row in printed.transcription("issued")]


SENT = re.compile(r"(?:send|issue) ([A-Z-]+?)[- ]PDU", re.IGNORECASE)
ISSUED = re.compile(
    r"(?:send|issue)(?: an)? ((?:A|P)-[A-Z-]+ (?:request|indication|response|confirmation))",
    re.IGNORECASE,
)


@pytest.mark.parametrize("action", LAYER.machine.actions, ids=lambda each: each.name)
def test_an_action_sends_and_issues_what_its_text_says(action: Action) -> None:
    names = [LAYER.structures[each].name.removesuffix(" PDU") for each in action.sends]
    assert names == SENT.findall(action.text)
    assert [*map(str, action.issues)] == ISSUED.findall(action.text)


def test_an_event_is_the_primitive_that_its_text_names() -> None:
    for event in LAYER.machine.events:
        said = re.match(r"((?:A|P)-[A-Z-]+ (?:request|response))", event.text, re.IGNORECASE)
        assert str(event.primitive or "").lower() == (said[1].lower() if said else "")


def test_a_side_is_that_of_the_text() -> None:
    for state in LAYER.machine.states:
        said = re.search(r"(requestor|acceptor) side", state.text)
        assert (state.side.value if state.side else None) == (said[1] if said else None)


def test_columns_have_the_printed_headings() -> None:
    for service in LAYER.services:
        assert [heading.lower() for heading in service.columns.values()] == list(service.columns)


def test_fields_are_as_printed() -> None:
    rows = list(printed.field_rows(LAYER))
    assert rows == printed.transcription("fields")
    assert len(rows) == 167
    # 7 PDUs, 16 items and sub-items, and the sub-fields of Table D.3-13.
    kinds = [structure.kind for structure in LAYER.structures.values()]
    assert (kinds.count(Kind.PDU), kinds.count(Kind.SUB_FIELDS), len(kinds)) == (7, 1, 24)


def test_another_count_of_the_same_rows() -> None:
    """Without sub-fields there are 23 structures; a table for both PDUs counts for each: 171."""
    both = "SOPClassExtendedNegotiationSubItem"
    sizes = {
        structure.class_name: len(structure.fields) * len(structure.places)
        for structure in LAYER.structures.values()
        if structure.kind is not Kind.SUB_FIELDS
    }
    assert (len(sizes), sum(sizes.values()) + sizes[both]) == (23, 171)


def test_values_are_as_printed() -> None:
    rows = list(printed.value_rows(LAYER))
    assert rows == printed.transcription("values")
    assert len(rows) == 46


@pytest.mark.parametrize("name", ["states", "actions", "transitions"])
def test_the_state_machine_is_as_printed(name: str) -> None:
    assert printed.machine_rows(LAYER)[name] == printed.transcription(name)


def test_the_state_machine_is_complete() -> None:
    machine = LAYER.machine
    sizes = (len(machine.states), len(machine.events), len(machine.actions))
    assert (*sizes, len(machine.transitions)) == (13, 19, 28, 123)
    assert {each.action for each in machine.transitions} == {each.name for each in machine.actions}


def test_every_difference_from_the_page_is_explained_and_is_one() -> None:
    """A difference that an erratum explains is found where it says, and nowhere else."""
    text = " ".join(
        " ".join(row)
        for name in ("fields", "values", "actions")
        for row in printed.transcription(name)
    )
    found = printed.differences(LAYER)
    # The blank in "7 -xxx" is no difference once white space is folded, but it is printed.
    assert set(found) == {
        "action AE-8",
        "field 9-15 5-xxx",
        "field D.3-9 7-xxx",
        "value A-ABORT Reason/Diag. 0 of Source 2",
        "value A-ABORT Reason/Diag. 1 of Source 2",
        "value A-ASSOCIATE-RJ Reason/Diag. 1 of Source 3",
    }
    for was, ours in found.values():
        assert was in text or was == printed.NOT_PRINTED
        assert was != ours


def test_a_transition_ends_where_its_action_says() -> None:
    following = {action.name: action.next for action in LAYER.machine.actions}
    for each in LAYER.machine.transitions:
        assert each.next == following[each.action]
