"""The typed tables agree with each other wherever the standard says a fact twice.

These tests need no text of the standard. Every exception is written out, with its clause, and is
an exception of the standard's own.
"""

from __future__ import annotations

from itertools import groupby

import pytest

from .facts import DATA_SET_ABSENT, Facts, MessageRow, StatusField
from .transcription import FOLDER, read_transcription

MESSAGE_SUFFIXES = {"request": "RQ", "response": "RSP"}

NAMED_OTHERWISE = {"No such Action": "No such Action Type"}
"""A name in a Status clause (10.1.4.1.10), and the title of the same type in Annex C."""

WITHOUT_MESSAGE_FIELD = {
    (service, "Message ID") for service in ("C-STORE", "C-FIND", "C-GET", "C-MOVE", "C-ECHO")
}
"""Responses whose service table has U where the message table has no such field."""


@pytest.fixture(scope="module")
def typed() -> Facts:
    return read_transcription()


def test_the_files_are_the_facts(typed: Facts) -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(vars(typed))


def test_positions_count_from_one(typed: Facts) -> None:
    numbered = [
        [(row.table, row.position) for row in typed.service_tables],
        [(row.table, row.position) for row in typed.message_tables],
        [(row.section, row.position) for row in typed.status_fields],
        [(row.clause, row.position) for row in typed.service_statuses],
    ]
    for rows in numbered:
        for _, group in groupby(rows, key=lambda row: row[0]):
            positions = [position for _, position in group]
            assert positions == list(range(1, len(positions) + 1))


def test_a_tagged_field_is_an_element_of_annex_e(typed: Facts) -> None:
    elements = {(each.tag, each.name, each.vr, each.vm) for each in typed.elements}
    rows: tuple[MessageRow | StatusField, ...] = (*typed.message_tables, *typed.status_fields)
    for row in rows:
        if row.tag is not None:
            assert (row.tag, row.field, row.vr, row.vm) in elements


def test_a_keyword_is_the_name_without_blanks_and_hyphens(typed: Facts) -> None:
    for element in typed.elements:
        name = "".join(word[0].upper() + word[1:] for word in element.name.split())
        assert element.keyword == name.replace("-", "")


@pytest.mark.parametrize("direction", MESSAGE_SUFFIXES)
def test_a_parameter_with_a_cell_is_a_field_of_the_message(typed: Facts, direction: str) -> None:
    missing = set()
    for row in typed.service_tables:
        fields = _fields(typed, f"{row.service}-{MESSAGE_SUFFIXES[direction]}")
        if (getattr(row, direction) != "-") != (row.parameter in fields):
            missing.add((row.service, row.parameter))
    assert missing == (WITHOUT_MESSAGE_FIELD if direction == "response" else set())


def test_a_cancel_message_carries_what_the_cancel_column_asks_for(typed: Facts) -> None:
    for row in typed.service_tables:
        if row.cancel is not None:
            fields = _fields(typed, f"C-CANCEL-{row.service.removeprefix('C-')}-RQ")
            assert (row.cancel == "M") == (row.parameter in fields)


def test_a_message_has_a_data_set_row_unless_its_type_is_fixed_to_none(typed: Facts) -> None:
    for message, rows in groupby(typed.message_tables, key=lambda row: row.message):
        fields = list(rows)
        (data_set_type,) = (row.fixed for row in fields if row.field == "Command Data Set Type")
        untagged = sum(row.tag is None for row in fields)
        assert untagged == (0 if data_set_type == DATA_SET_ABSENT else 1), message


def test_tags_ascend_in_every_message_but_one(typed: Facts) -> None:
    unordered = set()
    for table, rows in groupby(typed.message_tables, key=lambda row: row.table):
        tags = [row.tag for row in rows if row.tag is not None]
        if tags != sorted(tags):
            unordered.add(table)
    assert unordered == {"9.3-9"}  # Move Destination (0000,0600) stands after (0000,0800)


def test_a_listed_status_is_a_type_of_annex_c_with_the_same_code(typed: Facts) -> None:
    types = {(each.name, each.code) for each in typed.status_types}
    listed = {
        (NAMED_OTHERWISE.get(each.status, each.status), each.code)
        for each in typed.service_statuses
    }
    assert listed == types  # and every type is listed by a service


def test_a_permitted_field_belongs_to_a_status_type(typed: Facts) -> None:
    types = {(each.section, each.name) for each in typed.status_types}
    assert {(each.section, each.status) for each in typed.status_fields} <= types


def _fields(typed: Facts, message: str) -> set[str]:
    return {row.field for row in typed.message_tables if row.message == message}
