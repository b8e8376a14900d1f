"""What `encode_request()` and `encode_response()` write: a command set as PS3.7 6.3.1 has it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from types import ModuleType
from typing import Any

import pytest
from dimse_primitives import (
    C_CANCEL,
    C_ECHO,
    C_FIND,
    C_MOVE,
    C_STORE,
    N_ACTION,
    N_CREATE,
    N_EVENT_REPORT,
    N_GET,
    N_SET,
    InvalidPrimitiveError,
    Priority,
    decode,
)
from pynetdicom.tests import encoded_dimse_msg, encoded_dimse_n_msg

from tests.fuzz.command_sets import DATA_SET_TYPE, KEYWORDS, as_written, elements_of, kinds

ECHO_RQ = bytes.fromhex(
    "0000 0000 04000000 38000000"  # Command Group Length: 56 bytes follow
    "0000 0200 12000000 312e322e3834302e31303030382e312e3100"  # Affected SOP Class UID, padded
    "0000 0001 02000000 3000"  # Command Field 0030H
    "0000 1001 02000000 0700"  # Message ID
    "0000 0008 02000000 0101"  # Command Data Set Type: none
)


def elements(encoded: bytes) -> dict[str, bytes]:
    return {KEYWORDS[tag]: raw for tag, raw in elements_of(encoded)}


def test_c_echo_rq_byte_for_byte() -> None:
    assert C_ECHO(MessageID=7, AffectedSOPClassUID="1.2.840.10008.1.1").encode_request() == ECHO_RQ


# ---- structure (6.3.1) ---------------------------------------------------------------------------


def test_the_group_length_comes_first_and_counts_all_that_follows() -> None:
    encoded = C_CANCEL(MessageIDBeingRespondedTo=1).encode_request()
    assert encoded[:8] == b"\0\0\0\0\4\0\0\0"
    assert struct.unpack_from("<I", encoded, 8) == (len(encoded) - 12,)


def test_tags_ascend_where_table_9_3_9_does_not() -> None:
    request = C_MOVE.request(
        MessageID=1,
        AffectedSOPClassUID="1.2.3",
        Priority=Priority.MEDIUM,
        MoveDestination="DEST",
        Identifier=BytesIO(b"\0\0"),
    )
    encoded = request.encode_request()
    assert list(elements(encoded)) == [
        "CommandGroupLength",
        "AffectedSOPClassUID",
        "CommandField",
        "MessageID",
        "MoveDestination",
        "Priority",
        "CommandDataSetType",
    ]


@pytest.mark.parametrize(
    ("keyword", "value", "raw"),
    [
        ("AffectedSOPInstanceUID", "1.2.3", b"1.2.3\0"),
        ("AffectedSOPInstanceUID", "1.23", b"1.23"),
        ("AffectedSOPInstanceUID", "1" * 64, b"1" * 64),
        ("AffectedSOPInstanceUID", "1" * 63, b"1" * 63 + b"\0"),
        ("MoveOriginatorApplicationEntityTitle", "ABC", b"ABC "),
        ("MoveOriginatorApplicationEntityTitle", "A" * 16, b"A" * 16),
        ("MoveOriginatorMessageID", 0xFFFE, b"\xfe\xff"),
        ("Priority", Priority.LOW, b"\2\0"),
    ],
)
def test_values_of_a_request_have_an_even_length(keyword: str, value: Any, raw: bytes) -> None:
    request = C_STORE(**{keyword: value})
    assert elements(request.encode_request(allow_invalid=True))[keyword] == raw


@pytest.mark.parametrize(
    ("keyword", "value", "raw"),
    [
        ("ErrorComment", "why", b"why "),
        ("ErrorComment", "x" * 64, b"x" * 64),
        ("ErrorID", 0, b"\0\0"),
        ("AttributeIdentifierList", 0x7FE00010, b"\xe0\x7f\x10\0"),
        ("AttributeIdentifierList", [0x00100020, 0xFFFFFFFF], b"\x10\0\x20\0\xff\xff\xff\xff"),
        ("OffendingElement", [(0x0008, 0x0018)] * 3, b"\x08\0\x18\0" * 3),
    ],
)
def test_values_of_a_response_have_an_even_length(keyword: str, value: Any, raw: bytes) -> None:
    response = N_GET(MessageIDBeingRespondedTo=1, Status=0x0107, **{keyword: value})
    assert elements(response.encode_response())[keyword] == raw


def test_an_empty_list_of_tags_is_not_written() -> None:  # defect 2
    request = N_GET(
        MessageID=1,
        RequestedSOPClassUID="1.2",
        RequestedSOPInstanceUID="1.3",
        AttributeIdentifierList=[],
    )
    assert "AttributeIdentifierList" not in elements(request.encode_request())


# ---- Command Data Set Type (E.1) -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "data_set_type"),
    [(None, 0x0101), (b"", 0x0101), (b"\0", 0x0001), (b"\x08\0\x05\0", 0x0001)],
)
def test_a_data_set_is_present_if_it_has_at_least_one_byte(
    content: bytes | None, data_set_type: int
) -> None:  # defect 7
    response = N_SET(
        MessageIDBeingRespondedTo=1,
        Status=0,
        AttributeList=None if content is None else BytesIO(content),
    )
    raw = elements(response.encode_response())["CommandDataSetType"]
    assert int.from_bytes(raw, "little") == data_set_type


def test_a_data_set_that_was_read_to_its_end_is_still_present() -> None:
    data_set = BytesIO(b"\x08\0")
    data_set.read()
    response = N_SET(MessageIDBeingRespondedTo=1, Status=0, AttributeList=data_set)
    assert decode(response.encode_response()).has_data_set


def test_the_data_set_of_the_request_is_not_the_one_of_the_response() -> None:  # defect 6
    primitive = N_SET(
        MessageID=1,
        RequestedSOPClassUID="1.2",
        RequestedSOPInstanceUID="1.3",
        ModificationList=BytesIO(b"\0\0"),
        MessageIDBeingRespondedTo=1,
        Status=0,
    )
    assert decode(primitive.encode_request()).has_data_set
    assert not decode(primitive.encode_response()).has_data_set


@pytest.mark.parametrize(
    ("response", "information"),
    [
        (N_ACTION(MessageIDBeingRespondedTo=1), "ActionInformation"),
        (N_EVENT_REPORT(MessageIDBeingRespondedTo=1), "EventInformation"),
    ],
)
@pytest.mark.parametrize(("status", "present"), [(0x0115, True), (0x0114, False), (0, False)])
def test_the_information_of_the_request_goes_back_with_0115h(
    response: Any, information: str, status: int, present: bool
) -> None:  # C.5.10
    response.Status = status
    setattr(response, information, BytesIO(b"\0\0"))
    assert decode(response.encode_response()).has_data_set is present


@pytest.mark.parametrize(
    ("response", "own", "other", "statuses"),
    [
        (N_ACTION(MessageIDBeingRespondedTo=1), "ActionReply", "ActionInformation", [0x0115]),
        (N_EVENT_REPORT(MessageIDBeingRespondedTo=1), "EventReply", "EventInformation", [0x0115]),
        (
            N_SET(MessageIDBeingRespondedTo=1),
            "AttributeList",
            "ModificationList",
            [0x0106, 0x0116, 0x0121],
        ),
    ],
    ids=["N-ACTION", "N-EVENT-REPORT", "N-SET"],
)
def test_of_two_data_sets_a_violation_says_which_is_dropped(
    response: Any, own: str, other: str, statuses: list[int]
) -> None:
    def absent() -> list[str]:
        broken = response.response_violations()
        return [each.parameter for each in broken if each.rule == "must-be-absent"]

    for status in statuses:
        response.Status = status
        setattr(response, own, None)
        setattr(response, other, BytesIO(b"\0\0"))
        assert absent() == []
        setattr(response, own, BytesIO(b"\1\1"))
        assert absent() == [other]
        (said,) = [each for each in response.response_violations() if each.parameter == other]
        assert f"without {response.PARAMETERS[own].name}; leave {other} unset" in said.message
        setattr(response, other, None)
        assert absent() == []


# ---- what is missing, what is not carried --------------------------------------------------------


def test_what_is_missing_is_named() -> None:
    with pytest.raises(InvalidPrimitiveError) as raised:
        C_FIND(MessageID=1, Identifier=BytesIO()).encode_request()
    named = [violation.parameter for violation in raised.value.violations]
    assert named == ["AffectedSOPClassUID", "Priority", "Identifier"]
    assert "Priority is missing: it is M in a C-FIND request" in str(raised.value)


def test_an_empty_mandatory_data_set_is_missing_though_is_valid_request_accepts_it() -> None:
    request = N_SET(
        MessageID=1,
        RequestedSOPClassUID="1.2",
        RequestedSOPInstanceUID="1.3",
        ModificationList=BytesIO(),
    )
    assert request.is_valid_request
    with pytest.raises(InvalidPrimitiveError, match="Modification List is missing"):
        request.encode_request()


def test_a_c_response_has_no_message_id() -> None:  # S3
    response = C_ECHO(MessageIDBeingRespondedTo=7, Status=0, MessageID=9)
    assert "MessageID" not in elements(response.encode_response())
    assert elements(response.encode_response(allow_invalid=True))["MessageID"] == b"\x09\0"


def test_a_request_has_no_status() -> None:
    request = C_ECHO(MessageID=7, AffectedSOPClassUID="1.2", Status=0, ErrorComment="no")
    assert list(elements(request.encode_request())) == [
        "CommandGroupLength",
        "AffectedSOPClassUID",
        "CommandField",
        "MessageID",
        "CommandDataSetType",
    ]
    assert elements(request.encode_request(allow_invalid=True))["Status"] == b"\0\0"


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_nothing_is_missed_if_everything_is_allowed(kind: Any) -> None:
    encoded = kind.encode(kind.primitive(), allow_invalid=True)
    assert list(elements(encoded)) == ["CommandGroupLength", "CommandField", "CommandDataSetType"]
    assert elements(encoded)["CommandField"] == struct.pack("<H", kind.command_field)


def test_further_elements_stand_where_their_tags_belong() -> None:
    request = C_ECHO(MessageID=7, AffectedSOPClassUID="1.2")
    further = [(0x00005010, b"AB"), (0x00000001, b"\1\0\0\0"), (0x00000200, b"")]
    tags = [tag for tag, _ in elements_of(request.encode_request(unknown=iter(further)))]
    assert tags == [0x0000, 0x0001, 0x0002, 0x0100, 0x0110, 0x0200, 0x0800, 0x5010]


def test_encoding_changes_nothing() -> None:
    request = N_CREATE(MessageID=1, AffectedSOPClassUID="1.2", AttributeList=BytesIO(b"\0\0"))
    before = repr(request)
    assert request.encode_request() == request.encode_request()
    assert repr(request) == before
    assert request.AttributeList is not None
    assert request.AttributeList.tell() == 0


# ---- the examples in pynetdicom's own test data --------------------------------------------------

WITH_TWO_VALUES = "c_move_rsp_cmd_with_dup"
"""Four counts of two values each, and the group length of the message that has one of each."""

WITH_EMPTY_VALUES = ("n_set_rq_cmd_empty", "n_create_rq_cmd_empty")
"""Regular, but a value of zero length is no value: it is not written again."""


def _examples() -> Iterator[tuple[str, bytes]]:
    modules: tuple[ModuleType, ...] = (encoded_dimse_msg, encoded_dimse_n_msg)
    for module in modules:
        for name, encoded in vars(module).items():
            if "_cmd" in name:
                # The first byte is the Message Control Header.
                yield name, encoded[1:]


EXAMPLES = dict(_examples())


def test_the_examples_are_there() -> None:
    assert len(EXAMPLES) == 26
    assert {decode(encoded).message_type for encoded in EXAMPLES.values()} == {
        kind.name for kind in kinds() if kind.name != "C-CANCEL-RQ"
    }


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name != WITH_TWO_VALUES])
def test_an_example_of_pynetdicom_is_regular_and_is_written_again(name: str) -> None:
    encoded = EXAMPLES[name]
    message = decode(encoded, strict=True)
    if message.has_data_set:
        message = decode(encoded, b"\0\0", strict=True)
    kind = next(kind for kind in kinds() if kind.name == message.message_type)
    incomplete = name in WITH_EMPTY_VALUES
    again = kind.encode(message.primitive, allow_invalid=incomplete)
    assert again == (as_written(encoded) if incomplete else encoded)


def test_the_counts_of_two_values_are_the_only_irregular_example() -> None:
    message = decode(EXAMPLES[WITH_TWO_VALUES])
    found = [(each.kind, each.offset, each.raw) for each in message.anomalies]
    assert found == [
        ("group-length", 0, b"\x72\0\0\0"),
        ("multiplicity", 102, b"\3\0\0\0"),
        ("multiplicity", 114, b"\1\0\0\0"),
        ("multiplicity", 126, b"\2\0\0\0"),
        ("multiplicity", 138, b"\4\0\0\0"),
    ]
    # What it would be with one value each is the next example but for the Offending Element.
    assert isinstance(message.primitive, C_MOVE)
    message.primitive.OffendingElement = None
    assert message.primitive == decode(EXAMPLES["c_move_rsp_cmd"]).primitive


def test_the_data_set_type_of_every_example_is_0001_or_0101() -> None:
    types = {dict(elements_of(encoded))[DATA_SET_TYPE] for encoded in EXAMPLES.values()}
    assert types == {b"\1\0", b"\1\1"}
