"""A finding that is accepted, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ..reading.position import Position


@dataclass(frozen=True)
class Waiver:
    """An entry of ``waivers.yaml``: one finding of a comparison that is accepted, and why.

    Attributes
    ----------
    service, direction, keyword : str
        The cell, exactly; each may be empty, as in the finding.
    rule, change : str
        The rule, and the change as reported, e.g. ``U -> M``.
    """

    service: str
    direction: str
    keyword: str
    rule: str
    change: str
    reason: str
    reference: str
    expires: date | None
    position: Position = field(compare=False)

    @property
    def cell(self) -> str:
        """The cell as a finding prints it."""
        return " ".join(part for part in (self.service, self.direction, self.keyword) if part)
