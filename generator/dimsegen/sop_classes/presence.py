r"""What a change of an attribute's usage does to those who send data sets, and who receive them.

Invariant: everything follows from sets. A usage allows an attribute to be absent, empty or there
with a value; senders break where old \ new is not empty, receivers where new \ old is not.
"""

from __future__ import annotations

from enum import Enum

from ..sets.finding import Verdict
from ..sets.verdicts import Verdicts
from .model import SCU, Cell, Column, Presence


class State(Enum):
    """How an attribute may be in a data set."""

    ABSENT = "absent"
    EMPTY = "empty"
    VALUE = "with a value"


EVERY_STATE = frozenset(State)


def allowed(cell: Cell, column: Column) -> frozenset[State]:
    """Return the states that `cell` allows whoever sends the data set, its condition met."""
    if cell.is_empty:
        return frozenset({State.EMPTY})
    if cell.usage is None:
        return EVERY_STATE
    presence = cell.usage.scu if column.sender == SCU else cell.usage.scp
    if presence is Presence.NOT_ALLOWED:
        return frozenset({State.ABSENT})
    if presence is Presence.UNDEFINED:
        return EVERY_STATE
    states = {State.VALUE}
    states |= {State.EMPTY} if cell.usage.may_be_empty else set()
    states |= {State.ABSENT} if presence is Presence.OPTIONAL else set()
    return frozenset(states)


def is_conditional(cell: Cell, column: Column) -> bool:
    """Return whether a condition decides what the sender does."""
    return cell.is_scu_conditional if column.sender == SCU else cell.is_scp_conditional


def verdicts(old: Cell, new: Cell, column: Column) -> Verdicts:
    """Return what becomes of both sides when `old` becomes `new`.

    Where only one of the two has a condition, or another one, what breaks depends on it.
    """
    before, after = allowed(old, column), allowed(new, column)
    conditions = [
        (is_conditional(cell, column), cell.required_when, cell.only_when, cell.prose)
        for cell in (old, new)
    ]
    depends = conditions[0] != conditions[1]
    return Verdicts(
        _verdict(bool(before - after), depends=depends),
        _verdict(bool(after - before) or _supports_more(old, new, column), depends=depends),
    )


def _verdict(breaks: bool, *, depends: bool) -> Verdict:
    if depends:
        return Verdict.DEPENDS
    return Verdict.BREAKS if breaks else Verdict.OK


def _supports_more(old: Cell, new: Cell, column: Column) -> bool:
    """Return whether an SCP that receives data sets has to support what it had not to."""
    if column.sender != SCU or old.usage is None or new.usage is None:
        return False
    return (
        new.usage.scp is Presence.MANDATORY
        and old.usage.scp is not Presence.MANDATORY
        and new.is_allowed
    )
