"""Whatever bytes come in, a message comes out, or a `DecodeError`; nothing else ever does.

Invariant: the time that it takes is linear in the input, and the memory is bounded by it. Time is
counted, not measured: calls of functions, and bytes that are copied out of the input.
"""

from __future__ import annotations

import re
import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, SupportsIndex

import pytest
from dimse_primitives import DecodeError, decode
from dimse_primitives._anomalies import MOST_LISTED
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.command_sets import (
    COMMAND_FIELD,
    DATA_SET_TYPE,
    KEYWORDS,
    Kind,
    element,
    elements_of,
    joined,
    regular,
    us,
    with_length,
)
from tests.fuzz.oracle import check
from tests.fuzz.strategies import Values, command_sets

data_sets = st.none() | st.binary(max_size=3)
tags = st.sampled_from(sorted(KEYWORDS)) | st.integers(0, 0x2FFFF) | st.integers(0, 0xFFFFFFFF)
values = (
    st.binary(max_size=8)
    | st.sampled_from(
        (b"1.2.3", b"1.2\\1.3", b"A \\B ", b"A\0", b"\xff\xfe", b" ", b"\0\0", b"1" * 66)
    )
    | st.text("1.A \0", max_size=8).map(str.encode)
    | st.integers(0, 0xFFFF).map(lambda number: number.to_bytes(2, "little"))
)
paddings = st.text(" \0", max_size=4).map(str.encode)
sizes = st.integers(0, 80) | st.sampled_from(
    (0, 1, 2, 3, 4, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
)


@given(st.binary(), data_sets)
def test_random_bytes(data: bytes, data_set: bytes | None) -> None:
    check(data, data_set)


@given(command_sets(), st.binary(max_size=40), data_sets)
def test_random_bytes_after_the_command_field(
    drawn: tuple[Kind, Values], tail: bytes, data_set: bytes | None
) -> None:
    check(with_length(us(COMMAND_FIELD, drawn[0].command_field) + tail), data_set)


@given(command_sets(), data_sets)
def test_valid_command_sets(drawn: tuple[Kind, Values], data_set: bytes | None) -> None:
    assert check(regular(*drawn), data_set) is not None


@given(command_sets(), st.lists(st.tuples(tags, values), max_size=8), st.data())
def test_random_elements_among_valid_ones(
    drawn: tuple[Kind, Values], more: list[tuple[int, bytes]], data: st.DataObject
) -> None:
    elements = elements_of(regular(*drawn))[1:]
    mixed = data.draw(st.permutations(elements + more))
    check(joined(sorted(mixed) if data.draw(st.booleans()) else mixed), data.draw(data_sets))


@given(command_sets(), st.data())
def test_values_with_all_sorts_of_padding(drawn: tuple[Kind, Values], data: st.DataObject) -> None:
    elements = elements_of(regular(*drawn))[1:]
    place = data.draw(st.integers(0, len(elements) - 1))
    tag, raw = elements[place]
    elements[place] = tag, data.draw(paddings) + raw.rstrip(b" \0") + data.draw(paddings)
    check(joined(elements), data.draw(data_sets))


@given(command_sets(), st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 7)), max_size=4))
def test_flipped_bits(drawn: tuple[Kind, Values], flips: list[tuple[int, int]]) -> None:
    data = bytearray(regular(*drawn))
    for place, bit in flips:
        data[place % len(data)] ^= 1 << bit
    check(bytes(data))


@given(command_sets(), st.data())
def test_lengths_that_are_not_right(drawn: tuple[Kind, Values], data: st.DataObject) -> None:
    elements = elements_of(regular(*drawn))
    wrong = data.draw(st.integers(0, len(elements) - 1))
    size = data.draw(sizes)
    check(
        b"".join(
            element(tag, raw, size if place == wrong else None)
            for place, (tag, raw) in enumerate(elements)
        ),
        data.draw(data_sets),
    )


@given(command_sets(), st.data())
def test_a_cut_at_any_place(drawn: tuple[Kind, Values], data: st.DataObject) -> None:
    sent = regular(*drawn)
    check(sent[: data.draw(st.integers(0, len(sent)))])


@given(command_sets(), command_sets(), st.data())
def test_the_start_of_one_and_the_end_of_another(
    one: tuple[Kind, Values], other: tuple[Kind, Values], data: st.DataObject
) -> None:
    start, end = regular(*one), regular(*other)
    check(
        start[: data.draw(st.integers(0, len(start)))] + end[data.draw(st.integers(0, len(end))) :]
    )


@given(command_sets(), st.data())
def test_elements_that_are_repeated(drawn: tuple[Kind, Values], data: st.DataObject) -> None:
    elements = elements_of(regular(*drawn))
    again = data.draw(st.lists(st.sampled_from(elements), max_size=5))
    check(b"".join(element(*each) for each in elements + again))


# ---- linear time, bounded memory -----------------------------------------------------------------

SECURITY = (Path(__file__).resolve().parents[2] / "SECURITY.md").read_text(encoding="utf-8")
START = us(COMMAND_FIELD, 0x8110)
HOSTILE: Mapping[str, Callable[[int], bytes]] = {
    "empty unknown elements": lambda n: START + element(0x00000001, b"") * n,
    "ascending unknown elements without values": lambda n: (
        START + b"".join(element(0x10000 + number, b"") for number in range(n))
    ),
    "ascending unknown elements": lambda n: (
        START + b"".join(element(0x10000 + number, b"x") for number in range(n))
    ),
    "descending unknown elements": lambda n: (
        b"".join(element(0x20000 - number, b"x") for number in range(n)) + START
    ),
    "a repeated status": lambda n: START + us(0x0900, 0) * n,
    "repeated group lengths": lambda n: with_length(b"") * n + START,
    "repeated Command Fields": lambda n: START * n,
    "repeated data set types": lambda n: START + us(DATA_SET_TYPE, 0x0101) * n,
    "one value": lambda n: START + element(0x00000902, b"\xff" * n),
    "one value of padding": lambda n: START + element(0x00000902, b" " * n),
    "one value of backslashes": lambda n: START + element(0x00000902, b"\\" * n),
    "a long UID": lambda n: START + element(0x00000002, b"\xff" * n),
    "a list of tags": lambda n: START + element(0x00001005, b"\x10\0\x20\0" * n),
    "no Command Field": lambda n: element(0x00000001, b"") * n,
    "an element that is cut": lambda n: START + element(0x00000902, b"x" * n, 0xFFFFFFFF),
}
each_hostile = pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)


class Counted(bytes):
    """Bytes that count how many of them are copied."""

    copied = 0

    def __getitem__(self, key: SupportsIndex | slice) -> Any:
        found = super().__getitem__(key)
        if isinstance(found, bytes):
            self.copied += len(found)
        return found


def _read(data: bytes) -> None:
    with suppress(DecodeError):
        decode(data, b"\0")


def _work(data: bytes) -> int:
    counted = Counted(data)
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        _read(counted)
    finally:
        sys.setprofile(before)
    return calls + counted.copied


@each_hostile
def test_four_times_the_input_is_four_times_the_work(make: Callable[[int], bytes]) -> None:
    once, fourfold = _work(make(1000)), _work(make(4000))
    assert once > len(make(1000)) / 2
    assert fourfold <= 4.1 * once  # of the shorter one, more is copied twice


@each_hostile
def test_memory_is_the_multiple_of_the_input_that_security_md_says(
    make: Callable[[int], bytes],
) -> None:
    said = re.search(r"at most (\d+) times the size\s+of the input", SECURITY)
    assert said is not None
    data = make(4000)
    # What is said of it takes a few bytes, too, however short it is.
    assert _peak(data) <= 50_000 + int(said[1]) * len(data)


@each_hostile
def test_what_is_said_of_it_is_of_bounded_length(make: Callable[[int], bytes]) -> None:
    try:
        anomalies = decode(make(2000)).anomalies
    except DecodeError:
        return
    assert len(anomalies) <= MOST_LISTED + 1
    assert len("".join(map(str, anomalies))) < 500 * MOST_LISTED


def test_anomalies_that_are_not_listed_are_counted() -> None:
    many = element(0x0001_0000, b"odd") * MOST_LISTED
    message = decode(START + many)
    *listed, last = message.anomalies
    assert len(listed) == MOST_LISTED
    assert (last.kind, last.tag) == ("further", None)
    assert listed[-1].offset <= last.offset
    kinds = Counter(anomaly.kind for anomaly in listed)
    said = {kind: int(number) for number, kind in re.findall(r"(\d+) ([a-z-]+)", last.message)}
    unlisted = said.pop("more")
    assert unlisted == sum(said.values())
    # No group length and no data set type; each of the others is odd, the first is unknown.
    every = {"odd-length": MOST_LISTED, "duplicate": MOST_LISTED - 1, "other-group": 1}
    once = {"group-length-missing": 1, "missing-element": 1}
    assert kinds + Counter(said) == Counter(every | once)
    assert last.raw == (START + many)[last.offset :]


@pytest.mark.parametrize("tag", sorted(KEYWORDS))
@pytest.mark.parametrize("start", [b"", START, START + us(DATA_SET_TYPE, 0x0101)])
def test_a_length_of_ffffffff_allocates_nothing(tag: int, start: bytes) -> None:
    hostile = start + element(tag, b"1.2", 0xFFFFFFFF)
    _read(hostile)
    assert _peak(hostile) < 20_000
    assert _peak(with_length(hostile)) < 20_000


def _peak(data: bytes) -> int:
    tracemalloc.start()
    try:
        _read(data)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
