"""The states that a table allows a parameter, in every context that decides them.

A slot reads a condition as the generated rules do. What Annex C permits with a status is permitted;
a condition that needs a status is silent without one. Whatever two versions have in common, or not,
follows from `states`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..table.condition import (
    All,
    Condition,
    Leaf,
    Not,
    Present,
    PresentInRequest,
    StatusIn,
    holds,
    needs_status,
    parts_of,
)
from ..table.usage import STATES, State, Usage

ABSENT = frozenset({State.ABSENT})
ANYTHING = frozenset(State)

# What prose may mean for the messages in which its condition does not hold.
READINGS = (Usage.NOT_APPLICABLE, Usage.OPTIONAL)


@dataclass(frozen=True)
class Context:
    """What decides which states are allowed.

    Attributes
    ----------
    status : int or None
        The status of the message.
    present : frozenset of str
        The parameters that the message has.
    requested : frozenset of str
        The parameters that the request has that is answered.
    is_as_prose_says : bool
        Whether a condition holds that only prose states.
    """

    status: int | None
    present: frozenset[str]
    requested: frozenset[str]
    is_as_prose_says: bool

    def meets(self, condition: Condition) -> bool:
        """Return whether `condition` is known to hold."""
        if self.status is None and needs_status(condition):
            return False
        return holds(condition, self._is_true)

    def _is_true(self, leaf: Leaf) -> bool:
        match leaf:
            case StatusIn(codes):
                return self.status in codes
            case Present(keyword):
                return keyword in self.present
            case PresentInRequest(keyword):
                return keyword in self.requested


@dataclass(frozen=True)
class Slot:
    """What a column says of one parameter.

    Attributes
    ----------
    widest : frozenset of State
        The states that some context allows.
    required, forbidden : Condition or None
        Where it cannot be absent, and where it can only be absent.
    is_prose : bool
        Whether a condition decides that only prose states.
    """

    widest: frozenset[State] = ABSENT
    required: Condition | None = None
    forbidden: Condition | None = None
    is_prose: bool = False

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """What the conditions look at."""
        written = [each for each in (self.required, self.forbidden) if each is not None]
        return tuple(leaf for condition in written for leaf in parts_of(condition))

    def states(self, context: Context, reading: Usage = READINGS[0]) -> frozenset[State]:
        """Return the states that are allowed in `context`.

        Parameters
        ----------
        context : Context
            What decides.
        reading : Usage
            What prose means where its condition does not hold; one of `READINGS`.
        """
        if self.is_prose:
            return STATES[Usage.MANDATORY if context.is_as_prose_says else reading]
        allowed = self.widest
        if self.required is not None and context.meets(self.required):
            allowed -= ABSENT
        if self.forbidden is not None and context.meets(self.forbidden):
            allowed &= ABSENT
        return allowed


def dash(permitted: frozenset[int]) -> Slot:
    """Return the slot of a parameter that only the statuses `permitted` let in."""
    return Slot(ANYTHING, forbidden=Not(_among(permitted))) if permitted else Slot()


def unless_permitted(forbidden: Condition | None, permitted: frozenset[int]) -> Condition | None:
    """Return when a parameter is forbidden that Annex C permits with the statuses `permitted`."""
    if forbidden is None or not permitted:
        return forbidden
    return All((forbidden, Not(_among(permitted))))


def accepted(allowed: frozenset[State], tolerant: bool) -> frozenset[State]:
    """Return what a receiver takes where `allowed` may be sent.

    A tolerant one ignores what it does not expect: where the parameter shall be absent it takes
    anything.
    """
    return ANYTHING if tolerant and allowed == ABSENT else allowed


def _among(codes: frozenset[int]) -> StatusIn:
    return StatusIn(codes, "permitted")
