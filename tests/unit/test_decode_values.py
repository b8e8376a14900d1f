"""What `decode()` makes of the value of an element, and of the data set that came with it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from dimse_primitives import DecodeError, decode
from pydicom.uid import UID

from tests.fuzz.command_sets import TAGS, element, with_length

MULTIPLE, ODD, RANGE = "multiplicity", "odd-length", "out-of-range"
PADDING = "padding"
STORE_RQ, FIND_RQ, MOVE_RQ = 0x0001, 0x0020, 0x0021
STORE_RSP, MOVE_RSP, GET_RSP = 0x8001, 0x8021, 0x8110
INSTANCE, AE, COMMENT = "AffectedSOPInstanceUID", "MoveDestination", "ErrorComment"
REMAINING = "NumberOfRemainingSuboperations"


def command_set(field: int, **values: bytes) -> bytes:
    """Return a command set with these values; unless given, no data set follows.

    It has every number that it must have, and nothing else but these values is irregular.
    """
    fixed = {"CommandField": field.to_bytes(2, "little"), "CommandDataSetType": b"\1\1"}
    if field & 0x8000:
        fixed |= {"MessageIDBeingRespondedTo": b"\7\0", "Status": b"\0\0"}
    else:
        fixed |= {"MessageID": b"\7\0"}
    if field in (STORE_RQ, FIND_RQ, MOVE_RQ):
        fixed |= {"Priority": b"\1\0"}
    parts = sorted((TAGS[keyword], raw) for keyword, raw in (fixed | values).items())
    return with_length(b"".join(element(*each) for each in parts))


def value(field: int, keyword: str, raw: bytes) -> tuple[Any, list[str]]:
    """Return what is decoded of a value, and the kinds of the anomalies; they hold the value."""
    message = decode(command_set(field, **{keyword: raw}))
    for anomaly in message.anomalies:
        assert (anomaly.keyword, anomaly.tag, anomaly.raw) == (keyword, TAGS[keyword], raw)
    return getattr(message.primitive, keyword), [anomaly.kind for anomaly in message.anomalies]


# ---- values --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "keyword"),
    [
        (STORE_RQ, INSTANCE),
        (STORE_RQ, "Priority"),
        (MOVE_RQ, AE),
        (STORE_RSP, COMMENT),
        (GET_RSP, "AttributeIdentifierList"),
        (GET_RSP, "Status"),
    ],
)
def test_an_empty_value_is_none_and_no_anomaly(field: int, keyword: str) -> None:
    assert value(field, keyword, b"") == (None, [])


@pytest.mark.parametrize("raw", [b"1.2.30", b"1.2.3\0"])
def test_a_uid_is_read_without_the_nul_that_pads_it(raw: bytes) -> None:
    uid, kinds = value(STORE_RQ, INSTANCE, raw)
    assert (uid, type(uid), kinds) == (raw.decode().rstrip("\0"), UID, [])


@pytest.mark.parametrize(
    "raw",
    [b"1.2.3 ", b" 1.2.3", b"1.2.3\0\0\0", b"1.2.3\0 \0", b"\0 1.2.3 ", b"1.2.3  \0"],
)
def test_a_uid_is_read_without_padding_of_another_kind_which_is_told(raw: bytes) -> None:
    data = command_set(STORE_RQ, **{INSTANCE: raw})
    (anomaly,) = decode(data).anomalies
    assert value(STORE_RQ, INSTANCE, raw) == ("1.2.3", [PADDING])
    assert str(anomaly).startswith("padding at offset ")
    assert str(anomaly).endswith(f"than with one NUL at its end: {raw.decode()!a} (PS3.5 9.1)")
    with pytest.raises(DecodeError, match="padding: Affected SOP Instance UID"):
        decode(data, strict=True)
    again = decode(data).primitive.encode_request(allow_invalid=True)
    assert again == command_set(STORE_RQ, **{INSTANCE: b"1.2.3\0"})


@pytest.mark.parametrize(
    ("field", "keyword", "raw", "expected", "written"),
    [
        (MOVE_RQ, AE, b"STORE\0", "STORE", b"STORE "),
        (MOVE_RQ, AE, b"\0STORE", "STORE", b"STORE "),
        (MOVE_RQ, AE, b"STORE \0\0", "STORE", b"STORE "),
        (STORE_RSP, COMMENT, b"abc\0", "abc", b"abc "),
        (STORE_RSP, COMMENT, b"abcd\0\0", "abcd", b"abcd"),
        (STORE_RSP, COMMENT, b"abcd\0 ", "abcd", b"abcd"),
        (STORE_RSP, COMMENT, b"\0\0", None, None),
    ],
)
def test_nul_pads_no_other_text(
    field: int, keyword: str, raw: bytes, expected: str | None, written: bytes | None
) -> None:
    assert value(field, keyword, raw) == (expected, [PADDING])
    data = command_set(field, **{keyword: raw})
    (anomaly,) = decode(data).anomalies
    assert str(anomaly).endswith(f"otherwise than with spaces: {raw.decode()!a} (PS3.5 6.2)")
    message = decode(data)
    direction = "request" if field == MOVE_RQ else "response"
    again = getattr(message.primitive, f"encode_{direction}")(allow_invalid=True)
    assert again == command_set(field, **({keyword: written} if written else {}))


@pytest.mark.parametrize(
    ("raw", "expected", "kinds"),
    [
        (b"1.02.x", "1.02.x", []),
        (b"1" * 64 + b"\0\0", "1" * 64, [PADDING]),
        (b"\0\0", None, [PADDING]),
        (b"1.2\0.3", "1.2\0.3", []),
        (b"1.2 .3", "1.2 .3", []),
        (b"1" * 66, None, [RANGE]),
        (b"1.2\xff", None, [RANGE]),
        (b"1.2.3", "1.2.3", [ODD]),
        (b"1.2\\1.3\0", "1.2", [MULTIPLE]),
        (b"1.2\0\\1.3", "1.2", [MULTIPLE]),
    ],
)
def test_a_uid_has_at_most_64_ascii_characters(
    raw: bytes, expected: str | None, kinds: list[str]
) -> None:
    assert value(STORE_RQ, INSTANCE, raw) == (expected, kinds)


@pytest.mark.parametrize(
    ("raw", "expected", "kinds"),
    [
        (b" STORE  ", "STORE", []),
        (b"STORE           ", "STORE", []),
        (b"A" * 16 + b"  ", "A" * 16, []),
        (b"A" * 18, None, [RANGE]),
        (b"    ", None, [RANGE]),
        (b"\0\0", None, [PADDING, RANGE]),
        (b"STO\0RE", "STO\0RE", []),
        (b"STORE\xe9", None, [RANGE]),
        (b"STORE \\B", "STORE", [MULTIPLE]),
        (b" \\B ", None, [MULTIPLE, RANGE]),
    ],
)
def test_spaces_around_an_ae_title_do_not_count(
    raw: bytes, expected: str | None, kinds: list[str]
) -> None:
    assert value(MOVE_RQ, AE, raw) == (expected, kinds)


@pytest.mark.parametrize(
    ("raw", "expected", "kinds"),
    [
        (b" a  ", " a", []),
        (b"x" * 64 + b"  ", "x" * 64, []),
        (b"x" * 66, None, [RANGE]),
        (b"caf\xe9", None, [RANGE]),
        (b"a \\ b ", "a", [MULTIPLE]),
        (b"\\b", None, [MULTIPLE]),
        (b"  ", None, []),
    ],
)
def test_an_error_comment_has_at_most_64_characters(
    raw: bytes, expected: str | None, kinds: list[str]
) -> None:  # fo-dicom 1282
    assert value(STORE_RSP, COMMENT, raw) == (expected, kinds)


@pytest.mark.parametrize(
    ("keyword", "raw", "expected", "kinds"),
    [
        ("Priority", b"\2\0", 2, []),
        ("Priority", b"\5\0", None, [RANGE]),
        ("Priority", b"\1\0\5\0", 1, [MULTIPLE]),
        ("Priority", b"\1\0\5", 1, [ODD]),
        ("Priority", b"\1", None, [ODD, RANGE]),
        ("MessageID", b"\xff\xff", 0xFFFF, []),
    ],
)
def test_a_number_has_two_bytes_and_priority_three_values(
    keyword: str, raw: bytes, expected: int | None, kinds: list[str]
) -> None:
    assert value(MOVE_RQ, keyword, raw) == (expected, kinds)


def test_of_two_counts_the_first_is_used() -> None:  # pynetdicom 554
    assert value(MOVE_RSP, REMAINING, b"\3\0\1\0") == (3, [MULTIPLE])


@pytest.mark.parametrize(
    ("raw", "expected", "kinds"),
    [
        (b"\x10\0\x20\0", [0x00100020], []),
        (b"\x10\0\x20\0" * 300, [0x00100020] * 300, []),
        (b"\x10\0\x20\0\x08\0", None, [RANGE]),
        (b"\x10\0\x20", None, [ODD, RANGE]),
    ],
)
def test_a_list_of_tags_has_four_bytes_for_each(
    raw: bytes, expected: list[int] | None, kinds: list[str]
) -> None:
    assert value(STORE_RSP, "OffendingElement", raw) == (expected, kinds)


@pytest.mark.parametrize("keyword", ["CommandField", "CommandDataSetType"])
@pytest.mark.parametrize(("extra", "kind"), [(b"\0", ODD), (b"\1\1", MULTIPLE)])
def test_the_first_value_of_a_fixed_element_counts(keyword: str, extra: bytes, kind: str) -> None:
    fixed = {"CommandField": b"\1\x80", "CommandDataSetType": b"\1\1"}
    raw = fixed[keyword] + extra
    message = decode(command_set(STORE_RSP, **(fixed | {keyword: raw})))
    assert (message.message_type, message.has_data_set) == ("C-STORE-RSP", False)
    found = [(each.kind, each.keyword, each.raw) for each in message.anomalies]
    assert found == [(kind, keyword, raw)]


def test_a_value_that_is_refused_is_not_repeated_at_length() -> None:
    (anomaly,) = decode(command_set(STORE_RQ, AffectedSOPInstanceUID=b"\x80" * 5000)).anomalies
    assert anomaly.raw == b"\x80" * 5000
    assert "Affected SOP Instance UID must be ASCII" in anomaly.message
    assert len(anomaly.message) < 400


# ---- the data set --------------------------------------------------------------------------------


def with_data_set(
    field: int, data_set: Any, *, follows: bool = True, status: int = 0
) -> dict[str, Any]:
    """Return the data sets of what is decoded, and its anomalies as `anomalies`."""
    data = command_set(
        field,
        CommandDataSetType=b"\1\0" if follows else b"\1\1",
        **({"Status": status.to_bytes(2, "little")} if field & 0x8000 else {}),
    )
    message = decode(data, data_set)
    primitive = message.primitive
    values = {keyword: getattr(primitive, keyword) for keyword in primitive.PARAMETERS}
    held = {key: each.getvalue() for key, each in values.items() if isinstance(each, BytesIO)}
    found = [(each.kind, each.keyword, each.tag, each.raw) for each in message.anomalies]
    return held | {"anomalies": found}


@pytest.mark.parametrize(
    ("field", "keyword"),
    [
        (0x0001, "DataSet"),
        (0x0010, "Identifier"),
        (0x8010, "Identifier"),
        (0x0100, "EventInformation"),
        (0x8100, "EventReply"),
        (0x8110, "AttributeList"),
        (0x0120, "ModificationList"),
        (0x8120, "AttributeList"),
        (0x0130, "ActionInformation"),
        (0x8130, "ActionReply"),
    ],
)
def test_the_data_set_is_the_parameter_that_the_message_has_for_it(
    field: int, keyword: str
) -> None:  # defect 6
    assert with_data_set(field, b"\x08\0") == {keyword: b"\x08\0", "anomalies": []}


@pytest.mark.parametrize(
    ("field", "status", "keyword"),
    [
        (0x8130, 0x0115, "ActionInformation"),
        (0x8130, 0x0114, "ActionReply"),
        (0x8100, 0x0115, "EventInformation"),
        (0x8100, 0x0114, "EventReply"),
    ],
)
def test_with_0115h_it_is_the_information_of_the_request(
    field: int, status: int, keyword: str
) -> None:  # C.5.10
    found = with_data_set(field, b"\x08\0", status=status)
    assert found == {keyword: b"\x08\0", "anomalies": []}


@pytest.mark.parametrize(
    "data_set",
    [b"ab", bytearray(b"ab"), memoryview(b"ab"), memoryview(b"a-b-")[::2], memoryview(b"ba")[::-1]],
)
def test_a_data_set_comes_in_any_buffer(data_set: Any) -> None:
    assert with_data_set(STORE_RQ, data_set)["DataSet"] == b"ab"


def test_a_stream_is_taken_as_it_is() -> None:
    stream = BytesIO(b"ab")
    message = decode(command_set(STORE_RQ, CommandDataSetType=b"\1\0"), stream)
    assert getattr(message.primitive, "DataSet") is stream  # noqa: B009


@pytest.mark.parametrize("data_set", ["text", 7, [1, 2]])
def test_a_data_set_that_is_no_buffer_is_a_type_error(data_set: Any) -> None:
    with pytest.raises(TypeError, match="must be bytes, bytearray or memoryview"):
        decode(command_set(STORE_RQ, CommandDataSetType=b"\1\0"), data_set)


def test_a_data_set_of_which_the_message_says_nothing_is_an_anomaly() -> None:  # defect 13
    found = with_data_set(FIND_RQ, b"ab", follows=False)
    assert found == {"Identifier": b"ab", "anomalies": [("data-set", "Identifier", None, b"")]}


def test_a_data_set_for_which_there_is_no_parameter_is_kept_in_the_anomaly() -> None:
    assert with_data_set(STORE_RSP, b"ab", follows=False) == {
        "anomalies": [("data-set", None, None, b"ab")]
    }


def test_a_message_that_has_no_data_set_says_that_one_follows() -> None:
    data = command_set(STORE_RSP, CommandDataSetType=b"\1\0")
    (anomaly,) = decode(data).anomalies
    assert (anomaly.kind, anomaly.keyword) == ("data-set", "CommandDataSetType")
    assert (anomaly.offset, anomaly.raw) == (32, b"\1\0")
    with pytest.raises(DecodeError) as raised:
        decode(data, strict=True)
    assert raised.value.offset == 32


def test_strictly_a_data_set_that_was_not_announced_is_refused() -> None:
    with pytest.raises(DecodeError, match="says that none follows"):
        decode(command_set(STORE_RQ), b"ab", strict=True)


@pytest.mark.parametrize("number", [0x0000, 0x0001, 0x0102, 0x0202, 0xFFFF, 0x0100])
def test_only_0101_says_that_no_data_set_follows(number: int) -> None:  # S10
    data = command_set(STORE_RQ, CommandDataSetType=number.to_bytes(2, "little"))
    assert decode(data, strict=True).has_data_set
    assert not decode(command_set(STORE_RQ), strict=True).has_data_set
