"""Read the message tables, Tables 9.3-x and 10.3-x.

An element with a row in the service table has its usage there; the others are mandatory, with a
fixed value where the description states one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...document.tables import Table
from ...document.unreadable import Problem
from ...table.usage import Usage
from ..model import Message, MessageField, Parameter, Role
from . import prose
from .element_tables import Printed, read_cells, unregistered
from .known import Known
from .mentions import ElementMention
from .service_tables import ServiceTable

TABLE = re.compile(r"(9|10)\.3-\d+[a-z]?")


@dataclass(frozen=True)
class MessageTable:
    """A message table, whose it is, and what it prints of elements."""

    service: ServiceTable
    column: str
    message: Message
    mentions: tuple[ElementMention, ...]


def read_message(
    table: Table,
    services: Mapping[str, ServiceTable],
    parameters: dict[str, Parameter],
    known: Known,
    report: list[Problem],
) -> MessageTable | None:
    """Return what a message table prints; None where its service has no table.

    Parameters
    ----------
    table : Table
        The table.
    services : mapping of str to ServiceTable
        The service tables by name.
    parameters : dict of str to Parameter
        The elements and data sets; receives those that are new.
    known : Known
        Gives the keywords of names and the columns of messages.
    report : list of Problem
        Receives the rows that nobody can read.
    """
    name, _, _ = table.caption.partition(" ")
    owner = _owner(name, services, known)
    if owner is None:
        return None
    service, column, primitive = owner
    with_row = {row.keyword for row in service.rows}
    fields: dict[str, MessageField] = {}
    mentions: list[ElementMention] = []
    heads = ("Message Field", "Tag", "VR", "VM", "Description of Field")
    for first, *cells, description in table.columns(*heads):
        printed = read_cells(*(cell.text for cell in cells))
        keyword = known.keyword(first.text, printed.tag if printed else None)
        if printed is None or keyword in fields:
            shown = ", ".join(cell.text for cell in cells)
            text = f"{table.name}, {first.text}: {shown} is not the tag, VR, VM of one element"
            report.append(Problem(first.position, text))
            continue
        parameter = parameters.setdefault(
            keyword, unregistered(keyword, first.text, printed, known)
        )
        field = _field(parameter, description.text, keyword in with_row)
        misprint = known.misprint(first.text, keyword)
        if printed != Printed(parameter.tag, parameter.vr, parameter.vm):
            misprint = " ".join([first.text, *(cell.text for cell in cells)])
        fields[keyword] = replace(field, printed=misprint, position=first.position)
        said = (printed.tag, printed.vr, printed.vm, first.position)
        mentions.append(ElementMention(service.name, column, table.name, keyword, *said))
    where = (table.section.label, table.label)
    command_field = _command_field(table, fields, report)
    message = Message(
        name, *where, tuple(fields.values()), command_field, primitive, table.position
    )
    return MessageTable(service, column, message, tuple(mentions))


def _owner(
    name: str, services: Mapping[str, ServiceTable], known: Known
) -> tuple[ServiceTable, str, str | None] | None:
    """Return the service and the column of a message, and the primitive of a cancel message."""
    if (found := known.message(name)) is not None:
        service, column, message = found
        table = services.get(service.name)
        return (table, column, message.primitive) if table else None
    for table in services.values():
        columns = list(table.columns)
        for suffix, column in zip(("-RQ", "-RSP"), columns, strict=False):
            if name == table.name + suffix:
                return table, column, None
        _, _, rest = table.name.partition("-")
        if len(columns) > 2 and f"-{rest}-" in name:
            return table, columns[2], name.removesuffix("-RQ").replace(f"-{rest}", "")
    return None


def _field(parameter: Parameter, text: str, has_row: bool) -> MessageField:
    if has_row:
        return MessageField(parameter, None)
    value, excluded = prose.fixed_value(text), prose.excluded_value(text)
    usage = Usage.MANDATORY if value is None else Usage.MANDATORY_FIXED
    return MessageField(parameter, usage, value, None if value is not None else excluded)


def _command_field(table: Table, fields: Mapping[str, MessageField], report: list[Problem]) -> int:
    for each in fields.values():
        if each.parameter.role is Role.COMMAND_FIELD and each.value is not None:
            return each.value
    text = f"{table.name} states no fixed value for the command field"
    report.append(Problem(table.position, f"{text}: this edition cannot be compared"))
    return 0
