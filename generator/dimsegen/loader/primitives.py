"""Checks across services: names, command fields, and the primitives that share one.

Invariant: a command field names one primitive in one direction, so that a receiver can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from ..model.schema import Message, Service
from .problems import Report


def check_services(services: Sequence[Service], report: Report) -> None:
    """Report names, command fields and shared primitives that do not fit together."""
    _check_names(services, report)
    _check_command_fields(services, report)
    _check_shared(services, report)


def _check_names(services: Sequence[Service], report: Report) -> None:
    owners: dict[str, str] = {}
    for service in services:
        expected = service.name.lower().replace("-", "_") + ".yaml"
        file = service.position.file
        other = owners.setdefault(service.name, file)
        if other != file:
            report.add(service.position, "duplicate-service", service=service.name, other=other)
        elif service.name and PurePath(file).name != expected:
            report.add(service.position, "file-name", service=service.name, expected=expected)


def _check_command_fields(services: Sequence[Service], report: Report) -> None:
    owners: dict[int, Message] = {}
    for service in services:
        for message in service.messages.values():
            if not message.command_field:
                continue
            other = owners.setdefault(message.command_field, message)
            shared = other.primitive is not None and other.primitive == message.primitive
            if other is not message and not shared:
                report.add(
                    service.position,
                    "duplicate-command-field",
                    message=message.name,
                    value=f"0x{message.command_field:04X}",
                    other=other.name,
                )


def _check_shared(services: Sequence[Service], report: Report) -> None:
    first: dict[str, tuple[Service, str, Message]] = {}
    for service in services:
        for column, message in service.messages.items():
            if message.primitive is None:
                continue
            known, other_column, other = first.setdefault(
                message.primitive, (service, column, message)
            )
            if known is service:
                continue
            what = _difference((known, other_column, other), (service, column, message))
            if what:
                report.add(
                    service.position,
                    "primitive-disagrees",
                    message=message.name,
                    primitive=message.primitive,
                    other=other.name,
                    what=what,
                )


def _difference(one: tuple[Service, str, Message], two: tuple[Service, str, Message]) -> str:
    (service, column, message), (other_service, other_column, other) = one, two
    if message.command_field != other.command_field:
        return "the command field"
    if [(f.parameter.keyword, f.usage, f.value) for f in message.fields] != [
        (f.parameter.keyword, f.usage, f.value) for f in other.fields
    ]:
        return "the fields of the message"
    cells = _present_cells(service, column)
    return "" if cells == _present_cells(other_service, other_column) else "the cells"


def _present_cells(service: Service, column: str) -> list[tuple[str, str, int | str | None]]:
    return [
        (row.keyword, str(row.cells[column]), row.value)
        for row in service.rows
        if column in row.cells and not row.cells[column].usage.is_forbidden
    ]
