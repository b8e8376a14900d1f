"""The functions written by hand that the benchmarks compare with do what they are said to do.

Each yields the bytes of the generated encoder, and the primitive of `decode`, whatever optional
parameters there are; and what is not regular it refuses, or reads as `decode` does.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from itertools import combinations
from typing import Any

import pytest
from dimse_primitives import N_ACTION, N_EVENT_REPORT, N_SET, Message, decode
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import codec
from benchmarks.codec_samples import Sample, samples
from benchmarks.handwritten import HANDWRITTEN
from tests.fuzz.command_sets import (
    GROUP_LENGTH,
    VRS,
    Kind,
    element,
    elements_of,
    joined,
    kinds,
    regular,
    with_length,
)
from tests.fuzz.strategies import Values, command_sets, made

ODD = {"UI": "1.2.3", "AE": "ABC", "LO": "why", "AT": [0x00100010], "US": 1, None: b"\0\0"}
EVEN = {"UI": "1.23", "AE": "ABCD", "LO": "what", "AT": [0x00080005] * 3, "US": 2, None: b"\1"}

each_kind = pytest.mark.parametrize("kind", tuple(kinds()), ids=lambda kind: kind.name)
each_sample = pytest.mark.parametrize(
    "sample", tuple(samples()), ids=lambda each: each.message_type
)


def variants(kind: Kind) -> Iterator[Values]:
    """Yield every subset of the optional parameters, with values of odd and of even length."""
    optional = [key for key in kind.parameters if key not in kind.mandatory]
    for size in range(len(optional) + 1):
        for chosen in combinations(optional, size):
            for values in (ODD, EVEN):
                yield {key: values[VRS.get(key)] for key in (*kind.mandatory, *chosen)}


def encode(kind: Kind, primitive: object) -> bytes:
    return HANDWRITTEN[kind.name][0](primitive)


def read(kind: Kind, data: bytes) -> Message:
    return HANDWRITTEN[kind.name][1](data)


def expected(data: bytes) -> Message:
    return decode(data, strict=True)


def test_every_message_has_a_pair_and_a_sample() -> None:
    names = {kind.name for kind in kinds()}
    assert set(HANDWRITTEN) == names
    assert sorted(sample.message_type for sample in samples()) == sorted(names)


@each_kind
def test_the_same_bytes_and_an_equal_primitive_whatever_is_there(kind: Kind) -> None:
    for values in variants(kind):
        primitive = made(kind, values)
        data = kind.encode(primitive)
        assert encode(kind, primitive) == data
        assert read(kind, data) == expected(data)
        # What is read is whole: it has every attribute, and is encoded to the same bytes.
        assert repr(read(kind, data).primitive) == repr(decode(data).primitive)


@given(command_sets())
def test_the_same_for_any_values(drawn: tuple[Kind, Values]) -> None:
    kind, values = drawn
    primitive = made(kind, values)
    data = kind.encode(primitive)
    assert encode(kind, primitive) == data == regular(kind, values)
    assert read(kind, data) == expected(data)


@pytest.mark.parametrize(
    "primitive",
    [
        N_ACTION(MessageIDBeingRespondedTo=1, Status=0x0115, ActionInformation=BytesIO(b"\0")),
        N_EVENT_REPORT(MessageIDBeingRespondedTo=1, Status=0x0115, EventInformation=BytesIO(b"\0")),
        N_SET(MessageIDBeingRespondedTo=1, Status=0x0106, ModificationList=BytesIO(b"\0")),
    ],
    ids=lambda primitive: type(primitive).__name__,
)
@pytest.mark.parametrize("status", [0x0000, 0x0106, 0x0115, 0x0116, 0x0121])
def test_a_data_set_of_the_request_that_a_status_returns(primitive: Any, status: int) -> None:
    primitive.Status = status
    by_hand, _ = HANDWRITTEN[f"{primitive.msg_type}-RSP"]
    assert by_hand(primitive) == primitive.encode_response()


@each_kind
def test_what_is_mandatory_must_be_there(kind: Kind) -> None:
    values = {key: ODD[VRS.get(key)] for key in kind.mandatory}
    for omitted in kind.mandatory:
        others = {key: value for key, value in values.items() if key != omitted}
        lacking = [others, {**others, omitted: b""}] if omitted == kind.data_set else [others]
        for each in lacking:
            with pytest.raises(ValueError, match=f"parameter of {kind.name} is missing"):
                encode(kind, made(kind, each))


@each_kind
def test_an_empty_value_is_none(kind: Kind) -> None:
    for values in variants(kind):
        elements = elements_of(regular(kind, values))
        for place, (tag, raw) in enumerate(elements):
            if len(raw) != 2 and tag != GROUP_LENGTH:
                data = joined([*elements[:place], (tag, b""), *elements[place + 1 :]])
                assert read(kind, data) == expected(data)


@each_kind
def test_another_message_is_refused(kind: Kind) -> None:
    for other in kinds():
        if other is not kind:
            for values in variants(other):
                with pytest.raises((ValueError, struct.error)):
                    read(kind, regular(other, values))


@each_kind
def test_a_message_that_was_cut_or_went_on_is_refused(kind: Kind) -> None:
    for values in list(variants(kind))[:2]:
        data = regular(kind, values)
        for size in range(len(data)):
            with pytest.raises((ValueError, struct.error)):
                read(kind, data[:size])
        with pytest.raises((ValueError, struct.error)):
            read(kind, data + b"\0\0")


@given(command_sets(), st.data())
def test_what_is_not_regular_is_refused_or_read_as_decode_reads_it(
    drawn: tuple[Kind, Values], data: st.DataObject
) -> None:
    kind, values = drawn
    changed = with_length(b"".join(_disturbed(elements_of(regular(kind, values))[1:], data)))
    try:
        found = read(kind, changed)
    except (ValueError, struct.error):
        return
    assert found == expected(changed)


def _disturbed(elements: list[tuple[int, bytes]], data: st.DataObject) -> Iterator[bytes]:
    """Yield the elements with one of them left out, repeated, moved, or with another header."""
    place = data.draw(st.integers(0, len(elements) - 1))
    tag, raw = elements.pop(place)
    others = [element(*each) for each in elements]
    what = data.draw(st.sampled_from(("out", "twice", "moved", "tag", "size", "short")))
    wrong = {
        "out": b"",
        "twice": element(tag, raw) * 2,
        "moved": b"",
        "tag": element(data.draw(st.sampled_from((tag + 1, tag + 0x10000, tag ^ 1))), raw),
        "size": element(tag, raw, data.draw(st.integers(0, 80))),
        "short": element(tag, raw[:-1]),
    }[what]
    others.insert(place, wrong)
    if what == "moved":
        others.insert(data.draw(st.integers(0, len(others))), element(tag, raw))
    yield from others


@each_sample
def test_a_sample_is_regular_and_the_same_in_pynetdicom(sample: Sample) -> None:
    data = sample.encode(sample.primitive)
    assert HANDWRITTEN[sample.message_type][0](sample.primitive) == data
    assert codec.encode_theirs(sample) == data
    assert HANDWRITTEN[sample.message_type][1](data) == expected(data)
    if sample.message_type.endswith("-RSP"):
        assert sample.primitive.response_violations() == ()
    elif sample.message_type != "C-CANCEL-RQ":
        assert sample.primitive.request_violations() == ()
    theirs = codec.decode_theirs(data)
    for keyword in sample.elements:
        if getattr(sample.primitive, keyword, None) is not None:
            assert getattr(theirs, keyword) == getattr(sample.primitive, keyword)
