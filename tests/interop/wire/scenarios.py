"""Exchanges over loopback that only pynetdicom takes part in: what a user of it sees.

Invariant: nothing here knows of our classes; who runs this file decides which are in use. Each
scenario prints one line.
"""

from __future__ import annotations

import json
import logging
import os
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import Any

from pydicom.dataset import Dataset
from pydicom.uid import UID
from pynetdicom import AE, evt
from pynetdicom.dimse_primitives import C_CANCEL, C_ECHO, C_FIND
from pynetdicom.pdu_primitives import P_DATA

VERIFICATION = UID("1.2.840.10008.1.1")
FIND = UID("1.2.840.10008.5.1.4.1.2.1.1")
PRINTER = UID("1.2.840.10008.5.1.1.1")
INSTANCE = "1.2.3.4"
# More than any exchange here takes; it passes only where an answer never comes.
PATIENCE = 1.5


@contextmanager
def association(*handlers: tuple[Any, Callable[..., Any]]) -> Iterator[Any]:
    """Give an association with a server that has `handlers`."""
    server_ae, ae = AE(), AE()
    for abstract_syntax in (VERIFICATION, FIND, PRINTER):
        server_ae.add_supported_context(abstract_syntax)
        ae.add_requested_context(abstract_syntax)
    listening: Any = list(handlers)
    server: Any = server_ae.start_server(("127.0.0.1", 0), block=False, evt_handlers=listening)
    ae.dimse_timeout = PATIENCE
    ae.acse_timeout = ae.network_timeout = 5
    assoc = ae.associate("127.0.0.1", server.socket.getsockname()[1])
    assert assoc.is_established
    try:
        yield assoc
    finally:
        assoc.abort()
        server.shutdown()


def element(number: int, value: bytes) -> bytes:
    """Return a command element."""
    return struct.pack("<HHI", 0, number, len(value)) + value


def us(number: int, value: int) -> bytes:
    """Return a command element of VR US."""
    return element(number, struct.pack("<H", value))


def send(assoc: Any, context: UID, *elements: bytes) -> None:
    """Send a command set without a data set."""
    body = b"".join(elements)
    pdata = P_DATA()
    (number,) = (c.context_id for c in assoc.accepted_contexts if c.abstract_syntax == context)
    command = element(0, struct.pack("<I", len(body))) + body
    pdata.presentation_data_value_list.append((number, b"\x03" + command))
    assoc.dul.send_pdu(pdata)


def recorded(assoc: Any) -> list[bytes]:
    """Return the list that gets the command sets that come in, which nobody else then sees."""
    received: list[bytes] = []

    def record(pdata: P_DATA) -> None:
        received.extend(value[1:] for _, value in pdata.presentation_data_value_list)

    assoc.dimse.receive_primitive = record
    return received


def values(command: bytes) -> dict[int, bytes]:
    """Return the elements of a command set by number."""
    found, position = {}, 0
    while position < len(command):
        _, number, size = struct.unpack_from("<HHI", command, position)
        found[number] = command[position + 8 : position + 8 + size]
        position += 8 + size
    return found


def number_in(command: bytes, element_number: int) -> int:
    """Return the value of an US element."""
    return int.from_bytes(values(command)[element_number], "little")


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until it is so, or patience is at its end."""
    end = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < end:
        time.sleep(0.005)


def status_of(status: Dataset) -> str:
    """Return a status as its user sees it."""
    return f"0x{status.Status:04X}" if "Status" in status else "no response"


def echo(assoc: Any) -> str:
    """Return what a C-ECHO comes to."""
    return status_of(assoc.send_c_echo()) if assoc.is_established else "no association"


def lost_attribute_identifier_list() -> str:
    """Defect 4: what an SCP says of attributes in an N-CREATE response."""

    def create(event: evt.Event) -> tuple[Dataset, None]:
        status = Dataset()
        status.Status = 0x0107
        status.AttributeIdentifierList = [0x20100010, 0x20100030]
        return status, None

    with association((evt.EVT_N_CREATE, create)) as assoc:
        attributes = Dataset()
        attributes.PrinterStatus = "NORMAL"
        status, _ = assoc.send_n_create(attributes, PRINTER, INSTANCE)
        tags = status.get("AttributeIdentifierList")
        return f"{status_of(status)} {[int(tag) for tag in tags] if tags else None}"


def empty_data_set() -> str:
    """Defect 7: a data set of no bytes."""
    with association((evt.EVT_N_ACTION, lambda event: (0x0000, None))) as assoc:
        status, _ = assoc.send_n_action(Dataset(), 1, PRINTER, INSTANCE)
        return status_of(status)


def unknown_command_field() -> str:
    """Defect 8: a request that PS3.7 does not know, then one that it does."""
    with association() as assoc:
        received = recorded(assoc)
        send(assoc, VERIFICATION, us(0x0100, 0x0777), us(0x0110, 5), us(0x0800, 0x0101))
        wait_until(lambda: len(received) == 1)
        uid = element(0x0002, b"1.2.840.10008.1.1\0")
        send(assoc, VERIFICATION, uid, us(0x0100, 0x0030), us(0x0110, 6), us(0x0800, 0x0101))
        wait_until(lambda: len(received) == 2)
        shown = [
            f"{number_in(each, 0x0100):04X} to {number_in(each, 0x0120)}: "
            f"{number_in(each, 0x0900):04X}"
            for each in received
        ]
        return ", ".join(shown) or "no response"


def missing_command_field() -> str:
    """Defect 8: a message that does not say what it is."""
    with association() as assoc:
        send(assoc, VERIFICATION, us(0x0110, 5), us(0x0800, 0x0101))
        wait_until(lambda: bool(assoc.is_aborted))
        return "aborted" if assoc.is_aborted else "hangs"


def many_cancels() -> str:
    """Defect 9: a dozen C-CANCEL requests, then something else."""
    with association() as assoc:
        for number in range(1, 13):
            cancel = C_CANCEL()
            cancel.MessageIDBeingRespondedTo = number
            assoc.dimse.send_msg(cancel, assoc.accepted_contexts[0].context_id)
        return echo(assoc)


def cancel_among_stale_ones() -> str:
    """C-CANCEL requests for operations that are none fill all places, one for that which is."""
    cancelled: list[bool] = []
    started, sent = threading.Event(), threading.Event()

    def find(event: evt.Event) -> Iterator[tuple[int, None]]:
        started.set()
        sent.wait(PATIENCE)
        end = time.monotonic() + PATIENCE
        while not event.is_cancelled and time.monotonic() < end:
            time.sleep(0.01)
        cancelled.append(time.monotonic() < end)
        yield 0xFE00, None

    with association((evt.EVT_C_FIND, find)) as assoc:
        context_id = next(
            each.context_id for each in assoc.accepted_contexts if each.abstract_syntax == FIND
        )
        query = Dataset()
        query.QueryRetrieveLevel = "PATIENT"
        thread = threading.Thread(target=lambda: list(assoc.send_c_find(query, FIND, 77)))
        thread.start()
        started.wait(PATIENCE)
        for number in (*range(1, 16), 77):
            cancel = C_CANCEL()
            cancel.MessageIDBeingRespondedTo = number
            assoc.dimse.send_msg(cancel, context_id)
        sent.set()
        thread.join(2 * PATIENCE)
        return "cancelled" if cancelled == [True] else "not cancelled"


def find_without_identifier() -> str:
    """Defect 13: a C-FIND request that announces no data set."""
    called: list[Dataset] = []

    def find(event: evt.Event) -> Iterator[tuple[int, None]]:
        called.append(event.identifier)
        yield 0x0000, None

    with association((evt.EVT_C_FIND, find)) as assoc:
        received = recorded(assoc)
        uid = element(0x0002, FIND.encode() + b"\0" * (len(FIND) % 2))
        priority = us(0x0700, 0)
        send(assoc, FIND, uid, us(0x0100, 0x0020), us(0x0110, 7), priority, us(0x0800, 0x0101))
        uid = element(0x0002, b"1.2.840.10008.1.1\0")
        send(assoc, VERIFICATION, uid, us(0x0100, 0x0030), us(0x0110, 8), us(0x0800, 0x0101))
        # Requests are served in their order.
        wait_until(lambda: any(number_in(each, 0x0120) == 8 for each in received))
        return f"handler called {len(called)} times"


def action_without_instance() -> str:
    """Issue 993 of pynetdicom: an N-ACTION request without Requested SOP Instance UID."""
    with association((evt.EVT_N_ACTION, lambda event: (0x0000, None))) as assoc:
        received = recorded(assoc)
        uid = element(0x0003, PRINTER.encode() + b"\0" * (len(PRINTER) % 2))
        action = us(0x1008, 1)
        send(assoc, PRINTER, uid, us(0x0100, 0x0130), us(0x0110, 5), us(0x0800, 0x0101), action)
        uid = element(0x0002, b"1.2.840.10008.1.1\0")
        send(assoc, VERIFICATION, uid, us(0x0100, 0x0030), us(0x0110, 6), us(0x0800, 0x0101))
        wait_until(lambda: any(number_in(each, 0x0120) == 6 for each in received))
        shown = [f"{number_in(each, 0x0120)}: {number_in(each, 0x0900):04X}" for each in received]
        return ", ".join(shown)


def response_without_status() -> str:
    """A response that lacks what every response has."""

    def respond(event: evt.Event) -> int:
        response = C_ECHO()
        response.MessageIDBeingRespondedTo = event.request.MessageID
        event.assoc.dimse.send_msg(response, event.context.context_id)
        return 0x0000

    with association((evt.EVT_C_ECHO, respond)) as assoc:
        return echo(assoc)


def pending_without_identifier() -> str:
    """A C-FIND response that is Pending and has no Identifier; its caller associates meanwhile."""

    def find(event: evt.Event) -> Iterator[tuple[int, None]]:
        response = C_FIND()
        response.MessageIDBeingRespondedTo = event.request.MessageID
        response.AffectedSOPClassUID = event.request.AffectedSOPClassUID
        response.Status = 0xFF00
        event.assoc.dimse.send_msg(response, event.context.context_id)
        yield 0x0000, None

    with association((evt.EVT_C_FIND, find)) as assoc:
        query, seen = Dataset(), []
        query.PatientID = "1"
        for status, _ in assoc.send_c_find(query, FIND):
            seen.append(status_of(status))
            with assoc.lock:
                pass
        return ", ".join(seen)


def event_at_once() -> str:
    """An N-EVENT-REPORT that comes before the acceptor has noted that it has accepted."""
    handlers = (
        (evt.EVT_ACCEPTED, lambda event: time.sleep(0.3)),
        (evt.EVT_N_EVENT_REPORT, lambda event: (0x0000, None)),
    )
    with association(*handlers) as assoc:
        status, _ = assoc.send_n_event_report(None, 1, PRINTER, INSTANCE)
        return status_of(status)


class SlowCheckpoint(threading.Event):
    """Who passes it goes on only after a while, as on a busy machine."""

    def wait(self, timeout: float | None = None) -> bool:
        passed = super().wait(timeout)
        time.sleep(0.05)
        return passed


def response_taken_away() -> str:
    """A response that comes while the thread that serves requests has passed its checkpoint."""
    with association() as assoc:
        assoc._reactor_checkpoint = SlowCheckpoint()
        assoc._reactor_checkpoint.set()
        send_message = assoc.dimse.send_msg

        def send_slowly(*arguments: Any) -> None:
            send_message(*arguments)
            time.sleep(0.1)

        assoc.dimse.send_msg = send_slowly
        return ", ".join(echo(assoc) for _ in range(3))


SCENARIOS = {
    each.__name__: each
    for each in (
        lost_attribute_identifier_list,
        empty_data_set,
        unknown_command_field,
        missing_command_field,
        many_cancels,
        cancel_among_stale_ones,
        find_without_identifier,
        action_without_instance,
        response_without_status,
        response_taken_away,
        event_at_once,
        pending_without_identifier,
    )
}


def play(name: str) -> None:
    """Run a scenario and print what came of it."""
    logging.basicConfig(format="%(name)s: %(levelname)s: %(message)s")
    died: list[object] = []
    threading.excepthook = lambda problem: died.append(problem.thread)
    came_of_it = SCENARIOS[name]()
    print(f"{came_of_it}, {len(died)} threads died" if died else came_of_it)


def play_apart(names: Sequence[str]) -> None:
    """Run each scenario in a fork, which ends as a process of its own does; print JSON of all.

    What they import is imported once.
    """
    said: dict[str, list[str]] = {}
    for name in names:
        with TemporaryFile() as out, TemporaryFile() as err:
            if (child := os.fork()) == 0:
                os.dup2(out.fileno(), sys.stdout.fileno())
                os.dup2(err.fileno(), sys.stderr.fileno())
                play(name)
                return
            _, status = os.waitpid(child, 0)
            texts = []
            for stream in (out, err):
                stream.seek(0)
                texts.append(stream.read().decode())
        assert status == 0, (name, status, texts)
        said[name] = texts
    print(json.dumps(said))


if __name__ == "__main__":
    play_apart(sys.argv[1:])
