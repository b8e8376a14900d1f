"""Build the conditions that a data set decides."""

from __future__ import annotations

from collections.abc import Mapping

from ...reading.values import Fields, Items, Value
from ..model import Condition, ConditionKind

_OF_NAMES = (
    ConditionKind.ABSENT,
    ConditionKind.PRESENT,
    ConditionKind.WITH_VALUE,
    ConditionKind.NONZERO,
)
_OF_VALUES = (ConditionKind.VALUE, ConditionKind.NOT_VALUE)


def conditions(fields: Fields, key: str, columns: tuple[str, ...]) -> Mapping[str, Condition]:
    """Return the condition under `key` for each of `columns` that has one."""
    written = fields.fields(key)
    if written is None:
        return {}
    own = {column: written.fields(column) for column in columns if column in written.keys}
    if own:
        return {column: build_condition(each) for column, each in own.items() if each}
    common = build_condition(written)
    return dict.fromkeys(columns, common)


def build_condition(written: Fields) -> Condition:
    """Return the condition that `written` is; several in one mapping hold together."""
    found = [
        each for kind in ConditionKind if kind.value in written.keys for each in _of(kind, written)
    ]
    return found[0] if len(found) == 1 else Condition(ConditionKind.ALL, parts=tuple(found))


def _of(kind: ConditionKind, written: Fields) -> list[Condition]:
    key = kind.value
    if kind in _OF_NAMES:
        return [Condition(kind, written.texts(key))]
    if kind in _OF_VALUES:
        values = written.fields(key)
        names = values.values if values else ()
        return [Condition(kind, (name,), values.texts(name)) for name in names if values]
    if kind is ConditionKind.CHARACTERS:
        return [Condition(kind, values=written.texts(key))]
    return [Condition(kind, parts=tuple(build_condition(each) for each in _inner(written, key)))]


def _inner(written: Fields, key: str) -> list[Fields]:
    value: Value | None = written.values.get(key)
    items = value.items if isinstance(value, Items) else (value,)
    return [each for each in items if isinstance(each, Fields)]


def names_in(condition: Condition) -> tuple[str, ...]:
    """Return every name in `condition`, at any depth."""
    return (*condition.names, *(name for part in condition.parts for name in names_in(part)))
