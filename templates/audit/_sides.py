"""The states of both sides (PS3.8 9.2), as far as what they send tells them.

A PDU that is on its way has been sent and not yet been received: what a side has received is only
decided when it sends something itself. So a collision, or a message that crosses a release, is none
of a sender's faults; what Table 9-10 allows in no order of the events is.

Invariant: whether a PDU may be sent, and what state follows, comes from the table.
"""

from __future__ import annotations

from collections import deque
from typing import Final

from ..upper_layer._states import TRANSITIONS, Action, Event, State
from ._finding import ACCEPTOR, OTHER, REQUESTOR

# A side that receives so much without sending anything has received the first of it.
_MOST_UNDECIDED: Final = 16


class Side:
    """One side: the state it is in for certain, and what has been sent to it since."""

    __slots__ = ("inbox", "is_requestor", "state")

    def __init__(self, *, is_requestor: bool) -> None:
        self.is_requestor = is_requestor
        # Its transport connection is about to be confirmed, or was indicated.
        self.state = State.Sta4 if is_requestor else State.Sta2
        self.inbox: deque[Event] = deque()

    def receive(self, event: Event) -> None:
        """Have a PDU on its way to it."""
        if not self.inbox and self._after(self.state, event) is self.state:
            return  # whenever it is received, it changes nothing
        self.inbox.append(event)
        if len(self.inbox) > _MOST_UNDECIDED:
            self.state = self._after(self.state, self.inbox.popleft())

    def send(self, event: Event) -> bool:
        """Have it issue a primitive; False if no state that it can be in has a cell for that."""
        reached = [self.state]
        for received in self.inbox:
            reached.append(self._after(reached[-1], received))
        for count in range(len(reached) - 1, -1, -1):
            if (event, reached[count]) in TRANSITIONS:
                for _ in range(count):
                    self.inbox.popleft()
                self.state = self._after(reached[count], event)
                return True
        return False

    @property
    def latest(self) -> State:
        """The state it is in when it has received everything."""
        state = self.state
        for event in self.inbox:
            state = self._after(state, event)
        return state

    def _after(self, state: State, event: Event) -> State:
        cell = TRANSITIONS.get((event, state))
        if cell is None:
            return state
        states = cell[1]
        # Release collision: the requestor goes to the first of the two (AR-8).
        return states[0] if self.is_requestor or cell[0] is not Action.AR_8 else states[-1]


class Sides:
    """Both sides of an association."""

    __slots__ = ("_sides", "is_established")

    def __init__(self) -> None:
        self._sides = {
            REQUESTOR: Side(is_requestor=True),
            ACCEPTOR: Side(is_requestor=False),
        }
        self.is_established = False

    def establish(self) -> None:
        """Start where an association is established, in a capture that starts later."""
        for side in self._sides.values():
            side.state = State.Sta6
        self._note()

    def sent(self, sender: str, event: Event, received: Event) -> bool:
        """Take note of a PDU; False if its sender must not send it."""
        is_allowed = self._sides[sender].send(event)
        self._sides[OTHER[sender]].receive(received)
        self._note()
        return is_allowed

    def _note(self) -> None:
        self.is_established = all(
            side.state is State.Sta6 and not side.inbox for side in self._sides.values()
        )

    def aborts(self, sender: str) -> bool:
        """Have a side abort; False if it has before."""
        side = self._sides[sender]
        is_first = side.state is not State.Sta13
        side.state = State.Sta13
        side.inbox.clear()
        self._sides[OTHER[sender]].receive(Event.A_ABORT_PDU)
        self._note()
        return is_first

    def state_of(self, party: str) -> State:
        """Return the state that a side is in when it has received everything."""
        return self._sides[party].latest

    def answer_to(self, sender: str, received: Event) -> tuple[State, Action | None]:
        """Return the state of who receives a PDU, and what it does at its arrival."""
        state = self._sides[OTHER[sender]].latest
        cell = TRANSITIONS.get((received, state))
        return state, None if cell is None else cell[0]

    def has_ended(self, party: str) -> bool:
        """Return whether nothing is left for a side but to close its connection."""
        side = self._sides[party]
        return side.latest in (State.Sta1, State.Sta13) or side.state in (State.Sta1, State.Sta13)
