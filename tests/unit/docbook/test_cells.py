"""Every cell that PS3.7 prints is guarded: another one in the document is a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from dimsegen.dimse.docbook import read_part, verify
from dimsegen.dimse.docbook.printed import NO_MESSAGE
from dimsegen.dimse.family import USAGES
from dimsegen.dimse.model import Message, MessageField, Parameter, Row, Schema, Service
from dimsegen.table.row import Cell

from ...printed import printed_schema
from .page import print_services

SCHEMA = printed_schema()
SERVICES = [service.name for service in SCHEMA.services]


def findings(document: Schema, schema: Schema) -> list[tuple[str, str, str, str]]:
    """Print `document` and hold it against `schema`; return service, column, row and rule."""
    content = print_services(document).encode("utf-8")
    found = verify(read_part(content, "part07.xml", schema), schema)
    return [(each.service, each.direction, each.keyword, each.rule) for each in found.findings]


def only(name: str, *columns: str) -> Schema:
    """Return the schema with one service, and of its messages those of `columns`.

    It is without Annex C, and its registry has no elements but theirs, so that a run is short.
    """
    service = next(each for each in SCHEMA.services if each.name == name)
    messages = {
        column: message if column in columns else NO_MESSAGE
        for column, message in service.messages.items()
    }
    fields = [field for message in messages.values() for field in message.fields]
    used = {row.keyword for row in service.rows} | {each.parameter.keyword for each in fields}
    parameters = {key: each for key, each in SCHEMA.parameters.items() if key in used}
    service = replace(service, statuses=(), messages=messages)
    return replace(
        SCHEMA, services=(service,), parameters=parameters, status_types=(), status_classes=()
    )


def with_row(schema: Schema, row: Row) -> Schema:
    (service,) = schema.services
    rows = tuple(row if each.keyword == row.keyword else each for each in service.rows)
    return replace(schema, services=(replace(service, rows=rows),))


def other_cells(service: Service) -> Iterator[tuple[str, Row]]:
    """Yield every cell of the table with each other usage code in turn, and with its (=) changed.

    One code a cell is enough to see that the cell is read: they go round from cell to cell.
    """
    codes = list(USAGES)
    for number, row in enumerate(service.rows):
        for column, cell in row.cells.items():
            others = [each for each in codes if each is not cell.usage]
            other = others[(number + len(column)) % len(others)]
            cells = [Cell(other)]
            if column == "response" and not cell.usage.is_forbidden:
                cells.append(Cell(cell.usage, not cell.is_equal_to_left))
            for each in cells:
                yield column, replace(row, cells={**row.cells, column: each})


@pytest.mark.parametrize("name", SERVICES)
def test_every_other_cell_is_a_finding_about_that_cell(name: str) -> None:
    schema = only(name)
    (service,) = schema.services
    assert findings(schema, schema) == []
    for column, row in other_cells(service):
        found = findings(with_row(schema, row), schema)
        assert {each[:3] for each in found} == {(name, column, row.keyword)}, (row, found)


@pytest.mark.parametrize("name", SERVICES)
def test_every_row_that_is_not_printed_is_a_finding(name: str) -> None:
    schema = only(name)
    (service,) = schema.services
    for row in service.rows:
        rows = tuple(each for each in service.rows if each is not row)
        document = replace(schema, services=(replace(service, rows=rows),))
        assert row.keyword in {each[2] for each in findings(document, schema)}, row


def other_elements(parameter: Parameter) -> Iterator[Parameter]:
    """Yield the element with another name, keyword, tag, VR and VM."""
    yield replace(parameter, tag=(parameter.tag or 0) + 0x5000)
    yield replace(parameter, vr="UL" if parameter.vr == "LO" else "LO")
    yield replace(parameter, vm="2")
    yield replace(parameter, keyword=f"{parameter.keyword}X")
    yield replace(parameter, name=f"{parameter.name} X")


def test_every_other_cell_of_the_registry_is_a_finding() -> None:
    schema = replace(SCHEMA, services=(), status_types=(), status_classes=())
    elements = [each for each in schema.parameters.values() if not each.is_data_set]
    assert len(elements) == 24
    for element in elements:
        for other in other_elements(element):
            parameters = {
                key: other if key == element.keyword else each
                for key, each in schema.parameters.items()
            }
            found = findings(replace(schema, parameters=parameters), schema)
            assert {each[2] for each in found} <= {element.keyword, other.keyword, ""}
            assert found, other


def other_fields(field: MessageField) -> Iterator[MessageField | None]:
    """Yield the field with another value, tag, VR and VM, and its absence."""
    yield None
    if field.value is not None:
        yield replace(field, value=field.value ^ 0x0400)
    if field.excluded is not None:
        yield replace(field, excluded=field.excluded ^ 0x0400)
    if field.parameter.tag is not None:
        for other in list(other_elements(field.parameter))[:3]:
            yield replace(field, parameter=other)


def messages_of(name: str) -> Mapping[str, Message]:
    return next(each.messages for each in SCHEMA.services if each.name == name)


@pytest.mark.parametrize("name", ["C-FIND", "C-STORE", "N-EVENT-REPORT", "N-GET"])
def test_every_other_cell_of_a_message_table_is_a_finding(name: str) -> None:
    for column, message in messages_of(name).items():
        schema = only(name, column)
        (service,) = schema.services
        assert findings(schema, schema) == []
        for number, field in enumerate(message.fields):
            for other in other_fields(field):
                if other is None and field.value is not None:
                    continue  # no command field, no message
                fields = [*message.fields]
                fields[number : number + 1] = [other] if other else []
                changed = replace(message, fields=tuple(fields))
                messages = {**service.messages, column: changed}
                document = replace(schema, services=(replace(service, messages=messages),))
                found = findings(document, schema)
                assert (name, column, field.parameter.keyword) in {each[:3] for each in found}
                assert len(found) == 1, (other, found)
