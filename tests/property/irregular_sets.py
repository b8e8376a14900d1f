"""Command sets that are irregular in one way, or in several, and otherwise regular."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from dimse_primitives._elements import DICTIONARY
from hypothesis import strategies as st

from tests.fuzz.command_sets import (
    COMMAND_FIELD,
    DATA_SET_TYPE,
    FIXED,
    GROUP_LENGTH,
    KEYWORDS,
    PADDING,
    PRESENT,
    VRS,
    Kind,
    element,
    elements_of,
    kinds,
    regular,
)
from tests.fuzz.strategies import Values, command_sets

from .anomaly_meanings import Elements

Draw = Callable[[st.SearchStrategy[Any]], Any]
_other_uid = st.sampled_from((b"1.2.4", b"1.2.34", b"2.16.5.7"))


def _place(elements: Elements, draw: Draw, *vrs: str) -> int:
    """Return the place of an element that has one of the `vrs`; any message has an US."""
    fitting = [
        place
        for place, (tag, _) in enumerate(elements)
        if tag not in FIXED and (not vrs or VRS[KEYWORDS[tag]] in vrs)
    ]
    return int(draw(st.sampled_from(fitting)))


def _with(elements: Elements, place: int, raw: bytes) -> Elements:
    return [*elements[:place], (elements[place][0], raw), *elements[place + 1 :]]


def _added(elements: Elements, tag: int, raw: bytes) -> Elements:
    return sorted([*elements, (tag, raw)], key=lambda each: each[0])


def _make_odd(elements: Elements, draw: Draw) -> Elements:
    place = _place(elements, draw)
    raw = elements[place][1]
    return _with(elements, place, raw[:-1] if draw(st.booleans()) else raw + raw[-1:])


def _make_multiple(elements: Elements, draw: Draw) -> Elements:
    place = _place(elements, draw, "US", "UI", "AE", "LO")
    tag, raw = elements[place]
    if VRS[KEYWORDS[tag]] == "US":
        return _with(elements, place, raw + draw(st.binary(min_size=2, max_size=4)))
    return _with(elements, place, raw.strip(b"\0 ") + b"\\" + draw(_other_uid))


def _make_duplicate(elements: Elements, draw: Draw) -> Elements:
    place = _place(elements, draw)
    tag, raw = elements[place]
    other = raw[::-1] if draw(st.booleans()) else draw(st.binary(min_size=2, max_size=2))
    return [*elements[: place + 1], (tag, other), *elements[place + 1 :]]


def _make_out_of_range(elements: Elements, draw: Draw) -> Elements:
    place = _place(elements, draw, "US", "UI", "AT")
    vr = VRS[KEYWORDS[elements[place][0]]]
    return _with(elements, place, {"US": b"\1", "UI": b"1." + b"2" * 64, "AT": b"abc"}[vr])


def _make_padded(elements: Elements, draw: Draw) -> Elements:
    place = _place(elements, draw, "UI", "AE", "LO")
    raw = elements[place][1].rstrip(b"\0 ")
    return _with(elements, place, raw + draw(st.sampled_from((b"\0 \0", b" \0", b"\0\0\0\0"))))


def _no_type(elements: Elements, draw: Draw) -> Elements:
    kept = [each for each in elements if each[0] != DATA_SET_TYPE]
    return _added(kept, DATA_SET_TYPE, b"\1") if draw(st.booleans()) else kept


def _with_type(elements: Elements, _: Draw) -> Elements:
    kept = [each for each in elements if each[0] != DATA_SET_TYPE]
    return _added(kept, DATA_SET_TYPE, struct.pack("<H", PRESENT))


def _unexpected_one(elements: Elements, draw: Draw) -> Elements:
    (field,) = (raw for tag, raw in elements if tag == COMMAND_FIELD)
    message = next(kind for kind in kinds() if struct.pack("<H", kind.command_field) == field)
    others = {tag for tag, keyword in KEYWORDS.items() if keyword not in message.elements}
    tag = draw(st.sampled_from(sorted(others - set(FIXED))))
    raw = {"US": b"\7\0", "AT": b"\x10\0\x20\0"}.get(VRS[KEYWORDS[tag]], b"1.2.34")
    return _added(elements, tag, raw)


def _reversed(elements: Elements, _: Draw) -> Elements:
    return elements[::-1]


def _adding(tags: st.SearchStrategy[int]) -> Callable[[Elements, Draw], Elements]:
    return lambda elements, draw: _added(elements, draw(tags), draw(st.binary(max_size=4)))


_of_group_0 = st.integers(2, 0xFFFF).filter(
    lambda tag: tag not in KEYWORDS and tag not in DICTIONARY.retired
)
_retired = st.sampled_from(sorted(set(DICTIONARY.retired) - DICTIONARY.allowed))
_others = st.integers(0x10000, 0xFFFFFFFF)
CHANGES: Mapping[str, Callable[[Elements, Draw], Elements]] = {
    "duplicate": _make_duplicate,
    "odd-length": _make_odd,
    "order": _reversed,
    "multiplicity": _make_multiple,
    "missing-element": _no_type,
    "data-set": _with_type,
    "unexpected-element": _unexpected_one,
    "unknown-element": _adding(_of_group_0),
    "retired-element": _adding(_retired),
    "other-group": _adding(_others),
    "out-of-range": _make_out_of_range,
    "padding": _make_padded,
    "further": lambda elements, draw: elements + [(0x4320 + n, b"ab") for n in range(40)],
}
"""How elements become irregular in a way that has its kind."""
ENDS: Mapping[str, st.SearchStrategy[bytes]] = {
    "truncated": st.integers(3, 0xFFFFFFFF).map(lambda size: element(0x1001, b"1.", size)),
    "trailing-bytes": st.binary(min_size=1, max_size=7),
}
LENGTHS: Mapping[str, Callable[[bytes], bytes]] = {
    "group-length": lambda body: element(GROUP_LENGTH, struct.pack("<I", len(body) + 2)) + body,
    "group-length-missing": lambda body: body,
}


def _can(kind: str, message: Kind) -> bool:
    """Return whether a message can be irregular in this way, whatever its values are."""
    return kind != "data-set" or message.data_set is None


@cache
def _messages(kind: str) -> st.SearchStrategy[tuple[Kind, Values]]:
    """Return a strategy for messages that can be irregular in this way."""
    given = command_sets().filter(lambda each: _can(kind, each[0]))
    if kind == "padding":
        return given.filter(lambda each: any(VRS.get(key) in PADDING for key in each[1]))
    return given


@st.composite
def irregular(draw: Draw, kind: str, *, more: int = 0) -> bytes:
    """Return a command set that is irregular in one way, and in up to `more` others."""
    message, values = draw(_messages(kind))
    elements = elements_of(regular(message, values))[1:]
    chosen = [kind] if kind in CHANGES else []
    chosen += draw(_more(more))
    for each in chosen:
        elements = CHANGES[each](elements, draw)
    body = b"".join(element(tag, raw) for tag, raw in elements)
    body += draw(ENDS[kind]) if kind in ENDS else b""
    right = replace_length(body)
    return LENGTHS[kind](body) if kind in LENGTHS else right


_SAFE = ("duplicate", "order", "unknown-element", "other-group", "retired-element")
"""Those that need no certain element, so that any number of them can follow another."""


@cache
def _more(most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(_SAFE)), max_size=most)


def replace_length(body: bytes) -> bytes:
    """Return a command set with its group length."""
    return element(GROUP_LENGTH, struct.pack("<I", len(body))) + body
