"""Build the message tables of a service, and hold them against its service table.

Invariant: a message carries every mandatory parameter of its column and none that is a dash; its
command field is fixed; its data set type agrees with its data set.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..model.schema import Message, MessageField, Parameter, Position, Role, Row
from ..model.usage import Usage
from .problems import Report, hint, listed
from .reader import Fields, Word

_FROM_TABLE = "parameter"
_USAGES = {_FROM_TABLE: None, "M": Usage.MANDATORY, "MF": Usage.MANDATORY_FIXED}
_REQUIRED_ROLES = (Role.GROUP_LENGTH, Role.COMMAND_FIELD, Role.DATA_SET_TYPE)


def build_messages(
    document: Fields,
    columns: Mapping[str, str],
    rows: tuple[Row, ...],
    parameters: Mapping[str, Parameter],
    report: Report,
) -> dict[str, Message]:
    """Return the message of each column that has one."""
    messages: dict[str, Message] = {}
    written = document.fields("messages")
    if written is None:
        return messages
    for column in columns:
        if column not in written.keys:
            report.add(document.keys["messages"], "message-columns", column=column)
    for column, position, fields in written.records():
        if column not in columns:
            close = hint(column, columns)
            report.add(
                position, "unknown-message", column=column, hint=close, known=listed(columns)
            )
            continue
        messages[column] = _message(
            fields, position, column, tuple(columns), rows, parameters, report
        )
    return messages


def _message(
    fields: Fields,
    position: Position,
    column: str,
    columns: tuple[str, ...],
    rows: tuple[Row, ...],
    parameters: Mapping[str, Parameter],
    report: Report,
) -> Message:
    name = fields.text("name")
    reference = fields.fields("reference")
    by_keyword = {row.keyword: row for row in rows}
    carried: list[MessageField] = []
    for keyword, place, entry in fields.records("fields"):
        if keyword not in parameters:
            report.add(place, "unknown-keyword", keyword=keyword, hint=hint(keyword, parameters))
            continue
        item = _field(parameters[keyword], place, entry, keyword in by_keyword, report)
        row = by_keyword.get(keyword)
        if row and column in row.cells and row.cells[column].usage.is_forbidden:
            report.add(place, "forbidden-carried", keyword=keyword, column=column, message=name)
        carried.append(item)
    table_position = fields.keys.get("fields", position)
    _check_rows(name, column, rows, carried, table_position, report)
    _check_roles(name, carried, parameters, table_position, report)
    _check_data_set(name, carried, table_position, report)
    primitive = fields.text("primitive") or None
    if primitive is None and column in columns[2:]:
        report.add(position, "missing-primitive", message=name, column=column)
    if primitive is not None and column not in columns[2:]:
        report.add(fields.keys["primitive"], "idle-primitive", message=name)
    return Message(
        name,
        reference.text("section") if reference else "",
        reference.text("table") if reference else "",
        tuple(carried),
        next((f.value or 0 for f in carried if f.parameter.role is Role.COMMAND_FIELD), 0),
        primitive,
    )


def _field(
    parameter: Parameter, position: Position, entry: Fields, has_row: bool, report: Report
) -> MessageField:
    keyword = parameter.keyword
    word = entry.word("usage")
    usage = None
    if isinstance(word, Word):
        if word.text not in _USAGES:
            known = listed(_USAGES)
            report.add(word.position, "field-usage", keyword=keyword, text=word.text, known=known)
            return MessageField(parameter, None)
        usage = _USAGES[word.text]
        if usage is None and not has_row:
            report.add(word.position, "field-without-row", keyword=keyword)
        if usage is not None and has_row:
            report.add(word.position, "field-with-row", keyword=keyword)
    is_fixed = usage is not None and usage.is_fixed
    if word is not None and is_fixed != ("value" in entry.keys):
        report.add(position, "field-value", keyword=keyword)
    if "not" in entry.keys and (usage is None or is_fixed):
        report.add(entry.keys["not"], "field-not", keyword=keyword)
    return MessageField(parameter, usage, entry.number("value"), entry.number("not"))


def _check_rows(
    name: str,
    column: str,
    rows: tuple[Row, ...],
    carried: list[MessageField],
    position: Position,
    report: Report,
) -> None:
    keywords = {item.parameter.keyword for item in carried}
    for row in rows:
        cell = row.cells.get(column)
        if cell is not None and cell.usage.is_mandatory and row.keyword not in keywords:
            report.add(
                position,
                "mandatory-not-carried",
                keyword=row.keyword,
                usage=str(cell),
                column=column,
                message=name,
            )


def _check_roles(
    name: str,
    carried: list[MessageField],
    parameters: Mapping[str, Parameter],
    position: Position,
    report: Report,
) -> None:
    roles = {item.parameter.role: item for item in carried}
    for parameter in parameters.values():
        if parameter.role in _REQUIRED_ROLES and parameter.role not in roles:
            report.add(position, "missing-field", message=name, keyword=parameter.keyword)
    command = roles.get(Role.COMMAND_FIELD)
    if command is not None and (command.usage is None or not command.usage.is_fixed):
        keyword = command.parameter.keyword
        report.add(position, "command-field-value", message=name, keyword=keyword)


def _check_data_set(
    name: str, carried: list[MessageField], position: Position, report: Report
) -> None:
    data_sets = [item.parameter for item in carried if item.parameter.is_data_set]
    for extra in data_sets[1:]:
        other = data_sets[0].keyword
        report.add(position, "second-data-set", keyword=extra.keyword, other=other)
    for item in carried:
        if item.parameter.role is not Role.DATA_SET_TYPE:
            continue
        says_none = item.value is not None and item.value == item.parameter.none
        if says_none and data_sets:
            keyword = data_sets[0].keyword
            report.add(position, "data-set-type", message=name, keyword=keyword)
        if not says_none and not data_sets:
            report.add(position, "data-set-type-none", message=name)
