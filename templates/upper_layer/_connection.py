"""An association on an asyncio transport: the connection, the clock and the waiting.

What may be said and when is decided by `Association`; after each step `settle` does what that step
left to do: write, set the timer, close.

This file is copied as it is from `templates/upper_layer/_connection.py`. Do not edit the copy.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from .._codec import Buffer
from ..c_cancel import C_CANCEL
from ._acknowledging import acknowledge
from ._addresses import address
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
from ._connection_errors import AssociationAborted, AssociationRejected, aborted_here
from ._invocations import Invocations, response_of
from ._limits import Limits
from ._machine import LOST
from ._performing import Performer, close
from ._states import State

_RELEASED: Final = "the association was released"
_LOGGER: Final = logging.getLogger("dimse_primitives.aio")
# The states in which a release of the peer waits for this end.
_TO_ANSWER: Final = (State.Sta8, State.Sta9, State.Sta12)
# What is given to the transport at once: enough for it to be busy, little enough to stop.
_AT_ONCE: Final = 1 << 18
# What one association gives at most before the others have their turn.
_MOST_IN_A_TURN: Final = 1 << 20


class Connection(asyncio.Protocol):
    """What asyncio calls: it drives the association, and whoever performs what the peer asks.

    Attributes
    ----------
    error : Exception or None
        Why nothing can be sent any more; None while it can.
    """

    def __init__(
        self,
        begin: Callable[[Any, asyncio.BaseTransport], Association],
        performer: Performer,
        limits: Limits,
        ended: Callable[[Any], None] | None,
    ) -> None:
        self._begin, self._limits, self._when_ended = begin, limits, ended
        self._loop = asyncio.get_running_loop()
        self._performer = performer
        self._machine: Association
        self._transport: Any = None
        self._opened: asyncio.Future[None] = self._loop.create_future()
        self._closed: asyncio.Future[None] = self._loop.create_future()
        self.error: Exception | None = None
        self._invoked = Invocations(self._read_or_not)
        self._unsent: deque[Buffer] = deque()
        self._can_write = asyncio.Event()
        self._can_write.set()
        self._is_reading = self._was_heard = True
        self._is_release_due = self._is_released = False
        self._artim: asyncio.TimerHandle | None = None
        self._watch: asyncio.TimerHandle | None = None

    # What this end does.

    def send(self, primitive: Any, context_id: int | None = None, data_set: Any = None) -> None:
        """Send a message and wait for nothing, such as a response before the final one.

        A request has no use for it: its responses are read by `exchange` or `responses`. Raises as
        `Association.send` does, and `AssociationAborted` if the association has ended.
        """
        if self.error is not None:
            raise self.error
        self._machine.send(primitive, context_id, data_set)
        self._write()
        if self.error is not None:
            raise self.error

    async def drain(self) -> None:
        """Wait until what was sent has left the memory, or nearly all of it: back pressure."""
        await self._can_write.wait()

    def abort(self) -> None:
        """Abort the association; what waits for a response gets `AssociationAborted`."""
        if self._machine.state not in (State.Sta1, State.Sta2, State.Sta13):
            self._machine.abort()
            self._fail(aborted_here("aborted by this end"))
            self.settle()

    def give_up(self) -> None:
        """Abort what there is, without waiting for the peer to close the connection."""
        if self._transport is not None and not self._closed.done():
            # uvloop closes the connection of a task that was cancelled, and does not tell of it.
            with suppress(RuntimeError):
                self.abort()
            self._transport.abort()
            self.connection_lost(None)

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
        if self._closed.done():
            return
        for event in self._machine.receive_data(b""):
            self._happened(event)
        text = (
            "association was released" if self._is_released else "transport connection was closed"
        )
        self._fail(AssociationAborted(Aborted(*LOST, f"the {text}")))
        for timer in (self._artim, self._watch):
            if timer is not None:
                timer.cancel()
        self._unsent.clear()
        self._can_write.set()
        self._performer.stop()
        self._closed.set_result(None)
        self.settle()

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
            if self.error is None:
                self._received(event)
            else:
                close(event.data_set)
        elif isinstance(event, Accepted):
            most, self._performer.most = self._machine.maximum_operations
            self._invoked.limit(most)
            self._tell(f"accepted, contexts {[*event.contexts]}")
            self._opened.set_result(None)
        elif isinstance(event, ReleaseRequested | Released):
            self._is_release_due = self._is_released = True
        elif isinstance(event, Rejected):
            self._fail(AssociationRejected(event))
        elif isinstance(event, Aborted):
            self._fail(AssociationAborted(event))

    def _received(self, event: MessageReceived) -> None:
        primitive: Any = event.message.primitive
        is_request = event.message.message_type.endswith("-RQ")
        if is_request and not isinstance(primitive, C_CANCEL) and primitive.MessageID is not None:
            self._performer.add(event)
            return
        if not is_request:
            self._invoked.received(response_of(event))
        elif isinstance(primitive, C_CANCEL):
            self._performer.cancel(primitive.MessageIDBeingRespondedTo)
        else:
            _LOGGER.warning("aborted: %s without Message ID", event.message.message_type)
            self.abort()
        close(event.data_set)

    def _fail(self, error: Exception) -> None:
        if self.error is None:
            self.error = error
            self._tell(str(error))
        if not self._opened.done():
            self._opened.set_exception(self.error)
            # Of a server, nobody asks.
            self._opened.exception()
        self._invoked.fail(self.error)

    def _tell(self, what: str) -> None:
        """Log what became of an association that was asked of this end; who asks is told anyway."""
        machine = self._machine
        if machine.request is not None and not machine.is_requestor:
            title, peer = machine.request.calling_ae_title, address(self._transport, "peername")
            _LOGGER.info("association from %r at %s:%d: %s", title, *peer, what)

    # After each step: what it left to do.

    def settle(self) -> None:
        if self._closed.done():
            if self._performer.is_idle and self._when_ended is not None:
                self._when_ended(self)
            return
        machine = self._machine
        if self._is_release_due and self._performer.is_idle and machine.state in _TO_ANSWER:
            self._is_release_due = False
            machine.release()
            self._fail(AssociationAborted(Aborted(*LOST, _RELEASED)))
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
        is_full = self._performer.is_full or self._invoked.is_full
        can_read = self._can_write.is_set() and not is_full
        if can_read is self._is_reading or self._transport.is_closing():
            return
        self._is_reading = can_read
        if can_read:
            self._transport.resume_reading()
        else:
            self._transport.pause_reading()

    def _write(self) -> None:
        unsent, machine, written = self._unsent, self._machine, 0
        while unsent or machine.has_data_to_send:
            if not self._can_write.is_set() or self._transport.is_closing():
                return
            if written >= _MOST_IN_A_TURN:
                self._loop.call_soon(self.settle)
                return
            if not unsent:
                try:
                    unsent.extend(machine.data_to_send())
                except Exception as error:
                    self._cannot_read(error)
            some, size = [], 0
            while unsent and size < _AT_ONCE:
                some.append(unsent.popleft())
                size += len(some[-1])
            if not some:
                continue
            written += size
            self._transport.writelines(some)
            # From Python 3.12.0 to 3.13.1 `writelines` does not call `pause_writing`; this does.
            self._transport.set_write_buffer_limits(high=_AT_ONCE)

    def _cannot_read(self, error: Exception) -> None:
        """Tell that the file of a data set cannot be read; the association has aborted itself."""
        aborted = aborted_here(f"aborted, because a data set could not be read: {error}")
        aborted.__cause__ = error
        self._fail(aborted)

    def _expired(self) -> None:
        self._artim = None
        for event in self._machine.handle_timeout(self._loop.time()):
            self._happened(event)
        self.settle()

    def _look(self) -> None:
        """End what has been silent for too long, while something was expected of the peer."""
        # Who does not take what is sent is not waited for, even by an operation that goes on.
        is_stuck = not self._can_write.is_set()
        is_asked = bool(self._invoked) and not self._invoked.is_full
        # Of a requestor that waits for nothing, an association may be idle as long as it likes.
        may_be_idle = self._machine.is_requestor and self._machine.state is State.Sta6
        is_due = self._performer.is_idle and not may_be_idle
        if (is_stuck or is_asked or is_due) and not self._was_heard:
            what = "has taken nothing" if is_stuck else "was silent"
            self._fail(aborted_here(f"aborted: the peer {what} for {self._limits.timeout:g} s"))
            self.give_up()
            return
        self._was_heard = False
        self._watch = self._loop.call_later(self._limits.timeout, self._look)
