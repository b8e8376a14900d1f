"""How what a comparison found is proven: what is run, and what it is rendered with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..sets.finding import Finding, Side
from ..sets.report import Assessed, Counterexample, Version
from .packages import Files

COUNTEREXAMPLES, EXHAUSTIVE, NOTHING = "counterexamples", "exhaustive", "none"


class ContradictionError(ValueError):
    """The comparison says that something breaks, and nothing shows it; a line for each."""


def refuse(contradictions: Iterable[str]) -> None:
    """Refuse findings that say what nothing shows.

    Raises
    ------
    ContradictionError
        If there are any contradictions.
    """
    if lines := list(contradictions):
        raise ContradictionError("\n".join(lines))


def by_side(
    finding: Finding, example: Callable[[Side], Counterexample | None]
) -> dict[Side, Counterexample]:
    """Return what shows that each side breaks, or may break, where there is an example."""
    found = {side: example(side) for side in finding.sides}
    return {side: each for side, each in found.items() if each is not None}


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
        nothing: Any = None,
    ) -> tuple[Assessed, ...]:
        """Return `findings` with what shows them; nothing is run where nothing would break.

        Parameters
        ----------
        nothing : object, optional
            What a version says that has no tables of the family: then there is nothing to run.
        assess, render_package : callable
            Those of the family.
        """
        is_alone = nothing in (old.schema, new.schema)
        if self.verify == NOTHING or is_alone or all(each.is_harmless for each in findings):
            return tuple(map(Assessed, findings))
        files = (self.package(each, render_package) for each in (old, new))
        return assess(findings, old, new, *files)

    def package(self, version: Version, render_package: Callable[[Any, Path], Files]) -> Files:
        """Return the package of a version, with what it imports from."""
        return {**self.beside(version), **render_package(version.schema, self.templates)}
