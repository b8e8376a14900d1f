"""How much is kept of connections that are open: beyond it, what was idle longest is let go.

Invariant: an association that is let go is told as far as it went, and counted as not checked from
there on; memory is bounded however many there are.
"""

from __future__ import annotations

from typing import Final

from ._directions import Connection
from ._tcp import Tracker

#: How much is kept, in bytes as far as they can be told: what is open, and what is said of it.
MOST_KEPT: Final = 128 << 20
#: What an open connection takes, whatever it carries.
CONNECTION: Final = 2048
_FEWEST: Final = 1024


class Room:
    """Looks from time to time at how much is kept."""

    __slots__ = ("_most",)

    def __init__(self) -> None:
        self._most = MOST_KEPT

    def look(self, tracker: Tracker) -> int:
        """Let go of connections if too much is kept; return after how many frames to look again."""
        connections = tracker.connections()
        kept = sum(map(weight_of, connections))
        if kept > self._most:
            self._let_go(tracker, sorted(connections, key=_last_used), kept)
        # So that looking costs no more than reading.
        return max(_FEWEST, len(connections))

    def _let_go(self, tracker: Tracker, connections: list[Connection], kept: int) -> None:
        enough = self._most - self._most // 4
        for connection in connections[:-1]:
            if kept <= enough:
                return
            kept -= weight_of(connection)
            tracker.let_go(connection)


def weight_of(connection: Connection) -> int:
    """Return how much is kept of a connection."""
    listener = connection.listener
    return CONNECTION + (listener.weight if listener is not None else 0)


def _last_used(connection: Connection) -> int:
    return connection.frame
