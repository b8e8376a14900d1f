"""What several kinds of files have alike: conditions, and values with their texts."""

from __future__ import annotations

from collections.abc import Mapping

from ...reading.problems import Report
from ...reading.values import Fields, Items
from ..model import Condition, Value


def condition(fields: Fields, key: str) -> Condition:
    """Return the condition under `key`, empty if there is none."""
    written = fields.fields(key)
    if written is None:
        return {}
    return {name: written.texts(name) for name in written.values}


def values_of(document: Fields) -> Mapping[str, tuple[Value, ...]]:
    """Return the values of each field of `document` that has some."""
    written = document.fields("values")
    if written is None:
        return {}
    return {
        name: tuple(_value(line) for line in lines.items if isinstance(line, Fields))
        for name, lines in written.values.items()
        if isinstance(lines, Items)
    }


def check_codes(values: Mapping[str, tuple[Value, ...]], report: Report) -> None:
    """Report a code that a field has twice, under one condition, and a name of several codes."""
    for name, listed in values.items():
        seen: set[tuple[int, str, str]] = set()
        for each in listed:
            if each.name and each.first != each.last:
                facts = {"name": each.name, "first": each.first, "last": each.last}
                report.add(each.position, "named-range", **facts)
            codes = {
                (code, str(sorted(each.when.items())), each.table)
                for code in range(each.first, each.last + 1)
            }
            if codes & seen:
                report.add(each.position, "second-code", field=name, code=each.first)
            seen |= codes


def _value(line: Fields) -> Value:
    first, _, last = line.text("code").partition("-")
    return Value(
        int(first or 0),
        int(last or first or 0),
        condition(line, "when"),
        line.text("name"),
        line.text("text"),
        line.text("table"),
        line.position,
        line.text("see"),
    )
