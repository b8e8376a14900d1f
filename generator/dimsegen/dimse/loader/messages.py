"""Build the message tables of a service, and hold them against its service table.

A message carries every mandatory parameter of its column and none that is a dash; each of its
elements gets its value from somewhere; its data set type agrees with its data set.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ...reading.names import Names
from ...reading.position import Position
from ...reading.problems import Report
from ...reading.values import Fields, Word
from ...table.column import Column
from ...table.usage import Usage
from ..documents import FROM_TABLE
from ..family import USAGES
from ..model import Message, MessageField, Parameter, Role
from .lines import Line
from .rows import check_value

_USAGES = {usage.value: usage for usage in USAGES if usage.is_mandatory}
REQUIRED_ROLES = (Role.GROUP_LENGTH, Role.COMMAND_FIELD, Role.DATA_SET_TYPE)
# Whoever sends a message works these out.
_GIVEN_ROLES = (Role.GROUP_LENGTH, Role.DATA_SET_TYPE)


@dataclass(frozen=True)
class _Carried:
    """An element of a message in its place."""

    field: MessageField
    position: Position


def build_messages(
    document: Fields,
    columns: Mapping[str, Column],
    lines: Names[Line],
    parameters: Names[Parameter],
    report: Report,
) -> dict[str, Message]:
    """Return the message of each column that has one.

    Parameters
    ----------
    document : Fields
        The file, read as `documents.DOCUMENT`.
    columns : mapping of str to Column
        The columns of the service table; none if nobody could read them.
    lines : Names of Line
        The lines of the service table.
    parameters : Names of Parameter
        The parameters.
    report : Report
        Receives what is wrong.
    """
    written = document.fields("messages")
    if written is None:
        return {}
    meant = _columns_meant(document, written, columns, report)
    roles = {parameter.role for parameter in parameters.found.values()}
    messages: dict[str, Message] = {}
    for key, position, fields in written.records():
        if (column := meant.get(key)) is not None:
            is_apart = columns[column].is_apart if columns else None
            builder = _MessageBuilder(fields, position, is_apart, roles, report)
            messages[column] = builder.build(column, lines, parameters)
    return messages


def _columns_meant(
    document: Fields, written: Fields, columns: Mapping[str, Column], report: Report
) -> dict[str, str]:
    """Return the column that each key of the messages means; any, if nobody knows the columns."""
    if not columns:
        return {key: key for key in written.keys}
    names = Names("unknown-message", {column: column for column in columns})
    found = {key: names.find(key, place, report) for key, place in written.keys.items()}
    is_known = not any(names.is_unknown(key) for key in written.keys)
    for column in columns if is_known and not written.is_open else ():
        if column not in written.keys:
            report.add(document.keys["messages"], "missing-message", column=column)
    return {key: column for key, column in found.items() if column is not None}


class _MessageBuilder:
    """Builds one message.

    Parameters
    ----------
    fields : Fields
        The message, read as `documents.MESSAGE`.
    position : Position
        Where its key stands.
    is_apart : bool or None
        Whether it belongs to a primitive of its own; None if nobody knows the columns.
    roles : collection of Role
        The roles that some element has.
    report : Report
        Receives what is wrong.
    """

    def __init__(
        self,
        fields: Fields,
        position: Position,
        is_apart: bool | None,
        roles: Collection[Role | None],
        report: Report,
    ) -> None:
        self._fields = fields
        self._name = fields.text("name") or "this message"
        self._position = position
        self._is_apart = is_apart
        self._has_all_roles = all(role in roles for role in Role)
        self._report = report

    def build(self, column: str, lines: Names[Line], parameters: Names[Parameter]) -> Message:
        """Return the message of `column`, with those of its fields that could be read."""
        written = self._fields.fields("fields")
        carried: dict[str, _Carried] = {}
        for keyword, position, entry in written.records() if written else ():
            parameter = parameters.find(keyword, position, self._report)
            name = parameter.keyword if parameter else keyword
            field = self._field(name, parameter, position, entry, lines)
            self._check_line(name, position, column, lines)
            if field is not None:
                carried[name] = _Carried(field, position)
        if written is not None:
            known = {*carried, *written.keys}
            self._check_missing(column, known, lines, parameters)
            self._check_data_set(carried, is_complete=len(carried) == len(written.keys))
        self._check_primitive(column)
        reference = self._fields.fields("reference")
        return Message(
            self._fields.text("name"),
            reference.text("section") if reference else "",
            reference.text("table") if reference else "",
            tuple(each.field for each in carried.values()),
            _command_field(carried),
            self._fields.text("primitive") or None,
            self._position,
        )

    def _field(
        self,
        keyword: str,
        parameter: Parameter | None,
        position: Position,
        entry: Fields,
        lines: Names[Line],
    ) -> MessageField | None:
        word = entry.word("usage")
        if word is None:
            return None
        usage = None if word.text == FROM_TABLE else _USAGES[word.text]
        self._check_usage(parameter, word, usage, lines)
        is_fixed = usage is not None and usage.is_fixed
        value = entry.values.get("value")
        number = entry.number("value")
        if is_fixed and "value" not in entry.keys:
            self._add(word.position, "field-without-value", keyword=keyword, usage=word.text)
        elif not is_fixed and "value" in entry.keys:
            self._add(entry.keys["value"], "field-idle-value", keyword=keyword)
        elif value is not None and number is not None:
            check_value(parameter, number, value.position, self._report)
        if "not" in entry.keys and (usage is None or is_fixed):
            self._add(entry.keys["not"], "field-not", keyword=keyword)
        if parameter is None or not entry.is_whole:
            return None
        return MessageField(parameter, usage, number, entry.number("not"), position)

    def _check_usage(
        self,
        parameter: Parameter | None,
        word: Word,
        usage: Usage | None,
        lines: Names[Line],
    ) -> None:
        if parameter is None:
            return
        keyword, role = parameter.keyword, parameter.role
        if keyword in lines:
            if usage is not None:
                self._add(word.position, "field-with-row", keyword=keyword, right=FROM_TABLE)
        elif lines.is_unknown(keyword):
            if usage is None:
                self._add(word.position, "field-without-row", keyword=keyword)
            elif role is Role.COMMAND_FIELD and not usage.is_fixed:
                self._add(word.position, "command-field-value", keyword=keyword)
            elif role not in _GIVEN_ROLES and not usage.is_fixed and self._has_all_roles:
                self._add(word.position, "field-without-source", keyword=keyword)

    def _check_line(
        self, keyword: str, position: Position, column: str, lines: Names[Line]
    ) -> None:
        line = lines.found.get(keyword)
        cell = line.cells.get(column) if line else None
        if cell is not None and cell.usage.is_forbidden:
            facts = {"column": column, "message": self._name}
            self._add(position, "forbidden-carried", keyword=keyword, **facts)

    def _check_missing(
        self,
        column: str,
        known: Collection[str],
        lines: Names[Line],
        parameters: Names[Parameter],
    ) -> None:
        place = self._fields.keys["fields"]
        for keyword, line in lines.found.items():
            cell = line.cells.get(column)
            if cell is not None and cell.usage.is_mandatory and keyword not in known:
                facts = {"usage": str(cell), "column": column, "message": self._name}
                self._add(place, "mandatory-not-carried", keyword=keyword, **facts)
        for keyword, parameter in parameters.found.items():
            if parameter.role in REQUIRED_ROLES and keyword not in known:
                self._add(place, "missing-field", message=self._name, keyword=keyword)

    def _check_data_set(self, carried: Mapping[str, _Carried], is_complete: bool) -> None:
        """Report more than one data set, and a data set type that says otherwise."""
        data_sets = [each for each in carried.values() if each.field.parameter.is_data_set]
        for extra in data_sets[1:]:
            facts = {"other": data_sets[0].field.parameter.keyword, "message": self._name}
            keyword = extra.field.parameter.keyword
            self._add(extra.position, "second-data-set", keyword=keyword, **facts)
        for each in carried.values():
            field, parameter = each.field, each.field.parameter
            if parameter.role is not Role.DATA_SET_TYPE:
                continue
            says_none = field.value is not None and field.value == parameter.none
            if says_none and data_sets:
                other = data_sets[0].field.parameter.keyword
                self._add(each.position, "data-set-type", keyword=parameter.keyword, other=other)
            if not says_none and not data_sets and is_complete:
                self._add(each.position, "data-set-type-none", keyword=parameter.keyword)

    def _check_primitive(self, column: str) -> None:
        if self._is_apart and "primitive" not in self._fields.keys:
            facts = {"message": self._name, "column": column}
            self._add(self._position, "missing-primitive", **facts)
        if self._is_apart is False and "primitive" in self._fields.keys:
            self._add(self._fields.keys["primitive"], "idle-primitive", message=self._name)

    def _add(self, position: Position, rule: str, **facts: object) -> None:
        self._report.add(position, rule, **facts)


def _command_field(carried: Mapping[str, _Carried]) -> int:
    fields = [each.field for each in carried.values()]
    values = [f.value for f in fields if f.parameter.role is Role.COMMAND_FIELD]
    return next((value for value in values if value is not None), 0)
