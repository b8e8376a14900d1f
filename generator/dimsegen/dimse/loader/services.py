"""Checks across services: names, command fields, and the primitives that share one.

A command field names one primitive in one direction, so that a receiver can tell, and a name names
one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from ...code.naming import is_taken, module_name
from ...reading.position import Position
from ...reading.problems import Report
from ...reading.values import Fields
from ...table.notation import hex4
from ..model import Message, Role, Service
from .messages import REQUIRED_ROLES
from .service import Description

_SERVICE_LINE = re.compile(
    rb"^(?:\xef\xbb\xbf)?service:[ \t]*[\"']?([A-Z]+(?:-[A-Z]+)*)", re.MULTILINE
)


@dataclass(frozen=True)
class _Sent:
    """A message in its place."""

    description: Description
    column: str
    message: Message
    fields: Fields
    position: Position

    @property
    def is_apart(self) -> bool:
        """Whether it belongs to a primitive of its own; so does what stands in no column."""
        column = self.description.service.columns.get(self.column)
        return column is None or column.is_apart

    @property
    def is_whole(self) -> bool:
        """Whether the whole file could be read, every cell of it, and nothing is missing here."""
        description = self.description
        columns = len(description.service.columns)
        rows = description.service.rows
        cells = columns > 0 and all(len(row.cells) == columns for row in rows)
        roles = {field.parameter.role for field in self.message.fields}
        is_complete = cells and len(rows) == len(description.lines.found)
        return description.document.is_whole and is_complete and roles.issuperset(REQUIRED_ROLES)

    def place(self, key: str) -> Position:
        """Return where the value under `key` stands; where the message does, without it."""
        return self.fields.place(key) if key in self.fields.keys else self.position


def expected_file(service: str) -> str:
    """Return the name of the file that describes `service`."""
    return service.lower().replace("-", "_") + ".yaml"


def service_of(file: str) -> str:
    """Return the name of the service that the name of its file promises."""
    return PurePath(file).stem.upper().replace("_", "-")


def service_in(content: bytes) -> str:
    """Return the name of the service that a file says it describes, empty if it says none."""
    match = _SERVICE_LINE.search(content)
    return match[1].decode() if match else ""


def check_services(descriptions: Sequence[Description], report: Report) -> None:
    """Report names, command fields and shared primitives that do not fit together."""
    single = _check_names(descriptions, report)
    sent = [each for description in single for each in _sent_by(description)]
    _check_messages(sent, report)
    _check_shared(sent, [description.service.name for description in single], report)


def _check_names(descriptions: Sequence[Description], report: Report) -> list[Description]:
    """Return one description of each service: that in the file of its name, if there is one."""
    single: dict[str, Description] = {}
    for description in sorted(descriptions, key=_is_misnamed):
        service = description.service
        if is_taken(service.name):
            facts = {"service": service.name, "name": module_name(service.name)}
            report.add(service.position, "taken-service-name", **facts)
        known = single.setdefault(service.name, description)
        if known is not description and service.name:
            facts = {"service": service.name, "other": known.service.position.file}
            report.add(service.position, "duplicate-service", **facts)
        elif _is_misnamed(description):
            expected = expected_file(service.name)
            report.add(service.position, "file-name", service=service.name, expected=expected)
    return [each for each in descriptions if single[each.service.name] is each]


def _is_misnamed(description: Description) -> bool:
    service = description.service
    file = PurePath(service.position.file).name
    return bool(service.name) and file != expected_file(service.name)


def _sent_by(description: Description) -> Iterator[_Sent]:
    written = description.document.fields("messages")
    for column, position, fields in written.records() if written else ():
        message = description.service.messages.get(column)
        if message is not None:
            yield _Sent(description, column, message, fields, position)


def _check_messages(sent: Sequence[_Sent], report: Report) -> None:
    names: dict[str, _Sent] = {}
    owners: dict[int, _Sent] = {}
    for each in sent:
        message = each.message
        if message.name and names.setdefault(message.name, each) is not each:
            report.add(each.place("name"), "duplicate-message", message=message.name)
            continue
        if not message.command_field or (each.is_apart and not message.primitive):
            continue
        other = owners.setdefault(message.command_field, each).message
        if other is not message and not (other.primitive and other.primitive == message.primitive):
            facts = {"value": hex4(message.command_field), "other": other.name}
            place = _command_field_place(each)
            report.add(place, "duplicate-command-field", message=message.name, **facts)


def _command_field_place(sent: _Sent) -> Position:
    fields = sent.fields.fields("fields")
    for field in sent.message.fields:
        entry = fields.fields(field.parameter.keyword) if fields else None
        if entry is not None and field.parameter.role is Role.COMMAND_FIELD:
            return entry.place("value")
    return sent.position


def _check_shared(sent: Sequence[_Sent], services: Sequence[str], report: Report) -> None:
    first: dict[str, _Sent] = {}
    for each in sent:
        primitive = each.message.primitive
        if primitive is None or not each.is_apart:
            continue
        place = each.place("primitive")
        if primitive in services:
            report.add(place, "primitive-is-service", primitive=primitive)
        elif is_taken(primitive):
            facts = {"service": primitive, "name": module_name(primitive)}
            report.add(place, "taken-service-name", **facts)
        other = first.setdefault(primitive, each)
        what = _difference(other, each)
        if what:
            known = {"primitive": primitive, "other": other.message.name, "what": what}
            report.add(place, "primitive-disagrees", **known)


def _difference(one: _Sent, two: _Sent) -> str:
    if one is two or not (one.is_whole and two.is_whole):
        return ""
    if one.message.command_field != two.message.command_field:
        return "the command field"
    if _fields(one.message) != _fields(two.message):
        return "the fields of the message"
    cells = _present_cells(one.description.service, one.column)
    return "" if cells == _present_cells(two.description.service, two.column) else "the cells"


def _fields(message: Message) -> list[tuple[str, object, int | None]]:
    return [(field.parameter.keyword, field.usage, field.value) for field in message.fields]


def _present_cells(service: Service, column: str) -> list[tuple[str, str, int | str | None]]:
    return [
        (row.keyword, usage.value, row.value if usage.is_fixed else None)
        for row in service.rows
        if column in row.cells and not (usage := row.cells[column].usage).is_forbidden
    ]
