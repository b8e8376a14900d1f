"""A tap on a TCP connection of loopback: forwards every byte, and keeps it with who sent it.

Invariant: what is kept is what was forwarded, in an order in which it can have been seen: a byte
is kept before it is forwarded, so that no answer precedes what it answers.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from time import monotonic

LOOPBACK = "127.0.0.1"
_PIECE = 1 << 16
# Both ends of an exchange have closed by then, or never will.
_PATIENCE = 10.0


@dataclass(frozen=True)
class Piece:
    """Bytes that one end has sent in one go."""

    from_client: bool
    data: bytes


@dataclass
class Connection:
    """What went over one connection, and the threads that still forward."""

    pieces: list[Piece] = field(default_factory=list)
    sockets: list[socket.socket] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)

    def start(self, client: socket.socket, server: socket.socket) -> None:
        """Forward in both directions until both ends have closed."""
        self.sockets += [client, server]
        for end in self.sockets:
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for ends in ((client, server, True), (server, client, False)):
            self.threads.append(Thread(target=self._forward, args=ends, daemon=True))
        for thread in self.threads:
            thread.start()

    def _forward(self, source: socket.socket, target: socket.socket, from_client: bool) -> None:
        # An end that is reset has nothing more to say, as one that is closed.
        with suppress(OSError):
            while data := source.recv(_PIECE):
                self.pieces.append(Piece(from_client, data))
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def finish(self, deadline: float) -> bool:
        """Wait until both ends have closed, then close; say whether they had."""
        for thread in self.threads:
            thread.join(max(0.0, deadline - monotonic()))
        ended = not any(thread.is_alive() for thread in self.threads)
        for end in self.sockets:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        return ended


class Tap:
    """A port of its own that leads to the port of a server, for any number of connections."""

    def __init__(self, target: int) -> None:
        self.connections: list[Connection] = []
        self._target = target
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        # Closing the listener ends this.
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                try:
                    server = socket.create_connection((LOOPBACK, self._target), _PATIENCE)
                except OSError:
                    client.close()
                    continue
                server.settimeout(None)
                connection = Connection()
                connection.start(client, server)
                self.connections.append(connection)

    def close(self) -> bool:
        """Take no more connections, let those that are there end; say whether they did."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        deadline = monotonic() + _PATIENCE
        ended = [connection.finish(deadline) for connection in self.connections]
        return all(ended)
