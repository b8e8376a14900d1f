"""Names that one file gives and others use.

Invariant: one mistake is told once. A name whose own entry is broken is neither found nor
unknown, since its entry has been reported; a name that is misspelt by a letter or two is reported
and then stands for the one that is meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Generic, TypeVar

from ..model.schema import Position
from .problems import Report, closest

T = TypeVar("T")

# Closer than what is worth a hint: here the loader goes on as if it were meant.
_SURELY_MEANT = 0.85


class Names(Generic[T]):
    """The things of one kind, by name.

    Parameters
    ----------
    rule : str
        The rule that an unknown name breaks.
    found : mapping of str to T
        The things that could be read.
    broken : collection of str
        The names of those that could not.
    is_open : bool
        Whether there may be more that nobody could read, so that no name is known to be wrong.
    """

    def __init__(
        self,
        rule: str,
        found: Mapping[str, T],
        broken: Collection[str] = (),
        is_open: bool = False,
    ) -> None:
        self.found = found
        self.is_open = is_open
        self.is_whole = not (broken or is_open)
        self._rule = rule
        self._broken = broken

    def __contains__(self, name: object) -> bool:
        return name in self.found or name in self._broken

    def __iter__(self) -> Iterator[str]:
        return iter((*self.found, *self._broken))

    def find(self, name: str, position: Position, report: Report, **facts: object) -> T | None:
        """Return what `name` stands for, None if that cannot be told; report what is unknown."""
        if not self.is_unknown(name):
            return self.found.get(name)
        report.add_unknown(position, self._rule, name, self, **facts)
        meant = closest(name, self, _SURELY_MEANT)
        return self.found.get(meant) if meant else None

    def is_unknown(self, name: str) -> bool:
        """Return whether `name` is surely nobody's."""
        return not (name in self or self.is_open)
