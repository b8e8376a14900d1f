"""`dimse_primitives.aio`: how associations and servers end, whoever ends them, and when."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from dimse_primitives import C_CANCEL, C_ECHO, C_FIND, C_GET, C_STORE, N_GET, InvalidPrimitiveError
from dimse_primitives.aio import (
    AssociationAborted,
    AsyncAssociation,
    Operation,
    connect,
    serve,
)
from dimse_primitives.upper_layer import Association, Policy, State
from dimse_primitives.upper_layer._limits import Limits

from .associations import CT_IMAGE_STORAGE, IMPLICIT, POLICY, VERIFICATION, associate
from .quiet import run_quietly
from .test_aio import CONTEXTS, GET, HOST, connecting, echo, find, on_echo, on_store, serving, store

# Longer than any test lasts: what takes as long waits for what it should not.
LONG = 3600.0


@asynccontextmanager
async def silent(*, accepts: bool = True) -> AsyncIterator[int]:
    """Give the port of a peer that accepts an association, or not, and says nothing more."""
    ended = asyncio.Event()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        end = Association.acceptor(accept=POLICY)
        while accepts and end.state is State.Sta2:
            end.receive_data(await reader.read(1 << 16))
        writer.writelines(end.data_to_send())
        await ended.wait()
        writer.close()

    listening = await asyncio.start_server(listen, HOST, 0)
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        ended.set()
        listening.close()
        await asyncio.sleep(0)


def time_passes(association: AsyncAssociation) -> None:
    """Let the time pass twice in which a peer has to be heard of."""
    association._look()
    association._look()


def test_a_release_that_is_not_answered_ends_in_time(caplog: pytest.LogCaptureFixture) -> None:
    async def test() -> None:
        async with silent() as port:
            async with await connect(HOST, port, contexts=CONTEXTS, timeout=LONG) as association:
                association._limits = Limits(0.01, None, None)
            assert association.state is State.Sta1

    run_quietly(test)
    assert [each.message for each in caplog.records] == ["the release was not answered in 0.01 s"]


def test_a_block_that_is_left_by_an_exception_waits_for_nobody() -> None:
    async def test() -> None:
        async with silent() as port:
            with pytest.raises(ZeroDivisionError):
                async with await connect(HOST, port, contexts=CONTEXTS, timeout=LONG):
                    raise ZeroDivisionError
            association = await connect(HOST, port, contexts=CONTEXTS, timeout=LONG)
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(association.release(), 0.05)
            await association.wait_closed()

    run_quietly(test)


def test_a_client_that_is_cancelled_at_any_step_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(600_000))

    async def client(server: Any) -> None:
        async with await connecting(server, timeout=LONG) as association:
            await association.exchange(echo())
            with (tmp_path / "file").open("rb") as file:
                await association.exchange(store(), file)
            async for _ in association.responses(find()):
                await asyncio.sleep(0)

    async def on_find(request: C_FIND) -> AsyncIterator[C_FIND]:
        for _ in range(3):
            yield request.respond(Status=0xFF00, Identifier=BytesIO(b"\0\0"))

    async def test() -> None:
        handlers = {C_ECHO: on_echo, C_STORE: on_store, C_FIND: on_find}
        async with await serving(handlers, timeout=LONG) as server:
            steps, is_done = 0, False
            while not is_done:
                task = asyncio.ensure_future(client(server))
                for _ in range(steps):
                    await asyncio.sleep(0)
                is_done = task.done()
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
                await server.wait_closed()
                steps += 1
            assert steps > 20

    run_quietly(test)


def test_an_end_that_is_cut_off_at_once_is_aborted() -> None:
    """A connection may be reset before asyncio has told of it."""

    async def test() -> None:
        def reset(reader: Any, writer: asyncio.StreamWriter) -> None:
            writer.transport.abort()

        listening = await asyncio.start_server(reset, HOST, 0)
        port = listening.sockets[0].getsockname()[1]
        for _ in range(5):
            with pytest.raises(AssociationAborted, match="connection was closed"):
                await connect(HOST, port, contexts=CONTEXTS)
        listening.close()

    run_quietly(test)


def test_a_sub_operation_that_is_not_answered_ends_in_time() -> None:
    """A peer that asks for C-GET, and then for more, and answers nothing itself."""
    got: list[BaseException] = []

    async def on_get(request: C_GET, operation: Operation) -> C_GET:
        asyncio.get_running_loop().call_later(0.01, time_passes, operation.association)
        try:
            await operation.association.exchange(store(), b"\0\0")
        except (AssociationAborted, asyncio.CancelledError) as error:
            got.append(error)
            raise
        return request

    async def never(request: C_STORE) -> C_STORE:
        await asyncio.sleep(LONG)
        return request

    async def test() -> None:
        roles = {CT_IMAGE_STORAGE: (False, True)}
        async with await serving({C_GET: on_get}, roles=roles, timeout=LONG) as server:
            one = await connecting(server, roles=roles, handlers={C_STORE: never}, timeout=LONG)
            request = C_GET(AffectedSOPClassUID=GET, Priority=0, Identifier=BytesIO(b"\0\0"))
            with pytest.raises(AssociationAborted):
                await one.exchange(request)
            await server.wait_closed()
        assert len(got) == 1

    run_quietly(test)


def test_a_peer_that_is_silent_is_told_as_that() -> None:
    async def test() -> None:
        async with silent() as port:
            one = await connect(HOST, port, contexts=CONTEXTS, timeout=LONG)
            # It waits for nothing, and may do so for ever.
            time_passes(one)
            asyncio.get_running_loop().call_later(0.01, time_passes, one)
            with pytest.raises(AssociationAborted, match="the peer was silent for 3600 s"):
                await one.exchange(echo())

    run_quietly(test)


def test_a_file_that_is_closed_too_early_aborts_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(50_000_000))

    async def test() -> None:
        async with await serving({C_STORE: on_store}) as server, await connecting(server) as one:
            with (tmp_path / "file").open("rb") as file:
                task = asyncio.ensure_future(one.exchange(store(), file))
                await asyncio.sleep(0)
            with pytest.raises(AssociationAborted, match="could not be read: read of closed file"):
                await task
            with (tmp_path / "file").open(encoding="utf-8") as text:
                other = await connecting(server)
                with pytest.raises(TypeError, match="not str: open its file with mode 'rb'"):
                    await other.exchange(store(), text)  # type: ignore[arg-type]
                await other.release()

    run_quietly(test)


def test_a_large_data_set_lets_others_have_their_turn() -> None:
    """Whoever takes all that is sent at once, a process on the same machine, say."""
    written = [0]

    class Taken:
        """A transport that takes anything."""

        def __init__(self, transport: Any) -> None:
            self._transport = transport

        def __getattr__(self, name: str) -> Any:
            return getattr(self._transport, name)

        def writelines(self, buffers: list[bytes]) -> None:
            written[-1] += sum(map(len, buffers))

    async def test() -> None:
        async with await serving({C_STORE: on_store}) as server:
            one = await connecting(server)
            one._transport = Taken(one._transport)
            task = asyncio.ensure_future(one.exchange(store(), bytes(10_000_000)))
            while sum(written) < 10_000_000:
                written.append(0)
                await asyncio.sleep(0)
            one.give_up()
            await asyncio.gather(task, return_exceptions=True)

    run_quietly(test)
    assert max(written) < 1_500_000


def test_a_response_has_its_data_set_however_large() -> None:
    async def on_get(request: N_GET) -> N_GET:
        return request.respond(Status=0x0000, AttributeList=BytesIO(b"ab" * 500))

    async def test() -> None:
        async with (
            await serving({N_GET: on_get}) as server,
            await connecting(server, spool_threshold=100) as one,
        ):
            response = await one.exchange(
                N_GET(RequestedSOPClassUID=VERIFICATION, RequestedSOPInstanceUID="1.2")
            )
            assert response.AttributeList.getvalue() == b"ab" * 500

    run_quietly(test)


def test_responses_that_nobody_looks_at_are_not_made() -> None:
    made: list[int] = []

    async def on_find(request: C_FIND) -> AsyncIterator[C_FIND]:
        for number in range(5000):
            made.append(number)
            yield request.respond(Status=0xFF00, Identifier=BytesIO(bytes(1 << 14)))

    async def test() -> None:
        handlers = {C_FIND: on_find, C_ECHO: on_echo}
        async with await serving(handlers) as server, await connecting(server) as one:
            request = find()
            async for _ in one.responses(request):
                while one._is_reading:
                    await asyncio.sleep(0)
                assert len(made) < 2000
                # It is this end that is slow: the peer is not called silent.
                time_passes(one)
                break
            # Those of a loop that was left are dropped.
            await one.cancel(request)
            assert (await one.exchange(echo())).Status == 0x0000

    run_quietly(test)


def test_who_waits_within_a_loop_of_responses_is_served() -> None:
    """The one operation that may be open ends, though few of its responses are looked at yet."""

    async def on_find(request: C_FIND) -> AsyncIterator[C_FIND]:
        for _ in range(500):
            yield request.respond(Status=0xFF00, Identifier=BytesIO(b"\0\0"))

    async def test() -> None:
        handlers = {C_FIND: on_find, C_ECHO: on_echo}
        async with await serving(handlers) as server, await connecting(server) as one:
            count = 0
            async for _ in one.responses(find()):
                count += 1
                if count in (1, 300):
                    assert (await one.exchange(echo())).Status == 0x0000
            assert count == 501

    run_quietly(test)


def test_a_server_that_is_closed_has_served_for_ever() -> None:
    async def test() -> None:
        server = await serving()
        port = server.port
        asyncio.get_running_loop().call_soon(server.close)
        await server.serve_forever()
        assert server.port == port
        await server.wait_closed()

    run_quietly(test)


@pytest.mark.parametrize(
    ("request_", "text"),
    [
        (C_CANCEL(MessageIDBeingRespondedTo=1), "cancel.request. sends it"),
        (C_ECHO(MessageIDBeingRespondedTo=1, Status=0), "C-ECHO with .* is no request"),
        ("C-ECHO", "a request is a primitive such as C_ECHO, not str"),
    ],
)
def test_what_is_no_request_is_refused(request_: Any, text: str) -> None:
    async def test() -> None:
        async with await serving() as server, await connecting(server) as one:
            with pytest.raises(TypeError, match=text):
                await one.exchange(request_)
            assert (await one.exchange(echo())).Status == 0x0000

    run_quietly(test)


def test_a_peer_that_releases_answers_nothing_more() -> None:
    """What is asked after the peer has released, or before and not answered, is told as that."""
    asked: list[asyncio.Task[Any]] = []

    async def leave(request: C_ECHO, operation: Operation) -> C_ECHO:
        asked.append(asyncio.ensure_future(operation.association.release()))
        await asyncio.sleep(LONG)
        return request

    async def test() -> None:
        async with await serving({C_ECHO: leave}) as server:
            one = await connecting(server)
            for _ in range(2):
                with pytest.raises(AssociationAborted, match="the association was released"):
                    await one.exchange(echo())
            await one.release()
            await asyncio.gather(*asked)

    run_quietly(test)


def test_after_the_release_it_says_so() -> None:
    async def test() -> None:
        async with await serving() as server:
            async with await connecting(server) as association:
                pass
            with pytest.raises(AssociationAborted, match="the association was released"):
                await association.exchange(echo())

    run_quietly(test)


PAIR = r"a context is \(abstract syntax, \[transfer syntax, \.\.\.\]\), not"


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        ({"contexts": [(VERIFICATION, IMPLICIT)]}, TypeError, PAIR),
        ({"contexts": [VERIFICATION]}, TypeError, PAIR),
        ({"contexts": [()]}, TypeError, PAIR),
        ({"timeout": None}, TypeError, "timeout is a number of seconds, not NoneType"),
        ({"timeout": 0}, ValueError, "timeout is more than 0 and at most 86400 s, not 0"),
        ({"maximum_length": -1}, ValueError, "(?i)maximum"),
        ({"maximum_length": 7}, ValueError, "maximum_length is 0 or at least 8, not 7"),
        ({"maximum_operations": (-1, 1)}, ValueError, "(?i)operations"),
    ],
)
def test_what_is_no_option_is_refused_at_once_by_both(
    options: dict[str, Any], kind: type[Exception], text: str
) -> None:
    options = {"contexts": CONTEXTS, **options}
    with pytest.raises(kind, match=text):
        asyncio.run(serve({C_ECHO: on_echo}, HOST, 0, **options))
    with pytest.raises(kind, match=text):
        asyncio.run(connect(HOST, 104, **options))


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        ({"calling_ae_titles": "PACS"}, TypeError, r"several: \[title\] for one"),
        ({"calling_ae_titles": ["A" * 17]}, ValueError, "at most 16 characters, not 17"),
        ({"ae_title": "A" * 17}, ValueError, "at most 16 characters, not 17"),
        ({"port": 70_000}, ValueError, "127.0.0.1:70000 cannot be listened on"),
    ],
)
def test_what_no_server_can_be_told_is_refused(
    options: dict[str, Any], kind: type[Exception], text: str
) -> None:
    told: dict[str, Any] = {"port": 0, "contexts": CONTEXTS, **options}
    with pytest.raises(kind, match=text):
        asyncio.run(serve({C_ECHO: on_echo}, HOST, **told))
    with pytest.raises(TypeError, match=r"contexts maps each abstract syntax .* no list"):
        Policy(contexts=CONTEXTS)  # type: ignore[arg-type]


def test_what_nobody_can_be_asked_is_refused_before_anybody_is() -> None:
    async def test() -> None:
        with pytest.raises(ValueError, match="calling AE title must have at most 16"):
            await connect(HOST, 104, contexts=CONTEXTS, calling_ae_title="A" * 17)
        with pytest.raises(InvalidPrimitiveError, match="propose at least one"):
            await connect(HOST, 104, contexts=[])

    run_quietly(test)


def test_of_an_abstract_syntax_that_is_there_twice_both_count() -> None:
    explicit = "1.2.840.10008.1.2.1"
    contexts = [(VERIFICATION, [explicit]), (VERIFICATION, [IMPLICIT])]

    async def test() -> None:
        async with (
            await serving(contexts=contexts) as server,
            await connecting(server, contexts=contexts) as one,
        ):
            syntaxes = [each.transfer_syntax for each in one.contexts.values()]
            assert syntaxes == [explicit, IMPLICIT]

    run_quietly(test)


def test_who_takes_pdus_of_any_length_gets_them() -> None:
    """Of a peer that sends a data set of 5 MB in one PDU."""
    length = 5_000_000

    async def test() -> None:
        async with await serving({C_STORE: on_store}, maximum_length=0) as server:
            reader, writer = await asyncio.open_connection(HOST, server.port)
            end = Association.requestor(associate())
            writer.writelines(end.data_to_send())
            while not end.contexts:
                end.receive_data(await reader.read(1 << 16))
            request = store()
            request.MessageID = 1
            end.send(request, data_set=b"\0\0")
            command = end.data_to_send()[:2]
            item = (length + 2).to_bytes(4, "big") + b"\3\2"
            pdu = b"\4\0" + (length + 6).to_bytes(4, "big") + item
            writer.writelines([*command, pdu, bytes(length)])
            events: list[Any] = []
            while not events:
                events = end.receive_data(await reader.read(1 << 16))
            assert events[0].message.primitive.Status == 0x0000
            writer.close()

    run_quietly(test)
