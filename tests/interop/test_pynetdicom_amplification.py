"""What an irregular command set of any size costs: no more than pynetdicom's own way, nearly."""

from __future__ import annotations

import logging
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from dimse_primitives.contrib import pynetdicom as standin
from dimse_primitives.contrib.pynetdicom._diagnosis import explain
from pynetdicom.dimse_messages import DIMSEMessage
from pynetdicom.pdu_primitives import P_DATA

from tests.fuzz.command_sets import COMMAND_FIELD, DATA_SET_TYPE, element, us

START = (
    element(0x00000002, b"1.2.840.10008.1.1\0")
    + us(COMMAND_FIELD, 0x0030)
    + us(0x00000110, 7)
    + us(DATA_SET_TYPE, 0x0101)
)
# A quarter of a megabyte of elements of nine bytes, the worst that there is.
MANY = (1 << 18) // 9
COMMAND_SETS: Mapping[str, bytes] = {
    "unknown": START + element(0x00000801, b"x") * MANY,
    "of another message": START + element(0x00001000, b"x") * MANY,
}
each_command_set = pytest.mark.parametrize("data", COMMAND_SETS.values(), ids=COMMAND_SETS)
pytestmark = pytest.mark.filterwarnings("ignore:Invalid value for VR", "ignore:VR lookup failed")


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Leave pynetdicom as it was, whatever a test does."""
    yield
    standin.uninstall()


def receive(data: bytes) -> Any:
    """Return the primitive that pynetdicom, or what stands in for it, makes of a command set."""
    message, pdata = DIMSEMessage(), P_DATA()
    pdata.presentation_data_value_list.append((1, b"\3" + data))
    assert message.decode_msg(pdata)
    return message.message_to_primitive()


def seconds(action: Callable[[], object]) -> float:
    """Return the CPU time of this thread, the shortest of some, so that load does not count."""
    found = []
    for _ in range(3):
        started = time.thread_time()
        action()
        found.append(time.thread_time() - started)
    return min(found)


def peak(action: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.name == "dimse_primitives"]


@each_command_set
def test_one_line_is_logged_and_the_rest_is_counted(
    data: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    standin.install(codec=True)
    with caplog.at_level(logging.DEBUG):
        primitive = receive(data)
    assert (primitive.msg_type, primitive.MessageID) == ("C-ECHO", 7)
    (said,) = logged(caplog)
    assert said.startswith("C-ECHO-RQ: group-length-missing at offset 0: ")
    assert "; 31 more: " in said
    assert "more are not listed: " in said
    assert len(said) < 500


def test_two_anomalies_are_told_in_full(caplog: pytest.LogCaptureFixture) -> None:
    standin.install(codec=True)
    receive(START + b"\0")
    (said,) = logged(caplog)
    first, second = said.split("; ")
    assert first.startswith("C-ECHO-RQ: group-length-missing at offset 0: ")
    assert second.startswith("trailing-bytes at offset ")


def test_the_rules_that_a_message_breaks_are_one_line(caplog: pytest.LogCaptureFixture) -> None:
    standin.install(codec=True)
    primitive = receive(us(COMMAND_FIELD, 0x0130) + us(DATA_SET_TYPE, 0x0101))
    caplog.clear()
    explain(primitive, {})
    (said,) = logged(caplog)
    assert said == (
        "N-ACTION request (no Message ID, context 1) is invalid: missing-mandatory: Message ID "
        "is missing: it is M in an N-ACTION request; set MessageID (PS3.7 10.1.4.1.1, Table "
        "10.1-4); 3 more: missing-mandatory RequestedSOPClassUID, missing-mandatory "
        "RequestedSOPInstanceUID, missing-mandatory ActionTypeID"
    )


def test_what_is_served_all_the_same_comes_first(caplog: pytest.LogCaptureFixture) -> None:
    standin.install(codec=True)
    primitive = receive(us(COMMAND_FIELD, 0x0020) + us(0x00000110, 7) + us(DATA_SET_TYPE, 0x0101))
    primitive.AffectedSOPClassUID = "1.2.840.10008.5.1.4.1.2.2.1"
    primitive.Status = 0x0000
    caplog.clear()
    explain(primitive, {"Priority": 2, "Identifier": None})
    (said,) = logged(caplog)
    assert "is accepted all the same: missing-mandatory: Priority is missing" in said
    assert said.endswith("; 2 more: missing-mandatory Identifier, must-be-absent Status")


@each_command_set
def test_time_and_memory_are_a_small_multiple_of_pynetdicoms(data: bytes) -> None:
    theirs = seconds(lambda: receive(data)), peak(lambda: receive(data))
    standin.install(codec=True)
    ours = seconds(lambda: receive(data)), peak(lambda: receive(data))
    assert ours[0] <= 8 * theirs[0]
    assert ours[1] <= 8 * theirs[1]
    assert ours[1] <= 40 * len(data)
