"""The state machine: states, events, actions and what leads to which."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...reading.position import Position


@dataclass(frozen=True)
class State:
    """A state of the machine."""

    name: str
    text: str
    table: str
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Action:
    """What the machine does; `next` are the states that it may end in."""

    name: str
    text: str
    next: tuple[str, ...]
    table: str
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Event:
    """What happens to the machine; `pdu` is the class of the PDU that is received, or empty."""

    name: str
    text: str
    pdu: str
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Transition:
    """A cell that is not blank; `cell` is what is printed."""

    event: str
    state: str
    cell: str
    action: str
    next: tuple[str, ...]
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Machine:
    """The state machine."""

    section: str
    table: str
    states: tuple[State, ...]
    actions: tuple[Action, ...]
    events: tuple[Event, ...]
    transitions: tuple[Transition, ...]


NO_MACHINE = Machine("", "", (), (), (), ())
