"""What was measured, and whether it is good enough.

Invariant: `ours` and `theirs` come from the same run, and a verdict depends on nothing else but
`limit`. Only `Measure.OURS` judges an absolute value.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Measure(Enum):
    """What is held against the limit, and from which side."""

    TIMES = "theirs / ours, at least"
    SHARE = "ours / theirs, at most"
    GAIN = "ours / theirs, at least"
    OURS = "ours, at most"


class Unit(Enum):
    """What `Result.ours` and `Result.theirs` count."""

    NANOSECONDS = "ns"
    BYTES = "bytes"
    PER_SECOND = "1/s"


@dataclass(frozen=True)
class Result:
    """One line of the table.

    Attributes
    ----------
    name : str
        What was measured: the subject, a colon, the case.
    ours, theirs : float
        The two quantities, in `unit`; `theirs` is None where there is nothing to compare with.
    measure : Measure
        How the two are compared.
    limit : float or None
        The target; None where the line only informs.
    """

    name: str
    ours: float
    theirs: float | None
    unit: Unit
    measure: Measure
    limit: float | None = None

    @property
    def ratio(self) -> float | None:
        """The two quantities as `measure` compares them, None if it compares none."""
        if self.theirs is None or self.measure is Measure.OURS:
            return None
        if self.measure is Measure.TIMES:
            return self.theirs / self.ours
        return self.ours / self.theirs

    @property
    def passed(self) -> bool | None:
        """Whether the target is met, None if there is none."""
        if self.limit is None:
            return None
        value = self.ours if self.measure is Measure.OURS else self.ratio
        if value is None:
            raise ValueError(f"{self.name}: nothing to compare with")
        at_least = self.measure in (Measure.TIMES, Measure.GAIN)
        return value >= self.limit if at_least else value <= self.limit
