"""The schemas are the tables of PS3.7, cell for cell.

What is expected comes from the typed copy of the tables and, where it is there, from the text of
the standard; the two know nothing of each other or of the schemas.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from dimsegen.dimse.model import Role

from ..printed import printed_schema
from . import schemas
from .facts import Facts
from .rst import read_chapter
from .standard import read_standard
from .transcription import read_transcription

SCHEMA = printed_schema()

HEADINGS = {"request": "Req/Ind", "response": "Rsp/Conf", "cancel": "CnclReq/CnclInd"}
LEFT_TO_SERVICE_CLASSES = {
    "Pending": ("FF00", "FF01"),
    "Warning": ("0001", "Bxxx"),
    "Failure": ("Axxx", "Cxxx"),
}
"""The codes that Annex C gives to a class and to none of its types."""

TITLES_IN_ANNEX_C = {("10.1.4.1.10", "No such Action"): "No such Action Type"}
"""Where a Status clause names a type otherwise than its title in Annex C; the codes agree."""


@pytest.fixture(scope="module", params=["transcription", "standard"])
def printed(request: pytest.FixtureRequest) -> Facts:
    if request.param == "transcription":
        return read_transcription()
    return read_standard(request.getfixturevalue("folder")).facts


def test_service_tables_are_as_printed(printed: Facts) -> None:
    rows = tuple(schemas.service_tables(SCHEMA))
    assert rows == printed.service_tables
    assert len(rows) == 89
    assert sum(len(row.cells) for service in SCHEMA.services for row in service.rows) == 205


def test_columns_have_the_printed_headings() -> None:
    for service in SCHEMA.services:
        columns = list(HEADINGS)[: 3 if service.name in ("C-FIND", "C-GET", "C-MOVE") else 2]
        headings = [(name, each.heading) for name, each in service.columns.items()]
        assert headings == [(each, HEADINGS[each]) for each in columns]
        for row in service.rows:
            assert list(row.cells) == columns


def test_headings_are_those_of_the_text(folder: Path) -> None:
    headings = {
        section.number.removesuffix(".1"): table.columns[1:]
        for chapter in ("9", "10")
        for section in read_chapter(folder / f"chapter_{chapter}.rst")
        for table in section.tables
        if section.title.endswith(" Parameters")
    }
    assert {
        each.section: tuple(column.heading for column in each.columns.values())
        for each in SCHEMA.services
    } == headings


def test_elements_are_as_printed(printed: Facts) -> None:
    elements = tuple(schemas.elements(SCHEMA))
    assert elements == printed.elements
    assert len(elements) == 24


def test_retired_elements_are_as_printed(printed: Facts) -> None:
    retired = tuple(schemas.retired_elements(SCHEMA))
    assert retired == printed.retired_elements
    assert len(retired) == 22
    # 6.3.1, note 1
    assert [each.name for each in SCHEMA.retired if each.allowed_by] == ["Command Length to End"]


def test_data_sets_are_the_untagged_fields(printed: Facts) -> None:
    data_sets = {key: each.name for key, each in SCHEMA.parameters.items() if each.is_data_set}
    untagged = {row.field for row in printed.message_tables if row.tag is None}
    assert set(data_sets.values()) == untagged
    assert {key: name.replace(" ", "") for key, name in data_sets.items()} == {
        key: key for key in data_sets
    }
    assert len(data_sets) == 8


def test_message_tables_are_as_printed(printed: Facts) -> None:
    rows = tuple(schemas.message_tables(SCHEMA))
    assert rows == printed.message_tables
    assert len({row.table for row in rows}) == 25


def test_a_message_belongs_to_its_service_and_column() -> None:
    suffixes = {"request": "{}-RQ", "response": "{}-RSP", "cancel": "C-CANCEL-{}-RQ"}
    for service in SCHEMA.services:
        assert list(service.messages) == list(service.columns)
        for column, message in service.messages.items():
            name = service.name.removeprefix("C-") if column == "cancel" else service.name
            assert message.name == suffixes[column].format(name)
            assert message.primitive == ("C-CANCEL" if column == "cancel" else None)


def test_status_types_are_as_printed(printed: Facts) -> None:
    types = tuple(schemas.status_types(SCHEMA))
    assert types == printed.status_types
    assert len(types) == 31


def test_status_fields_are_as_printed(printed: Facts) -> None:
    fields = tuple(schemas.status_fields(SCHEMA))
    assert fields == printed.status_fields
    assert len(fields) == 43


def test_status_classes_have_the_printed_codes(printed: Facts) -> None:
    classes = {each.name: each.codes for each in SCHEMA.status_classes}
    assert [each.name for each in SCHEMA.status_classes] == [
        each.class_ for each in printed.status_classes
    ]
    assert classes == {each.class_: _codes_in(each.codes) for each in printed.status_classes}
    assert sum(map(len, classes.values())) == len(frozenset().union(*classes.values()))


def test_a_status_type_has_the_codes_that_its_class_leaves_it() -> None:
    for status in SCHEMA.status_types:
        assert status.codes <= status.status_class.codes
        if len(status.patterns) > 1:
            assert status.patterns == LEFT_TO_SERVICE_CLASSES[status.status_class.name]


def test_a_status_class_is_the_section_that_holds_its_types() -> None:
    for status in SCHEMA.status_types:
        assert status.clause.rpartition(".")[0] == status.status_class.clause


def test_services_list_the_printed_statuses_in_order(printed: Facts) -> None:
    listed = tuple(schemas.service_statuses(SCHEMA))
    expected = [
        replace(each, status=TITLES_IN_ANNEX_C.get((each.clause, each.status), each.status))
        for each in printed.service_statuses
    ]
    assert list(listed) == expected
    assert len(listed) == 136


def test_elements_with_values_of_their_own() -> None:
    parameters = SCHEMA.parameters
    values = {key: dict(each.values) for key, each in parameters.items() if each.values}
    assert values == {"Priority": {"LOW": 2, "MEDIUM": 0, "HIGH": 1}}  # Annex E.1
    roles = {each.role: key for key, each in parameters.items() if each.role is not None}
    assert roles == {
        Role.GROUP_LENGTH: "CommandGroupLength",
        Role.COMMAND_FIELD: "CommandField",
        Role.DATA_SET_TYPE: "CommandDataSetType",
        Role.STATUS: "Status",
    }
    assert parameters["CommandDataSetType"].none == 0x0101
    assert parameters["CommandDataSetType"].present == 0x0001  # any other would do, erratum S10


def _codes_in(text: str) -> frozenset[int]:
    """Read ``Axxx or Cxxx or 01xx (except 0107 and 0116) or 02xx``."""
    exceptions = "".join(re.findall(r"\(except (.*?)\)", text))
    return _codes(re.sub(r"\(.*?\)", "", text)) - _codes(exceptions)


def _codes(text: str) -> frozenset[int]:
    patterns = re.findall(r"\b[0-9A-F]+x*\b", text)
    return frozenset(
        code
        for pattern in patterns
        for code in range(
            int(pattern.replace("x", "0"), 16), int(pattern.replace("x", "F"), 16) + 1
        )
    )
