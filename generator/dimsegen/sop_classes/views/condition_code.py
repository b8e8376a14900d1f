"""Conditions as the generated modules write them."""

from __future__ import annotations

from collections.abc import Iterator

from ...code import layout
from ..model import UP, Condition, ConditionKind, Dictionary

_CLASSES = {
    ConditionKind.ABSENT: "Absent",
    ConditionKind.PRESENT: "Present",
    ConditionKind.WITH_VALUE: "WithValue",
    ConditionKind.NONZERO: "NonZero",
    ConditionKind.VALUE: "ValueIs",
    ConditionKind.NOT_VALUE: "ValueIsNot",
    ConditionKind.CHARACTERS: "ExtendedCharacters",
    ConditionKind.ANY: "AnyOf",
    ConditionKind.ALL: "AllOf",
    ConditionKind.NOT: "Not",
}
_WITH_VALUES = (ConditionKind.VALUE, ConditionKind.NOT_VALUE)


def condition_code(condition: Condition, dictionary: Dictionary) -> str:
    """Return the expression that makes `condition`, e.g. ``Absent(Attribute(...))``."""
    arguments = [_attribute(name, dictionary) for name in condition.names]
    arguments += [condition_code(part, dictionary) for part in condition.parts]
    if condition.kind in _WITH_VALUES:
        arguments += layout.strings(condition.values)
    return f"{_CLASSES[condition.kind]}({', '.join(arguments)})"


def classes_in(condition: Condition) -> Iterator[str]:
    """Yield the names that the expression of `condition` uses."""
    yield _CLASSES[condition.kind]
    if condition.names:
        yield "Attribute"
    for part in condition.parts:
        yield from classes_in(part)


def _attribute(path: str, dictionary: Dictionary) -> str:
    up = path.count(UP)
    words = path.removeprefix(UP * up).split("/")
    tags = [dictionary.tag(word) or 0 for word in words]
    name, vr = dictionary.name(words[-1]), dictionary.vr(words[-1])
    arguments = [layout.literal(name), layout.literal(vr), *(f"0x{tag:08X}" for tag in tags)]
    if up:
        arguments.append(f"up={up}")
    return f"Attribute({', '.join(arguments)})"
