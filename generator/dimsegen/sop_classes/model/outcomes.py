"""What becomes of a request: statuses, and the states that an instance may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...reading.position import Position

# The state of an instance that was not created.
NO_STATE = "none"


@dataclass(frozen=True)
class Status:
    """A status that a SOP class defines.

    Attributes
    ----------
    code : str
        Four hexadecimal digits, an x for any.
    status_class : str
        As printed: ``Success``, ``Warning``, ``Failure``, ``Cancel`` or ``Pending``.
    meaning : str
        As printed.
    name : str
        The constant that it is, or the first of its range; empty if it is none.
    fields : tuple of str
        Keywords of the related fields, where the table has them.
    error_comment, error_id : str
        What those fields shall have, where the table says it.
    """

    code: str
    status_class: str
    meaning: str
    name: str
    fields: tuple[str, ...]
    error_comment: str
    error_id: str
    position: Position = field(compare=False)


@dataclass(frozen=True)
class StatusTable:
    """The statuses that a SOP class defines for some services, or for one type of action."""

    label: str
    section: str
    services: tuple[str, ...]
    sop_classes: tuple[str, ...]
    type_id: int | None
    statuses: tuple[Status, ...]
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Outcome:
    """What becomes of an instance: the next state, or the status of the response, or both."""

    state: str
    status: str
    needs_final: bool


@dataclass(frozen=True)
class Transition:
    """What an event does in each state.

    Attributes
    ----------
    value : str
        The state that is asked for; empty if none is.
    transaction : str
        ``correct`` or ``other``: whether the Transaction UID is that of the instance; empty where
        it does not matter.
    outcomes : mapping of str to Outcome
        By the state that the instance has.
    """

    event: str
    service: str
    type_id: int | None
    value: str
    transaction: str
    outcomes: Mapping[str, Outcome]
    clause: str
    position: Position = field(compare=False)


@dataclass(frozen=True)
class States:
    """The states that an instance may have, and how it gets from one to another.

    Attributes
    ----------
    attribute : str
        Keyword of the attribute that holds the state.
    states : mapping of str to bool
        The states; whether it is a final one.
    """

    attribute: str
    section: str
    tables: tuple[str, ...]
    states: Mapping[str, bool]
    transitions: tuple[Transition, ...]
    position: Position = field(compare=False)
