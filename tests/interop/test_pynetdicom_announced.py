"""A data set that is announced is sent, and one that is sent is announced (PS3.7 E.1)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from dimse_primitives import decode
from dimse_primitives.contrib import pynetdicom as standin
from pynetdicom import dimse_messages

CASES = [
    # With the status, Annex C permits the one; the other is what the message has otherwise.
    ("N_ACTION", 0x0115, "ActionInformation", "ActionReply"),
    ("N_EVENT_REPORT", 0x0115, "EventInformation", "EventReply"),
    ("N_SET", 0x0106, "ModificationList", "AttributeList"),
]


@pytest.fixture(params=[False, True], ids=["classes", "codec"], autouse=True)
def installed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Put our classes in place, and leave pynetdicom as it was."""
    standin.install(codec=request.param)
    yield
    standin.uninstall()


def sent(primitive: Any) -> tuple[bool, bytes]:
    """Return whether the response announces a data set, and the one that is sent."""
    message = getattr(dimse_messages, f"{type(primitive).__name__}_RSP")()
    message.primitive_to_message(primitive)
    streams = {True: b"", False: b""}
    for pdata in message.encode_msg(1, 16382):
        for _, value in pdata.presentation_data_value_list:
            streams[bool(value[0] & 1)] += value[1:]
    return decode(streams[True]).has_data_set, streams[False]


def response(name: str, status: int, **data_sets: bytes) -> Any:
    from pynetdicom import dimse_primitives

    made = getattr(dimse_primitives, name)()
    made.MessageIDBeingRespondedTo, made.Status = 1, status
    for keyword, value in data_sets.items():
        setattr(made, keyword, BytesIO(value))
    return made


each_case = pytest.mark.parametrize(("name", "status", "returned", "own"), CASES)


@each_case
def test_what_annex_c_returns_with_the_status_is_sent(
    name: str, status: int, returned: str, own: str
) -> None:
    assert sent(response(name, status, **{returned: b"ab"})) == (True, b"ab")
    assert sent(response(name, status, **{returned: b"ab", own: b""})) == (True, b"ab")
    assert sent(response(name, status, **{own: b"cd"})) == (True, b"cd")


@each_case
def test_of_two_one_is_sent_and_the_other_named(
    name: str, status: int, returned: str, own: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert sent(response(name, status, **{returned: b"ab", own: b"cd"})) == (True, b"cd")
    (said,) = [each.getMessage() for each in caplog.records if each.name == "dimse_primitives"]
    assert f"{returned} is not sent: " in said
    assert own in said


@each_case
def test_with_another_status_it_is_neither_sent_nor_announced(
    name: str, status: int, returned: str, own: str
) -> None:
    assert sent(response(name, 0x0110, **{returned: b"ab"})) == (False, b"")


@pytest.mark.parametrize("name", ["N_GET", "N_SET", "N_ACTION", "N_CREATE", "C_FIND"])
def test_nothing_of_no_bytes_is_announced(name: str) -> None:
    assert sent(response(name, 0x0000)) == (False, b"")
