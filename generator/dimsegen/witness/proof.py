"""How what a comparison found is proven: what is run, and what it is rendered with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ..sets.report import Version
from .packages import Files

COUNTEREXAMPLES, EXHAUSTIVE, NOTHING = "counterexamples", "exhaustive", "none"


class ContradictionError(ValueError):
    """The comparison says that something breaks, and nothing shows it; a line for each."""


def _no_files(version: Version) -> Files:
    return {}


def _not_committed(version: Version) -> Files | None:
    return None


@dataclass(frozen=True)
class Proof:
    """What is asked of a family that compares its tables.

    Attributes
    ----------
    verify : str
        ``counterexamples``, ``exhaustive`` or ``none``.
    templates : pathlib.Path
        The templates of the code that is run.
    tolerant : bool
        Whether receivers ignore what shall not be present.
    beside : callable
        Returns what the other families of a version are rendered to, for code that needs it.
    committed : callable
        Returns the package as a version was committed, None if there is none.
    """

    verify: str
    templates: Path
    tolerant: bool = False
    beside: Callable[[Version], Files] = field(default=_no_files)
    committed: Callable[[Version], Files | None] = field(default=_not_committed)
