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
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, Final

from pydicom.uid import UID

from .._status import StatusCode
from ._association_events import LocalProtocolError
from ._handlers import Handlers, check_response
from ._operations import is_final

if TYPE_CHECKING:
    from ._association_events import MessageReceived
    from ._async_association import AsyncAssociation

_LOGGER: Final = logging.getLogger("dimse_primitives.aio")
# So many requests may wait before no more are read of the connection.
_MOST_WAITING: Final = 16
# So many responses of a generator that waits for nothing are sent before others have their turn.
_MOST_IN_A_TURN: Final = 8


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
        Its data set. If it is large it is a temporary file, which is closed when the handler ends.
    message_id : int
        Its Message ID.
    cancelled : asyncio.Event
        Set when the peer asks to cancel it (C-CANCEL).
    """

    association: AsyncAssociation
    context_id: int
    transfer_syntax: UID
    data_set: IO[bytes] | None
    message_id: int
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)


class Performer:
    """Performs the requests of one association, in order, as many at once as were agreed on."""

    def __init__(self, association: AsyncAssociation, handlers: Handlers) -> None:
        self.most = 1
        self._association = association
        self._handlers = handlers
        self._waiting: deque[MessageReceived] = deque()
        self._is_starting = False
        # A task factory may start a task before it returns it.
        self._running: dict[Operation, asyncio.Task[None] | None] = {}

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
        for operation in self._running:
            if operation.message_id == message_id:
                operation.cancelled.set()

    def stop(self) -> None:
        """Stop all handlers: nobody would get what they answer."""
        for event in self._waiting:
            close(event.data_set)
        self._waiting.clear()
        for operation, task in self._running.items():
            if task is not None:
                # One that has not begun ends without a step of its own.
                task.add_done_callback(partial(self._ended, operation))
                task.cancel()

    def _next(self) -> None:
        if self._is_starting:
            # A task that has ended before it was returned: the loop goes on.
            return
        self._is_starting = True
        try:
            self._start()
        finally:
            self._is_starting = False

    def _start(self) -> None:
        while self._waiting and (not self.most or len(self._running) < self.most):
            event = self._waiting.popleft()
            request: Any = event.message.primitive
            context = self._association.contexts[event.context_id]
            operation = Operation(
                self._association,
                event.context_id,
                context.transfer_syntax,
                event.data_set,
                request.MessageID,
            )
            self._running[operation] = None
            task = asyncio.get_running_loop().create_task(self._perform(request, operation))
            if operation in self._running:
                self._running[operation] = task

    def _ended(self, operation: Operation, _: object = None) -> None:
        if self._running.pop(operation, self) is self:
            return
        close(operation.data_set)
        self._next()
        self._association.settle()

    async def _perform(self, request: Any, operation: Operation) -> None:
        association = self._association
        try:
            called = self._handlers.call(request, operation)
            if inspect.isawaitable(called):
                self._respond_once(request, await called, operation)
            else:
                await self._respond_each(request, called, operation)
        except asyncio.CancelledError as error:
            if association.error is None:
                # Nobody has stopped it but what it waited for.
                self._failed(request, operation, error)
            raise
        except Exception as error:
            if error is not association.error:
                self._failed(request, operation, error)
        finally:
            self._ended(operation)

    def _failed(self, request: Any, operation: Operation, error: BaseException) -> None:
        status = StatusCode.PROCESSING_FAILURE
        outcome = f"it is answered {status:04X}H"
        try:
            self._association.send(request.respond(Status=status), operation.context_id)
        except (LocalProtocolError, ConnectionError) as refused:
            # It had given its final response, and then failed, or nothing can be sent any more.
            outcome = f"nothing is answered: {refused}"
        _LOGGER.error("the handler of %s failed; %s", request.msg_type, outcome, exc_info=error)

    def _respond_once(self, request: Any, response: Any, operation: Operation) -> None:
        check_response(request, response)
        if not is_final(response):
            raise TypeError(
                f"a coroutine that handles {request.msg_type} returned a Pending response: write "
                "a generator, which yields it and then the final one"
            )
        self._association.send(response, operation.context_id)

    async def _respond_each(self, request: Any, responses: Any, operation: Operation) -> None:
        made = 0
        try:
            async for response in responses:
                await self._association.drain()
                made += 1
                if made % _MOST_IN_A_TURN == 0:
                    # Others have their turn, and what the peer says is read: a C-CANCEL.
                    await asyncio.sleep(0)
                check_response(request, response)
                self._association.send(response, operation.context_id)
                if is_final(response):
                    return
                if operation.cancelled.is_set():
                    self._answer(request, StatusCode.CANCEL, operation)
                    return
            self._answer(request, StatusCode.SUCCESS, operation)
        finally:
            # An iterator that is no generator has nothing to close.
            if hasattr(responses, "aclose"):
                await responses.aclose()

    def _answer(self, request: Any, status: int, operation: Operation) -> None:
        self._association.send(request.respond(Status=status), operation.context_id)


def close(data_set: IO[bytes] | None) -> None:
    """Close a temporary file; what is in memory may be kept by whoever has the request."""
    if data_set is not None and not isinstance(data_set, BytesIO):
        data_set.close()
