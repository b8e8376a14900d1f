"""The rows of a service table: cells, and what prose adds to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ..reading.position import Position
from .column import Column
from .condition import FORBID, PERMIT, REQUIRE, Condition, needs_request, needs_status
from .parameter import Parameter
from .usage import EQUAL_TO_LEFT, Usage

P = TypeVar("P", bound=Parameter)


@dataclass(frozen=True)
class Cell:
    """A cell of a service table."""

    usage: Usage
    is_equal_to_left: bool = False
    position: Position | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.usage.value + (EQUAL_TO_LEFT if self.is_equal_to_left else "")


@dataclass(frozen=True)
class Row(Generic[P]):
    """A row of a service table.

    Attributes
    ----------
    cells : mapping of str to Cell
        One cell a column, in the order of the columns.
    value : int or str or None
        The fixed value, for MF and UF cells.
    equals : str or None
        Keyword of the parameter of what is answered that prose wants repeated here.
    required_when, forbidden_when, permitted_when : Condition or None
        Where the text wants the parameter present, wants it absent, and merely mentions it.
    clause : str
        The clause that describes the parameter.
    errata : tuple of str
        Identifiers of the errata that shape the rule.
    renamed_from : str or None
        Keyword of the row that it was in the version before.
    printed : str
        Its name in the table, where that is not the name of the parameter.
    """

    parameter: P
    cells: Mapping[str, Cell]
    description: str
    clause: str
    position: Position = field(compare=False)
    value: int | str | None = None
    equals: str | None = None
    required_when: Condition | None = None
    forbidden_when: Condition | None = None
    permitted_when: Condition | None = None
    errata: tuple[str, ...] = ()
    renamed_from: str | None = None
    printed: str = field(default="", kw_only=True)

    @property
    def keyword(self) -> str:
        """The keyword of the parameter."""
        return self.parameter.keyword

    @property
    def conditions(self) -> Mapping[str, Condition]:
        """The conditions by what they do: require, forbid or permit."""
        written = {
            REQUIRE: self.required_when,
            FORBID: self.forbidden_when,
            PERMIT: self.permitted_when,
        }
        return {effect: condition for effect, condition in written.items() if condition}

    def conditions_in(self, column: Column) -> Mapping[str, Condition]:
        """Return the conditions that decide the cell in `column`, by what they do."""
        return {
            effect: condition
            for effect, condition in self.conditions.items()
            if decides(condition, self.cells, column)
        }

    def repeats_in(self, column: Column) -> str | None:
        """Return the keyword of what the parameter repeats in `column`, None if nothing.

        The table prints it as ``(=)``: the same parameter in the column to the left. Prose says it
        of one row, as of Affected SOP Class UID, or of an element in whatever answers, as of
        Message ID Being Responded To.
        """
        if self.cells[column.name].is_equal_to_left:
            return self.keyword
        return (self.equals or self.parameter.equals) if column.answers else None


def decides(condition: Condition, cells: Mapping[str, Cell], column: Column) -> bool:
    """Return whether `condition`, of the row with `cells`, decides the cell in `column`.

    It decides C cells and, where the row has none, U cells, for which prose may state one too. Not
    every column has a status, or a message before it to look back at.
    """
    if needs_status(condition) and not column.has_status:
        return False
    if needs_request(condition) and not column.answers:
        return False
    is_some_conditional = any(cell.usage.is_conditional for cell in cells.values())
    usage = cells[column.name].usage if column.name in cells else Usage.BLANK
    return usage.is_conditional if is_some_conditional else usage.is_optional
