"""What must hold for `decode`, whatever the bytes are.

Invariant: nothing is expected that depends on where the bytes come from. A property that does not
hold is an `AssertionError`, an exception that `decode` must not raise passes through.
"""

from __future__ import annotations

from typing import Any

from dimse_primitives import Anomaly, DecodeError, Message, decode
from dimse_primitives._elements import DICTIONARY
from dimse_primitives._irregular import IrregularDecoder
from dimse_primitives._messages import _MESSAGES

from ..printed import private
from .command_sets import VRS, Kind, as_written, kinds

KINDS = {kind.name: kind for kind in kinds()}
LENGTH_TO_END = 0x00000001
"""Retired, and allowed for all that (6.3.1)."""
ABSENT = ("group-length-missing", "missing-element")
"""The anomalies of an element that is not there, or has no value."""


def check(data: bytes, data_set: bytes | None = None) -> Message | None:
    """Decode `data` in every way that there is, and return the message, None if there is none."""
    try:
        message = decode(data, data_set)
    except DecodeError as error:
        _check_refusal(error, data, data_set)
        return None
    if message.message_type not in KINDS:
        # A fork's own message is in no table that is printed: there is nothing to hold it against.
        assert message.message_type.rpartition("-")[0] in private().services
        return message
    _check_anomalies(message, data)
    _check_strict(message, data, data_set)
    _check_ways(message, data, data_set)
    _check_rules(message)
    _check_written(message)
    if not message.anomalies:
        _check_regular(message, data)
    return message


def _check_refusal(error: DecodeError, data: bytes, data_set: bytes | None) -> None:
    assert 0 <= error.offset <= len(data)
    assert str(error).endswith(f"(at offset {error.offset})")
    for other in (bytearray(data), memoryview(data)):
        assert _refusal(other, data_set) == (str(error), error.offset)
    assert _refusal(data, data_set, strict=True) == (str(error), error.offset)


def _refusal(data: Any, data_set: bytes | None, *, strict: bool = False) -> tuple[str, int]:
    try:
        message = decode(data, data_set, strict=strict)
    except DecodeError as error:
        return str(error), error.offset
    raise AssertionError(f"not refused: {message}")


def _check_anomalies(message: Message, data: bytes) -> None:
    of_data_set = [each for each in message.anomalies if _is_about_the_data_set(each)]
    of_elements = [each for each in message.anomalies if not _is_about_the_data_set(each)]
    assert message.anomalies == (*of_elements, *of_data_set)
    assert of_elements == sorted(of_elements, key=lambda anomaly: anomaly.offset)
    for anomaly in of_elements:
        assert 0 <= anomaly.offset < len(data)
        start = anomaly.offset if anomaly.tag is None else anomaly.offset + 8
        if anomaly.raw or anomaly.kind not in ABSENT:
            assert data[start : start + len(anomaly.raw)] == anomaly.raw
        assert type(anomaly.raw) is bytes
        assert str(anomaly).startswith(f"{anomaly.kind} at offset {anomaly.offset}: ")
        assert anomaly.reference.startswith("PS3.5 " if anomaly.kind == "padding" else "PS3.7 ")
        assert len(str(anomaly)) < 500


def _is_about_the_data_set(anomaly: Anomaly) -> bool:
    return anomaly.kind == "data-set" and anomaly.tag is None


def _check_strict(message: Message, data: bytes, data_set: bytes | None) -> None:
    if message.anomalies:
        first = message.anomalies[0]
        text, offset = _refusal(data, data_set, strict=True)
        assert offset == first.offset
        assert first.message in text
    else:
        assert decode(data, data_set, strict=True) == message


def _check_ways(message: Message, data: bytes, data_set: bytes | None) -> None:
    """The same bytes in another buffer, or read the slow way, give the same message."""
    assert decode(bytearray(data), data_set) == message
    assert decode(memoryview(data), data_set) == message
    assert decode(memoryview(data[::-1])[::-1], data_set) == message
    slow = IrregularDecoder(data, DICTIONARY, _MESSAGES).decode()
    assert slow == decode(data)


def _check_rules(message: Message) -> None:
    """What was decoded can be shown and judged."""
    primitive: Any = message.primitive
    kind = KINDS[message.message_type]
    assert type(primitive) is kind.primitive
    assert repr(primitive)
    getattr(primitive, f"{kind.direction}_violations")()


def _check_written(message: Message) -> None:
    """Whatever was read can be written, and what is written is read as the same again."""
    kind = KINDS[message.message_type]
    written = kind.encode(message.primitive, allow_invalid=True, unknown=message.unknown)
    again = decode(written)
    assert again.message_type == message.message_type
    assert _values(kind, again.primitive) == _values(kind, message.primitive)
    assert again.unknown == tuple(sorted(message.unknown, key=lambda item: item[0]))


def _values(kind: Kind, primitive: Any) -> dict[str, Any]:
    keywords = (kind.primitive.PARAMETERS.keys() | set(kind.elements)) & VRS.keys()
    return {keyword: getattr(primitive, keyword) for keyword in keywords}


def _check_regular(message: Message, data: bytes) -> None:
    """A message without anomalies hides nothing: it is written as it was read."""
    assert {tag for tag, _ in message.unknown} <= {LENGTH_TO_END}
    kind = KINDS[message.message_type]
    complete: Any = decode(data, b"\0\0" if message.has_data_set else None).primitive
    unknown = message.unknown
    assert kind.encode(complete, allow_invalid=True, unknown=unknown) == as_written(data)
    if all(getattr(complete, keyword) is not None for keyword in kind.mandatory):
        assert kind.encode(complete, unknown=unknown) == as_written(data)
