"""Conditions as the generated modules write them."""

from __future__ import annotations

from collections.abc import Iterator

from pydicom.datadict import dictionary_description, dictionary_VR, tag_for_keyword

from ...code import layout
from ..model import UP, Condition, ConditionKind

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


def condition_code(condition: Condition) -> str:
    """Return the expression that makes `condition`, e.g. ``Absent(Attribute(...))``."""
    arguments = [_attribute(name) for name in condition.names]
    arguments += [condition_code(part) for part in condition.parts]
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


def _attribute(path: str) -> str:
    up = path.count(UP)
    tags = [tag_for_keyword(word) or 0 for word in path.removeprefix(UP * up).split("/")]
    name, vr = dictionary_description(tags[-1]), dictionary_VR(tags[-1])[:2]
    arguments = [layout.literal(name), layout.literal(vr), *(f"0x{tag:08X}" for tag in tags)]
    if up:
        arguments.append(f"up={up}")
    return f"Attribute({', '.join(arguments)})"
