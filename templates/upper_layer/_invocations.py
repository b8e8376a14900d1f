"""The operations that one end has invoked, until their final response has come.

This file is copied as it is from `templates/upper_layer/_invocations.py`. Do not edit the copy.
"""

from __future__ import annotations

import asyncio
from collections import deque
from itertools import count
from typing import Any

from ._operations import is_final


class Answers:
    """The responses to one request, as they come."""

    __slots__ = ("_came", "_waiter")

    def __init__(self) -> None:
        self._came: deque[Any] = deque()
        self._waiter: asyncio.Future[None] | None = None

    def put(self, response: Any) -> None:
        """Add a response, or the error because of which none will come."""
        self._came.append(response)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def get(self) -> Any:
        """Wait for the next response; raise the error, where it is one."""
        while not self._came:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        response = self._came.popleft()
        if isinstance(response, Exception):
            raise response
        return response


class Invocations:
    """What was asked of the peer, by Message ID, and how many operations may be open at once."""

    def __init__(self) -> None:
        self._answers: dict[int, Answers] = {}
        self._message_ids = count(1)
        self._turns: asyncio.Semaphore | None = None

    def __bool__(self) -> bool:
        return bool(self._answers)

    def __contains__(self, message_id: object) -> bool:
        return message_id in self._answers

    def limit(self, most: int) -> None:
        """Let no more than `most` operations be open at once; 0 for any number."""
        self._turns = asyncio.Semaphore(most) if most else None

    async def take_turn(self) -> None:
        """Wait until one more operation may be open."""
        if self._turns is not None:
            await self._turns.acquire()

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
        answers = self._answers[message_id] = Answers()
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
        """Let whoever waits for a response get `error`."""
        for answers in self._answers.values():
            answers.put(error)
        self._answers.clear()
