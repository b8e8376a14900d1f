"""Build the cells of a service table.

Invariant: every row has a cell for every column, and none of them is defaulted.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..model.schema import Cell, Position
from ..model.usage import EQUAL_TO_LEFT, Usage
from .documents import ROW
from .problems import Report, hint, listed
from .reader import Fields, Word

_USAGES = {usage.value: usage for usage in Usage}
_CELLS = (*_USAGES, *(f"{u.value}{EQUAL_TO_LEFT}" for u in Usage if not u.is_forbidden))


def build_cells(
    keyword: str, position: Position, fields: Fields, columns: Mapping[str, str], report: Report
) -> dict[str, Cell]:
    """Return the cells of row `keyword`, one for each of `columns` that is written legibly."""
    for key, place in fields.keys.items():
        if key not in columns and key not in ROW.keys and key in fields.values:
            known = (*columns, *ROW.keys)
            report.add(place, "unknown-key", key=key, known=listed(known), hint=hint(key, known))
    cells: dict[str, Cell] = {}
    for column in columns:
        word = fields.word(column)
        if column not in fields.keys:
            report.add(position, "missing-column", keyword=keyword, column=column)
        elif word is not None:
            cell = _cell(keyword, word, report)
            if cell is not None:
                cells[column] = cell
    _check_equal(keyword, fields, columns, cells, report)
    if len(cells) == len(columns) and all(cell.usage.is_forbidden for cell in cells.values()):
        report.add(position, "all-absent", keyword=keyword)
    return cells


def _cell(keyword: str, word: Word, report: Report) -> Cell | None:
    code = word.text.removesuffix(EQUAL_TO_LEFT)
    if code not in _USAGES:
        close = hint(word.text.upper(), _CELLS)
        report.add(
            word.position,
            "unknown-usage",
            keyword=keyword,
            text=word.text,
            hint=close,
            known=listed(_CELLS),
        )
        return None
    return Cell(_USAGES[code], code != word.text)


def _check_equal(
    keyword: str,
    fields: Fields,
    columns: Mapping[str, str],
    cells: Mapping[str, Cell],
    report: Report,
) -> None:
    names = tuple(columns)
    for number, column in enumerate(names):
        cell = cells.get(column)
        if cell is None or not cell.is_equal_to_left:
            continue
        place = fields.values[column].position
        left = cells.get(names[number - 1]) if number else None
        if cell.usage.is_forbidden:
            report.add(place, "equal-dash", keyword=keyword)
        elif number == 0:
            report.add(place, "equal-in-first-column", keyword=keyword, column=column)
        elif number > 1:
            report.add(place, "equal-in-column", keyword=keyword)
        elif left is not None and left.usage.is_forbidden:
            report.add(place, "equal-to-nothing", keyword=keyword, column=names[number - 1])
