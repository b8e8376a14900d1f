"""A peer that sends its requests all at once, and one server for it.

Invariant: the peer knows bytes only, so that nothing of pynetdicom is on its side of the
connection.
"""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pynetdicom
from dimse_primitives import C_ECHO, decode, fragment, read_pdvs
from pynetdicom import AE

VERIFICATION = "1.2.840.10008.1.1"
UNKNOWN_COMMAND_FIELD = 0x0777
_PATIENCE = 20.0


def associate_rq(maximum: int = 16382) -> bytes:
    """Return an A-ASSOCIATE-RQ for Verification on context 1 (PS3.8 9.3.2)."""
    syntaxes = _item(0x30, VERIFICATION.encode()) + _item(0x40, b"1.2.840.10008.1.2")
    user = _item(0x51, struct.pack(">I", maximum)) + _item(0x52, b"1.2.3")
    items = (
        _item(0x10, b"1.2.840.10008.3.1.1.1")
        + _item(0x20, b"\1\0\0\0" + syntaxes)
        + _item(0x50, user)
    )
    titles = b"SERVER".ljust(16) + b"CLIENT".ljust(16)
    return _pdu(1, b"\0\1\0\0" + titles + bytes(32) + items)


def echo_rq(number: int) -> bytes:
    """Return a P-DATA-TF with a C-ECHO request on context 1."""
    request = C_ECHO.request(MessageID=number, AffectedSOPClassUID=VERIFICATION)
    return _pdu(4, b"".join(v.to_bytes() for v in fragment(request.encode_request(), None, 0, 1)))


def unknown_rq(number: int) -> bytes:
    """Return a P-DATA-TF with a request whose Command Field is none of PS3.7 E.1."""
    request = C_ECHO.request(MessageID=number, AffectedSOPClassUID=VERIFICATION)
    known, unknown = (
        struct.pack("<HHIH", 0, 0x0100, 2, field) for field in (0x0030, UNKNOWN_COMMAND_FIELD)
    )
    command = request.encode_request().replace(known, unknown)
    return _pdu(4, b"".join(pdv.to_bytes() for pdv in fragment(command, None, 0, 1)))


def _item(kind: int, content: bytes) -> bytes:
    return struct.pack(">BBH", kind, 0, len(content)) + content


def _pdu(kind: int, content: bytes) -> bytes:
    return struct.pack(">BBI", kind, 0, len(content)) + content


def receive(peer: socket.socket) -> tuple[int, bytes]:
    """Return the type of the next PDU and its content; 0 if the connection is closed."""
    head = _exactly(peer, 6)
    if len(head) < 6:
        return 0, b""
    kind, _, size = struct.unpack(">BBI", head)
    return kind, _exactly(peer, size)


def _exactly(peer: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size and (part := peer.recv(size - len(found))):
        found += part
    return found


def echo(peer: socket.socket, number: int) -> list[int]:
    """Send so many C-ECHO requests at once; return which of them were answered, in this order."""
    peer.sendall(b"".join(echo_rq(message_id) for message_id in range(1, number + 1)))
    answered = []
    for _ in range(number):
        kind, content = receive(peer)
        assert kind == 4, f"a PDU of type {kind}"
        for pdv in read_pdvs(content):
            response: Any = decode(pdv.data).primitive
            assert response.Status == 0x0000
            answered.append(response.MessageIDBeingRespondedTo)
    return answered


@contextmanager
def connected(*, tls: bool = False, maximum: int = 16382) -> Iterator[socket.socket]:
    """Give the connection of an association with a server of pynetdicom, which takes C-ECHO.

    The peer takes PDUs of up to `maximum` bytes; 0 is any number.
    """
    entity = AE()
    entity.add_supported_context(VERIFICATION)
    server: Any = entity.start_server(
        ("127.0.0.1", 0), block=False, ssl_context=_server_context() if tls else None
    )
    try:
        peer = socket.create_connection(server.server_address, timeout=_PATIENCE)
        if tls:
            peer = _client_context().wrap_socket(peer)
        with peer:
            peer.sendall(associate_rq(maximum))
            kind, _ = receive(peer)
            assert kind == 2, f"a PDU of type {kind}"
            yield peer
    finally:
        server.shutdown()


def _client_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@cache
def _server_context() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    # Those that pynetdicom's own tests take.
    folder = Path(pynetdicom.__file__).parent / "tests" / "cert_files"
    context.load_cert_chain(folder / "server.crt", folder / "server.key")
    return context
