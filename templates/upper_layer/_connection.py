"""An association on an asyncio transport: the connection, the clock and the waiting.

What may be said and when is decided by `Association`; after each step `settle` does what that step
left to do: write, set the timer, close.

This file is copied as it is from `templates/upper_layer/_connection.py`. Do not edit the copy.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any, Final

from .._codec import Buffer
from .._reassembler import Reassembler
from ..c_cancel import C_CANCEL
from ._acknowledging import acknowledge
from ._association import Association
from ._association_events import (
    Aborted,
    Accepted,
    AssociationEvent,
    MessageReceived,
    Rejected,
    Released,
    ReleaseRequested,
)
from ._connection_errors import AssociationAborted, AssociationRejected
from ._enumerations import AbortReason, AbortSource
from ._invocations import Answers, Invocations
from ._machine import LOST
from ._negotiation import PresentationContext
from ._operations import is_final
from ._performing import Handlers, Performer
from ._states import State

_GIVEN_UP: Final = Aborted(
    AbortSource.SERVICE_USER,
    AbortReason.REASON_NOT_SPECIFIED,
    "aborted by this end",
    is_local=True,
)
_LOGGER: Final = logging.getLogger("dimse_primitives.aio")
# The states in which a release of the peer waits for this end.
_TO_ANSWER: Final = (State.Sta8, State.Sta9, State.Sta12)
# What is given to the transport at once: enough for it to be busy, little enough to stop.
_AT_ONCE: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of silence that are borne; see `serve` for the others."""

    timeout: float
    spool_threshold: int | None
    max_data_set: int | None

    def reassembler(self) -> Reassembler:
        return Reassembler(spool_threshold=self.spool_threshold, max_data_set=self.max_data_set)


class AsyncAssociation(asyncio.Protocol):
    """An association that is established: what `connect` returns, and handlers are given.

    As a context manager it is released at the end, or aborted if the block raises.
    """

    def __init__(
        self,
        begin: Callable[[AsyncAssociation, asyncio.BaseTransport], Association],
        handlers: Handlers,
        limits: Limits,
        ended: Callable[[AsyncAssociation], None] | None = None,
    ) -> None:
        self._begin, self._limits, self._when_ended = begin, limits, ended
        self._loop = asyncio.get_running_loop()
        self._performer = Performer(self, handlers)
        self._machine: Association
        self._transport: Any = None
        self._opened: asyncio.Future[None] = self._loop.create_future()
        self._closed: asyncio.Future[None] = self._loop.create_future()
        self._error: Exception | None = None
        self._invoked = Invocations()
        self._unsent: deque[Buffer] = deque()
        self._can_write = asyncio.Event()
        self._can_write.set()
        self._is_reading, self._was_heard, self._is_release_due = True, True, False
        self._artim: asyncio.TimerHandle | None = None
        self._watch: asyncio.TimerHandle | None = None

    # What is known of it.

    @property
    def state(self) -> State:
        """The state of PS3.8 Table 9-10."""
        return self._machine.state

    @property
    def calling_ae_title(self) -> str:
        """The title of the end that asked for the association."""
        request = self._machine.request
        return "" if request is None else request.calling_ae_title or ""

    @property
    def called_ae_title(self) -> str:
        """The title that it asked for."""
        request = self._machine.request
        return "" if request is None else request.called_ae_title or ""

    @property
    def contexts(self) -> Mapping[int, PresentationContext]:
        """The presentation contexts that were accepted, by ID."""
        return self._machine.contexts

    # Invoking operations.

    async def exchange(
        self,
        request: Any,
        data_set: Buffer | IO[bytes] | None = None,
        *,
        context_id: int | None = None,
    ) -> Any:
        """Send a request and return its final response.

        Parameters
        ----------
        request : DIMSEPrimitive
            The request. Without a Message ID it gets one that is free.
        data_set : bytes, bytearray, memoryview or binary file, optional
            Its data set, where it is not the parameter of the request.
        context_id : int, optional
            The presentation context; by default the first accepted for its SOP class.

        Raises
        ------
        LocalProtocolError, InvalidPrimitiveError
            If it cannot be sent.
        AssociationAborted
            If the association ends before the response.
        """
        answers = await self._invoke(request, data_set, context_id)
        while not is_final(response := await answers.get()):
            pass
        return response

    async def responses(
        self,
        request: Any,
        data_set: Buffer | IO[bytes] | None = None,
        *,
        context_id: int | None = None,
    ) -> AsyncIterator[Any]:
        """Send a request and yield its responses, the pending ones too; see `exchange`.

        Leaving the loop early does not end the operation: `cancel` asks for that.
        """
        answers = await self._invoke(request, data_set, context_id)
        is_last = False
        while not is_last:
            response = await answers.get()
            is_last = is_final(response)
            yield response

    async def _invoke(
        self, request: Any, data_set: Buffer | IO[bytes] | None, context_id: int | None
    ) -> Answers:
        """Send a request when it is its turn, and return what its responses come to."""
        if self._error is not None:
            raise self._error
        await self._invoked.take_turn()
        if request.MessageID is None:
            request.MessageID = self._invoked.free_message_id()
        try:
            self.send(request, context_id, data_set)
        except BaseException:
            self._invoked.give_turn()
            raise
        return self._invoked.begin(request.MessageID)

    async def cancel(self, request: Any) -> None:
        """Ask the peer to end an operation (C-CANCEL, PS3.7 9.3.2.3); its responses still come.

        An operation whose final response has come meanwhile is let be.
        """
        if self._error is None and request.MessageID not in self._invoked:
            return
        self.send(C_CANCEL(MessageIDBeingRespondedTo=request.MessageID))
        await self.drain()

    def send(self, primitive: Any, context_id: int | None = None, data_set: Any = None) -> None:
        if self._error is not None:
            raise self._error
        self._machine.send(primitive, context_id, data_set)
        self._write()

    async def drain(self) -> None:
        """Wait until what was sent has left the memory, or nearly all of it."""
        await self._can_write.wait()

    # Its end.

    async def __aenter__(self) -> AsyncAssociation:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.abort()
        await self.release()

    async def release(self) -> None:
        """Release the association, and wait until its connection is closed."""
        if self._machine.state is State.Sta6:
            self._machine.release()
            self.settle()
        await asyncio.shield(self._closed)

    def abort(self) -> None:
        """Abort the association; what waits for a response gets `AssociationAborted`."""
        if self._machine.state not in (State.Sta1, State.Sta2, State.Sta13):
            self._machine.abort()
            self._fail(AssociationAborted(_GIVEN_UP))
            self.settle()

    def give_up(self) -> None:
        """Abort what there is, without waiting for the peer to close the connection."""
        if self._transport is not None:
            self.abort()
            self._transport.abort()

    async def opened(self) -> None:
        """Wait until the association is established.

        Raises
        ------
        AssociationRejected, AssociationAborted
            If it is not.
        """
        await self._opened

    async def wait_closed(self) -> None:
        """Wait until its connection is closed."""
        await asyncio.shield(self._closed)

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin: the transport connection is open."""
        self._transport = transport
        self._transport.set_write_buffer_limits(high=_AT_ONCE)
        self._machine = self._begin(self, transport)
        self._watch = self._loop.call_later(self._limits.timeout, self._look)
        self.settle()

    def data_received(self, data: bytes) -> None:
        """Take what has come."""
        self._was_heard = True
        for event in self._machine.receive_data(data):
            self._happened(event)
        self.settle()
        if self._machine.is_within_pdu:
            acknowledge(self._transport)

    def connection_lost(self, error: Exception | None) -> None:
        """End: the transport connection is closed."""
        for event in self._machine.receive_data(b""):
            self._happened(event)
        self._fail(AssociationAborted(Aborted(*LOST, "the transport connection was closed")))
        for timer in (self._artim, self._watch):
            if timer is not None:
                timer.cancel()
        self._unsent.clear()
        self._can_write.set()
        self._performer.stop()
        if not self._closed.done():
            self._closed.set_result(None)
        if self._when_ended is not None:
            self._when_ended(self)

    def pause_writing(self) -> None:
        """Hold back: the peer reads slower than this end writes."""
        self._can_write.clear()
        self._read_or_not()

    def resume_writing(self) -> None:
        """Go on."""
        self._was_heard = True
        self._can_write.set()
        self.settle()

    # What the association tells.

    def _happened(self, event: AssociationEvent) -> None:
        if isinstance(event, MessageReceived):
            self._received(event)
        elif isinstance(event, Accepted):
            most, self._performer.most = self._machine.maximum_operations
            self._invoked.limit(most)
            self._opened.set_result(None)
        elif isinstance(event, ReleaseRequested | Released):
            self._is_release_due = True
        elif isinstance(event, Rejected):
            self._fail(AssociationRejected(event))
        elif isinstance(event, Aborted):
            self._fail(AssociationAborted(event))

    def _received(self, event: MessageReceived) -> None:
        primitive: Any = event.message.primitive
        if isinstance(primitive, C_CANCEL):
            self._performer.cancel(primitive.MessageIDBeingRespondedTo)
        elif event.message.message_type.endswith("-RQ"):
            if primitive.MessageID is None:
                _LOGGER.warning("aborted: %s without Message ID", event.message.message_type)
                self.abort()
            else:
                self._performer.add(event)
        else:
            self._invoked.received(primitive)

    def _fail(self, error: Exception) -> None:
        if self._error is None:
            self._error = error
        if not self._opened.done():
            self._opened.set_exception(self._error)
            # Of a server, nobody asks.
            self._opened.exception()
        self._invoked.fail(self._error)

    # After each step: what it left to do.

    def settle(self) -> None:
        machine = self._machine
        if self._is_release_due and self._performer.is_idle and machine.state in _TO_ANSWER:
            self._is_release_due = False
            machine.release()
        self._write()
        deadline = machine.next_deadline
        if deadline is not None and self._artim is None:
            machine.handle_timeout(self._loop.time())
            self._artim = self._loop.call_at(machine.next_deadline or 0, self._expired)
        if machine.is_closed and not self._unsent:
            self._transport.close()
        else:
            self._read_or_not()

    def _read_or_not(self) -> None:
        """Neither requests nor what is answered to them may pile up."""
        can_read = self._can_write.is_set() and not self._performer.is_full
        if can_read is self._is_reading or self._transport.is_closing():
            return
        self._is_reading = can_read
        if can_read:
            self._transport.resume_reading()
        else:
            self._transport.pause_reading()

    def _write(self) -> None:
        unsent, machine = self._unsent, self._machine
        while unsent or machine.has_data_to_send:
            if not self._can_write.is_set() or self._transport.is_closing():
                return
            if not unsent:
                unsent.extend(machine.data_to_send())
                if not unsent:
                    return
            some, size = [], 0
            while unsent and size < _AT_ONCE:
                some.append(unsent.popleft())
                size += len(some[-1])
            self._transport.writelines(some)

    def _expired(self) -> None:
        self._artim = None
        for event in self._machine.handle_timeout(self._loop.time()):
            self._happened(event)
        self.settle()

    def _look(self) -> None:
        """End what has been silent for too long, while something was expected of the peer."""
        # Who does not take what is sent is not waited for, even by an operation that goes on.
        is_stuck = not self._can_write.is_set()
        is_expected = self._invoked or is_stuck or not self._machine.is_requestor
        if is_expected and not self._was_heard and (self._performer.is_idle or is_stuck):
            self.abort()
            self._transport.abort()
            return
        self._was_heard = False
        self._watch = self._loop.call_later(self._limits.timeout, self._look)
