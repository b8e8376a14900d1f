"""TCP connections as a capture shows them: two directions, what waits in each, and who listens.

Invariant: nothing is decided here: `Tracker` does that.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Protocol

from ._repeats import Difference, Taken
from ._segments import Segment, reverse

_MASK = 0xFFFFFFFF


class Listener(Protocol):
    """What becomes of a connection; directions are 0 for who sent the first segment, and 1."""

    def data(self, direction: int, buffer: bytes, start: int, end: int) -> None:
        """Take the bytes of `buffer` from `start` to `end`."""

    def gap(self, direction: int, size: int) -> None:
        """Take note that `size` bytes are not in the capture."""

    def repeated(self, direction: int, differences: list[Difference], unknown: int) -> None:
        """Take note of bytes that came again and differ, and of some that were not compared."""

    def closed(self, direction: int, *, is_reset: bool) -> None:
        """Take note that no more will be sent in a direction."""

    def end(self) -> None:
        """Take note that no more will come of the connection in this capture."""

    @property
    def weight(self) -> int:
        """How many bytes it takes, as far as they can be told."""

    def let_go(self) -> bool:
        """Take note that what follows is not looked at; return whether that is a loss."""


class Half:
    """One direction of a connection.

    Attributes
    ----------
    next : int or None
        The sequence number that is to come, modulo 2**32; None before the first segment.
    initial : int or None
        The sequence number of its first byte in the capture.
    position : int
        How many bytes have been delivered, or named as missing.
    taken : list or None
        Of the segments that were delivered, the last ones; None before the first.
    """

    __slots__ = (
        "acked",
        "connection",
        "direction",
        "initial",
        "is_closed",
        "next",
        "other",
        "position",
        "taken",
    )

    other: Half

    def __init__(self, connection: Connection, direction: int) -> None:
        self.connection, self.direction = connection, direction
        self.next: int | None = None
        self.initial: int | None = None
        self.position = self.acked = 0
        self.is_closed = False
        self.taken: list[Taken] | None = None


# A segment that waits: its place in the direction, when it came, and it.
_Waiting = tuple[int, int, int, int, Segment]


class Connection:
    """Two directions, what waits in each, and who listens.

    Attributes
    ----------
    key : bytes
        Who sent the first segment to whom.
    is_whole : bool
        Whether its beginning is in the capture.
    time, frame : int
        Of the segment that is being delivered.
    """

    __slots__ = (
        "count",
        "frame",
        "halves",
        "held",
        "is_whole",
        "key",
        "listener",
        "patience",
        "time",
        "waiting",
    )

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.halves = (Half(self, 0), Half(self, 1))
        self.halves[0].other, self.halves[1].other = self.halves[1], self.halves[0]
        self.listener: Listener | None = None
        self.waiting: tuple[list[_Waiting], list[_Waiting]] = ([], [])
        self.held = self.count = self.patience = 0
        self.is_whole = False
        self.time = self.frame = 0

    def unlink(self) -> None:
        """Break its circles when it is over, so that its memory is free at once."""
        for half in self.halves:
            del half.other, half.connection


class Former:
    """Connections that are over, by direction, each with its sequence numbers.

    Parameters
    ----------
    most : int
        How many directions are remembered.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        # The first sequence number of each, and that after its last.
        self._known: OrderedDict[bytes, tuple[int, int]] = OrderedDict()

    def __contains__(self, key: bytes) -> bool:
        return key in self._known

    def add(self, connection: Connection) -> None:
        """Remember both directions of a connection, and forget the oldest ones."""
        keys = (connection.key, reverse(connection.key))
        for key, half in zip(keys, connection.halves, strict=True):
            self._known[key] = half.initial or 0, half.next or 0
        while len(self._known) > self._most:
            self._known.popitem(last=False)

    def forget(self, key: bytes) -> None:
        """Forget both directions of a connection: there is another one."""
        self._known.pop(key, None)
        self._known.pop(reverse(key), None)

    def has(self, key: bytes, seq: int) -> bool:
        """Return whether a segment is of a connection that is over.

        With another sequence number it is of the next connection on the same ports, of which the
        start was not captured.
        """
        if key not in self._known:
            return False
        first, after = self._known[key]
        return (seq - first + 1) & _MASK <= (after - first + 1) & _MASK
