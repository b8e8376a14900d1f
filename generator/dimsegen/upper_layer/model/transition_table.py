"""The state machine: states, events, actions and what leads to which."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...reading.position import Position
from .service_rows import End, Primitive


@dataclass(frozen=True)
class State:
    """A state of the machine; `side` is the only end that can be in it, None if both can."""

    name: str
    text: str
    side: End | None
    table: str
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Action:
    """What the machine does.

    Attributes
    ----------
    sends : tuple of str
        The classes of the PDUs that it may send to the peer.
    issues : tuple of Primitive
        What it may issue to the local user.
    next : tuple of str
        The states that it may end in.
    """

    name: str
    text: str
    sends: tuple[str, ...]
    issues: tuple[Primitive, ...]
    next: tuple[str, ...]
    table: str
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Event:
    """What happens to the machine.

    Attributes
    ----------
    pdu : str
        The class of the PDU that is received; empty if none is.
    primitive : Primitive or None
        What the local user issues, if that is the event.
    """

    name: str
    text: str
    pdu: str
    primitive: Primitive | None
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
