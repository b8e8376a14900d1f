"""`dimse_primitives.aio`: both ends on the loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from dimse_primitives import (
    C_ECHO,
    C_FIND,
    C_GET,
    C_STORE,
    N_GET,
    InvalidPrimitiveError,
)
from dimse_primitives.aio import (
    AssociationAborted,
    AssociationRejected,
    AsyncAssociation,
    Operation,
    Server,
    connect,
    serve,
)
from dimse_primitives.upper_layer import LocalProtocolError

from .associations import CT_IMAGE_STORAGE, IMPLICIT, VERIFICATION

FIND = "1.2.840.10008.5.1.4.1.2.1.1"
GET = "1.2.840.10008.5.1.4.1.2.1.3"
CONTEXTS = [(uid, [IMPLICIT]) for uid in (VERIFICATION, CT_IMAGE_STORAGE, FIND, GET)]
ECHO = C_ECHO(AffectedSOPClassUID=VERIFICATION)
HOST = "127.0.0.1"


def run(test: Callable[[], Awaitable[None]]) -> None:
    """Run a test, for ten seconds at most."""
    asyncio.run(asyncio.wait_for(test(), 20))


async def on_echo(request: C_ECHO) -> C_ECHO:
    return request.respond(Status=0x0000)


async def on_store(request: C_STORE) -> C_STORE:
    return request.respond(Status=0x0000)


async def on_find(request: C_FIND, operation: Operation) -> AsyncIterator[C_FIND]:
    for number in range(1000):
        yield request.respond(Status=0xFF00, Identifier=BytesIO(bytes((number % 256, 0))))
        await asyncio.sleep(0)


def serving(handlers: dict[type[Any], Any] | None = None, **options: Any) -> Awaitable[Server]:
    options.setdefault("contexts", CONTEXTS)
    return serve(handlers or {C_ECHO: on_echo}, HOST, 0, **options)


def connecting(server: Server, **options: Any) -> Awaitable[AsyncAssociation]:
    options.setdefault("contexts", CONTEXTS)
    return connect(HOST, server.port, **options)


def echo() -> C_ECHO:
    return C_ECHO(AffectedSOPClassUID=VERIFICATION)


def store(data_set: BytesIO | None = None) -> C_STORE:
    return C_STORE(
        AffectedSOPClassUID=CT_IMAGE_STORAGE,
        AffectedSOPInstanceUID="1.2.3",
        Priority=0,
        DataSet=data_set,
    )


def find() -> C_FIND:
    return C_FIND(AffectedSOPClassUID=FIND, Priority=0, Identifier=BytesIO(b"\0\0"))


def test_an_exchange() -> None:
    async def test() -> None:
        async with await serving() as server, await connecting(server) as association:
            for message_id in (1, 2, 3):
                response = await association.exchange(echo())
                assert (response.MessageIDBeingRespondedTo, response.Status) == (message_id, 0)
            assert [each.abstract_syntax for each in association.contexts.values()] == [
                uid for uid, _ in CONTEXTS
            ]
        assert not server.associations

    run(test)


def test_exchanges_of_several_tasks_take_turns() -> None:
    async def test() -> None:
        async with await serving() as server, await connecting(server) as association:
            responses = await asyncio.gather(*(association.exchange(echo()) for _ in range(50)))
        assert {response.MessageIDBeingRespondedTo for response in responses} == set(range(1, 51))

    run(test)


def test_as_many_operations_at_once_as_were_agreed_on() -> None:
    at_once = 0

    async def slow(request: C_ECHO) -> C_ECHO:
        nonlocal at_once
        at_once += 1
        while at_once < 3:
            await asyncio.sleep(0.001)
        return request.respond(Status=0x0000)

    async def test() -> None:
        async with (
            await serving({C_ECHO: slow}, maximum_operations=(3, 1)) as server,
            await connecting(server, maximum_operations=(5, 1)) as association,
        ):
            await asyncio.gather(*(association.exchange(echo()) for _ in range(3)))

    run(test)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (ECHO, 0x0122),
        (N_GET(RequestedSOPClassUID=VERIFICATION, RequestedSOPInstanceUID="1.2"), 0x0211),
    ],
)
def test_a_request_without_a_handler_is_answered(request_: Any, status: int) -> None:
    async def test() -> None:
        async with await serving({C_STORE: on_store}) as server, await connecting(server) as one:
            request_.MessageID = None
            assert (await one.exchange(request_)).Status == status

    run(test)


def test_a_handler_that_raises_is_answered_0110h(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(request: C_ECHO) -> C_ECHO:
        raise KeyError("no")

    async def test() -> None:
        async with await serving({C_ECHO: broken}) as server, await connecting(server) as one:
            assert (await one.exchange(echo())).Status == 0x0110

    run(test)
    (record,) = [each for each in caplog.records if each.name == "dimse_primitives.aio"]
    assert "C-ECHO" in record.message
    assert record.exc_info


def test_responses_come_as_they_are_made_and_end_with_success() -> None:
    async def test() -> None:
        async with await serving({C_FIND: on_find}) as server, await connecting(server) as one:
            found = [response async for response in one.responses(find())]
        assert [each.Status for each in found] == [0xFF00] * 1000 + [0x0000]
        assert [each.Identifier.getvalue()[0] for each in found[:3]] == [0, 1, 2]

    run(test)


def test_a_cancelled_operation_ends_with_cancel() -> None:  # PS3.7 9.3.2.3
    async def test() -> None:
        async with await serving({C_FIND: on_find}) as server, await connecting(server) as one:
            request, statuses = find(), []
            async for response in one.responses(request):
                statuses.append(response.Status)
                if len(statuses) == 5:
                    await one.cancel(request)
            assert statuses[-1] == 0xFE00
            assert len(statuses) < 1000
            assert (await one.exchange(find())).Status == 0x0000

    run(test)


def test_a_get_stores_on_the_same_association() -> None:
    stored: list[bytes] = []

    async def on_get(request: C_GET, operation: Operation) -> C_GET:
        for number in range(3):
            response = await operation.association.exchange(store(), bytes((number, 0)))
            assert response.Status == 0x0000
        return request.respond(Status=0x0000, NumberOfCompletedSuboperations=3)

    async def keep(request: C_STORE) -> C_STORE:
        assert request.DataSet is not None
        stored.append(request.DataSet.getvalue())
        return request.respond(Status=0x0000)

    async def test() -> None:
        roles = {CT_IMAGE_STORAGE: (False, True)}
        async with (
            await serving({C_GET: on_get}, roles=roles) as server,
            await connecting(server, roles=roles, handlers={C_STORE: keep}) as association,
        ):
            request = C_GET(AffectedSOPClassUID=GET, Priority=0, Identifier=BytesIO(b"\0\0"))
            response = await association.exchange(request)
        assert response.NumberOfCompletedSuboperations == 3

    run(test)
    assert stored == [b"\0\0", b"\1\0", b"\2\0"]


def test_a_large_data_set_goes_to_a_file(tmp_path: Path) -> None:
    content = bytes(range(256)) * 20_000
    (tmp_path / "large").write_bytes(content)

    async def keep(request: C_STORE, operation: Operation) -> C_STORE:
        assert operation.data_set is not None
        assert operation.data_set.fileno() > 0
        assert operation.data_set.read() == content
        assert operation.transfer_syntax == IMPLICIT
        return request.respond(Status=0x0000)

    async def test() -> None:
        with (tmp_path / "large").open("rb") as file:
            async with (
                await serving({C_STORE: keep}, spool_threshold=1 << 16) as server,
                await connecting(server) as association,
            ):
                assert (await association.exchange(store(), file)).Status == 0x0000

    run(test)


def test_what_cannot_be_sent_is_refused_and_leaves_the_association_usable() -> None:
    async def test() -> None:
        async with await serving() as server, await connecting(server) as association:
            with pytest.raises(InvalidPrimitiveError, match="Data Set is missing"):
                await association.exchange(store())
            with pytest.raises(LocalProtocolError, match="was not accepted"):
                await association.exchange(echo(), context_id=99)
            assert (await association.exchange(echo())).Status == 0x0000

    run(test)


def test_a_rejection_has_result_source_and_reason_in_words() -> None:
    async def test() -> None:
        async with await serving(ae_title="OTHER") as server:
            with pytest.raises(AssociationRejected, match="called-AE-title-not-rec") as caught:
                await connecting(server)
        assert (caught.value.result, caught.value.source, caught.value.reason) == (1, 1, 7)

    run(test)


def test_one_association_too_many_is_rejected_for_now() -> None:
    async def test() -> None:
        async with await serving(max_associations=2) as server:
            async with await connecting(server), await connecting(server):
                with pytest.raises(AssociationRejected, match="local-limit-exceeded") as caught:
                    await connecting(server)
                assert caught.value.result == 2
            await asyncio.sleep(0.01)
            async with await connecting(server) as association:
                assert (await association.exchange(echo())).Status == 0x0000

    run(test)


def test_an_abort_reaches_whoever_waits() -> None:
    async def leave(request: C_ECHO, operation: Operation) -> C_ECHO:
        operation.association.abort()
        return request.respond(Status=0x0000)

    async def test() -> None:
        async with await serving({C_ECHO: leave}) as server, await connecting(server) as one:
            with pytest.raises(
                AssociationAborted, match=r"service-user \(initiated abort\)$"
            ) as caught:
                await one.exchange(echo())
            assert caught.value.source == 0
            with pytest.raises(AssociationAborted):
                await one.exchange(echo())

    run(test)


def test_a_block_that_raises_aborts() -> None:
    async def test() -> None:
        async with await serving() as server:
            with pytest.raises(ZeroDivisionError):
                async with await connecting(server):
                    raise ZeroDivisionError
            await asyncio.wait_for(server.wait_closed(), 10)

    run(test)


def test_nobody_there_is_an_oserror() -> None:
    async def test() -> None:
        async with await serving() as server:
            port = server.port
        with pytest.raises(ConnectionRefusedError):
            await connect(HOST, port, contexts=CONTEXTS)

    run(test)


def test_who_does_not_answer_times_out() -> None:
    async def test() -> None:
        async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()

        silent = await asyncio.start_server(listen, HOST, 0)
        port = silent.sockets[0].getsockname()[1]
        with pytest.raises(TimeoutError, match="no association with"):
            await connect(HOST, port, contexts=CONTEXTS, timeout=0.1)
        silent.close()

    run(test)


def test_two_hundred_associations_at_once() -> None:
    async def test() -> None:
        async with await serving(max_associations=200) as server:
            each = await asyncio.gather(*(connecting(server) for _ in range(200)))
            assert len(server.associations) == 200
            responses = await asyncio.gather(*(one.exchange(echo()) for one in each))
            assert {response.Status for response in responses} == {0x0000}
            await asyncio.gather(*(one.release() for one in each))
            server.close()
            await server.wait_closed()

    run(test)


def test_an_operation_that_has_ended_is_let_be() -> None:
    async def test() -> None:
        async with await serving() as server, await connecting(server) as association:
            request = echo()
            await association.exchange(request)
            await association.cancel(request)
            assert (await association.exchange(echo())).Status == 0x0000

    run(test)
