"""What `decode()` makes of a command set: the primitive, and all that is irregular (PS3.7 6.3.1).

Every irregularity is tried alone: it is the only anomaly, its offset and its value are those of the
bytes, the rest of the message is read, and strictly there is no message but a `DecodeError`.
"""

from __future__ import annotations

import array
import copy
import ctypes
import pickle
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from dimse_primitives import DecodeError, decode
from pydicom.tag import BaseTag

from tests.fuzz.command_sets import GROUP_LENGTH, TAGS, element, us, with_length

# N-GET-RSP: the Command Group Length is at 0, and the rest of the message at these offsets.
UID_AT, FIELD_AT, ID_AT, TYPE_AT, STATUS_AT, END = 12, 26, 36, 46, 56, 66
CLASS_UID = element(TAGS["AffectedSOPClassUID"], b"1.2.3\0")
FIELD = us(TAGS["CommandField"], 0x8110)
ID = us(TAGS["MessageIDBeingRespondedTo"], 7)
NO_DATA_SET = us(TAGS["CommandDataSetType"], 0x0101)
STATUS = us(TAGS["Status"], 0)
BODY = CLASS_UID + FIELD + ID + NO_DATA_SET + STATUS
REGULAR = with_length(BODY)


def more(keyword: str, raw: bytes) -> bytes:
    """Return the message with one more element at its end."""
    return with_length(BODY + element(TAGS[keyword], raw))


def test_a_regular_message() -> None:
    message = decode(REGULAR, strict=True)
    assert len(REGULAR) == END
    assert message.message_type == "N-GET-RSP"
    assert repr(message.primitive) == (
        "N_GET(MessageIDBeingRespondedTo=7, AffectedSOPClassUID='1.2.3', Status=0x0000)"
    )
    assert (message.has_data_set, message.anomalies, message.unknown) == (False, (), ())


# ---- buffers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "buffer",
    [
        bytes,
        bytearray,
        memoryview,
        lambda data: memoryview(bytearray(data)),
        lambda data: memoryview(b"xx" + data + b"xx")[2:-2],
        lambda data: memoryview(data[::-1])[::-1],
        lambda data: memoryview(bytes(byte for each in data for byte in (each, 0)))[::2],
        lambda data: memoryview(array.array("H", data)),
        lambda data: memoryview(data).cast("H"),
        lambda data: memoryview(data).cast("c"),
        lambda data: memoryview(data).cast("B", (2, len(data) // 2)),
        lambda data: memoryview((ctypes.c_uint16 * (len(data) // 2)).from_buffer_copy(data)),
    ],
)
def test_any_buffer_is_read_as_its_bytes(buffer: Callable[[bytes], Any]) -> None:
    assert decode(buffer(REGULAR), strict=True) == decode(REGULAR)
    assert decode(buffer(REGULAR + b"\0\0")).anomalies == decode(REGULAR + b"\0\0").anomalies


@pytest.mark.parametrize("data", [None, "text", 7, [1, 2], BytesIO(REGULAR)])
def test_what_is_no_buffer_is_a_type_error(data: Any) -> None:
    with pytest.raises(TypeError, match="must be bytes, bytearray or memoryview"):
        decode(data)


# ---- no message ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "offset", "reason"),
    [
        (b"", 0, "no readable Command Field"),
        (memoryview((ctypes.c_uint8 * 2 * 0)()), 0, "no readable Command Field"),
        (with_length(b""), 0, "no readable Command Field"),
        (with_length(CLASS_UID + ID), 0, "no readable Command Field"),
        (b"\0\0\0\0\4\0\0", 0, "no readable Command Field: . bytes after"),
        (REGULAR[: FIELD_AT + 9], FIELD_AT, "no readable Command Field: .* of the .* it announces"),
        (REGULAR[: FIELD_AT + 7], FIELD_AT, "no readable Command Field: . bytes after"),
        (
            element(TAGS["ErrorID"], b"", 0xFFFFFFFF) + FIELD,
            0,
            "no readable Command Field: .* of the .* it announces",
        ),
        (with_length(CLASS_UID + element(0x100, b"")), FIELD_AT, "no value"),
        (with_length(CLASS_UID + element(0x100, b"\1")), FIELD_AT, "no value"),
        (with_length(CLASS_UID + us(0x100, 0x8111)), FIELD_AT, "8111H names no message"),
        (with_length(us(0x100, 0)), UID_AT, "0000H names no message"),
    ],
)
@pytest.mark.parametrize("strict", [False, True])
def test_without_a_command_field_that_names_one(
    data: bytes, offset: int, reason: str, strict: bool
) -> None:  # defect 8
    with pytest.raises(DecodeError, match=reason) as raised:
        decode(data, strict=strict)
    assert raised.value.offset == offset
    assert str(raised.value).endswith(f" (at offset {offset})")


def test_a_decode_error_can_be_copied_and_pickled() -> None:
    with pytest.raises(DecodeError) as raised:
        decode(REGULAR[: FIELD_AT + 9])
    for error in (copy.copy(raised.value), pickle.loads(pickle.dumps(raised.value))):
        assert type(error) is DecodeError
        assert (str(error), error.offset) == (str(raised.value), FIELD_AT)


def test_a_message_can_be_copied_and_pickled() -> None:
    message = decode(REGULAR + b"\0")
    assert len(message.anomalies) == 2
    assert copy.deepcopy(message) == pickle.loads(pickle.dumps(message)) == message


# ---- every anomaly, alone ------------------------------------------------------------------------

WRONG_ORDER = with_length(CLASS_UID + FIELD + ID + STATUS + NO_DATA_SET)
IRREGULAR = [
    ("order", WRONG_ORDER, TYPE_AT + 10, "CommandDataSetType", b"\1\1"),
    ("duplicate", with_length(BODY + us(TAGS["Status"], 0x0110)), END, "Status", b"\x10\1"),
    ("odd-length", more("ErrorComment", b"why"), END, "ErrorComment", b"why"),
    ("multiplicity", more("ErrorID", b"\1\0\2\0"), END, "ErrorID", b"\1\0\2\0"),
    ("out-of-range", more("ErrorComment", b"x" * 66), END, "ErrorComment", b"x" * 66),
    ("unexpected-element", more("ActionTypeID", b"\1\0"), END, "ActionTypeID", b"\1\0"),
    ("unknown-element", with_length(BODY + element(0x5112, b"AB")), END, None, b"AB"),
    ("other-group", with_length(BODY + element(0x00080005, b"AB")), END, None, b"AB"),
    ("other-group", with_length(BODY) + element(0x00080005, b"AB"), END, None, b"AB"),
    ("group-length-missing", BODY, 0, "CommandGroupLength", b""),
    ("group-length", b"\0\0\0\0\4\0\0\0\x37\0\0\0" + BODY, 0, "CommandGroupLength", b"\x37\0\0\0"),
    ("group-length", element(GROUP_LENGTH, b"\x36\0") + BODY, 0, "CommandGroupLength", b"\x36\0"),
    ("truncated", with_length(BODY + element(0x0902, b"wh", 4)), END, "ErrorComment", b"wh"),
    ("truncated", with_length(BODY + element(0x0902, b"", 2**32 - 1)), END, "ErrorComment", b""),
    ("trailing-bytes", with_length(BODY + b"\2\0\0"), END, None, b"\2\0\0"),
    ("missing-element", with_length(CLASS_UID + FIELD + ID + STATUS), 0, "CommandDataSetType", b""),
]


@pytest.mark.parametrize(
    ("kind", "data", "offset", "keyword", "raw"), IRREGULAR, ids=[each[0] for each in IRREGULAR]
)
def test_an_irregularity_is_the_only_anomaly(
    kind: str, data: bytes, offset: int, keyword: str | None, raw: bytes
) -> None:
    message = decode(data)
    (anomaly,) = message.anomalies
    assert (anomaly.kind, anomaly.offset, anomaly.keyword) == (kind, offset, keyword)
    assert anomaly.raw == raw
    assert anomaly.tag is None if kind == "trailing-bytes" else isinstance(anomaly.tag, BaseTag)
    assert anomaly.reference in ("PS3.7 6.3.1", "PS3.7 E.1")
    assert str(anomaly).startswith(f"{kind} at offset {offset}: ")
    primitive: Any = message.primitive
    assert (primitive.AffectedSOPClassUID, primitive.Status) == ("1.2.3", 0)
    assert primitive.MessageIDBeingRespondedTo == 7
    with pytest.raises(DecodeError, match=kind) as raised:
        decode(data, strict=True)
    assert raised.value.offset == offset


def test_an_element_is_out_of_order_after_any_greater_tag() -> None:
    comment, offending = element(0x0902, b"no"), element(0x0901, b"")
    data = with_length(FIELD + STATUS + ID + NO_DATA_SET + comment + offending)
    found = [(anomaly.kind, anomaly.offset) for anomaly in decode(data).anomalies]
    assert found == [("order", 32), ("order", 42), ("order", 62)]


def test_anomalies_are_listed_in_the_order_of_the_bytes() -> None:
    data = FIELD + STATUS + ID + element(0x0902, b"why") + element(0x0903, b"\1\0\2\0") + b"\0"
    found = [(anomaly.kind, anomaly.offset) for anomaly in decode(data).anomalies]
    assert found == [
        ("group-length-missing", 0),
        ("missing-element", 0),
        ("order", 20),
        ("odd-length", 30),
        ("multiplicity", 41),
        ("trailing-bytes", 53),
    ]


def test_unknown_elements_are_kept_and_written_back_if_asked_for() -> None:
    data = with_length(BODY + element(0x5112, b"AB") + element(0x00080005, b"odd"))
    message = decode(data)
    assert message.unknown == ((0x5112, b"AB"), (0x00080005, b"odd"))
    primitive: Any = message.primitive
    assert primitive.encode_response(unknown=message.unknown) == data
    assert primitive.encode_response() == REGULAR


def test_an_element_of_another_message_is_kept() -> None:
    message = decode(more("ActionTypeID", b"\1\0"))
    assert message.unknown == ((TAGS["ActionTypeID"], b"\1\0"),)
    message = decode(more("RequestedSOPClassUID", b"1.2\0"))
    primitive: Any = message.primitive
    assert primitive.RequestedSOPClassUID == "1.2"
    assert message.unknown == ()


@pytest.mark.parametrize("size", [0, 5, 40])
def test_an_error_holds_no_buffer_of_the_caller(size: int) -> None:
    # A UID of 66 characters: the regular way cuts it out before it gives up.
    sent = bytearray(element(0x00000002, b"1" * 66) + bytes(size))
    sent[:0] = element(0x00000000, len(sent).to_bytes(4, "little"))
    view = memoryview(sent)
    with pytest.raises(DecodeError) as raised:
        decode(view)
    view.release()
    sent += b"more"
    assert raised.value.__context__ is None


def retired(*more: tuple[int, bytes]) -> bytes:
    sent = [(0x00000002, b"1.2\0"), (0x00000100, b"\x30\0"), (0x00000110, b"\7\0")]
    sent += [(0x00000800, b"\1\1"), *more]
    body = b"".join(element(*each) for each in sorted(sent))
    return element(0x00000000, len(body).to_bytes(4, "little")) + body


def test_length_to_end_is_retired_and_no_reason_to_refuse() -> None:  # PS3.7 6.3.1, note 1
    data = retired((0x00000001, b"\x30\0\0\0"))
    message = decode(data, strict=True)
    assert message.anomalies == ()
    assert message.unknown == ((0x00000001, b"\x30\0\0\0"),)
    encoded = message.primitive.encode_request(unknown=message.unknown)
    assert encoded == data


def test_another_retired_element_is_told_by_name() -> None:
    data = retired((0x00000200, b"OLD "))
    message = decode(data)
    (anomaly,) = message.anomalies
    assert (anomaly.kind, anomaly.keyword, anomaly.raw) == ("retired-element", "Initiator", b"OLD ")
    assert str(anomaly).endswith(": Initiator (0000,0200) is retired (PS3.7 E.2)")
    assert message.unknown == ((0x00000200, b"OLD "),)
    with pytest.raises(DecodeError, match="is retired"):
        decode(data, strict=True)
