"""`dimse_primitives.aio`: TLS, and peers that do not behave, over TCP and over TLS.

Whatever a peer does, it is gone in time, the memory that it takes is bounded, and the other
associations go on.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pynetdicom
import pytest
from dimse_primitives import C_ECHO, C_FIND, C_STORE
from dimse_primitives.aio import Server
from dimse_primitives.upper_layer import Association

from .associations import IMPLICIT, REQUEST, VERIFICATION, associate
from .test_aio import FIND, HOST, connecting, echo, find, on_echo, on_store, run, store
from .test_aio import serving as serving_plainly

CERTIFICATES = Path(pynetdicom.__file__).parent / "tests" / "cert_files"
THERE = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
THERE.load_cert_chain(CERTIFICATES / "server.crt", CERTIFICATES / "server.key")
HERE = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
HERE.check_hostname, HERE.verify_mode = False, ssl.CERT_NONE
# How much one response has, and how many of them fit what TCP and TLS hold on loopback.
ANSWER, MOST_ON_THE_WAY = 1 << 18, 100


async def serving(handlers: dict[type[Any], Any], *, is_tls: bool, **options: Any) -> Server:
    return await serving_plainly(handlers, ssl=THERE if is_tls else None, **options)


async def wired(server: Server, *, is_tls: bool) -> tuple[asyncio.StreamReader, Any]:
    """Return a bare connection to a server, with little room for what comes."""
    bare = socket.socket()
    bare.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    bare.setblocking(False)
    await asyncio.get_running_loop().sock_connect(bare, (HOST, server.port))
    return await asyncio.open_connection(
        sock=bare, limit=1024, ssl=HERE if is_tls else None, server_hostname="" if is_tls else None
    )


async def says_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def floods(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(REQUEST)
    for _ in range(100):
        writer.write(b"\4\0\0\0\0\x0a\0\0\0\6\1\3abcd" * 1000)
        await writer.drain()


async def sends_a_byte_at_a_time(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    for byte in REQUEST:
        writer.write(bytes((byte,)))
        await asyncio.sleep(0.001)


async def never_reads(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(REQUEST)
    request = C_ECHO.request(MessageID=1, AffectedSOPClassUID=VERIFICATION).encode_request()
    item = (len(request) + 2).to_bytes(4, "big") + b"\1\3" + request
    pdu = b"\4\0" + len(item).to_bytes(4, "big") + item
    for _ in range(30):
        writer.write(pdu * 500)
        await writer.drain()


@pytest.mark.parametrize("is_tls", [False, True], ids=["TCP", "TLS"])
@pytest.mark.parametrize("peer", [says_nothing, floods, sends_a_byte_at_a_time, never_reads])
def test_a_bad_peer_harms_nobody_and_is_gone_in_time(peer: Any, is_tls: bool) -> None:
    async def test() -> None:
        async with await serving({C_ECHO: on_echo}, is_tls=is_tls, timeout=1.0) as server:
            reader, writer = await wired(server, is_tls=is_tls)
            misbehaving = asyncio.ensure_future(peer(reader, writer))
            async with await connecting(server, ssl=HERE if is_tls else None) as association:
                for _ in range(20):
                    assert (await association.exchange(echo())).Status == 0x0000
            server.close()
            await asyncio.wait_for(server.wait_closed(), 10)
            misbehaving.cancel()
            writer.close()
            await asyncio.gather(misbehaving, return_exceptions=True)

    run(test)


@pytest.mark.parametrize("is_tls", [False, True], ids=["TCP", "TLS"])
def test_a_peer_may_close_anywhere(is_tls: bool) -> None:
    """After any byte of its request, the others are served and nothing of it is left."""

    async def test() -> None:
        async with await serving({C_ECHO: on_echo}, is_tls=is_tls) as server:
            async with await connecting(server, ssl=HERE if is_tls else None) as association:
                for number in range(0, len(REQUEST) + 1, 23):
                    _, writer = await wired(server, is_tls=is_tls)
                    writer.write(REQUEST[:number])
                    writer.close()
                    assert (await association.exchange(echo())).Status == 0x0000
            server.close()
            await server.wait_closed()
            assert server.associations == set()

    run(test)


@pytest.mark.parametrize("is_tls", [False, True], ids=["TCP", "TLS"])
def test_what_is_not_read_is_not_made(is_tls: bool) -> None:
    """A peer that asks for much and reads nothing has little of it kept for it."""
    made: list[int] = []

    async def much(request: C_FIND) -> AsyncIterator[C_FIND]:
        for number in range(10_000):
            made.append(number)
            yield request.respond(Status=0xFF00, Identifier=BytesIO(bytes(ANSWER)))

    async def test() -> None:
        async with await serving({C_FIND: much}, is_tls=is_tls, timeout=1.0) as server:
            reader, writer = await wired(server, is_tls=is_tls)
            asking = Association.requestor(associate(((1, FIND, [IMPLICIT]),)))
            writer.write(b"".join(asking.data_to_send()))
            while not asking.contexts:
                asking.receive_data(await reader.read(1024))
            # It says that it takes pieces of any size, and reads none of them.
            asking.send(find_request())
            writer.write(b"".join(asking.data_to_send()))
            writer.transport.pause_reading()
            server.close()
            await asyncio.wait_for(server.wait_closed(), 15)
            writer.close()

    run(test)
    assert 0 < len(made) < MOST_ON_THE_WAY


def find_request() -> C_FIND:
    asked = find()
    asked.MessageID = 1
    return asked


def test_tls() -> None:
    async def test() -> None:
        handlers = {C_ECHO: on_echo, C_STORE: on_store}
        async with (
            await serving(handlers, is_tls=True) as server,
            await connecting(server, ssl=HERE) as association,
        ):
            assert (await association.exchange(echo())).Status == 0x0000
            assert (await association.exchange(store(), bytes(1_000_000))).Status == 0x0000

    run(test)


def test_who_speaks_no_tls_takes_no_place_and_keeps_no_server_open() -> None:
    async def test() -> None:
        server = await serving({C_ECHO: on_echo}, is_tls=True, max_associations=2)
        for _ in range(5):
            with pytest.raises(ConnectionError):
                await connecting(server)
        assert server.associations == set()
        async with await connecting(server, ssl=HERE) as association:
            assert (await association.exchange(echo())).Status == 0x0000
        server.close()
        await server.wait_closed()

    run(test)


def test_who_never_shakes_hands_is_let_go() -> None:
    async def test() -> None:
        async with await serving({C_ECHO: on_echo}, is_tls=True, timeout=0.5) as server:
            reader, writer = await wired(server, is_tls=False)
            assert await asyncio.wait_for(reader.read(), 15) == b""
            writer.close()

    run(test)
