"""TCP segments to the bytes of each direction, in the order in which they were received.

A segment is delivered when what is before it has been, and what its sender had acknowledged: so
that a response never comes before its request, however the capture was made. What does not come
is waited for within a window of bytes and segments, then named as missing. Sequence numbers wrap at
32 bits; inside, positions count on.

Invariant: every byte that a listener is given was sent at that place of the stream, once; between
two that do not follow one another it is told how many are missing. Memory is bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Final

from ._directions import Connection, Former, Half, Listener
from ._repeats import Repeats, Taken
from ._segments import ACK, FIN, RST, SYN, Segment, reverse

_MASK, _HALF = 0xFFFFFFFF, 0x80000000
#: What waits of one connection, and of all of them.
_MOST_BYTES, _MOST_SEGMENTS = 4 << 20, 4096
_MOST_BYTES_IN_ALL: Final = 64 << 20
# After so many segments, what the receiver has acknowledged will not come any more.
_PATIENCE: Final = 32
_MOST_CLOSED, _MOST_LET_GO = 1 << 12, 1 << 16


class Tracker:
    """Follows every connection of a capture.

    Parameters
    ----------
    listen : callable
        Returns who listens to a connection, or None for nobody.

    Attributes
    ----------
    passed_over : int
        How many segments with data are of connections that were let go.
    """

    def __init__(self, listen: Callable[[Connection], Listener | None]) -> None:
        self._listen = listen
        self._halves: dict[bytes, Half] = {}
        self._held = 0
        self._repeats = Repeats()
        # Late copies of what a connection sent start no other one.
        self._closed, self._let_go_of = Former(_MOST_CLOSED), Former(_MOST_LET_GO)
        self.passed_over = 0

    def take(self, segment: Segment, time: int, frame: int) -> None:
        """Deliver a segment, or have it wait."""
        key, seq, ack, flags, buffer, start, end, lost = segment
        half = self._halves.get(key)
        if half is None or flags & SYN:
            half = self._start(half, key, seq, flags, start == end)
            if half is None:
                return
        connection = half.connection
        if connection.listener is None:
            if connection.count:
                self._drop_waiting(connection)
            if flags & RST:
                self._forget(connection)
            return
        other = half.other
        if flags & SYN:
            seq = (seq + 1) & _MASK
        if half.next is None:
            # Its SYN was not captured, or comes later.
            half.initial = half.next = seq
        if flags & ACK and other.next is not None:
            ahead = (ack - other.next) & _MASK
            reached = other.position + (ahead if ahead < _HALF else ahead - _MASK - 1)
            if reached > other.acked:
                other.acked = reached
        else:
            ahead = 0
        if start == end and not lost and not flags & (FIN | RST):
            if connection.count:
                self._waited(connection)
            return
        if seq == half.next and not connection.count and not 0 < ahead < _HALF:
            connection.time, connection.frame = time, frame
            self._deliver(half, flags, buffer, start, end, lost)
            return
        self._wait(half, segment, time, frame, ahead)

    def _start(
        self, half: Half | None, key: bytes, seq: int, flags: int, is_empty: bool
    ) -> Half | None:
        """Return the direction of a segment that starts one; None if it only acknowledges."""
        if half is not None and flags & SYN:
            first = (seq + 1) & _MASK
            if half.initial == first:
                return half
            if half.next is None or not (half.position or half.other.position):
                # The first of this direction, or the port is tried again.
                half.initial = half.next = first
                return half
            self._end(half.connection)
        elif not flags & SYN:
            if is_empty or self._closed.has(key, seq):
                return None
            if key in self._let_go_of:
                self.passed_over += 1
                return None
        connection = Connection(key)
        connection.is_whole = bool(flags & SYN) and not flags & ACK
        half = connection.halves[0]
        self._halves[key], self._halves[reverse(key)] = connection.halves
        for former in (self._closed, self._let_go_of):
            former.forget(key)
        if flags & SYN:
            half.initial = half.next = (seq + 1) & _MASK
        connection.listener = self._listen(connection)
        return half

    def _deliver(
        self, half: Half, flags: int, buffer: bytes, start: int, end: int, lost: int
    ) -> None:
        connection = half.connection
        listener = connection.listener
        assert half.next is not None
        size = end - start + lost
        half.next = (half.next + size) & _MASK
        half.position += size
        if listener is None:
            return
        if start != end:
            taken = (half.position - size, buffer, start, end, connection.frame)
            self._repeats.keep(half, taken)
            listener.data(half.direction, buffer, start, end)
        if lost:
            listener.gap(half.direction, lost)
        if flags & (FIN | RST) and not half.is_closed:
            half.is_closed = True
            if flags & FIN:
                half.next = (half.next + 1) & _MASK
                half.position += 1
            listener.closed(half.direction, is_reset=bool(flags & RST))
            if half.other.is_closed or flags & RST:
                self._end(connection)

    def _wait(self, half: Half, segment: Segment, time: int, frame: int, ahead: int) -> None:
        _, seq, _, flags, _, start, end, lost = segment
        connection = half.connection
        assert half.next is not None
        gap = (seq - half.next) & _MASK
        place = half.position + (gap if gap < _HALF else gap - _MASK - 1)
        stop = place + end - start + lost
        if stop < half.position or (stop == half.position and not flags & (FIN | RST)):
            self._compare(half, (place, segment[4], start, end, frame))
            return  # what was there already
        if flags & RST and place > half.position:
            # A reset is outside of the stream: it need not follow what came before.
            place = half.position
        other = half.other
        needed = other.position + ahead if 0 < ahead < _HALF else 0
        # Of a slice, only the slice is kept.
        kept = (*segment[:4], segment[4][start:end], 0, end - start, lost)
        heappush(connection.waiting[half.direction], (place, frame, needed, time, kept))
        connection.count += 1
        connection.held += end - start
        self._held += end - start
        self._waited(connection)

    def _waited(self, connection: Connection) -> None:
        """Deliver what need not wait any longer."""
        self._drain(connection)
        while connection.count and (
            connection.held > _MOST_BYTES
            or connection.count > _MOST_SEGMENTS
            or self._held > _MOST_BYTES_IN_ALL
            or self._is_known_to_be_lost(connection)
        ):
            self._give_up(connection)
            self._drain(connection)

    def _is_known_to_be_lost(self, connection: Connection) -> bool:
        """Return whether what is waited for was acknowledged a while ago."""
        if any(half.acked > half.position for half in connection.halves):
            connection.patience += 1
        return connection.patience > _PATIENCE

    def _drain(self, connection: Connection) -> None:
        """Deliver whatever is next in either direction."""
        is_moving = True
        while is_moving and connection.count:
            is_moving = False
            for half in connection.halves:
                waiting = connection.waiting[half.direction]
                while waiting and waiting[0][0] <= half.position:
                    if waiting[0][2] > half.other.position:
                        break
                    self._pop(half)
                    is_moving = True
                    connection.patience = 0

    def _pop(self, half: Half) -> None:
        """Deliver the first that waits in a direction, without what was there already."""
        connection = half.connection
        place, frame, _, time, kept = heappop(connection.waiting[half.direction])
        _, _, _, flags, buffer, start, end, lost = kept
        connection.count -= 1
        connection.held -= end
        self._held -= end
        known = half.position - place
        if known > 0:
            self._compare(half, (place, buffer, start, end, frame))
        if known > end - start + lost:
            return
        have = min(known, end - start)
        connection.time, connection.frame = time, frame
        self._deliver(half, flags, buffer, start + have, end, lost - (known - have))

    def _compare(self, half: Half, again: Taken) -> None:
        """Hold what came again against what was taken."""
        if again[2] == again[3]:
            return
        differences, unknown = self._repeats.compare(half, again)
        listener = half.connection.listener
        if listener is not None and (differences or unknown):
            listener.repeated(half.direction, differences, unknown)

    def _give_up(self, connection: Connection) -> None:
        """Name what is missing before the segment that has waited longest."""
        first = min((w[0][1], direction) for direction, w in enumerate(connection.waiting) if w)
        half = connection.halves[first[1]]
        place, frame, needed, time, _ = connection.waiting[first[1]][0]
        connection.time, connection.frame = time, frame
        connection.patience = 0
        if place > half.position:
            self._skip(half, place)
            return
        other = connection.waiting[1 - first[1]]
        if other and other[0][0] <= half.other.position:
            # Each waits for the other: one of them acknowledges what was never sent.
            self._pop(half)
        else:
            self._skip(half.other, min(needed, other[0][0]) if other else needed)

    def _skip(self, half: Half, place: int) -> None:
        missing = place - half.position
        assert half.next is not None
        half.next = (half.next + missing) & _MASK
        half.position = place
        listener = half.connection.listener
        is_fin = missing == 1 and not half.connection.waiting[half.direction]
        if listener is not None and not is_fin:
            listener.gap(half.direction, missing)

    def _end(self, connection: Connection) -> None:
        """Deliver whatever waits, and let go of a connection."""
        if self._halves.get(connection.key) is not connection.halves[0]:
            return
        self._forget(connection)
        while connection.count:
            self._drain(connection)
            if connection.count:
                self._give_up(connection)
        listener, connection.listener = connection.listener, None
        if listener is not None:
            listener.end()
        connection.unlink()

    def _forget(self, connection: Connection) -> None:
        if self._halves.get(connection.key) is connection.halves[0]:
            del self._halves[connection.key]
            self._halves.pop(reverse(connection.key), None)
            self._closed.add(connection)

    def connections(self) -> list[Connection]:
        """Return every connection that is open."""
        return [half.connection for half in self._halves.values() if half.direction == 0]

    def let_go(self, connection: Connection) -> None:
        """Follow a connection no longer, though it is open."""
        del self._halves[connection.key]
        self._halves.pop(reverse(connection.key), None)
        self._drop_waiting(connection)
        listener, connection.listener = connection.listener, None
        if listener is not None and listener.let_go():
            self._let_go_of.add(connection)
        connection.unlink()

    def _drop_waiting(self, connection: Connection) -> None:
        """Forget what waits in a connection that nobody listens to."""
        for waiting in connection.waiting:
            waiting.clear()
        self._held -= connection.held
        connection.count = connection.held = 0

    def end(self) -> None:
        """End every connection: the capture is over."""
        for connection in self.connections():
            self._end(connection)
