"""A TCP connection as the source of an association: found by what it carries, on any port.

Invariant: until it is known to carry an association, nothing of it is kept but its first bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from ._detection import Content, content_of
from ._dialogue import Dialogue
from ._directions import Connection
from ._finding import ACCEPTOR, OTHER, REQUESTOR, Place
from ._record import Association
from ._repeats import Difference
from ._segments import Endpoint, endpoints

_ENOUGH: Final = 32
_MOST_NAMED: Final = 1000


class AuditedConnection:
    """Listens to a connection, and has a `Dialogue` as soon as it carries an association.

    Parameters
    ----------
    connection : Connection
        What it listens to.
    file : str
        The name of the capture.
    finished : callable
        Takes the association when no more will come of it.
    not_checked : Counter of str
        Where what cannot be read is counted.
    instances : Instances or None
        The SOP Instances of the capture, with their states.
    is_expected : bool
        Whether the port says that it carries DICOM, whatever it starts with.
    keeps_data_sets : bool
        Whether data sets are kept though no rule needs them.
    """

    def __init__(
        self,
        connection: Connection,
        file: str,
        finished: Callable[[Association], None],
        not_checked: Counter[str],
        *,
        instances: Any = None,
        is_expected: bool = False,
        keeps_data_sets: bool = False,
    ) -> None:
        self._connection, self._file, self._finished = connection, file, finished
        self._not_checked, self._is_expected = not_checked, is_expected
        self._starts = (bytearray(), bytearray())
        self._dialogue: Dialogue | None = None
        self._parties = (REQUESTOR, ACCEPTOR)
        self._had_gap = False
        self._keeps_data_sets, self._instances = keeps_data_sets, instances

    # What a Dialogue asks of its source.

    @property
    def ends(self) -> tuple[Endpoint, Endpoint]:
        """The requestor and the acceptor."""
        first, second = endpoints(self._connection.key)
        return (first, second) if self._parties[0] == REQUESTOR else (second, first)

    @property
    def sees_both(self) -> bool:
        """Whether both directions are in the capture."""
        first, second = self._connection.halves
        return first.next is not None and second.next is not None

    def place_of(self, sender: str) -> Place:
        """Return where the capture is."""
        time = self._connection.time
        return Place(sender, time or None, self._connection.frame)

    def acknowledged(self, sender: str) -> int:
        """Return how many bytes of the peer a side has acknowledged."""
        return self._connection.halves[self._parties.index(OTHER[sender])].acked

    def position(self, sender: str) -> int:
        """Return how many bytes a side has sent."""
        return self._connection.halves[self._parties.index(sender)].position

    # What a Tracker tells.

    def data(self, direction: int, buffer: bytes, start: int, end: int) -> None:
        """Take bytes of a direction."""
        dialogue = self._dialogue
        if dialogue is not None:
            dialogue.readers[self._parties[direction]].feed(buffer, start, end)
            return
        self._starts[direction].extend(memoryview(buffer)[start:end])
        self._decide(direction)

    def _decide(self, direction: int) -> None:
        content = content_of(bytes(self._starts[direction][:_ENOUGH]))
        if content is Content.UNDECIDED:
            return
        if content is Content.OTHER and self._is_expected and not self._had_gap:
            content = Content.ASSOCIATION
        if content is Content.OTHER and not self._starts[1 - direction]:
            # The other side may start with what tells it, where the capture starts later.
            if self._connection.is_whole:
                self._connection.listener = None
            elif len(self._starts[direction]) > 1 << 16:
                self._starts[direction].clear()
            return
        if content in (Content.OTHER, Content.TLS):
            if content is Content.TLS:
                first, second = self.ends
                what = f"TLS between {first.address} and {second}"
                is_listed = what in self._not_checked or len(self._not_checked) < _MOST_NAMED
                self._not_checked[what if is_listed else "TLS between others"] += 1
            self._connection.listener = None
            return
        self._begin(direction, content)

    def _begin(self, direction: int, content: Content) -> None:
        is_late = content in (Content.LATE, Content.ANSWER)
        is_from_requestor = not is_late or self._is_request(direction)
        if content is Content.ANSWER:
            is_from_requestor = False
        if (direction == 0) != is_from_requestor:
            self._parties = (ACCEPTOR, REQUESTOR)
        self._dialogue = Dialogue(
            self,
            self._file,
            instances=self._instances,
            is_late=is_late,
            starts_with=ACCEPTOR if content is Content.ANSWER else "",
            keeps_data_sets=self._keeps_data_sets,
        )
        # What came first is first.
        for each in (direction, 1 - direction):
            start = bytes(self._starts[each])
            self._starts[each].clear()
            self._dialogue.readers[self._parties[each]].feed(start, 0, len(start))

    def _is_request(self, direction: int) -> bool:
        """Return whether a side whose first bytes are not in the capture is the requestor's.

        Where the connection is seen to be opened, it is who opened it; else whose port is higher.
        """
        if self._connection.is_whole:
            return direction == 0
        first, second = endpoints(self._connection.key)
        return (first.port >= second.port) == (direction == 0)

    def gap(self, direction: int, size: int) -> None:
        """Take note that bytes are missing."""
        self._had_gap = True
        if self._dialogue is not None:
            self._dialogue.gap(self._parties[direction], size)
        else:
            self._starts[direction].clear()

    def repeated(self, direction: int, differences: list[Difference], unknown: int) -> None:
        """Take note of bytes that came again and differ, and of some that were not compared."""
        if self._dialogue is not None:
            self._dialogue.repeated(self._parties[direction], differences, unknown)

    def closed(self, direction: int, *, is_reset: bool) -> None:
        """Take note that a side closes the connection."""
        if self._dialogue is not None:
            self._dialogue.closed(self._parties[direction], is_reset=is_reset)

    def end(self) -> None:
        """Hand over the association."""
        dialogue, self._dialogue = self._dialogue, None
        if dialogue is not None:
            self._finished(dialogue.finish())

    @property
    def weight(self) -> int:
        """How many bytes it takes, as far as they can be told."""
        own = sum(map(len, self._starts))
        return own + (self._dialogue.weight if self._dialogue is not None else 0)

    def let_go(self) -> bool:
        """Hand over the association as it is; return whether there is one."""
        dialogue, self._dialogue = self._dialogue, None
        if dialogue is not None:
            self._finished(dialogue.finish(is_let_go=True))
        return dialogue is not None
