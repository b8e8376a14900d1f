"""Find the messages of a document that contradict the table of their service.

The loader refuses such schemas. An edition can be held against the schemas all the same, but no
code can be made of it, and so it is not compared with another edition.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...document.unreadable import Problem
from ..model import Message, Role, Service


def broken(service: Service) -> Iterator[Problem]:
    """Yield what a message of `service` carries without a row, and the data sets it lacks."""
    for column, message in service.messages.items():
        yield from _without_row(message, service)
        yield from _not_carried(message, column, service)


def _without_row(message: Message, service: Service) -> Iterator[Problem]:
    rows = {row.keyword for row in service.rows}
    for field in message.fields:
        is_given = field.parameter.role in _GIVEN or field.value is not None
        if field.parameter.keyword not in rows and not is_given:
            name = field.printed or field.parameter.name
            text = (
                f"Table {message.table} carries {name}, and Table {service.table} has no row for it"
            )
            yield Problem(field.position or service.position, f"{text}: nothing was compared")


# What the codec itself puts into every message.
_GIVEN = frozenset({Role.GROUP_LENGTH, Role.COMMAND_FIELD, Role.DATA_SET_TYPE})


def _not_carried(message: Message, column: str, service: Service) -> Iterator[Problem]:
    carried = {field.parameter.keyword for field in message.fields}
    for row in service.rows:
        usage = row.cells[column].usage
        is_needed = usage.is_mandatory or (row.parameter.is_data_set and not usage.is_forbidden)
        if is_needed and row.keyword not in carried:
            name = row.printed or row.parameter.name
            text = f"Table {service.table} has {usage.value} for {name}, and Table {message.table}"
            yield Problem(row.position, f"{text} does not carry it: nothing was compared")
