"""Send every input to an application entity that is served, and print what came of it, as JSON.

Invariant: nothing here knows of our classes; who runs this file decides which are in use. The
client is a socket. What the server logs and which of its threads die is told by the thread, which
knows the title of its peer.
"""

from __future__ import annotations

import json
import logging
import socket
import struct
import sys
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from pydicom.dataset import Dataset
from pynetdicom import AE, _config, evt

from tests.interop.wire.inputs import CONTEXTS, echo, every_input

# Longer than a busy machine takes, shorter than any timeout of the server.
PATIENCE = 10.0
# When nothing has come so long, a C-ECHO asks whether anything will: requests are served in order.
QUIET = 0.3
LAST = 9
AT_ONCE = 20
# Ways of receiving a data set, with what is in the name of every input that it matters to.
WORD = {"memory": "", "chunked": "STORE"}
_CLOSED, _ABORT, _DATA = 0, 7, 4
_IS_PENDING = 0xFF00


class Seen(logging.Handler):
    """What the threads of the server have logged and died of, by the title of their peer."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, list[str]] = defaultdict(list)
        self.tracebacks: dict[str, int] = defaultdict(int)
        self.died: dict[str, int] = defaultdict(int)

    def emit(self, record: logging.LogRecord) -> None:
        peer = _peer(threading.current_thread())
        self.lines[peer].append(f"{record.name}: {record.getMessage()}")
        self.tracebacks[peer] += record.exc_info is not None or "Traceback" in record.getMessage()

    def note_death(self, problem: Any) -> None:
        self.died[_peer(problem.thread)] += 1


def _peer(thread: Any) -> str:
    assoc = getattr(thread, "assoc", thread)
    requestor: Any = getattr(assoc, "requestor", None)
    return str(requestor.ae_title) if getattr(requestor, "primitive", None) else ""


def serve() -> Any:
    """Return a server with a handler for every service."""
    ae = AE("SERVER")
    ae.maximum_associations = 1000
    for sop_class in CONTEXTS:
        ae.add_supported_context(sop_class)

    def retrieve(event: Any) -> Any:
        yield from ((None, None),) if event.event is evt.EVT_C_MOVE else ()
        yield 0

    def reply(event: Any) -> tuple[int, Dataset]:
        return 0x0000, Dataset()

    handlers: list[Any] = [
        (evt.EVT_C_ECHO, lambda event: 0x0000),
        (evt.EVT_C_STORE, lambda event: 0x0000),
        (evt.EVT_C_FIND, lambda event: iter(event.identifier and ())),
        (evt.EVT_C_GET, retrieve),
        (evt.EVT_C_MOVE, retrieve),
        (evt.EVT_N_DELETE, lambda event: 0x0000),
    ]
    for name in ("ACTION", "CREATE", "EVENT_REPORT", "GET", "SET"):
        handlers.append((getattr(evt, f"EVT_N_{name}"), reply))
    return ae.start_server(("127.0.0.1", 0), block=False, evt_handlers=handlers)


def _item(kind: int, data: bytes) -> bytes:
    return struct.pack(">BBH", kind, 0, len(data)) + data


def associate(address: tuple[str, int], title: str) -> socket.socket:
    """Return the connection of an association with a server, proposed by `title`."""
    items = _item(0x10, b"1.2.840.10008.3.1.1.1")
    for sop_class, number in CONTEXTS.items():
        syntaxes = _item(0x30, sop_class.encode()) + _item(0x40, b"1.2.840.10008.1.2")
        items += _item(0x20, bytes((number, 0, 0, 0)) + syntaxes)
    items += _item(0x50, _item(0x51, struct.pack(">I", 16382)) + _item(0x52, b"1.2.3"))
    titles = b"SERVER".ljust(16) + title.encode().ljust(16)
    body = struct.pack(">HH", 1, 0) + titles + bytes(32) + items
    # On a busy machine a thread may have to wait for its turn as long as that.
    connection = socket.create_connection(address, timeout=60)
    try:
        connection.sendall(struct.pack(">BBI", 1, 0, len(body)) + body)
        assert _receive(connection)[0] == 2
    except BaseException:
        connection.close()
        raise
    return connection


def _receive(connection: socket.socket) -> tuple[int, bytes]:
    """Return type and body of the next PDU; type 0 where the connection ends instead."""
    try:
        header = _exactly(connection, 6)
        return header[0], _exactly(connection, int.from_bytes(header[2:], "big"))
    except (ConnectionError, EOFError):
        return _CLOSED, b""


def _exactly(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = connection.recv(size - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def _numbers(body: bytes) -> dict[int, bytes]:
    """Return the elements of the command set in a P-DATA-TF PDU, empty where it has none."""
    found: dict[int, bytes] = {}
    if body[5] & 1:
        position = 6
        while position < len(body):
            _, number, size = struct.unpack_from("<HHI", body, position)
            found[number] = body[position + 8 : position + 8 + size]
            position += 8 + size
    return found


def _listen(connection: socket.socket, patience: float) -> dict[str, Any]:
    """Return what comes: the final response, the A-ABORT or the end, and when."""
    started = time.monotonic()
    while (left := started + patience - time.monotonic()) > 0:
        connection.settimeout(left)
        try:
            kind, body = _receive(connection)
        except TimeoutError:
            break
        found: dict[str, Any] = {"seconds": time.monotonic() - started}
        if kind == _CLOSED:
            return found | {"end": "closed"}
        if kind == _ABORT:
            return found | {"end": "abort", "source": body[2], "reason": body[3]}
        values = _numbers(body) if kind == _DATA else {}
        status = int.from_bytes(values.get(0x900, b"\0\xff"), "little")
        if values and status & 0xFF00 != _IS_PENDING:
            answer = body[6:].hex()
            number = int.from_bytes(values[0x120], "little")
            return found | {"end": "answer", "status": status, "to": number, "command": answer}
    return {"end": "nothing", "seconds": patience}


def exchange(address: tuple[str, int], title: str, data: bytes) -> dict[str, Any]:
    """Return what an input comes to, and what a C-ECHO on the same association comes to then."""
    connection = associate(address, title)
    with connection:
        connection.sendall(data)
        found = _listen(connection, QUIET)
        with suppress(OSError):
            connection.settimeout(PATIENCE)
            connection.sendall(echo(LAST))
            then = _listen(connection, PATIENCE)
            while then["end"] == "answer" and then["to"] != LAST:
                # It was late, or is one of several.
                found = then if found["end"] == "nothing" else found
                then = _listen(connection, PATIENCE)
            if found["end"] == "nothing" and then["end"] != "answer":
                found = then
            found["then"] = then["end"]
            connection.sendall(struct.pack(">BBIHBB", 7, 0, 4, 0, 0, 0))
    return found


def run(inputs: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """Return what each input comes to."""
    seen = Seen()
    logging.getLogger().addHandler(seen)
    threading.excepthook = seen.note_death
    server = serve()
    address = server.server_address[:2]
    titles = {name: f"PEER{number}" for number, name in enumerate(inputs)}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        futures = {
            name: pool.submit(exchange, address, titles[name], data)
            for name, data in inputs.items()
        }
        found = {name: future.result() for name, future in futures.items()}
    found["the next association"] = exchange(address, "LAST", echo(7))
    server.shutdown()
    logging.getLogger().removeHandler(seen)
    for name, outcome in found.items():
        title = titles.get(name, "LAST")
        outcome["log"] = seen.lines[title]
        outcome["tracebacks"], outcome["died"] = seen.tracebacks[title], seen.died[title]
    return found


if __name__ == "__main__":
    logging.getLogger("pynetdicom").setLevel(logging.WARNING)
    _config.STORE_RECV_CHUNKED_DATASET = sys.argv[1] == "chunked"
    chosen = {name: data for name, data in every_input().items() if WORD[sys.argv[1]] in name}
    json.dump(run(chosen), sys.stdout)
