"""A tap on a TCP connection of loopback: forwards every byte, and keeps it with who sent it.

Invariant: what is kept is what was forwarded, in an order in which it can have been seen: a byte
is kept before it is forwarded, so that no answer precedes what it answers. Who is first between two
ends is left to nobody: what a client says can be held until it has said more, and waited for.
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
PATIENCE = 10.0
_P_DATA_TF = b"\x04"
# The Command Field (0000,0100) of C-CANCEL-RQ: PS3.7 Table 9.3-7 and its siblings.
C_CANCEL = bytes.fromhex("00000001 02000000 FF0F")


@dataclass(frozen=True)
class Piece:
    """Bytes that one end has sent in one go."""

    from_client: bool
    data: bytes


@dataclass
class Connection:
    """What went over one connection, and the threads that still forward."""

    hold: bytes | None = None
    pieces: list[Piece] = field(default_factory=list)
    passed_on: bytearray = field(default_factory=bytearray)
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
            held = b""
            while data := source.recv(_PIECE):
                self.pieces.append(Piece(from_client, data))
                data = held + data
                if from_client and self._waits_for_more(data):
                    held = data
                    continue
                held = b""
                target.sendall(data)
                if from_client:
                    self.passed_on += data
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def _waits_for_more(self, data: bytes) -> bool:
        """Whether these messages of the client are held until it has said what is waited for."""
        if self.hold is None or not data.startswith(_P_DATA_TF) or self.hold in data:
            return False
        return self.hold not in self.passed_on

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
    """A port of its own that leads to the port of a server, for any number of connections.

    With `hold`, the messages of a client stay here until these bytes are among them.
    """

    def __init__(self, target: int, hold: bytes | None = None) -> None:
        self.connections: list[Connection] = []
        self._target = target
        self._hold = hold
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
                    server = socket.create_connection((LOOPBACK, self._target), PATIENCE)
                except OSError:
                    client.close()
                    continue
                server.settimeout(None)
                connection = Connection(self._hold)
                connection.start(client, server)
                self.connections.append(connection)

    def close(self) -> bool:
        """Take no more connections, let those that are there end; say whether they did."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        deadline = monotonic() + PATIENCE
        ended = [connection.finish(deadline) for connection in self.connections]
        return all(ended)
