"""One way of using a primitive: what its column of the table wants of each parameter.

Whoever has a question about a cell asks it here, so that code, documentation and reports answer it
alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic

from .column import Column
from .condition import Condition
from .row import Cell, P, Row

_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Direction(Generic[P]):
    """A column of the table of a primitive.

    Attributes
    ----------
    side : str
        The word for it in the names of the generated code, e.g. ``response``.
    label : str
        What a person calls it, e.g. ``N-GET response``.
    rows : tuple of Row
        The rows of the table.
    permits : mapping of str to frozenset of int
        For each keyword, the statuses with which it may be present although its cell, or its
        condition, forbids it.
    """

    head: Column
    side: str
    label: str
    rows: tuple[Row[P], ...]
    permits: Mapping[str, frozenset[int]] = field(default_factory=dict, kw_only=True)

    @property
    def column(self) -> str:
        """The name of the column."""
        return self.head.name

    @property
    def is_answer(self) -> bool:
        """Whether its message answers another one, as a response does."""
        return bool(self.head.answers)

    @property
    def carries_status(self) -> bool:
        """Whether its message has a status."""
        return self.head.has_status

    def cell(self, row: Row[P]) -> Cell:
        """Return the cell of `row`."""
        return row.cells[self.column]

    def conditions(self, row: Row[P]) -> Mapping[str, Condition]:
        """Return the conditions that decide the cell of `row`, by what they do."""
        return row.conditions_in(self.head)

    def repeats(self, row: Row[P]) -> str | None:
        """Return the keyword of what `row` repeats of the message that is answered, or None."""
        return row.repeats_in(self.head)

    def permitted(self, keyword: str) -> frozenset[int]:
        """Return the statuses with which the parameter `keyword` may always be present."""
        return self.permits.get(keyword, _NONE)
