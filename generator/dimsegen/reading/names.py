"""Names that one file gives and others use.

One mistake is told once. A name whose own entry is broken is neither found nor unknown, since its
entry has been reported; a name that is misspelt by a letter or two is reported and then stands for
the one that is meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Generic, TypeVar

from .position import Position
from .problems import Problem, Report
from .spelling import SURELY_MEANT, closest

T = TypeVar("T")

# So many places that spell a name alike are right about it: if there is an entry like it that
# nothing uses, and if there is none.
_FEW = 2
_MANY = 4


class Names(Generic[T]):
    """The things of one kind, by name.

    Parameters
    ----------
    rule : str
        The rule that an unknown name breaks.
    found : mapping of str to T
        The things that could be read.
    written : collection of str
        The names of all of them, those that could not among them.
    is_open : bool
        Whether there may be more that nobody could read, so that no name is known to be wrong.
    """

    def __init__(
        self,
        rule: str,
        found: Mapping[str, T],
        written: Collection[str] = (),
        is_open: bool = False,
    ) -> None:
        self.found = found
        self.is_open = is_open
        self._broken = [name for name in written if name not in found]
        self.is_whole = not (self._broken or is_open)
        self._rule = rule
        self._used: set[str] = set()
        self._missed: dict[str, list[Problem]] = {}

    def __contains__(self, name: object) -> bool:
        return name in self.found or name in self._broken

    def __iter__(self) -> Iterator[str]:
        return iter((*self.found, *self._broken))

    def find(self, name: str, position: Position, report: Report, **facts: object) -> T | None:
        """Return what `name` stands for, None if that cannot be told; report what is unknown."""
        if not self.is_unknown(name):
            self._used.add(name)
            return self.found.get(name)
        problem = report.add_unknown(position, self._rule, name, self, facts)
        self._missed.setdefault(name, []).append(problem)
        meant = closest(name, self, SURELY_MEANT)
        return self.found.get(meant) if meant else None

    def is_unknown(self, name: str) -> bool:
        """Return whether `name` is surely nobody's."""
        return not (name in self or self.is_open)

    def blame_entries(
        self, start: Position, places: Mapping[str, Position], report: Report
    ) -> None:
        """Report the one entry that is wrong where many places agree on a name that is unknown.

        Parameters
        ----------
        start : Position
            Where the entries start.
        places : mapping of str to Position
            Where the entry of each name is.
        report : Report
            Loses what it holds against the many, gains what it holds against the one.
        """
        for name, problems in self._missed.items():
            meant = closest(name, places, SURELY_MEANT)
            is_misspelt = meant is not None and meant not in self._used
            if len(problems) < (_FEW if is_misspelt else _MANY):
                continue
            report.withdraw(problems)
            facts = {"name": name, "count": len(problems)}
            if meant is None or not is_misspelt:
                report.add(start, "missing-entry", **facts)
            elif not report.has_any_at(places[meant]):
                report.add(places[meant], "misspelt-entry", entry=meant, **facts)
