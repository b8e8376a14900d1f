"""`dimse_primitives.aio`: whatever a handler does, the peer gets a final response."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from dimse_primitives import C_CANCEL, C_ECHO, C_FIND, C_STORE, decode
from dimse_primitives.aio import AssociationAborted, Operation
from dimse_primitives.upper_layer import MessageReceived

from .associations import VERIFICATION
from .quiet import run_quietly
from .test_aio import connecting, echo, find, on_echo, serving, store


async def fails_to_connect(request: C_FIND) -> C_FIND:
    raise ConnectionRefusedError("the destination of a C-MOVE is down")


async def waits_for_what_was_cancelled(request: C_FIND) -> C_FIND:
    other = asyncio.ensure_future(asyncio.sleep(10))
    other.cancel()
    await other
    return request


async def returns_a_status(request: C_FIND) -> int:
    return 0x0000


async def returns_nothing(request: C_FIND) -> None:
    pass


async def returns_the_request(request: C_FIND) -> C_FIND:
    return request


async def answers_another(request: C_FIND) -> C_FIND:
    return C_FIND(MessageIDBeingRespondedTo=77, Status=0x0000)


async def returns_a_pending_response(request: C_FIND) -> C_FIND:
    return request.respond(Status=0xFF00, Identifier=BytesIO(b"\0\0"))


async def yields_a_status(request: C_FIND) -> AsyncIterator[int]:
    yield 0xFF00


def is_no_coroutine(request: C_FIND) -> C_FIND:
    return request.respond(Status=0x0000)


WRONG: list[tuple[Callable[..., Any], str]] = [
    (fails_to_connect, "the destination"),
    (waits_for_what_was_cancelled, "CancelledError"),
    (returns_a_status, r"gave int \(0\), not a response: make it with request\.respond"),
    (returns_nothing, "gave None"),
    (returns_the_request, r"Message ID \d gave a C_FIND that answers None"),
    (answers_another, r"Message ID \d gave a C_FIND that answers 77"),
    (returns_a_pending_response, "returned a Pending response: write a generator"),
    (yields_a_status, r"gave int \(65280\), not a response"),
    (is_no_coroutine, "returned C_FIND at once: define it with async def"),
]


@pytest.mark.parametrize(("handler", "text"), WRONG, ids=[each[0].__name__ for each in WRONG])
def test_what_is_no_answer_is_told_and_answered(
    handler: Callable[..., Any], text: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def test() -> None:
        async with await serving({C_FIND: handler}) as server, await connecting(server) as one:
            assert (await one.exchange(find())).Status == 0x0110
            assert (await one.exchange(find())).Status == 0x0110

    run_quietly(test)
    told = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert {each.message for each in told} == {"the handler of C-FIND failed; it is answered 0110H"}
    assert len(told) == 2
    assert told[0].exc_info is not None
    assert re.search(text, repr(told[0].exc_info[1]))


def test_what_fails_after_its_last_response_is_told_as_that(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def twice(request: C_ECHO, operation: Operation) -> C_ECHO:
        operation.association.send(request.respond(Status=0x0000))
        return request.respond(Status=0x0000)

    async def test() -> None:
        async with await serving({C_ECHO: twice}) as server, await connecting(server) as one:
            assert (await one.exchange(echo())).Status == 0x0000

    run_quietly(test)
    (told,) = caplog.records
    assert "nothing is answered: no operation of the peer with Message ID 1" in told.message


def test_an_association_that_the_handler_aborted_is_no_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def leave(request: C_ECHO, operation: Operation) -> C_ECHO:
        operation.association.abort()
        return request.respond(Status=0x0000)

    async def test() -> None:
        async with await serving({C_ECHO: leave}) as server, await connecting(server) as one:
            # Those that wait for their turn do not wait for ever.
            outcomes = await asyncio.gather(
                *(one.exchange(echo()) for _ in range(5)), return_exceptions=True
            )
        assert {type(each) for each in outcomes} == {AssociationAborted}

    run_quietly(test)
    assert not caplog.records


async def keyword(request: C_ECHO, *, folder: str) -> C_ECHO:
    return request.respond(Status=0x0000)


async def default(request: C_ECHO, number: int = 7) -> C_ECHO:
    assert number == 7
    return request.respond(Status=0x0000)


async def anything(*given: Any) -> Any:
    request, operation = given
    assert isinstance(operation, Operation)
    return request.respond(Status=0x0000)


class Called:
    async def __call__(self, request: C_ECHO, operation: Operation) -> C_ECHO:
        assert operation.message_id == request.MessageID
        return request.respond(Status=0x0000)


@pytest.mark.parametrize("handler", [partial(keyword, folder="."), default, anything, Called()])
def test_who_takes_an_operation_gets_it(handler: Callable[..., Any]) -> None:
    async def test() -> None:
        async with await serving({C_ECHO: handler}) as server, await connecting(server) as one:
            assert (await one.exchange(echo())).Status == 0x0000

    run_quietly(test)


@pytest.mark.parametrize(
    ("handlers", "text"),
    [
        ({"C_ECHO": on_echo}, "'C_ECHO' is no class of a primitive"),
        ({int: on_echo}, "no class of a primitive"),
        ({C_CANCEL: on_echo}, r"sets Operation\.cancelled"),
        ({C_ECHO: 0x0000}, "that of C_ECHO cannot be called: 0"),
    ],
)
def test_what_is_no_handler_is_refused_at_once(handlers: Any, text: str) -> None:
    with pytest.raises(TypeError, match=text):
        asyncio.run(serving(handlers))  # type: ignore[arg-type]


def test_a_generator_that_waits_for_nothing_is_cancelled_and_closed() -> None:  # PS3.7 9.3.2.3
    closed: list[int] = []

    async def endless(request: C_FIND) -> AsyncIterator[C_FIND]:
        try:
            while True:
                yield request.respond(Status=0xFF00, Identifier=BytesIO(bytes(1 << 12)))
        finally:
            closed.append(1)

    async def test() -> None:
        async with (
            await serving({C_FIND: endless, C_ECHO: on_echo}) as server,
            await connecting(server) as one,
            await connecting(server) as other,
        ):
            request = find()
            statuses = []
            async for response in one.responses(request):
                statuses.append(response.Status)
                if len(statuses) == 1:
                    # Who else is served waits for no end of it.
                    assert (await other.exchange(echo())).Status == 0x0000
                    await one.cancel(request)
            assert (statuses[-1], closed) == (0xFE00, [1])

    run_quietly(test)


def test_what_a_handler_keeps_it_can_read_later() -> None:
    kept: list[C_STORE] = []

    async def keep(request: C_STORE) -> C_STORE:
        kept.append(request)
        return request.respond(Status=0x0000)

    async def test() -> None:
        async with await serving({C_STORE: keep}) as server, await connecting(server) as one:
            await one.exchange(store(), b"\1\2")

    run_quietly(test)
    assert kept[0].DataSet is not None
    assert kept[0].DataSet.getvalue() == b"\1\2"


def test_a_server_waits_for_what_its_handlers_clean_up() -> None:
    begun: list[int] = []
    cleaned: list[int] = []

    async def slow(request: C_ECHO) -> C_ECHO:
        begun.append(1)
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            cleaned.append(1)
        return request

    async def test() -> None:
        async with await serving({C_ECHO: slow}, maximum_operations=(0, 0)) as server:
            one = await connecting(server, maximum_operations=(0, 0))
            tasks = [asyncio.ensure_future(one.exchange(echo())) for _ in range(3)]
            while not begun:
                await asyncio.sleep(0)
        assert cleaned == begun
        assert not server.associations
        await asyncio.gather(*tasks, return_exceptions=True)

    run_quietly(test)


def test_a_task_may_run_before_it_is_returned() -> None:
    """As with the eager tasks of Python 3.12: a handler may have ended before its task is known."""

    def at_once(loop: Any, coroutine: Any, **options: Any) -> Any:
        if coroutine.__name__ != "_perform":
            return asyncio.Task(coroutine, loop=loop, **options)
        done = loop.create_future()
        with pytest.raises(StopIteration):
            coroutine.send(None)
        done.set_result(None)
        return done

    async def test() -> None:
        factory = getattr(asyncio, "eager_task_factory", at_once)
        asyncio.get_running_loop().set_task_factory(factory)
        async with await serving() as server, await connecting(server) as one:
            for _ in range(3):
                assert (await one.exchange(echo())).Status == 0x0000
            # A thousand that come at once are no thousand calls within one another.
            request = C_ECHO.request(MessageID=1, AffectedSOPClassUID=VERIFICATION)
            (performer,) = (each._performer for each in server.associations)
            answered: list[Any] = []
            performer._association.send = lambda *given: answered.append(given)  # type: ignore[method-assign]
            performer.most = 0
            for _ in range(1000):
                performer._waiting.append(MessageReceived(1, decode(request.encode_request())))
            performer._next()
            while len(answered) < 1000:
                await asyncio.sleep(0)

    run_quietly(test)
