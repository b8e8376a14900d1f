"""Valid values, and the messages that are made of them.

Invariant: a value is one that its VR allows and that reads back as it was set: no padding at
its end, no character that PS3.5 6.2 excludes.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any

from hypothesis import strategies as st

from .command_sets import VRS, Kind, kinds

Values = dict[str, Any]

_PRINTABLE = "".join(sorted(set(string.printable[:95]) - {"\\"}))
_NOT_BLANK = _PRINTABLE.replace(" ", "")
DIGITS = "0123456789."


def uid(text: str) -> str:
    """Return digits and periods as a UID: no component is empty or begins with a zero."""
    components = [each.lstrip("0") or "0" for each in text.split(".") if each]
    return ".".join(components) or "0"


def _text(size: int) -> st.SearchStrategy[str]:
    return st.text(_PRINTABLE, min_size=1, max_size=size).map(lambda text: text.rstrip() or "A")


BY_VR: Mapping[str, st.SearchStrategy[Any]] = {
    "AE": _text(16).map(lambda text: text.lstrip()),
    "AT": st.lists(st.integers(0, 0xFFFFFFFF), min_size=1, max_size=5),
    "LO": _text(64),
    "UI": (st.text(DIGITS, max_size=64) | st.text(DIGITS, min_size=24, max_size=64)).map(uid),
    "US": st.integers(0, 0xFFFF),
}
data_sets = st.binary(max_size=6)


@cache
def of(keyword: str) -> st.SearchStrategy[Any]:
    """Return a strategy for valid values of a parameter; a data set is bytes here."""
    if keyword == "Priority":
        return st.integers(0, 2)
    return BY_VR[VRS[keyword]] if keyword in VRS else data_sets


@cache
def values(kind: Kind) -> st.SearchStrategy[Values]:
    """Return a strategy for what a valid message of `kind` conveys: all that it must, at least."""
    needed = {keyword: of(keyword) for keyword in kind.mandatory}
    if kind.data_set in needed:
        needed[kind.data_set] = st.binary(min_size=1, max_size=6)
    return some(needed, {key: of(key) for key in kind.parameters if key not in needed})


@st.composite
def some(
    draw: st.DrawFn,
    needed: Mapping[str, st.SearchStrategy[Any]],
    optional: Mapping[str, st.SearchStrategy[Any]],
) -> Values:
    """Draw a value for each of `needed` and for some of `optional`, often none or all of them.

    What is drawn first says for which: `fixed_dictionaries` draws three times for each.
    """
    every = (1 << len(optional)) - 1
    chosen = {0: 0, 1: every}.get(draw(st.integers(0, 9) if optional else st.just(0)))
    if chosen is None:
        chosen = draw(st.integers(0, every))
    drawn = dict(needed)
    drawn |= {
        key: each for place, (key, each) in enumerate(optional.items()) if chosen >> place & 1
    }
    return {key: draw(each) for key, each in drawn.items()}


def made(kind: Kind, given: Mapping[str, Any]) -> Any:
    """Return the primitive that has the values given."""
    settable = {
        key: BytesIO(each) if isinstance(each, bytes) else each for key, each in given.items()
    }
    return kind.primitive(**settable)


@st.composite
def command_sets(draw: st.DrawFn) -> tuple[Kind, Values]:
    """Draw a valid message of any kind."""
    kind = draw(_kinds)
    return kind, draw(values(kind))


_kinds = st.sampled_from(kinds())
