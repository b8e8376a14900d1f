"""Hold an example against the tables of the message that has it.

Invariant: what `check` of the generated package says of the data set, this says of the example, at
the place where it is written. A test holds them together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ...reading.position import Position
from ..model import (
    SCU,
    Cell,
    Column,
    ColumnKind,
    Example,
    File,
    Given,
    Presence,
    Row,
    SOPClasses,
    Table,
)
from .keys_of_levels import level_faults
from .met_conditions import Item, holds
from .tables_of_message import Part, is_about, parts_of

_SEQUENCE = "SQ"
_Levels: TypeAlias = tuple[Item, ...]


@dataclass(frozen=True)
class Fault:
    """What is wrong with an example, where, and what to do."""

    position: Position
    path: str
    text: str


def faults(model: SOPClasses, file: File, example: Example) -> tuple[Fault, ...]:
    """Return everything that `example` breaks for any SOP class that it is about."""
    parts = list(parts_of(model, file, example.service, example.direction, example.type_id))
    asked = model.requests.get(example.service)
    is_chosen = bool(asked and asked.asks)
    found: dict[Fault, None] = {}
    for each in file.sop_classes:
        if each.has(example):
            own = [part for part in parts if is_about(part.table, each)]
            found |= dict.fromkeys(_faults(own, file, example, is_chosen=is_chosen))
    return tuple(found)


def _faults(
    parts: Sequence[Part], file: File, example: Example, *, is_chosen: bool
) -> Iterator[Fault]:
    item = item_of(example.data_set)
    known = [row for part in parts for row in part.rows]
    level = file.levels.attribute if file.levels else ""
    yield from _unknown(example.data_set, known, level, "")
    for part in parts:
        checked = _Checked(part.table, part.column, is_chosen)
        yield from checked.rows(part.rows, (item,), example.position, "")
    keyed = [part for part in parts if part.column.kind is ColumnKind.KEY]
    if level and keyed:
        for text in level_faults(level, keyed, item):
            yield Fault(example.position, level, text)


def item_of(data_set: Sequence[Given]) -> Item:
    """Return the attributes by keyword."""
    return {given.keyword: given for given in data_set}


def _unknown(
    data_set: Sequence[Given], rows: Sequence[Row], level: str, above: str
) -> Iterator[Fault]:
    """Yield what no row is about."""
    for given in data_set:
        path = f"{above}{given.keyword}"
        own = [row for row in rows if row.keyword == given.keyword]
        if not own and given.keyword != level:
            yield Fault(given.position, path, "no row of the tables is about it: remove it")
        below = [inner for row in own for inner in row.rows]
        for number, item in enumerate(given.items, 1):
            yield from _unknown(item, below, "", f"{path}[{number}].")


@dataclass(frozen=True)
class _Checked:
    """A column of a table, as an example is held against it.

    Attributes
    ----------
    is_chosen : bool
        Whether the request chooses what the data set has.
    """

    table: Table
    column: Column
    is_chosen: bool

    def rows(
        self, rows: Sequence[Row], levels: _Levels, place: Position, above: str
    ) -> Iterator[Fault]:
        for row in rows:
            cell = row.cells.get(self.column.name)
            if cell is not None:
                yield from self._row(row, cell, levels, place, above)

    def _row(
        self, row: Row, cell: Cell, levels: _Levels, place: Position, above: str
    ) -> Iterator[Fault]:
        path, given = f"{above}{row.keyword}", levels[-1].get(row.keyword)
        if given is None:
            if self._is_wanted(cell, levels):
                yield Fault(place, path, f"is missing, and is {self._code(cell)}: add it")
            return
        text = self._fault_of_value(row, given, cell, levels)
        if text:
            yield Fault(given.position, path, text)
        for number, item in enumerate(given.items, 1):
            inner = (*levels, item_of(item))
            yield from self.rows(row.rows, inner, given.position, f"{path}[{number}].")

    def _fault_of_value(self, row: Row, given: Given, cell: Cell, levels: _Levels) -> str:
        only = cell.only_when
        if not cell.is_allowed or (only is not None and not holds(only, levels)):
            return f"is {self._code(cell)}, and shall not be there: remove it"
        if not (given.values or given.items):
            is_wrong = cell.usage and not cell.usage.may_be_empty and not cell.is_empty
            return f"is empty, and is {self._code(cell)}: give it a value" if is_wrong else ""
        if cell.is_empty:
            return f"has a value, and shall be empty in Table {self.table.label}: remove it"
        wrong = [each for each in given.values if cell.values and each not in cell.values]
        if wrong:
            return f"is {wrong[0]}, which is none of {', '.join(cell.values)}: use one of these"
        if row.vr == _SEQUENCE and not _is_count(len(given.items), cell.items):
            return f"has {len(given.items)} items, not {cell.items}: correct their number"
        return ""

    def _code(self, cell: Cell) -> str:
        return f"{cell.code or 'demanded'} below {self.column.name} in Table {self.table.label}"

    def _is_wanted(self, cell: Cell, levels: _Levels) -> bool:
        if self.column.kind is ColumnKind.MATCHING:
            return cell.is_demanded
        # What a response has, the request has asked for: nothing else is missing.
        is_asked = self.column.kind is ColumnKind.RETURN
        is_asked |= len(levels) == 1 and self.is_chosen
        if is_asked or self.column.kind is ColumnKind.KEY or cell.usage is None:
            return cell.is_demanded and not is_asked
        is_scu = self.column.sender == SCU
        side = cell.usage.scu if is_scu else cell.usage.scp
        is_conditional = cell.is_scu_conditional if is_scu else cell.is_scp_conditional
        if side is not Presence.MANDATORY:
            return cell.is_demanded
        if not is_conditional:
            return True
        return cell.required_when is not None and holds(cell.required_when, levels)


def _is_count(count: int, items: str) -> bool:
    first, _, last = items.partition("-")
    most = last or first
    return not items or (count >= int(first) and (most == "n" or count <= int(most)))
