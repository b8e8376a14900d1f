"""Run the handlers of an asyncio end for the requests of its peer.

A handler is a coroutine function that returns the response, or an asynchronous generator of the
responses. Whatever it does, the peer gets a final response.

This file is copied as it is from `templates/upper_layer/_performing.py`. Do not edit the copy.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias

from pydicom.uid import UID

from .._status import StatusCode
from ._association_events import LocalProtocolError
from ._operations import is_final

if TYPE_CHECKING:
    from ._association_events import MessageReceived
    from ._async_association import AsyncAssociation

Handler: TypeAlias = Callable[..., Awaitable[Any] | AsyncIterator[Any]]
_LOGGER: Final = logging.getLogger("dimse_primitives.aio")
# So many requests may wait before no more are read of the connection.
_MOST_WAITING: Final = 16


@dataclass(eq=False, slots=True)
class Operation:
    """A request that is being performed: the second argument of a handler.

    Attributes
    ----------
    association : AsyncAssociation
        The association it came on; sub-operations can be invoked there.
    context_id : int
        Its presentation context.
    transfer_syntax : pydicom.uid.UID
        How its data set is encoded, and how that of the response is to be.
    data_set : binary file or None
        Its data set, a temporary file if it is large.
    cancelled : asyncio.Event
        Set when the peer asks to cancel it (C-CANCEL).
    """

    association: AsyncAssociation
    context_id: int
    transfer_syntax: UID
    data_set: IO[bytes] | None
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)


class Handlers:
    """The handlers of a server or client, and what they take."""

    def __init__(self, handlers: Mapping[type[Any], Handler]) -> None:
        self._handlers = {
            kind: (handler, len(inspect.signature(handler).parameters) > 1)
            for kind, handler in handlers.items()
        }

    def call(
        self, request: Any, operation: Operation
    ) -> Awaitable[Any] | AsyncIterator[Any] | None:
        """Call the handler of a request; None if there is none."""
        found = self._handlers.get(type(request))
        if found is None:
            return None
        handler, takes_operation = found
        return handler(request, operation) if takes_operation else handler(request)


class Performer:
    """Performs the requests of one association, in order, as many at once as were agreed on."""

    def __init__(self, association: AsyncAssociation, handlers: Handlers) -> None:
        self.most = 1
        self._association = association
        self._handlers = handlers
        self._waiting: deque[MessageReceived] = deque()
        self._running: dict[asyncio.Task[None], tuple[int, Operation]] = {}

    @property
    def is_idle(self) -> bool:
        """Whether no request is being performed."""
        return not self._running

    @property
    def is_full(self) -> bool:
        """Whether no more requests should be read."""
        return len(self._waiting) >= _MOST_WAITING

    def add(self, event: MessageReceived) -> None:
        """Perform a request, now or after those before it."""
        self._waiting.append(event)
        self._next()

    def cancel(self, message_id: int | None) -> None:
        """Tell the handler of an operation that the peer wants no more of it."""
        for running_id, operation in self._running.values():
            if running_id == message_id:
                operation.cancelled.set()

    def stop(self) -> None:
        """Stop all handlers: nobody would get what they answer."""
        for event in self._waiting:
            _close(event.data_set)
        self._waiting.clear()
        for task, (_, operation) in self._running.items():
            task.cancel()
            # One that has not begun never ends, either.
            _close(operation.data_set)

    def _next(self) -> None:
        while self._waiting and (not self.most or len(self._running) < self.most):
            event = self._waiting.popleft()
            request: Any = event.message.primitive
            context = self._association.contexts[event.context_id]
            operation = Operation(
                self._association, event.context_id, context.transfer_syntax, event.data_set
            )
            task = asyncio.get_running_loop().create_task(self._perform(request, operation))
            self._running[task] = request.MessageID, operation

    def _ended(self) -> None:
        task = asyncio.current_task()
        assert task is not None
        del self._running[task]
        self._next()
        self._association.settle()

    async def _perform(self, request: Any, operation: Operation) -> None:
        try:
            called = self._handlers.call(request, operation)
            if called is None:
                is_normalized = request.msg_type.startswith("N-")
                status = (
                    StatusCode.UNRECOGNIZED_OPERATION
                    if is_normalized
                    else StatusCode.REFUSED_SOP_CLASS_NOT_SUPPORTED
                )
                self._respond(request.respond(Status=status), operation)
            elif inspect.isawaitable(called):
                self._respond(await called, operation)
            else:
                await self._respond_each(request, called, operation)
        except (asyncio.CancelledError, ConnectionError):
            raise
        except Exception:
            self._failed(request, operation)
        finally:
            _close(operation.data_set)
            self._ended()

    def _failed(self, request: Any, operation: Operation) -> None:
        status = StatusCode.PROCESSING_FAILURE
        text = "the handler of %s failed; it is answered %04XH"
        _LOGGER.exception(text, request.msg_type, status)
        try:
            self._respond(request.respond(Status=status), operation)
        except LocalProtocolError as error:
            # It had given its final response, and then failed.
            _LOGGER.warning("%s", error)

    async def _respond_each(self, request: Any, responses: Any, operation: Operation) -> None:
        async for response in responses:
            await self._association.drain()
            self._respond(response, operation)
            if is_final(response):
                await responses.aclose()
                return
            if operation.cancelled.is_set():
                await responses.aclose()
                self._respond(request.respond(Status=StatusCode.CANCEL), operation)
                return
        self._respond(request.respond(Status=StatusCode.SUCCESS), operation)

    def _respond(self, response: Any, operation: Operation) -> None:
        self._association.send(response, operation.context_id)


def _close(data_set: IO[bytes] | None) -> None:
    if data_set is not None:
        data_set.close()
