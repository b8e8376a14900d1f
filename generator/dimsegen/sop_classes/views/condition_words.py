"""Conditions in words, as pages have them."""

from __future__ import annotations

import re

from pydicom.datadict import dictionary_description, tag_for_keyword

from ..model import Condition, ConditionKind

_ONE = {
    ConditionKind.ABSENT: "is absent",
    ConditionKind.PRESENT: "is present",
    ConditionKind.WITH_VALUE: "has a value",
    ConditionKind.NONZERO: "is not 0",
}
_JOINED = {ConditionKind.ANY: ", or ", ConditionKind.ALL: " and "}


def in_words(condition: Condition) -> str:
    """Return when `condition` holds, e.g. ``Universal Entity ID is absent``."""
    kind = condition.kind
    if kind in _JOINED:
        return _JOINED[kind].join(map(in_words, condition.parts))
    if kind is ConditionKind.NOT:
        return f"not ({in_words(condition.parts[0])})"
    if kind is ConditionKind.CHARACTERS:
        return "a text has characters beyond the default repertoire"
    names = " and ".join(map(_name, condition.names))
    if kind in _ONE:
        return f"{names} {_ONE[kind]}"
    values = " or ".join(condition.values)
    return f"{names} {'is' if kind is ConditionKind.VALUE else 'is not'} {values}"


def _name(path: str) -> str:
    keyword = path.rpartition("/")[2]
    if tag_for_keyword(keyword) is None:
        # A private attribute: its keyword is its name without blanks.
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", keyword)
    return dictionary_description(keyword)
