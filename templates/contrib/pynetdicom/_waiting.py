"""The waits of the threads of pynetdicom, which are told when there is something to do.

pynetdicom has two threads an association, one for the connection (its module ``dul``) and one for
requests (``association``). Each looks for work a thousand times a second; a C-ECHO waits five times
until one of them does.

Invariant: the loops are pynetdicom's own, and so is everything that they do. Where one would sleep
before it looks again, it waits to be told, for `LONGEST` at most: a thread that nobody tells is
late, never lost.

This file is copied as it is from `templates/contrib/pynetdicom/_waiting.py`. Do not edit the copy.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sized
from contextlib import suppress
from select import select
from typing import Any, Final

from pynetdicom import association, dul
from pynetdicom.association import Association
from pynetdicom.dul import DULServiceProvider

LONGEST: Final = 0.01
"""Seconds after which a thread looks for work though nobody has told it."""

# What `Association._run_reactor` sleeps between two looks; its thread sleeps elsewhere, too.
_BETWEEN_REQUESTS: Final = 0.001
# Taken before anything is replaced: this module is imported by the first installation.
_THEIR_RUN_CONNECTION: Final[Any] = DULServiceProvider.run_reactor
_THEIR_RUN_REQUESTS: Final[Any] = Association._run_reactor
_THEIR_SEND: Final[Any] = DULServiceProvider.send_pdu


def replacements() -> Iterator[tuple[Any, str, object]]:
    """Yield what takes the place of which attribute of which class or module."""
    yield DULServiceProvider, "run_reactor", _run_connection
    yield DULServiceProvider, "send_pdu", _send
    yield Association, "_run_reactor", _run_requests
    yield dul, "time", _Clock(_sleep_in_connection)
    yield association, "time", _Clock(_sleep_in_requests)


class _Clock:
    """The module ``time`` for one module of pynetdicom, with another ``sleep``."""

    def __init__(self, sleep: Callable[[float], None]) -> None:
        self.sleep = sleep

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)


class _Doorbell:
    """Ends the wait of the thread of a connection."""

    def __init__(self) -> None:
        # Not a pipe: on Windows select waits for nothing but sockets.
        self._inside, self._outside = socket.socketpair()
        self._is_waiting = False

    def ring(self) -> None:
        """End the wait, if there is one; any thread may."""
        if self._is_waiting:
            self._is_waiting = False
            with suppress(OSError):
                self._outside.send(b"\0")

    def wait(self, connection: socket.socket | None, work: Sized) -> None:
        """Wait until somebody rings or `connection` can be read, unless there is `work`."""
        self._is_waiting = True
        # Looked at after the line above: who brings work from here on rings.
        if not work:
            watched = [self._inside] if connection is None else [self._inside, connection]
            if self._inside in select(watched, [], [], LONGEST)[0]:
                self._inside.recv(64)
        self._is_waiting = False

    def close(self) -> None:
        """Take it away; from then on nobody waits for it."""
        self._is_waiting = False
        self._inside.close()
        self._outside.close()


def _run_connection(provider: Any) -> None:
    """Stand in for ``DULServiceProvider.run_reactor``."""
    _send_at_once(provider.socket)
    try:
        doorbell = _Doorbell()
    except OSError:
        # This process may open no more files: the thread looks as often as pynetdicom has it.
        _THEIR_RUN_CONNECTION(provider)
        return
    provider._doorbell = doorbell
    try:
        _THEIR_RUN_CONNECTION(provider)
    finally:
        doorbell.close()
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
    doorbell = vars(provider).get("_doorbell")
    if doorbell is not None:
        doorbell.ring()


def _sleep_in_connection(delay: float) -> None:
    """Stand in for the ``time.sleep`` of ``dul``: until there is something to send or receive."""
    provider: Any = threading.current_thread()
    doorbell = vars(provider).get("_doorbell")
    if not isinstance(doorbell, _Doorbell):
        time.sleep(delay)
        return
    if provider.to_user_queue.queue:
        # Its peer wants to release or has aborted the association.
        tell_of_request(provider.assoc)
    wrapper = provider.socket
    connection = wrapper.socket if wrapper is not None and wrapper._is_connected else None
    try:
        doorbell.wait(connection, provider.to_provider_queue.queue)
    except (OSError, ValueError):
        # It was closed meanwhile, which pynetdicom finds out, or is one too many for select.
        time.sleep(delay)


def tell_of_request(assoc: Any) -> None:
    """Wake the thread that serves the requests of an association, if it is there and may look."""
    has_request = vars(assoc).get("_has_request")
    if has_request is not None and assoc._reactor_checkpoint.is_set():
        has_request.set()


def _run_requests(assoc: Any) -> None:
    """Stand in for ``Association._run_reactor``."""
    assoc._has_request = threading.Event()
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
    has_request.wait(LONGEST)
    has_request.clear()
