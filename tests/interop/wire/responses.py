"""Ask for every service whose response has a data set, and print what its caller got, as JSON.

Invariant: nothing here knows of our classes; who runs this file decides which are in use. The
server answers with the bytes of `DATA_SETS` whatever it is asked; in the loop over the responses
another thread wants the lock of the association, and the caller opens a second one.
"""

from __future__ import annotations

import json
import logging
import struct
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from pydicom.dataset import Dataset
from pynetdicom import AE, dimse_primitives, evt

FIND, GET, MOVE = (f"1.2.840.10008.5.1.4.1.2.2.{number}" for number in (1, 3, 2))
VERIFICATION, FILM = "1.2.840.10008.1.1", "1.2.840.10008.5.1.1.1"
INSTANCE = "1.2.3.4"
PATIENCE = 2.0


def _element(group: int, number: int, value: bytes, size: int | None = None) -> bytes:
    return struct.pack("<HHI", group, number, len(value) if size is None else size) + value


DATA_SETS = {
    "good": _element(0x0010, 0x0020, b"12"),
    # A sequence of undefined length that ends where the data set does: decoding it fails.
    "undecodable": _element(0x0008, 0x1140, b"", 0xFFFFFFFF),
    # An US of one byte: decoding it succeeds, looking at it fails.
    "unshowable": _element(0x0010, 0x0020, b"12") + _element(0x0028, 0x0010, b"\1"),
}


Send = Callable[[Any], Iterator[tuple[Dataset, Any]]]


def _query() -> Dataset:
    made = Dataset()
    made.PatientID = "*"
    return made


# How to ask, the parameter that the message of the response has, and statuses to answer with.
SERVICES: dict[str, tuple[Send, str, tuple[int, ...]]] = {
    "C_FIND": (lambda assoc: assoc.send_c_find(_query(), FIND), "Identifier", (0xFF00,)),
    "C_GET": (lambda assoc: assoc.send_c_get(_query(), GET), "Identifier", (0xA702,)),
    "C_MOVE": (
        lambda assoc: assoc.send_c_move(_query(), "ELSEWHERE", MOVE),
        "Identifier",
        (0xA702,),
    ),
    "N_ACTION": (
        lambda assoc: iter([assoc.send_n_action(None, 1, FILM, INSTANCE)]),
        "ActionReply",
        (0x0000, 0x0115, 0x0110),
    ),
    "N_CREATE": (
        lambda assoc: iter([assoc.send_n_create(None, FILM, INSTANCE)]),
        "AttributeList",
        (0x0000, 0x0106, 0x0110),
    ),
    "N_EVENT_REPORT": (
        lambda assoc: iter([assoc.send_n_event_report(None, 1, FILM, INSTANCE)]),
        "EventReply",
        (0x0000, 0x0115, 0x0110),
    ),
    "N_GET": (
        lambda assoc: iter([assoc.send_n_get([0x00100020], FILM, INSTANCE)]),
        "AttributeList",
        (0x0000, 0x0110),
    ),
    "N_SET": (
        lambda assoc: iter([assoc.send_n_set(_query(), FILM, INSTANCE)]),
        "AttributeList",
        (0x0000, 0x0106, 0x0110),
    ),
}
CASES = [
    (name, status, kind)
    for name, (_, _, statuses) in SERVICES.items()
    for status in statuses
    for kind in DATA_SETS
]


def _answer(event: Any) -> None:
    """Send the response of the case that the title of the peer names."""
    name, status, kind = CASES[int(event.assoc.requestor.ae_title)]
    response = getattr(dimse_primitives, name)()
    response.MessageIDBeingRespondedTo = event.request.MessageID
    response.Status = status
    setattr(response, SERVICES[name][1], BytesIO(DATA_SETS[kind]))
    event.assoc.dimse.send_msg(response, event.context.context_id)


def _one(event: Any) -> tuple[int, None]:
    _answer(event)
    return 0x0000, None


def _several(event: Any) -> Iterator[Any]:
    _answer(event)
    yield from {"EVT_C_FIND": (), "EVT_C_MOVE": ((None, None),)}.get(event.event.name, (0,))


def _entity(title: str = "SERVER") -> Any:
    entity = AE(title)
    entity.maximum_associations = 100
    entity.dimse_timeout = entity.acse_timeout = PATIENCE
    for sop_class in (VERIFICATION, FIND, GET, MOVE, FILM):
        entity.add_supported_context(sop_class)
        entity.add_requested_context(sop_class)
    return entity


def _is_free(lock: Any) -> bool:
    """Return whether another thread can have the lock that this one may hold."""
    free: list[bool] = []

    def take() -> None:
        free.append(lock.acquire(timeout=0.2))
        if free[0]:
            lock.release()

    thread = threading.Thread(target=take)
    thread.start()
    thread.join()
    return free[0]


def exchange(number: int, address: tuple[str, int]) -> list[list[Any]]:
    """Return what a caller gets: status, Patient ID of the data set, whether he is free."""
    entity = _entity(str(number))

    def is_answered() -> bool:
        other = entity.associate(*address)
        status = other.send_c_echo() if other.is_established else Dataset()
        other.abort()
        return "Status" in status

    assoc = entity.associate(*address)
    got = []
    for status, found in SERVICES[CASES[number][0]][0](assoc):
        shown = None if found is None else found.get("PatientID", "")
        got.append([status.get("Status"), shown, _is_free(assoc.lock) and is_answered()])
    assoc.abort()
    return got


class _Log(logging.Handler):
    """The errors that were logged by a thread of `exchange`, and how many tracebacks."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: dict[int, list[str]] = defaultdict(list)
        self.tracebacks: dict[int, int] = defaultdict(int)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines[threading.get_ident()].append(record.getMessage())
        self.tracebacks[threading.get_ident()] += record.exc_info is not None


def main() -> None:
    """Print what came of every case."""
    log = _Log()
    logging.getLogger().addHandler(log)
    handlers: list[Any] = [
        (getattr(evt, f"EVT_{name}"), _several if name.startswith("C") else _one)
        for name in SERVICES
    ]
    server = _entity().start_server(("127.0.0.1", 0), block=False, evt_handlers=handlers)

    def ask(number: int) -> dict[str, Any]:
        got, thread = exchange(number, server.server_address[:2]), threading.get_ident()
        lines, tracebacks = log.lines.pop(thread, []), log.tracebacks.pop(thread, 0)
        return {"got": got, "log": lines, "tracebacks": tracebacks}

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(ask, range(len(CASES))))
    server.shutdown()
    names = [f"{name} {status:04X} {kind}" for name, status, kind in CASES]
    json.dump(dict(zip(names, outcomes, strict=True)), sys.stdout)


if __name__ == "__main__":
    logging.getLogger("pynetdicom").setLevel(logging.INFO)
    logging.getLogger().addHandler(logging.NullHandler())
    main()
