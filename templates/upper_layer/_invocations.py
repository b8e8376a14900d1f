"""The operations that one end has invoked, until their final response has come.

This file is copied as it is from `templates/upper_layer/_invocations.py`. Do not edit the copy.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from .._dictionary import attach
from .._messages import _TYPES
from ._operations import is_final

if TYPE_CHECKING:
    from ._association_events import MessageReceived

# So many responses may wait to be looked at before no more are read of the connection.
_MOST_KEPT: Final = 64


class Answers:
    """The responses to one request, as they come."""

    __slots__ = ("_came", "_invocations", "_is_closed", "_waiter")

    def __init__(self, invocations: Invocations) -> None:
        self._invocations = invocations
        self._came: deque[Any] = deque()
        self._waiter: asyncio.Future[None] | None = None
        self._is_closed = False

    def put(self, response: Any) -> None:
        """Add a response, or the error because of which none will come."""
        if self._is_closed:
            return
        self._came.append(response)
        self._invocations.kept += 1
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def get(self) -> Any:
        """Wait for the next response; raise the error, where it is one."""
        while not self._came:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._invocations.wait_for(self._waiter)
        response = self._came.popleft()
        self._invocations.looked_at(1)
        if isinstance(response, Exception):
            raise response
        return response

    def close(self) -> None:
        """Keep nothing more: nobody looks at it."""
        self._is_closed = True
        self._invocations.looked_at(len(self._came))
        self._came.clear()


class Invocations:
    """What was asked of the peer, by Message ID, and how many operations may be open at once.

    Parameters
    ----------
    changed : callable
        Called when `is_full` may have changed.

    Attributes
    ----------
    kept : int
        How many responses have come that nobody has looked at yet.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self.kept = 0
        self._changed = changed
        self._waiting = 0
        self._answers: dict[int, Answers] = {}
        self._message_ids = count(1)
        self._turns: asyncio.Semaphore | None = None

    def __bool__(self) -> bool:
        return bool(self._answers)

    def __contains__(self, message_id: object) -> bool:
        return message_id in self._answers

    @property
    def is_full(self) -> bool:
        """Whether no more responses should be read: many wait, and nobody waits for another."""
        return self.kept >= _MOST_KEPT and not self._waiting

    def looked_at(self, number: int) -> None:
        """Say that so many responses are kept no longer."""
        was_full = self.is_full
        self.kept -= number
        if was_full:
            self._changed()

    async def wait_for(self, awaitable: Any) -> None:
        """Wait for what the peer has to say first: it is read from meanwhile."""
        was_full = self.is_full
        self._waiting += 1
        if was_full:
            self._changed()
        try:
            await awaitable
        finally:
            self._waiting -= 1

    def limit(self, most: int) -> None:
        """Let no more than `most` operations be open at once; 0 for any number."""
        self._turns = asyncio.Semaphore(most) if most else None

    async def take_turn(self) -> None:
        """Wait until one more operation may be open."""
        if self._turns is not None:
            await self.wait_for(self._turns.acquire())

    def give_turn(self) -> None:
        """Say that an operation is not open any more."""
        if self._turns is not None:
            self._turns.release()

    def free_message_id(self) -> int:
        """Return a Message ID, from 1 to 65535, that no open operation has."""
        return next(
            number
            for each in self._message_ids
            if (number := (each - 1) % 0xFFFF + 1) not in self._answers
        )

    def begin(self, message_id: int) -> Answers:
        """Return where the responses to a request that was sent will come."""
        answers = self._answers[message_id] = Answers(self)
        return answers

    def received(self, response: Any) -> None:
        """Take a response; one to a request that is not open is passed over."""
        message_id = response.MessageIDBeingRespondedTo
        answers = self._answers.get(message_id)
        if answers is None:
            return
        if is_final(response):
            del self._answers[message_id]
            self.give_turn()
        answers.put(response)

    def fail(self, error: Exception) -> None:
        """Let whoever waits for a response get `error`, and whoever waits for a turn find it."""
        for answers in self._answers.values():
            answers.put(error)
            self.give_turn()
        self._answers.clear()


def response_of(event: MessageReceived) -> Any:
    """Return a response with its data set, also where that went into a file."""
    file = event.data_set
    if file is None or isinstance(file, BytesIO):
        return event.message.primitive
    message_type = _TYPES[event.message.message_type]
    return attach(event.message, BytesIO(file.read()), message_type).primitive
