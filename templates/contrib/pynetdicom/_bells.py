"""Bells that end the wait of a thread, for work that another one brings or for bytes of a peer.

Invariant: a bell that is rung while nobody waits ends the next wait, or there is work that the next
wait finds first. Where the system has epoll, the connections of a process share one open file; they
take one each besides, which is that of the connection. Where the hard limit of open files is above
the soft one, the shared file is beyond the latter and takes no number that a connection could have.

This file is copied as it is from `templates/contrib/pynetdicom/_bells.py`. Do not edit the copy.
"""

from __future__ import annotations

import os
import select
import socket
import sys
import threading
from collections.abc import Sized
from contextlib import suppress
from typing import Any, Final, Protocol

from ._open_files import epoll_beyond_the_limit

# Seconds after which the thread of a watcher looks whether it is still needed.
_UNTIL_UNUSED: Final = 1.0


class Bell:
    """Ends the wait of one thread."""

    def __init__(self) -> None:
        self._is_silent = threading.Lock()
        self._is_silent.acquire()

    def ring(self) -> None:
        """End the wait, or the next one; any thread may, and more than once."""
        with suppress(RuntimeError):
            self._is_silent.release()

    def silence(self) -> None:
        """Forget that it was rung."""
        self._is_silent.acquire(blocking=False)

    def wait(self, seconds: float) -> bool:
        """Wait until it is rung, and return whether it was."""
        return self._is_silent.acquire(timeout=seconds)


class ConnectionBell(Protocol):
    """Ends the wait of the thread of a connection, as what the peer sends does."""

    def ring(self) -> None:
        """End the wait, if there is one; any thread may."""

    def wait(self, connection: socket.socket | None, work: Sized, seconds: float) -> bool:
        """Wait for a ring, for bytes on `connection` or for `seconds`, unless there is `work`.

        Return whether there was any of them before the time was over.
        """

    def close(self) -> None:
        """Take it away; from then on nobody waits for it."""


class Doorbell:
    """A bell that has two open files of its own."""

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

    def wait(self, connection: socket.socket | None, work: Sized, seconds: float) -> bool:
        """Wait for a ring, for bytes on `connection` or for `seconds`, unless there is `work`."""
        self._is_waiting = True
        found: list[socket.socket] = []
        # Looked at after the line above: who brings work from here on rings.
        has_work = bool(work)
        if not has_work:
            watched = [self._inside] if connection is None else [self._inside, connection]
            found = readable(watched, seconds)
            if self._inside in found:
                self._inside.recv(64)
        self._is_waiting = False
        return has_work or bool(found)

    def close(self) -> None:
        """Take it away; from then on nobody waits for it."""
        self._is_waiting = False
        self._inside.close()
        self._outside.close()


class SharedBell:
    """A bell that has no open file of its own: a `Watcher` rings it for its connection."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._bell = Bell()
        self._watched = -1

    def ring(self) -> None:
        """End the wait, if there is one; any thread may."""
        self._bell.ring()

    def wait(self, connection: socket.socket | None, work: Sized, seconds: float) -> bool:
        """Wait for a ring, for bytes on `connection` or for `seconds`, unless there is `work`."""
        self._bell.silence()
        # Looked at after the line above: who brings work from here on rings.
        if work:
            return True
        if connection is not None and not self._is_watched(connection):
            return bool(readable([connection], seconds))
        return self._bell.wait(seconds)

    def _is_watched(self, connection: socket.socket) -> bool:
        number = connection.fileno()
        if number != self._watched:
            self._watcher.forget(self._watched, self._bell)
            self._watched = number
        return self._watcher.watch(number, self._bell)

    def close(self) -> None:
        """Take it away; from then on nobody waits for it."""
        self._watcher.forget(self._watched, self._bell)


class Watcher:
    """One thread and one open file that ring for all connections of this process (epoll).

    It has them from the first wait on until there is no connection any more.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bells: dict[int, Bell] = {}
        self._epoll: Any = None
        self._is_lent = False
        os.register_at_fork(after_in_child=self._begin_anew)

    def watch(self, number: int, bell: Bell) -> bool:
        """Ring `bell` once, when there are bytes; False if that cannot be.

        Raises
        ------
        OSError
            If `number` is no open file.
        """
        epoll = self._epoll or self._open()
        if epoll is None:
            return False
        self._bells[number] = bell
        once = select.EPOLLIN | select.EPOLLONESHOT
        try:
            try:
                epoll.modify(number, once)
            except FileNotFoundError:
                epoll.register(number, once)
        except ValueError:
            # Closed just now.
            return False
        return True

    def forget(self, number: int, bell: Bell) -> None:
        """Ring `bell` no more; what is closed, epoll forgets by itself."""
        if self._bells.get(number) is bell:
            del self._bells[number]

    def has_file(self) -> bool:
        """Return whether there is an open file that it could lend."""
        return self._epoll is not None

    def lend(self) -> bool:
        """Close the open file, so that another may be opened; return whether there was one."""
        with self._lock:
            epoll, self._epoll = self._epoll, None
            if epoll is None:
                return False
            self._is_lent = True
            epoll.close()
            return True

    def take_back(self) -> None:
        """Open a file again, if one may be opened."""
        self._is_lent = False
        self._open()

    def _open(self) -> Any:
        with self._lock:
            if self._epoll is None and not self._is_lent:
                try:
                    self._epoll = epoll_beyond_the_limit()
                except OSError:
                    # This process may open no more files.
                    return None
                name = "dimse_primitives watcher"
                threading.Thread(
                    target=self._run, args=(self._epoll,), name=name, daemon=True
                ).start()
            return self._epoll

    def _run(self, epoll: Any) -> None:
        while self._epoll is epoll:
            try:
                found = epoll.poll(_UNTIL_UNUSED)
            except (OSError, ValueError):
                return
            for number, _ in found:
                bell = self._bells.get(number)
                if bell is not None:
                    bell.ring()
            if not found and not self._bells:
                self._close(epoll)

    def _close(self, epoll: Any) -> None:
        with self._lock:
            if self._epoll is epoll and not self._bells:
                self._epoll = None
                epoll.close()

    def _begin_anew(self) -> None:
        """Have nothing to do with the connections of the process that this one was forked from."""
        self._lock = threading.Lock()
        self._bells = {}
        epoll, self._epoll, self._is_lent = self._epoll, None, False
        if epoll is not None:
            epoll.close()


def readable(connections: list[socket.socket], seconds: float) -> list[socket.socket]:
    """Return those of `connections` that can be read, or were closed by the peer, within `seconds`.

    Raises
    ------
    OSError, ValueError
        If one is closed.
    """
    if sys.platform == "win32":
        return select.select(connections, [], [], seconds)[0]
    # select cannot wait for files whose number is 1024 or more.
    poll = select.poll()
    numbers = {connection.fileno(): connection for connection in connections}
    for number in numbers:
        poll.register(number, select.POLLIN)
    found = poll.poll(seconds * 1000)
    if any(event & select.POLLNVAL for _, event in found):
        raise ValueError("a connection is closed")
    return [numbers[number] for number, _ in found]


WATCHER: Final = Watcher() if hasattr(select, "epoll") else None
"""The watcher of this process, if the system has epoll."""


def connection_bell() -> ConnectionBell:
    """Return a bell for the thread of a connection.

    Raises
    ------
    OSError
        If it needs open files, and no more may be opened.
    """
    return Doorbell() if WATCHER is None else SharedBell(WATCHER)
