"""How what a comparison found is proven: what is run, and what it is rendered with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..sets.finding import Finding
from ..sets.report import Assessed, Version
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

    def of(
        self,
        findings: Sequence[Finding],
        old: Version,
        new: Version,
        assess: Callable[..., tuple[Assessed, ...]],
        render_package: Callable[[Any, Path], Files],
    ) -> tuple[Assessed, ...]:
        """Return `findings` with what shows them; nothing is run where nothing would break.

        Parameters
        ----------
        assess, render_package : callable
            Those of the family.
        """
        if self.verify == NOTHING or all(each.is_harmless for each in findings):
            return tuple(map(Assessed, findings))
        before, after = (
            {**self.beside(each), **render_package(each.schema, self.templates)}
            for each in (old, new)
        )
        return assess(findings, old, new, before, after)
