"""Valid values, and the messages that are made of them.

Invariant: a value is one that its VR allows and that reads back as it was set: no padding at
its end, no character that PS3.5 6.2 excludes.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from hypothesis import strategies as st

from .command_sets import VRS, Kind, kinds

Values = dict[str, Any]

_PRINTABLE = "".join(sorted(set(string.printable[:95]) - {"\\"}))
_NOT_BLANK = _PRINTABLE.replace(" ", "")
_components = st.one_of(st.integers(0, 9), st.integers(0, 10**12), st.integers(0, 2**128 - 1))


def _uid(components: list[int]) -> str:
    return ".".join(map(str, components))[:64].rstrip(".")


def _text(size: int) -> st.SearchStrategy[str]:
    inner = st.text(_PRINTABLE, max_size=size - 1)
    return st.builds(lambda start, last: f"{start}{last}", inner, st.sampled_from(_NOT_BLANK))


BY_VR: Mapping[str, st.SearchStrategy[Any]] = {
    "AE": _text(16).map(str.strip),
    "AT": st.lists(st.integers(0, 0xFFFFFFFF), min_size=1, max_size=5),
    "LO": _text(64),
    "UI": st.lists(_components, min_size=1, max_size=12).map(_uid),
    "US": st.integers(0, 0xFFFF),
}
data_sets = st.binary(max_size=6)


def of(keyword: str) -> st.SearchStrategy[Any]:
    """Return a strategy for valid values of a parameter; a data set is bytes here."""
    if keyword == "Priority":
        return st.integers(0, 2)
    return BY_VR[VRS[keyword]] if keyword in VRS else data_sets


def values(kind: Kind) -> st.SearchStrategy[Values]:
    """Return a strategy for what a valid message of `kind` conveys: all that it must, at least."""
    needed = {keyword: of(keyword) for keyword in kind.mandatory}
    if kind.data_set in needed:
        needed[kind.data_set] = data_sets.filter(bool)
    optional = {key: of(key) for key in kind.parameters if key not in needed}
    return st.fixed_dictionaries(needed, optional=optional)


def made(kind: Kind, given: Mapping[str, Any]) -> Any:
    """Return the primitive that has the values given."""
    settable = {
        key: BytesIO(each) if isinstance(each, bytes) else each for key, each in given.items()
    }
    return kind.primitive(**settable)


def command_sets() -> st.SearchStrategy[tuple[Kind, Values]]:
    """Return a strategy for valid messages of any kind."""
    return st.sampled_from(kinds()).flatmap(
        lambda kind: values(kind).map(lambda given: (kind, given))
    )
