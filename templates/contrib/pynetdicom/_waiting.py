"""The waits of the threads of pynetdicom, which are told when there is something to do.

pynetdicom has two threads an association, one for the connection (its module ``dul``) and one for
requests (``association``). Each looks for work a thousand times a second; a C-ECHO waits five times
until one of them does.

Invariant: the loops are pynetdicom's own, and so is everything that they do. Where one would sleep
before it looks again, it waits to be told, for `LONGEST` at most, or `LONGEST_IDLE` if it has
nothing to do: a thread that nobody tells is late, never lost.

This file is copied as it is from `templates/contrib/pynetdicom/_waiting.py`. Do not edit the copy.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final

from pynetdicom import association, dul
from pynetdicom.association import Association
from pynetdicom.dul import DULServiceProvider

from ._bells import Bell, connection_bell

LONGEST: Final = 0.01
"""Seconds after which a thread looks for work though nobody has told it."""
LONGEST_IDLE: Final = 0.25
"""The same, for a thread that has looked in vain several times."""

# What `Association._run_reactor` sleeps between two looks; its thread sleeps elsewhere, too.
_BETWEEN_REQUESTS: Final = 0.001
# Taken before anything is replaced: this module is imported by the first installation.
_THEIR_RUN_CONNECTION: Final[Any] = DULServiceProvider.run_reactor
_THEIR_RUN_REQUESTS: Final[Any] = Association._run_reactor
_THEIR_SEND: Final[Any] = DULServiceProvider.send_pdu
_THEIR_STOP: Final[Any] = DULServiceProvider.stop_dul


def replacements() -> Iterator[tuple[Any, str, object]]:
    """Yield what takes the place of which attribute of which class or module."""
    yield DULServiceProvider, "run_reactor", _run_connection
    yield DULServiceProvider, "send_pdu", _send
    yield DULServiceProvider, "stop_dul", _stop
    yield Association, "_run_reactor", _run_requests
    yield dul, "time", _Clock(_sleep_in_connection)
    yield association, "time", _Clock(_sleep_in_requests)


class _Clock:
    """The module ``time`` for one module of pynetdicom, with another ``sleep``."""

    def __init__(self, sleep: Callable[[float], None]) -> None:
        self.sleep = sleep

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)


class _Wait:
    """How long a thread waits: the longer, the more often in vain."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def ended(self, *, in_vain: bool) -> None:
        """Take note of the end of a wait."""
        # A quarter longer each time: what nobody tells is late by a part of the time that the
        # thread has had nothing to do.
        self.seconds = min(1.25 * self.seconds, LONGEST_IDLE) if in_vain else 0.0

    def next(self) -> float:
        """Return the seconds of the next wait."""
        self.seconds = max(self.seconds, LONGEST)
        return self.seconds


def _run_connection(provider: Any) -> None:
    """Stand in for ``DULServiceProvider.run_reactor``."""
    _send_at_once(provider.socket)
    try:
        bell = connection_bell()
    except OSError:
        # This process may open no more files: the thread looks as often as pynetdicom has it.
        _THEIR_RUN_CONNECTION(provider)
        return
    provider._bell, provider._wait = bell, _Wait()
    try:
        _THEIR_RUN_CONNECTION(provider)
    finally:
        bell.close()
        # An abort ends the loop with the thread of the requests still to be told of it.
        tell_of_request(provider.assoc)


def _send_at_once(wrapper: Any) -> None:
    """Let no PDU wait for the acknowledgement of the one before (Nagle's algorithm)."""
    connection = getattr(wrapper, "socket", None)
    if isinstance(connection, socket.socket):
        with suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _send(provider: Any, primitive: Any) -> None:
    """Stand in for ``DULServiceProvider.send_pdu``."""
    _THEIR_SEND(provider, primitive)
    _tell_of_work(provider)


def _stop(provider: Any) -> bool:
    """Stand in for ``DULServiceProvider.stop_dul``, which waits until the thread has looked."""
    _tell_of_work(provider)
    has_ended: bool = _THEIR_STOP(provider)
    return has_ended


def _tell_of_work(provider: Any) -> None:
    bell = vars(provider).get("_bell")
    if bell is not None:
        bell.ring()


def _sleep_in_connection(delay: float) -> None:
    """Stand in for the ``time.sleep`` of ``dul``: until there is something to send or receive."""
    provider: Any = threading.current_thread()
    bell = vars(provider).get("_bell")
    if bell is None:
        time.sleep(delay)
        return
    if provider.to_user_queue.queue:
        # Its peer wants to release or has aborted the association.
        tell_of_request(provider.assoc)
    wrapper = provider.socket
    connection = wrapper.socket if wrapper is not None and wrapper._is_connected else None
    wait = provider._wait
    try:
        found = bell.wait(connection, provider.to_provider_queue.queue, wait.next())
    except (OSError, ValueError):
        # It was closed meanwhile, which pynetdicom finds out.
        time.sleep(delay)
        return
    wait.ended(in_vain=not found)


def tell_of_request(assoc: Any) -> None:
    """Wake the thread that serves the requests of an association, if it is there and may look."""
    has_request = vars(assoc).get("_has_request")
    if has_request is not None and assoc._reactor_checkpoint.is_set():
        has_request.ring()


def _run_requests(assoc: Any) -> None:
    """Stand in for ``Association._run_reactor``."""
    assoc._has_request, assoc._wait = Bell(), _Wait()
    _THEIR_RUN_REQUESTS(assoc)


def _sleep_in_requests(delay: float) -> None:
    """Stand in for the ``time.sleep`` of ``association``: until there is a request, or an end."""
    assoc: Any = threading.current_thread()
    has_request = vars(assoc).get("_has_request")
    if has_request is None or delay != _BETWEEN_REQUESTS:
        time.sleep(delay)
        return
    # Nobody who wants to send has to wait until this thread has looked: as long as the checkpoint
    # is closed, `next_message` gives it nothing.
    assoc._is_paused = True
    wait = assoc._wait
    # It serves one request a look: as long as there are others, nobody tells it again.
    if assoc.dimse.msg_queue.queue:
        has_request.silence()
        wait.ended(in_vain=False)
    else:
        wait.ended(in_vain=not has_request.wait(wait.next()))
