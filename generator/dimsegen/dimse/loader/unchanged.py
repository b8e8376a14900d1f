"""What files that have not changed describe is built once.

Whoever compares two versions, or tries one edit after another, has most files in common, and
`read_file` gives the same fields of the same text. Only what nothing was wrong with is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ...reading.made_once import MadeOnce
from ...reading.problems import Report

T = TypeVar("T")

# With what each was built of, so that nothing else takes their identity.
_BUILT = MadeOnce[tuple[Any, tuple[object, ...]]](256)


class MistakenError(Exception):
    """Something is wrong, so that all has to be built anew.

    Which mistakes are told depends on which names are used, and what was built before used its
    names then.
    """


class Unchanged:
    """What was built before, or all of it anew.

    Parameters
    ----------
    report : Report
        Receives what is wrong.
    is_anew : bool
        Whether nothing that was built before is taken.
    """

    def __init__(self, report: Report, *, is_anew: bool = False) -> None:
        self._report = report
        self._is_anew = is_anew

    def get(self, parts: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what `make` makes of `parts`, or has made of these very objects before.

        Raises
        ------
        MistakenError
            If anything is wrong, unless all is made anew.
        """
        if self._is_anew:
            return make()
        built: T
        built, _ = _BUILT.get(tuple(map(id, parts)), lambda: (self._faultless(make), parts))
        return built

    def _faultless(self, make: Callable[[], T]) -> T:
        built = make()
        if self._report.problems:
            raise MistakenError
        return built
