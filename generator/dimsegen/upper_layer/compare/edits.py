"""What was edited in a line of a table, beside what has a finding of its own.

Invariant: no line differs without a finding: whatever its class has and nobody else tells of, is
told here, so that an attribute which is new in the model needs no line in this room.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

from ...sets.finding import Finding
from ...sets.told import Subject

# What a person calls an attribute whose name does not say it.
_WORDS = {
    "places": "place",
    "octets": "range of bytes",
    "is_repeated": "repetition in the response",
    "well_known": "well-known UID",
    "is_kept": "keeping of what is received",
    "becomes": "primitive",
    "takes": "list of parameters that no byte has",
    "next": "next state",
    "attribute": "attribute",
}


def edits(
    subject: Subject, old: Any, new: Any, told: Collection[str], **words: str
) -> Iterator[Finding]:
    """Yield what was edited from `old` to `new`, both of one class.

    Parameters
    ----------
    told : collection of str
        The attributes that have findings of their own.
    **words : str
        What to call an attribute here.
    """
    names = {**_WORDS, **words}
    for each in fields(old):
        if each.compare and each.name not in told:
            what = names.get(each.name, each.name.replace("_", " "))
            yield from subject.edited(
                what, *(_shown(getattr(one, each.name)) for one in (old, new))
            )


def order(subject: Subject, what: str, old: Iterable[str], new: Iterable[str]) -> Iterator[Finding]:
    """Yield that what is in both versions is in another order."""
    before, after = list(old), list(new)
    lists = [each for each in before if each in after], [each for each in after if each in before]
    yield from subject.edited(f"order of the {what}", *map(", ".join, lists))


def _shown(value: Any) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case Enum():
            return str(value.value)
        case Mapping():
            return ", ".join(f"{key} {_shown(each)}" for key, each in value.items())
        case tuple():
            return ", ".join(map(_shown, value))
    return str(value)
