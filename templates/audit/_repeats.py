"""What came twice in a direction of TCP, held against what was taken: whether it is the same.

A receiver takes the bytes of one copy; which, a capture does not tell. Here it is the copy whose
segment starts first in the stream, of those the one that was captured first.

Invariant: memory is bounded, and so is the work for a segment. What cannot be compared is counted.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Final, NamedTuple, TypeAlias

#: How many segments are remembered, of all connections together, and how many bytes of frames.
_MOST_SEGMENTS, _MOST_BYTES = 1024, 4 << 20
#: Where a segment stands in its direction, its frame with where its data is, and its number.
Taken: TypeAlias = tuple[int, bytes, int, int, int]
_Half: TypeAlias = Any
_SHORTEST: Final = 2


class Difference(NamedTuple):
    """Two copies of the same bytes that are not the same.

    Attributes
    ----------
    position : int
        Where in the direction the first of them is that differs.
    size : int
        How many differ.
    taken, passed_over : int
        The numbers of the frame that was taken, and of the other.
    """

    position: int
    size: int
    taken: int
    passed_over: int


class Repeats:
    """The segments that were taken last, by direction."""

    __slots__ = ("_order", "_size")

    def __init__(self) -> None:
        # Those of each direction, in the order in which they were taken of all.
        self._order: deque[list[Taken]] = deque()
        self._size = 0

    def keep(self, half: _Half, taken: Taken) -> None:
        """Remember a segment that was taken."""
        mine = half.taken
        if mine is None:
            mine = half.taken = []
        mine.append(taken)
        self._order.append(mine)
        self._size += len(taken[1])
        while self._size > _MOST_BYTES or len(self._order) > _MOST_SEGMENTS:
            dropped = self._order.popleft().pop(0)
            self._size -= len(dropped[1])

    def compare(self, half: _Half, again: Taken) -> tuple[list[Difference], int]:
        """Return where a segment is not what was taken, and how many bytes cannot be compared."""
        place, data, start, end, frame = again
        stop = min(place + end - start, half.position)
        first = max(place, 0)
        # What probes whether the peer is alive repeats a byte with any value (RFC 9293 3.8.4).
        if stop - place < _SHORTEST and stop == half.position:
            return [], 0
        found: list[Difference] = []
        left = stop - first
        for position, taken, at, until, number in reversed(half.taken or ()):
            low, high = max(first, position), min(stop, position + until - at)
            if position + until - at <= first:
                break
            if low >= high:
                continue
            left -= high - low
            one = taken[at + low - position : at + high - position]
            other = data[start + low - place : start + high - place]
            if one != other:
                differ = [index for index in range(high - low) if one[index] != other[index]]
                found.append(Difference(low + differ[0], len(differ), number, frame))
        return found, max(left, 0)
