r"""What a change of a table does to the senders and to the receivers.

Everything follows from the sets of `states`. Senders break where old \ new is not empty: a message
that was valid no longer is. Receivers break where new \ old is not empty: one that never was valid
now is.

Invariant: senders(old, new) equals receivers(new, old), because it is the same function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from ..table.condition import StatusIn
from ..table.status_codes import representatives
from ..table.usage import State, Usage
from .finding import Verdict
from .slots import Table
from .states import ABSENT, READINGS, Context, accepted


@dataclass(frozen=True)
class Verdicts:
    r"""What a change does to the senders, and to the receivers."""

    senders: Verdict
    receivers: Verdict


NARROWS = Verdicts(Verdict.BREAKS, Verdict.OK)
WIDENS = Verdicts(Verdict.OK, Verdict.BREAKS)
REPLACES = Verdicts(Verdict.BREAKS, Verdict.BREAKS)
KEEPS = Verdicts(Verdict.OK, Verdict.OK)
DEPENDS = Verdicts(Verdict.DEPENDS, Verdict.DEPENDS)


def verdicts_of(*, narrows: bool, widens: bool) -> Verdicts:
    """Return the verdicts on a change that takes messages away, or lets new ones in."""
    breaks = {True: Verdict.BREAKS, False: Verdict.OK}
    return Verdicts(breaks[narrows], breaks[widens])


def compare_slots(
    old: Table,
    new: Table,
    keyword: str,
    *,
    tolerant: bool = False,
    codes: frozenset[int] | None = None,
) -> Verdicts:
    """Return what becomes of the parameter `keyword` from `old` to `new`.

    Parameters
    ----------
    old, new : Table
        The column before and after.
    keyword : str
        The parameter.
    tolerant : bool
        Whether receivers ignore a parameter that they do not expect.
    codes : frozenset of int, optional
        The only statuses to look at.
    """
    question = _Question(old, new, keyword, tolerant, codes)
    return Verdicts(question.verdict(old, new), question.verdict(new, old))


@dataclass(frozen=True)
class _Question:
    old: Table
    new: Table
    keyword: str
    tolerant: bool
    codes: frozenset[int] | None

    def verdict(self, before: Table, after: Table) -> Verdict:
        """Say whether a message of `before` is lost in `after`, for all that prose may mean."""
        is_prose = before.slot(self.keyword).is_prose or after.slot(self.keyword).is_prose
        readings = READINGS if is_prose else READINGS[:1]
        answers = {self._is_lost(before, after, reading) for reading in readings}
        if answers == {True, False}:
            return Verdict.DEPENDS
        return Verdict.BREAKS if True in answers else Verdict.OK

    def _is_lost(self, before: Table, after: Table, reading: Usage) -> bool:
        slot, other = before.slot(self.keyword), after.slot(self.keyword)
        for context, state in self._messages(before, reading):
            allowed = slot.states(context, reading)
            taken = accepted(other.states(context, reading), self.tolerant)
            if state in allowed and state not in taken:
                return True
        return False

    def _messages(self, table: Table, reading: Usage) -> Iterator[tuple[Context, State]]:
        """Yield the contexts in which all else is valid, with each state to try in them."""
        group = self._group()
        others = sorted(group - {self.keyword, table.status})
        for status, present, requested, as_prose in product(
            self._statuses(table, group),
            map(frozenset, subsets(others)),
            self._requests(table, group),
            (True, False) if self._has_prose(group) else (False,),
        ):
            for state in State:
                has = set(present)
                has |= {self.keyword} if state is not State.ABSENT else set()
                has |= {table.status} if status is not None else set()
                if self.keyword == table.status and (status is None) != (state is State.ABSENT):
                    continue
                context = Context(status, frozenset(has), requested, as_prose)
                if all(_is_allowed(table, each, context, reading) for each in others) and (
                    self.keyword == table.status
                    or not table.status
                    or _is_allowed(table, table.status, context, reading)
                ):
                    yield context, state

    def _group(self) -> set[str]:
        """Return the parameters that decide on one another, this one among them."""
        found: set[str] = set()
        waiting = {self.keyword}
        while waiting:
            found |= waiting
            waiting = {
                other
                for keyword in waiting
                for table in (self.old, self.new)
                for other in table.neighbours(keyword)
            } - found
        return found

    def _statuses(self, table: Table, group: set[str]) -> tuple[int | None, ...]:
        if not table.status:
            return (None,)
        leaves = [
            leaf
            for keyword in group
            for each in (self.old, self.new)
            for leaf in each.slot(keyword).leaves
        ]
        sets = frozenset(leaf.codes for leaf in leaves if isinstance(leaf, StatusIn))
        if self.codes is not None:
            return representatives(table.listed & self.codes, sets)
        return (None, *representatives(table.listed, sets))

    def _requests(self, table: Table, group: set[str]) -> list[frozenset[str]]:
        """Return what requests may have, of those parameters that a condition looks back at."""
        looked_at = {
            name
            for keyword in group
            for each in (self.old, self.new)
            for name in each.looks_back_at(keyword)
        }
        return [
            chosen
            for chosen in map(frozenset, subsets(sorted(looked_at)))
            if all((name in chosen) in table.requested.get(name, {False}) for name in looked_at)
        ]

    def _has_prose(self, group: set[str]) -> bool:
        return any(each.slot(key).is_prose for key in group for each in (self.old, self.new))


def _is_allowed(table: Table, keyword: str, context: Context, reading: Usage) -> bool:
    allowed = table.slot(keyword).states(context, reading)
    return bool(allowed - ABSENT if keyword in context.present else allowed & ABSENT)


def subsets(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield every subset of `names`, smaller ones first."""
    for size in range(len(names) + 1):
        yield from combinations(names, size)


def compare_values(old: Iterable[object], new: Iterable[object]) -> Verdicts:
    """Return what becomes of a set of values."""
    before, after = frozenset(old), frozenset(new)
    return verdicts_of(narrows=not before <= after, widens=not after <= before)
