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
    cell : str
        The cell, exactly as the finding prints it; empty if that is about none.
    rule, change : str
        The rule, and the change as reported, e.g. ``U -> M``.
    """

    cell: str
    rule: str
    change: str
    reason: str
    reference: str
    expires: date | None
    position: Position = field(compare=False)
