"""What each kind of anomaly says that the reader has done, done to the bytes by hand.

Invariant: `MEANINGS` has a function for every kind. It checks what the text claims against the
bytes and returns a command set of which the same must be understood; bytes are taken apart here,
not by the package.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dimse_primitives import Anomaly
from dimse_primitives._elements import DICTIONARY

from tests.fuzz.command_sets import (
    DATA_SET_TYPE,
    GROUP_LENGTH,
    KEYWORDS,
    NONE,
    PADDING,
    VRS,
    Kind,
    element,
    kinds,
)

Elements = list[tuple[int, bytes]]


@dataclass(frozen=True)
class Understood:
    """What became of a command set, from whomever one gets it."""

    message: str
    values: Mapping[str, Any]
    has_data_set: bool
    anomalies: tuple[Anomaly, ...]
    unknown: tuple[tuple[int, bytes], ...] | None = None


class Parts:
    """A command set as its elements, with their offsets, and what is left at its end."""

    def __init__(self, data: bytes) -> None:
        self.elements: Elements = []
        self.offsets: list[int] = []
        position = 0
        while len(data) - position >= 8:
            group, number, size = struct.unpack_from("<HHI", data, position)
            if position + 8 + size > len(data):
                break
            self.elements.append((group << 16 | number, data[position + 8 : position + 8 + size]))
            self.offsets.append(position)
            position += 8 + size
        self.tail = data[position:]
        self.end = position

    def at(self, offset: int) -> tuple[int, bytes]:
        return self.elements[self.offsets.index(offset)]

    def first(self, tag: int) -> bytes | None:
        return next((raw for other, raw in self.elements if other == tag), None)

    def without(self, offset: int) -> bytes:
        place = self.offsets.index(offset)
        return self.with_elements(self.elements[:place] + self.elements[place + 1 :])

    def with_value(self, offset: int, raw: bytes) -> bytes:
        place = self.offsets.index(offset)
        changed = list(self.elements)
        changed[place] = changed[place][0], raw
        return self.with_elements(changed)

    def with_elements(self, elements: Elements) -> bytes:
        return b"".join(element(tag, raw) for tag, raw in elements) + self.tail


Meaning = Callable[[Parts, Anomaly, Understood], bytes]


def _numbers(anomaly: Anomaly) -> list[int]:
    """Return the numbers in the text, without those of the tag."""
    return [int(each) for each in re.findall(r"\d+", re.sub(r"\(.*?\)", "", anomaly.message))]


def _duplicate(parts: Parts, anomaly: Anomaly, _: Understood) -> bytes:
    assert "the first is used" in anomaly.message
    place = parts.offsets.index(anomaly.offset)
    assert parts.elements[place][0] in [tag for tag, _ in parts.elements[:place]]
    return parts.without(anomaly.offset)


def _truncated(parts: Parts, anomaly: Anomaly, _: Understood) -> bytes:
    assert anomaly.offset == parts.end
    (size,) = struct.unpack_from("<I", parts.tail, 4)
    tag, raw = anomaly.tag, parts.tail[8:]
    assert tag is not None
    assert _numbers(anomaly) == [len(raw), size]
    parts.tail = b""
    is_used = anomaly.message.endswith("; what is there is used")
    return parts.with_elements([*parts.elements, *([(int(tag), raw)] if is_used else [])])


def _trailing(parts: Parts, anomaly: Anomaly, _: Understood) -> bytes:
    assert anomaly.offset == parts.end
    assert _numbers(anomaly) == [len(parts.tail)]
    parts.tail = b""
    return parts.with_elements(parts.elements)


def _odd(parts: Parts, anomaly: Anomaly, _: Understood) -> bytes:
    tag, raw = parts.at(anomaly.offset)
    assert len(raw) % 2
    assert _numbers(anomaly) == [len(raw)]
    vr = "UL" if tag == GROUP_LENGTH else VRS.get(KEYWORDS.get(tag, ""), "")
    if vr in PADDING:
        return parts.with_value(anomaly.offset, raw + PADDING[vr])
    if vr in ("US", "UL"):
        return parts.with_value(anomaly.offset, raw[:-1])
    # Tags of an odd length are left out, and what nobody knows is kept as it is.
    return parts.with_value(anomaly.offset, b"" if vr == "AT" else raw)


def _order(parts: Parts, anomaly: Anomaly, _: Understood) -> bytes:
    place = parts.offsets.index(anomaly.offset)
    assert max(tag for tag, _ in parts.elements[:place]) > parts.elements[place][0]
    return parts.with_elements(sorted(parts.elements, key=lambda each: each[0]))


def _multiplicity(parts: Parts, anomaly: Anomaly, _: Understood) -> bytes:
    assert "the first is used" in anomaly.message
    tag, raw = parts.at(anomaly.offset)
    if VRS[KEYWORDS[tag]] == "US":
        assert len(raw) > 3
        return parts.with_value(anomaly.offset, raw[:2])
    first, backslash, _rest = raw.partition(b"\\")
    assert backslash
    return parts.with_value(anomaly.offset, first)


def _length_missing(parts: Parts, anomaly: Anomaly, _: Understood) -> bytes:
    assert anomaly.message.endswith(" is missing")
    assert parts.first(GROUP_LENGTH) is None
    length = sum(8 + len(raw) for _, raw in parts.elements) + len(parts.tail)
    return parts.with_elements([(GROUP_LENGTH, struct.pack("<I", length)), *parts.elements])


def _length(parts: Parts, anomaly: Anomaly, _: Understood) -> bytes:
    tag, raw = parts.at(anomaly.offset)
    assert tag == GROUP_LENGTH
    following = parts.end + len(parts.tail) - anomaly.offset - 8 - len(raw)
    assert _numbers(anomaly) == [int.from_bytes(raw[:4], "little"), following]
    return parts.with_value(anomaly.offset, struct.pack("<I", following))


def _no_data_set_type(parts: Parts, anomaly: Anomaly, seen: Understood) -> bytes:
    assert "no data set is taken to follow" in anomaly.message
    assert not seen.has_data_set
    value = struct.pack("<H", NONE)
    if parts.first(DATA_SET_TYPE) is not None:
        return parts.with_value(anomaly.offset, value)
    return parts.with_elements([*parts.elements, (DATA_SET_TYPE, value)])


def _data_set(parts: Parts, anomaly: Anomaly, seen: Understood) -> bytes:
    assert f"says that a data set follows, and {seen.message} has none" in anomaly.message
    assert seen.has_data_set
    assert kind_named(seen.message).data_set is None
    return parts.with_value(anomaly.offset, struct.pack("<H", NONE))


def _unexpected(parts: Parts, anomaly: Anomaly, seen: Understood) -> bytes:
    tag, raw = parts.at(anomaly.offset)
    assert f"is not one of {seen.message}" in anomaly.message
    assert KEYWORDS[tag] not in kind_named(seen.message).elements
    if seen.unknown is not None and KEYWORDS[tag] not in seen.values:
        assert (tag, raw) in seen.unknown
    return parts.with_elements(parts.elements)


def _no_parameter(parts: Parts, anomaly: Anomaly, seen: Understood) -> bytes:
    tag, raw = parts.at(anomaly.offset)
    assert tag not in KEYWORDS
    assert (tag > 0xFFFF) is (anomaly.kind == "other-group")
    assert (tag in DICTIONARY.retired) is (anomaly.kind == "retired-element")
    assert seen.unknown is None or (tag, raw) in seen.unknown
    return parts.without(anomaly.offset)


def _left_out(parts: Parts, anomaly: Anomaly, seen: Understood) -> bytes:
    assert "is left out: " in anomaly.message
    tag, _ = parts.at(anomaly.offset)
    assert seen.values.get(KEYWORDS[tag]) is None
    return parts.with_value(anomaly.offset, b"")


def _padding(parts: Parts, anomaly: Anomaly, _: Understood) -> bytes:
    tag, raw = parts.at(anomaly.offset)
    vr = VRS[KEYWORDS[tag]]
    bare = raw.rstrip(b"\0 ") if vr == "LO" else raw.strip(b"\0 ")
    right = bare + PADDING[vr] * (len(bare) % 2)
    assert right != raw
    return parts.with_value(anomaly.offset, right)


def _further(parts: Parts, anomaly: Anomaly, seen: Understood) -> bytes:
    total, *counts = _numbers(anomaly)
    assert "more are not listed: " in anomaly.message
    assert total == sum(counts)
    assert len(seen.anomalies) == 32 + 1
    assert seen.anomalies[-1] == anomaly
    return parts.with_elements(parts.elements)


MEANINGS: Mapping[str, Meaning] = {
    "duplicate": _duplicate,
    "truncated": _truncated,
    "trailing-bytes": _trailing,
    "odd-length": _odd,
    "order": _order,
    "multiplicity": _multiplicity,
    "group-length-missing": _length_missing,
    "group-length": _length,
    "missing-element": _no_data_set_type,
    "data-set": _data_set,
    "unexpected-element": _unexpected,
    "unknown-element": _no_parameter,
    "retired-element": _no_parameter,
    "other-group": _no_parameter,
    "out-of-range": _left_out,
    "padding": _padding,
    "further": _further,
}


def kind_named(message: str) -> Kind:
    return next(kind for kind in kinds() if kind.name == message)


def check_meaning(data: bytes, understand: Callable[[bytes], Understood]) -> Understood:
    """Check that every anomaly of a command set says what was done with it."""
    seen = understand(data)
    for anomaly in seen.anomalies:
        parts = Parts(data if anomaly.kind == "truncated" else _completed(data, seen))
        mended = MEANINGS[anomaly.kind](parts, anomaly, seen)
        again = understand(mended)
        assert (again.message, again.values) == (seen.message, seen.values), anomaly
        if anomaly.kind != "data-set":
            assert again.has_data_set == seen.has_data_set, anomaly
    return seen


def _completed(data: bytes, seen: Understood) -> bytes:
    """Return the bytes of which everything but the end that is missing is said."""
    cut = next((each for each in seen.anomalies if each.kind == "truncated"), None)
    if cut is None:
        return data
    same = [each for each in seen.anomalies if each.offset == cut.offset]
    if len(same) == 1 and "what is there is used" not in cut.message:
        return data
    length = cut.offset + 4
    return data[:length] + struct.pack("<I", len(cut.raw)) + data[length + 4 :]
