"""Build the cells of a service table.

Invariant: every row has a cell for every column, and none of them is defaulted.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..reading import shapes
from ..reading.position import Position
from ..reading.problems import Report, listed
from ..reading.shapes import listed_codes
from ..reading.spelling import did_you_mean
from ..reading.values import Fields, Word
from .column import Column
from .row import Cell
from .usage import EQUAL_TO_LEFT, Usage

_DASH = Usage.NOT_APPLICABLE.value
# What word processors and printed pages put where the tables mean a dash.
_DASHES = dict.fromkeys(
    map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), _DASH
)


def build_cells(
    keyword: str,
    position: Position,
    fields: Fields,
    columns: Mapping[str, Column],
    shape: shapes.Cell,
    report: Report,
) -> dict[str, Cell]:
    """Return the cells of row `keyword`, one for each of `columns` that is written legibly."""
    cells: dict[str, Cell] = {}
    for column in columns:
        word = fields.word(column)
        if column not in fields.keys:
            report.add(position, "missing-column", keyword=keyword, column=column)
        elif word is not None:
            cell = _cell(keyword, word, shape, report)
            if cell is not None:
                cells[column] = cell
    _check_equal(keyword, fields, columns, cells, report)
    if len(cells) == len(columns) and all(cell.usage.is_forbidden for cell in cells.values()):
        report.add(position, "all-absent", keyword=keyword)
    return cells


def _cell(keyword: str, word: Word, shape: shapes.Cell, report: Report) -> Cell | None:
    code = word.text.removesuffix(EQUAL_TO_LEFT)
    if code in shape.options:
        return Cell(Usage(code), code != word.text, word.position)
    hint = did_you_mean(
        word.text.translate(_DASHES),
        shape.options,
        f": use {listed_codes(shape.options)}",
        shown=lambda code: listed_codes([code]),
    )
    report.add(word.position, "unknown-usage", keyword=keyword, text=word.text, hint=hint)
    return None


def _check_equal(
    keyword: str,
    fields: Fields,
    columns: Mapping[str, Column],
    cells: dict[str, Cell],
    report: Report,
) -> None:
    """Report each ``(=)`` where there is nothing to be equal to."""
    can_equal = [name for name, column in columns.items() if column.equal_to]
    for number, (name, column) in enumerate(columns.items()):
        cell, left = cells.get(name), cells.get(column.equal_to)
        if cell is None or not cell.is_equal_to_left:
            continue
        place = fields.place(name)
        if cell.usage is Usage.NOT_APPLICABLE:
            report.add(place, "equal-dash", keyword=keyword)
        elif number == 0:
            report.add(place, "equal-in-first-column", keyword=keyword, column=name)
        elif not column.equal_to:
            report.add(place, "equal-in-column", keyword=keyword, column=listed(can_equal))
        elif left is not None and left.usage is Usage.NOT_APPLICABLE:
            report.add(place, "equal-to-nothing", keyword=keyword, column=column.equal_to)
