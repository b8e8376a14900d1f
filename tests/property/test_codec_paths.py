"""There are two ways through `decode`, and what a command set means does not depend on the way.

Invariant: whatever the irregular way says of a regular command set is what the straight-line way
says; whatever does not change what is conveyed does not change the primitive.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence
from functools import cache

import pytest
from dimse_primitives import Message, decode
from dimse_primitives._elements import DICTIONARY
from dimse_primitives._irregular import IrregularDecoder
from dimse_primitives._messages import _DECODERS, _MESSAGES
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.command_sets import (
    COMMAND_FIELD,
    DATA_SET_TYPE,
    GROUP_LENGTH,
    KEYWORDS,
    NONE,
    PADDING,
    VRS,
    Kind,
    elements_of,
    joined,
    kinds,
    regular,
    us,
)
from tests.fuzz.strategies import Values, command_sets, some, values

Pair = tuple[int, bytes]
each_kind = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)


def slowly(data: bytes) -> Message:
    return IrregularDecoder(data, DICTIONARY, _MESSAGES).decode()


@each_kind
@settings(max_examples=40)
@given(data=st.data())
def test_both_ways_read_a_regular_command_set_alike(kind: Kind, data: st.DataObject) -> None:
    sent = regular(kind, data.draw(values(kind)))
    message = slowly(sent)
    assert message == _DECODERS[kind.command_field](sent) == decode(sent)
    assert message.anomalies == ()
    assert message.unknown == ()


@given(command_sets(), st.data())
def test_the_order_of_the_elements_changes_nothing_in_the_primitive(
    drawn: tuple[Kind, Values], data: st.DataObject
) -> None:
    sent = regular(*drawn)
    body = elements_of(sent)[1:]
    shuffled = data.draw(st.permutations(body))
    message = decode(joined(shuffled))
    _same_but_for_anomalies(message, decode(sent))
    assert {anomaly.kind for anomaly in message.anomalies} <= {"order"}
    assert bool(message.anomalies) is (shuffled != body)


@given(command_sets(), st.data())
def test_the_place_of_the_group_length_changes_nothing_in_the_primitive(
    drawn: tuple[Kind, Values], data: st.DataObject
) -> None:
    sent = regular(*drawn)
    first, *body = elements_of(sent)
    place = data.draw(st.integers(1, len(body)))
    length = sum(8 + len(raw) for _, raw in body[place:])
    rest = [*body[:place], (GROUP_LENGTH, struct.pack("<I", length)), *body[place:]]
    message = decode(b"".join(_bare(rest)))
    _same_but_for_anomalies(message, decode(sent))
    assert [anomaly.kind for anomaly in message.anomalies] == ["order"]
    assert first[0] == GROUP_LENGTH


@given(command_sets(), st.data())
def test_spaces_that_mean_nothing_change_nothing(
    drawn: tuple[Kind, Values], data: st.DataObject
) -> None:
    sent = regular(*drawn)
    padded = joined([(tag, _padded(tag, raw, b" ", data)) for tag, raw in elements_of(sent)])
    message = decode(padded)
    assert message.anomalies == ()
    _same_but_for_anomalies(message, decode(sent))
    assert slowly(padded) == message


@given(command_sets(), st.data())
def test_padding_of_the_wrong_kind_is_told_and_changes_nothing_else(
    drawn: tuple[Kind, Values], data: st.DataObject
) -> None:
    sent = regular(*drawn)
    elements = [(tag, _padded(tag, raw, b"\0", data)) for tag, raw in elements_of(sent)]
    padded = joined(elements)
    message = decode(padded)
    _same_but_for_anomalies(message, decode(sent))
    assert slowly(padded) == message
    wrong = [(tag, raw) for tag, raw in elements if not _is_padded_rightly(tag, raw)]
    assert [(each.kind, each.tag, each.raw) for each in message.anomalies] == [
        ("padding", tag, raw) for tag, raw in wrong
    ]


@given(command_sets(), st.data())
def test_an_empty_element_is_an_absent_one(drawn: tuple[Kind, Values], data: st.DataObject) -> None:
    kind, given_values = drawn
    emptied = data.draw(_some_elements(kind))
    kept = {key: value for key, value in given_values.items() if key not in emptied}
    sent = regular(kind, kept)
    elements = dict(elements_of(sent))
    elements |= {tag: b"" for tag, keyword in KEYWORDS.items() if keyword in emptied}
    message = decode(joined(sorted(elements.items())))
    assert message.anomalies == ()
    _same_but_for_anomalies(message, decode(sent))


@each_kind
@settings(max_examples=20)
@given(data=st.data(), data_set_type=st.sampled_from((0, 1, NONE)) | st.integers(0, 0xFFFF))
def test_every_data_set_type_but_0101_says_that_a_data_set_follows(
    kind: Kind, data: st.DataObject, data_set_type: int
) -> None:
    elements = dict(elements_of(regular(kind, data.draw(values(kind)))))
    elements[DATA_SET_TYPE] = struct.pack("<H", data_set_type)
    sent = joined(sorted(elements.items()))
    message = decode(sent)
    assert message.has_data_set is (data_set_type != NONE)
    wrong = kind.data_set is None and message.has_data_set
    assert [anomaly.kind for anomaly in message.anomalies] == ["data-set"] * wrong
    assert slowly(sent) == message


@given(command_sets(), st.data())
def test_a_repeated_element_changes_nothing_in_the_primitive(
    drawn: tuple[Kind, Values], data: st.DataObject
) -> None:
    sent = regular(*drawn)
    body = elements_of(sent)[1:]
    place = data.draw(st.integers(0, len(body) - 1))
    raw = data.draw(_twice)
    repeated = [*body[: place + 1], (body[place][0], raw), *body[place + 1 :]]
    message = decode(joined(repeated))
    _same_but_for_anomalies(message, decode(sent))
    assert [(each.kind, each.raw) for each in message.anomalies] == [("duplicate", raw)]


@given(command_sets(), st.data())
def test_a_command_set_that_was_cut_after_its_command_field_is_never_regular(
    drawn: tuple[Kind, Values], data: st.DataObject
) -> None:
    sent = regular(*drawn)
    start = sent.index(us(COMMAND_FIELD, drawn[0].command_field)) + 10
    message = decode(sent[: data.draw(st.integers(start, len(sent) - 1))])
    found = {anomaly.kind for anomaly in message.anomalies}
    assert "group-length" in found
    assert found <= {"group-length", "truncated", "trailing-bytes", "missing-element"}
    assert message.message_type == drawn[0].name


def _same_but_for_anomalies(message: Message, expected: Message) -> None:
    assert message.primitive == expected.primitive
    assert message.message_type == expected.message_type
    assert message.has_data_set == expected.has_data_set
    assert message.unknown == expected.unknown


def _bare(elements: Sequence[Pair]) -> list[bytes]:
    return [struct.pack("<HHI", tag >> 16, tag & 0xFFFF, len(raw)) + raw for tag, raw in elements]


_twice = st.binary(max_size=4).map(lambda raw: raw * 2)
_PADDINGS = {
    b" ": st.text(" ", max_size=5).map(str.encode),
    b"\0": st.text(" \0", max_size=5).map(str.encode),
}


@cache
def _some_elements(kind: Kind) -> st.SearchStrategy[Collection[str]]:
    return some({}, dict.fromkeys(kind.elements, st.none()))


def _padded(tag: int, raw: bytes, padding: bytes, data: st.DataObject) -> bytes:
    """Add padding, an even number of bytes: at the end, and before where that means nothing.

    Spaces are put where PS3.5 6.2 allows them; NUL is mixed with spaces anywhere.
    """
    vr = VRS[KEYWORDS[tag]]
    if vr not in PADDING or (vr == "UI" and padding == b" "):
        return raw
    text = _PADDINGS[padding]
    front = data.draw(text) if vr != "LO" else b""
    padded = front + raw + data.draw(text)
    return padded + padding * (len(padded) % 2)


def _is_padded_rightly(tag: int, raw: bytes) -> bool:
    """Return whether `raw` is padded as PS3.5 6.2 and 9.1 want it."""
    vr = VRS[KEYWORDS[tag]]
    if vr not in PADDING:
        return True
    if vr != "UI":
        return not raw.strip(b" ").endswith(b"\0") and (vr == "LO" or raw.strip(b" ")[:1] != b"\0")
    return b" " not in raw and not raw.startswith(b"\0") and not raw.endswith(b"\0\0")
