"""Whatever bytes are inside a P-DATA-TF PDU: no thread dies, and every association after it works.

Invariant: the length of a PDU is right, so that what follows it is a PDU again. A C-ECHO request
follows everything: it is answered, or the association has ended by an A-ABORT with a reason.
"""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from dimse_primitives.contrib import pynetdicom as standin
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pynetdicom import AE, _config, evt

from tests.fuzz.command_sets import regular
from tests.fuzz.strategies import command_sets

from .wire import differential
from .wire.inputs import CONTEXTS, DATA_SET, echo, pdu, pdv

LAST_ECHO = 0x7FFF
# Longer than a busy machine takes; whoever waits that long is lost.
PATIENCE = 60.0
_VARIANTS = {"classes": False, "codec": True}


class Watch(logging.Handler):
    """A server, what its threads died of, and what they logged with a traceback."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.faults: list[str] = []
        self.server = _serve()

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info or not record.getMessage().isprintable():
            self.faults.append(f"{record.name}: {record.getMessage()}")

    def note_death(self, problem: Any) -> None:
        self.faults.append(f"{problem.thread} died of {problem.exc_value!r}")

    def send(self, data: bytes) -> dict[str, Any]:
        """Return what the C-ECHO after `data` comes to, on an association of its own."""
        self.faults.clear()
        connection = differential.associate(self.server.server_address[:2], "PEER")
        with connection:
            connection.settimeout(PATIENCE)
            connection.sendall(data + echo(LAST_ECHO))
            return _until_the_end(connection)


def _serve() -> Any:
    """Return a server whose handlers look at no data set: what they raise is their own."""
    entity = AE("SERVER")
    entity.maximum_associations = 100
    for sop_class in CONTEXTS:
        entity.add_supported_context(sop_class)

    def several(event: Any) -> Iterator[Any]:
        yield from {"EVT_C_MOVE": ((None, None),), "EVT_C_GET": (0,)}.get(event.event.name, ())

    def one(event: Any) -> Any:
        is_pair = event.event.name.startswith("EVT_N_") and event.event is not evt.EVT_N_DELETE
        return (0x0000, Dataset()) if is_pair else 0x0000

    names = ("C_ECHO", "C_STORE", "N_ACTION", "N_CREATE", "N_DELETE", "N_EVENT_REPORT", "N_GET")
    handlers: list[Any] = [(getattr(evt, f"EVT_{name}"), one) for name in (*names, "N_SET")]
    handlers += [(getattr(evt, f"EVT_{name}"), several) for name in ("C_FIND", "C_GET", "C_MOVE")]
    return entity.start_server(("127.0.0.1", 0), block=False, evt_handlers=handlers)


def _until_the_end(connection: socket.socket) -> dict[str, Any]:
    """Return the answer to the C-ECHO, or what has come instead of it."""
    try:
        while (found := differential._listen(connection, PATIENCE))["end"] == "answer":
            if found["to"] == LAST_ECHO:
                break
    except OSError as error:
        return {"end": repr(error)}
    return found


_CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=4)


def _mutated(draw: Any, data: bytes) -> bytes:
    changed = bytearray(data)
    for place, value in draw(_CHANGES):
        changed[place % len(changed)] = value
    return bytes(changed[: draw(st.integers(1, len(changed)))] if draw(st.booleans()) else changed)


_contexts = st.sampled_from(sorted(CONTEXTS.values())) | st.integers(0, 255)
_headers = st.sampled_from((0, 1, 2, 3)) | st.integers(0, 255)


@st.composite
def _fragments(draw: Any) -> bytes:
    """Return a message, changed perhaps, in fragments that any item may call what it likes."""
    command = _mutated(draw, regular(*draw(command_sets())))
    size = draw(st.integers(1, len(command)))
    context = draw(_contexts)
    parts = [command[start : start + size] for start in range(0, len(command), size)][:8]
    items = [pdv(context, 3 if part is parts[-1] else 1, part) for part in parts]
    if draw(st.booleans()):
        items.append(pdv(draw(st.just(context) | _contexts), draw(_headers), DATA_SET))
    if draw(st.booleans()):
        place = draw(st.integers(0, len(items) - 1))
        items[place] = pdv(draw(_contexts), draw(_headers), draw(st.binary(max_size=8)))
    return pdu(*items) if draw(st.booleans()) else b"".join(map(pdu, items))


@st.composite
def _changed_fragments(draw: Any) -> bytes:
    return pdu(_mutated(draw, draw(_fragments())[6:]))


_items = st.builds(pdv, _contexts, _headers, st.binary(max_size=40))
hostile = st.one_of(
    st.binary(max_size=80).map(pdu),
    st.lists(_items, max_size=4).map(lambda items: pdu(*items)),
    _fragments(),
    _changed_fragments(),
)


@pytest.fixture(params=["memory", "chunked"], scope="module")
def _received(request: pytest.FixtureRequest) -> Iterator[None]:
    before = _config.STORE_RECV_CHUNKED_DATASET
    _config.STORE_RECV_CHUNKED_DATASET = request.param == "chunked"
    yield
    _config.STORE_RECV_CHUNKED_DATASET = before


@pytest.fixture(params=_VARIANTS, scope="module")
def ours(request: pytest.FixtureRequest, _received: None) -> Iterator[Watch]:
    """Give a server with our classes in place, and leave pynetdicom as it was."""
    standin.install(codec=_VARIANTS[request.param])
    yield from _watched()
    standin.uninstall()


@pytest.fixture(scope="module")
def stock() -> Iterator[Watch]:
    """Give a server with pynetdicom's own classes."""
    yield from _watched()


def _watched() -> Iterator[Watch]:
    watch = Watch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    watch.server.shutdown()


@pytest.fixture
def _deaths(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    watch = request.getfixturevalue("ours" if "ours" in request.fixturenames else "stock")
    monkeypatch.setattr(threading, "excepthook", watch.note_death)


pytestmark = [
    pytest.mark.usefixtures("_deaths"),
    # pydicom warns of values that are looked at.
    pytest.mark.filterwarnings("ignore::UserWarning:pydicom"),
]


@settings(max_examples=120, derandomize=True)
@given(data=hostile)
def test_no_bytes_end_a_thread(ours: Watch, data: bytes) -> None:
    found = ours.send(data)
    assert ours.faults == []
    if found["end"] == "abort":
        assert (found["source"], found["reason"]) == (2, 6)
    else:
        assert (found["end"], found["to"], found["status"]) == ("answer", LAST_ECHO, 0x0000)


@settings(max_examples=30, derandomize=True)
@given(data=hostile)
def test_pynetdicom_itself_serves_the_next_association_too(stock: Watch, data: bytes) -> None:
    """Its threads may die, those of one association each; the server does not."""
    stock.send(data)
    assert stock.send(b"")["end"] == "answer"
