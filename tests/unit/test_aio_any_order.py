"""`dimse_primitives.aio`: peers that say anything, in any order, and then leave, over TCP."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress
from itertools import product

from dimse_primitives import C_ECHO
from dimse_primitives.aio import connect
from dimse_primitives.upper_layer import A_ASSOCIATE_RJ, Association

from .associations import (
    ABORT,
    ACCEPTANCE,
    IMPLICIT,
    RELEASE,
    RELEASED,
    REQUEST,
    VERIFICATION,
    associate,
    sent,
)
from .quiet import run_quietly
from .test_aio import HOST, echo, on_echo, serving


def message() -> bytes:
    """Return a C-ECHO request on an association that was accepted."""
    end = Association.requestor(associate())
    sent(end)
    end.receive_data(ACCEPTANCE)
    end.send(C_ECHO.request(MessageID=1, AffectedSOPClassUID=VERIFICATION))
    return sent(end)


PDUS = {
    "A-ASSOCIATE-RQ": REQUEST,
    "A-ASSOCIATE-AC": ACCEPTANCE,
    "A-ASSOCIATE-RJ": A_ASSOCIATE_RJ(1, 1, 1).encode(),
    "P-DATA-TF": message(),
    "A-RELEASE-RQ": RELEASE,
    "A-RELEASE-RP": RELEASED,
    "A-ABORT": ABORT,
    "of no type": b"\x09\0\0\0\0\0",
    "without its end": b"\4\0\0\0\0\x0a\0\0\0\xff\1\3ab",
    "larger than all": b"\4\0\xff\xff\xff\xff",
}
ORDERS = [each for length in (1, 2) for each in product(PDUS.values(), repeat=length)]


def say(writer: asyncio.StreamWriter, words: Collection[bytes]) -> None:
    """Write it all and close, or cut the connection off."""
    writer.writelines(words)
    writer.close() if sum(map(len, words)) % 2 else writer.transport.abort()


def test_a_server_is_rid_of_them_all() -> None:
    async def test() -> None:
        async with await serving({C_ECHO: on_echo}) as server:
            for words in ORDERS:
                _, writer = await asyncio.open_connection(HOST, server.port)
                say(writer, words)
            server.close()
            await server.wait_closed()

    run_quietly(test)


def test_a_client_gets_its_answer_or_an_error() -> None:
    left = iter(ORDERS)

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(len(REQUEST) // 2)
        say(writer, next(left))

    async def test() -> None:
        listening = await asyncio.start_server(listen, HOST, 0)
        port = listening.sockets[0].getsockname()[1]
        for _ in ORDERS:
            with suppress(ConnectionError):
                async with await connect(HOST, port, contexts=[(VERIFICATION, [IMPLICIT])]) as one:
                    await one.exchange(echo())
        listening.close()

    run_quietly(test)
    assert next(left, None) is None
