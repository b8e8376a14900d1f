"""What a peer may send while it is asked for instances (C-GET): a C-STORE request that lacks much.

Invariant: the peer is a socket. Its request is answered, or the association ends with a reason; the
caller of C-GET gets the final response, and nothing is raised in his loop.
"""

from __future__ import annotations

import logging
import socket
import struct
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dimse_primitives import decode
from dimse_primitives.contrib import pynetdicom as standin
from pydicom.dataset import Dataset
from pynetdicom import AE, _config, build_role, evt

from .pipelined import _item, _pdu, receive
from .wire.inputs import DATA_SET, GET, INSTANCE, STORE, command, message, ui, us

_ABORT = 7
_CONTEXT_ITEM, _FIXED = 0x20, 68
FINAL = message(
    1, command(ui(2, GET), us(0x100, 0x8010), us(0x120, 1), us(0x800, 0x101), us(0x900, 0))
)


@pytest.fixture(params=[False, True], ids=["memory", "chunked"])
def _received(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(_config, "STORE_RECV_CHUNKED_DATASET", request.param)


@pytest.fixture(params=[False, True], ids=["classes", "codec"])
def _installed(request: pytest.FixtureRequest) -> Iterator[None]:
    standin.install(codec=request.param)
    yield
    standin.uninstall()


ours = pytest.mark.usefixtures("_installed", "_received")


def store(context: int = 3, **changed: bytes) -> bytes:
    """Return a C-STORE request with some elements replaced, empty bytes leave them out."""
    elements = {
        "sop_class": ui(2, STORE),
        "field": us(0x100, 1),
        "number": us(0x110, 7),
        "priority": us(0x700, 0),
        "data_set": us(0x800, 1),
        "instance": ui(0x1000, INSTANCE),
    }
    return message(context, command(*(elements | changed).values()), DATA_SET)


def _accept(request: bytes) -> bytes:
    """Return the A-ASSOCIATE-AC that accepts all contexts, the requestor as SCP of Storage."""
    contexts, position = b"", _FIXED
    while position < len(request):
        kind, _, size = struct.unpack_from(">BBH", request, position)
        if kind == _CONTEXT_ITEM:
            number = request[position + 4]
            syntax = _item(0x40, b"1.2.840.10008.1.2")
            contexts += _item(0x21, bytes((number, 0, 0, 0)) + syntax)
        position += 4 + size
    role = struct.pack(">H", len(STORE)) + STORE.encode() + b"\0\1"
    user = _item(0x51, struct.pack(">I", 16382)) + _item(0x52, b"1.2.3") + _item(0x54, role)
    items = _item(0x10, b"1.2.840.10008.3.1.1.1") + contexts + _item(0x50, user)
    return _pdu(2, request[:_FIXED] + items)


def _serve(listening: socket.socket, data: bytes, answered: list[tuple[int, bytes]]) -> None:
    """Be the peer: send `data`, note what it is answered with, then say that all is done."""
    connection, _ = listening.accept()
    with connection:
        connection.settimeout(10)
        connection.sendall(_accept(receive(connection)[1]))
        for _ in range(2):
            # The request and its Identifier.
            receive(connection)
        connection.sendall(data)
        answered.append(receive(connection))
        if answered[0][0] != _ABORT:
            connection.sendall(FINAL)
            receive(connection)


def get(data: bytes) -> tuple[list[int | None], list[str], tuple[int, bytes]]:
    """Return the statuses that the caller gets, what was stored, and the answer of the peer."""
    entity = AE()
    answered: list[tuple[int, bytes]] = []
    stored: list[str] = []
    entity.dimse_timeout = 5
    entity.add_requested_context(GET)
    entity.add_requested_context(STORE)
    query = Dataset()
    query.QueryRetrieveLevel = "STUDY"

    def handle(event: Any) -> int:
        stored.append(event.dataset.Modality if "Modality" in event.dataset else "none")
        return 0x0000

    with socket.create_server(("127.0.0.1", 0)) as listening:
        peer = threading.Thread(target=_serve, args=(listening, data, answered))
        peer.start()
        assoc = entity.associate(
            "127.0.0.1",
            listening.getsockname()[1],
            ext_neg=[build_role(STORE, scp_role=True)],
            evt_handlers=[(evt.EVT_C_STORE, handle)],
        )
        try:
            statuses = [status.get("Status") for status, _ in assoc.send_c_get(query, GET)]
        finally:
            assoc.abort()
            peer.join(10)
    return statuses, stored, answered[0]


def response_in(body: bytes) -> Any:
    """Return the primitive in the only item of a P-DATA-TF PDU."""
    return decode(body[6:]).primitive


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    assert not any(record.exc_info for record in caplog.records)
    return [each.getMessage() for each in caplog.records if each.name == "dimse_primitives"]


@ours
def test_a_request_that_is_as_it_shall_be_is_stored(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    statuses, stored, (kind, answer) = get(store())
    assert (statuses, len(stored), kind) == ([0x0000], 1, 4)
    assert response_in(answer).Status == 0x0000
    assert lines(caplog) == []
    # pynetdicom leaves its file to the handler here, and so do we.
    assert len([*tmp_path.iterdir()]) == _config.STORE_RECV_CHUNKED_DATASET


@ours
def test_one_without_its_class_is_refused_and_the_loop_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "dimse_primitives")
    statuses, stored, (_, answer) = get(store(sop_class=b""))
    response = response_in(answer)
    assert (statuses, stored) == ([0x0000], [])
    assert (response.Status, response.MessageIDBeingRespondedTo) == (0xC000, 7)
    assert response.ErrorComment == "No valid Affected SOP Class UID"
    assert [" is invalid: " in line for line in lines(caplog)] == [True, False]
    assert " is answered with C000H, " in lines(caplog)[1]


def test_pynetdicom_itself_raises_in_the_loop() -> None:
    with pytest.raises(TypeError, match="UID"):
        get(store(sop_class=b""))


@ours
def test_one_without_its_instance_is_stored_as_by_pynetdicom(
    caplog: pytest.LogCaptureFixture,
) -> None:
    statuses, stored, (_, answer) = get(store(instance=b""))
    assert (statuses, len(stored)) == ([0x0000], 1)
    assert response_in(answer).Status == 0x0000
    (line,) = lines(caplog)
    assert "is accepted all the same: missing-mandatory: Affected SOP Instance UID" in line


@ours
def test_one_without_its_message_id_is_stored_as_by_pynetdicom_and_answered(
    caplog: pytest.LogCaptureFixture,
) -> None:
    # The answer of pynetdicom itself is a request, without a status.
    statuses, stored, (_, answer) = get(store(number=b""))
    response = response_in(answer)
    assert (statuses, len(stored)) == ([0x0000], 1)
    assert (response.Status, response.MessageIDBeingRespondedTo) == (0x0000, 0)
    (line,) = lines(caplog)
    assert "is accepted all the same: missing-mandatory: Message ID is missing" in line


@ours
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (store(number=b"", sop_class=b""), "it has no Message ID"),
        (store(99, sop_class=b""), "its presentation context was not accepted (PS3.8 7.6.1)"),
    ],
    ids=["without Message ID and class", "on an unknown context, without its class"],
)
def test_one_that_cannot_be_answered_ends_the_association_with_a_reason(
    data: bytes, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    statuses, stored, (kind, body) = get(data)
    assert (statuses, stored) == ([None], [])
    assert (kind, body[2], body[3]) == (_ABORT, 2, 6)
    assert lines(caplog)[-1].endswith(f"cannot be answered, {why}: the association is aborted")
