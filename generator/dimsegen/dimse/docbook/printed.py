"""What of a schema a document can print: cells, elements, messages, statuses and their fields.

Descriptions and conditions, which the standard has in prose only, are left out; so is every table
that the document lacks, for nothing can be said of it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import replace

from ..model import Message, MessageField, Parameter, Role, Row, Schema, Service, StatusType
from .element_tables import RETIRED
from .element_tables import TABLE as REGISTRY
from .status_tables import ANNEX

# In place of a message whose table is missing.
NO_MESSAGE = Message("", "", "", (), 0)


def printed(schema: Schema, tables: Container[str]) -> Schema:
    """Return what of `schema` the `tables` of a document print."""
    types = {
        each.identifier: _status_type(each) for each in schema.status_types if each.clause in tables
    }
    services = tuple(
        _service(each, types, tables) for each in schema.services if each.table in tables
    )
    used = {row.keyword for service in services for row in service.rows}
    used |= {field.parameter.keyword for each in types.values() for field in each.fields}
    parameters = {
        key: bare(each)
        for key, each in schema.parameters.items()
        if key in used or not each.is_data_set
    }
    classes = schema.status_classes if ANNEX in tables else ()
    # Which clause still allows one is prose.
    listed = schema.retired if RETIRED in tables else ()
    retired = tuple(replace(each, allowed_by="") for each in listed)
    return Schema(
        in_order(parameters), classes, tuple(types.values()), services, {}, retired=retired
    )


def bare(parameter: Parameter) -> Parameter:
    """Return what is printed of `parameter`; which value says that a data set follows is not."""
    return replace(parameter, description="", present=None, renamed_from=None)


def in_order(parameters: Mapping[str, Parameter]) -> dict[str, Parameter]:
    """Return `parameters` with the data sets last and by keyword: no table has them in order."""
    data_sets = sorted(key for key, each in parameters.items() if each.is_data_set)
    elements = {key: each for key, each in parameters.items() if not each.is_data_set}
    return elements | {key: parameters[key] for key in data_sets}


def worded(edition: Schema, known: Schema) -> Schema:
    """Return what an edition prints with the descriptions that code made from it needs.

    They are those of `known`, and the same for each edition: a comparison does not see them.
    """
    parameters = {
        key: _worded_parameter(each, known.parameters.get(key))
        for key, each in edition.parameters.items()
    }
    summaries = {each.name: each.summary for each in known.services}
    services = (
        replace(
            service,
            summary=summaries.get(service.name, f"{service.name}."),
            rows=tuple(_worded_row(row, parameters) for row in service.rows),
            messages={
                column: replace(
                    message,
                    fields=tuple(
                        replace(each, parameter=parameters[each.parameter.keyword])
                        for each in message.fields
                    ),
                )
                for column, message in service.messages.items()
            },
        )
        for service in edition.services
    )
    return replace(edition, parameters=parameters, services=tuple(services))


def _worded_row(row: Row, parameters: Mapping[str, Parameter]) -> Row:
    parameter = parameters[row.keyword]
    return replace(row, parameter=parameter, description=parameter.description)


def _worded_parameter(parameter: Parameter, known: Parameter | None) -> Parameter:
    description = known.description if known else f"{parameter.name}."
    return replace(parameter, description=description, present=known.present if known else None)


def expected(schema: Schema) -> dict[str, str]:
    """Return the tables that hold `schema`, and what each is about, in the order of the part."""
    found: dict[str, str] = {}
    for service in schema.services:
        found[service.table] = f"{service.name} Parameters"
    for service in schema.services:
        for message in service.messages.values():
            found[message.table] = f"{message.name} Message Fields"
    for service in schema.services:
        if service.statuses:
            found[status_clause(service)] = f"statuses of {service.name}"
    found[ANNEX] = "status classes"
    found |= {each.clause: each.name for each in schema.status_types}
    found[REGISTRY] = "command elements"
    found |= {RETIRED: "retired command elements"} if schema.retired else {}
    return dict(sorted(found.items(), key=lambda item: _numbers(item[0])))


def _numbers(label: str) -> list[tuple[bool, int, str]]:
    """Return what puts labels in the order of the part: chapters, then annexes."""
    return [
        (not part.isdigit(), int(part) if part.isdigit() else 0, part)
        for part in re.split(r"[.-]", label)
    ]


def status_clause(service: Service) -> str:
    """Return the clause that lists the statuses of `service`."""
    rows = (row for row in service.rows if row.parameter.role is Role.STATUS)
    return next((row.clause for row in rows), service.section)


def _service(service: Service, types: Mapping[str, StatusType], tables: Container[str]) -> Service:
    listed = service.statuses if status_clause(service) in tables else ()
    own = tuple(types[each.identifier] for each in listed if each.identifier in types)
    names = {each.identifier for each in own}
    return replace(
        service,
        summary="",
        examples={},
        rows=tuple(_row(each) for each in service.rows),
        messages={
            column: _message(each) if each.table in tables else NO_MESSAGE
            for column, each in service.messages.items()
        },
        statuses=own,
        listings={name: each for name, each in service.listings.items() if name in names},
    )


def _row(row: Row) -> Row:
    return Row(bare(row.parameter), row.cells, "", row.clause, row.position)


def _message(message: Message) -> Message:
    fields: tuple[MessageField, ...] = tuple(
        replace(each, parameter=bare(each.parameter)) for each in message.fields
    )
    return replace(message, fields=fields)


def _status_type(status: StatusType) -> StatusType:
    fields = (replace(each, parameter=bare(each.parameter)) for each in status.fields)
    return replace(status, fields=tuple(fields))
