"""A contradiction in the standard, and what the schemas decide."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..reading.position import Position
from .standard import Standard


@dataclass(frozen=True)
class Erratum:
    """A contradiction in a part of the standard and what was decided.

    Attributes
    ----------
    applies_to : tuple of (str, str)
        The (service, keyword) of each row whose rule it shapes.
    explains : tuple of str
        The differences from the printed page that it accounts for: rule, cell, what is printed and
        what the schemas say, e.g. ``usage-u-to-m N-GET request MessageID: U -> M``.
    standard : Standard or None
        The document that contradicts itself.
    """

    identifier: str
    title: str
    clause: str
    other_clause: str
    decision: str
    applies_to: tuple[tuple[str, str], ...]
    position: Position | None = field(default=None, compare=False)
    explains: tuple[str, ...] = ()
    standard: Standard | None = field(default=None, compare=False)
