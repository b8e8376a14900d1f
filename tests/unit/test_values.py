"""Values of parameters: what can be set, how it is read, what is refused and how it is said."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any

import pytest
from dimse_primitives import C_FIND, C_MOVE, C_STORE, N_ACTION, N_EVENT_REPORT, N_GET, Priority
from pydicom.dataset import Dataset
from pydicom.tag import BaseTag, Tag
from pydicom.uid import UID


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1.2.3", "1.2.3"),
        (b"1.2.3", "1.2.3"),
        (b"1.2.3\0", "1.2.3"),
        ("1.2.3 ", "1.2.3"),
        (UID("1.2.3"), "1.2.3"),
        ("1" * 64, "1" * 64),
        ("1.02.abc", "1.02.abc"),
        ("", None),
        (b"\0", None),
        (None, None),
    ],
)
def test_uid(value: Any, expected: str | None) -> None:
    primitive = N_GET(AffectedSOPClassUID="1.9")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        primitive.AffectedSOPClassUID = value
    assert primitive.AffectedSOPClassUID == expected
    assert expected is None or type(primitive.AffectedSOPClassUID) is UID


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("1" * 65, ValueError),
        ("1.2.٣", ValueError),
        (b"1.2.\xff", ValueError),
        (5, TypeError),
        (1.2, TypeError),
        (["1.2"], TypeError),
    ],
)
def test_uid_refused(value: Any, error: type[Exception]) -> None:
    primitive = N_GET(AffectedSOPInstanceUID="1.9")
    with pytest.raises(error, match="Affected SOP Instance UID"):
        primitive.AffectedSOPInstanceUID = value
    assert primitive.AffectedSOPInstanceUID == "1.9"


@pytest.mark.parametrize("uid", ["1.02", "1..2", ".1", "1.", "1.2.x", "01.2", "1 2", "1.2\n"])
def test_a_malformed_uid_is_reported_by_the_rules(uid: str) -> None:
    request = N_GET(MessageID=1, RequestedSOPClassUID=uid, RequestedSOPInstanceUID="1.2.0")
    (violation,) = request.request_violations()
    assert (violation.rule, violation.parameter) == ("invalid-value", "RequestedSOPClassUID")
    assert uid.strip() in violation.message
    assert "\n" not in violation.message
    assert request.is_valid_request


@pytest.mark.parametrize("value", [0, 1, 65535, None])
def test_unsigned_short(value: int | None) -> None:
    primitive = N_EVENT_REPORT(EventTypeID=9)
    primitive.EventTypeID = value
    assert primitive.EventTypeID == value


@pytest.mark.parametrize("value", [-1, 65536, 10**30])
def test_unsigned_short_out_of_range(value: int) -> None:
    with pytest.raises(ValueError, match="Action Type ID must be from 0 to 65535"):
        N_ACTION(ActionTypeID=value)


@pytest.mark.parametrize("value", [True, 1.0, "1", b"1", [1]])
def test_unsigned_short_of_another_type(value: Any) -> None:
    with pytest.raises(TypeError, match="Message ID must be an int or None"):
        N_ACTION(MessageID=value)


def test_priority() -> None:
    request = C_FIND(Priority=Priority.HIGH)
    assert request.Priority == 1
    assert type(request.Priority) is int
    for value in (0, 1, 2, None):
        request.Priority = value
        assert request.Priority == value
    with pytest.raises(ValueError, match=r"Priority must be one of 2 \(LOW\), 0 \(MEDIUM\)"):
        request.Priority = 3
    with pytest.raises(TypeError, match="Priority"):
        request.Priority = "LOW"  # type: ignore[assignment]
    assert [item.value for item in Priority] == [2, 0, 1]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0x00100010, [0x00100010]),
        ("PatientName", [0x00100010]),
        ("00100010", [0x00100010]),
        ((0x0010, 0x0010), [0x00100010]),
        (("0010", "0020"), [0x00100020]),
        (BaseTag(0x00100010), [0x00100010]),
        ([0x00100010], [0x00100010]),
        ([(0x0010, 0x0010), "PatientID"], [0x00100010, 0x00100020]),
        ((Tag(0x00100010), Tag(0x00100020)), [0x00100010, 0x00100020]),
        ((0x00100010, 0x00100020), [0x00100010, 0x00100020]),
        (["PatientName", "PatientID"], [0x00100010, 0x00100020]),
        (0, [0]),
        ([], None),
        ((), None),
        (None, None),
    ],
)
def test_tags(value: Any, expected: list[int] | None) -> None:
    read = N_GET(AttributeIdentifierList=value).AttributeIdentifierList
    assert read == expected
    assert read is None or all(isinstance(tag, BaseTag) for tag in read)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("ijk", ValueError),
        (["ijk", "abc"], ValueError),
        ("", ValueError),
        ([""], ValueError),
        (("", ""), ValueError),
        (-1, ValueError),
        ([-1], ValueError),
        (2**32, ValueError),
        ([2**32], ValueError),
        ("1" * 9, ValueError),
        (1.5, TypeError),
        ([1.5], TypeError),
        ((1.0, 2), TypeError),
        ([(0x0010, 1.0)], TypeError),
        (True, TypeError),
        ([True], TypeError),
        ((True, 1), TypeError),
        ([[1, False]], TypeError),
        (b"", TypeError),
        (b"\x10\0\x20\0", TypeError),
        (bytearray(b"ab"), TypeError),
        (memoryview(b"ab"), TypeError),
        ([b"\x10\0\x20\0"], TypeError),
        ({"PatientName": 1}, TypeError),
        ([None], TypeError),
        ([()], ValueError),
    ],
)
def test_tags_refused(value: Any, error: Any) -> None:
    with pytest.raises(error, match="Attribute Identifier List must"):
        N_GET(AttributeIdentifierList=value)


def test_tags_are_a_list_of_their_own() -> None:
    given = ["PatientName"]
    request = N_GET(AttributeIdentifierList=given)
    given.append("PatientID")
    assert request.AttributeIdentifierList == [0x00100010]


def test_ae_title() -> None:
    request = C_MOVE(MoveDestination=" STORE_SCP ")
    assert request.MoveDestination == " STORE_SCP "
    for value in ("", "   ", "seventeen letters", "ÄE"):
        with pytest.raises(ValueError, match="Move Destination"):
            request.MoveDestination = value
    with pytest.raises(TypeError, match="Move Destination"):
        request.MoveDestination = b"STORE_SCP"  # type: ignore[assignment]
    assert request.MoveDestination == " STORE_SCP "
    request.MoveDestination = "A\\B"
    assert ("invalid-value", "MoveDestination") in [
        (v.rule, v.parameter) for v in request.request_violations()
    ]


def test_error_comment() -> None:
    response = C_STORE(MessageIDBeingRespondedTo=1, Status=0xA700, ErrorComment="disk full")
    assert response.response_violations() == ()
    response.ErrorComment = "x" * 64
    assert C_STORE(ErrorComment="").ErrorComment is None
    response.ErrorComment = "two\nlines"
    assert [v.rule for v in response.response_violations()] == ["invalid-value"]
    with pytest.raises(TypeError, match="Error Comment"):
        response.ErrorComment = 5  # type: ignore[assignment]


def test_data_sets_are_kept_as_they_are() -> None:
    data = BytesIO(b"abc")
    request = C_STORE(DataSet=data)
    assert request.DataSet is data
    with pytest.raises(TypeError, match=r"Data Set must be an io\.BytesIO or None, not Dataset"):
        request.DataSet = Dataset()  # type: ignore[assignment]
    with pytest.raises(TypeError, match="Data Set"):
        request.DataSet = b"abc"  # type: ignore[assignment]
    assert request.DataSet is data


def test_unknown_keywords_are_refused() -> None:
    with pytest.raises(TypeError, match="MesageID"):
        N_GET(MesageID=1)  # type: ignore[call-arg]
    with pytest.raises(AttributeError, match="ActionReply"):
        N_GET().ActionReply = BytesIO()  # type: ignore[attr-defined]
