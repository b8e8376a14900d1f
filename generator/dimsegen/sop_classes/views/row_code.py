"""Rows of attribute tables as the generated modules write them: one row, one line.

What is below a row and stands in several places is written once, under a name; that is what a macro
is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ...code import layout
from ...code.naming import constant
from ..model import Cell, Condition, Dictionary, Row
from .condition_code import classes_in, condition_code

_ONE_LEVEL = "    "
_Block: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class SharedRows:
    """Rows that several tables have: the name of the constant, and its lines."""

    name: str
    lines: tuple[str, ...]


class RowWriter:
    """Writes the rows of all tables of a file.

    Parameters
    ----------
    sections : mapping of str to str
        The section of every table and macro, by label.
    dictionary : Dictionary
        What the keywords in conditions mean.
    """

    def __init__(self, sections: Mapping[str, str], dictionary: Dictionary) -> None:
        self._sections = sections
        self._dictionary = dictionary
        self._times: Counter[_Block] = Counter()
        self._names: dict[_Block, str] = {}
        self._texts: dict[int, _Block] = {}
        self._taken: Counter[str] = Counter()
        self.shared: list[SharedRows] = []
        self.used: set[str] = set()

    def count(self, rows: tuple[Row, ...]) -> None:
        """Note what is below `rows`: whatever is noted twice gets a name."""
        for row in rows:
            if row.rows:
                block = self._plain(row.rows)
                self._times[block] += 1
                # What is inside of a block that is written once is written once.
                if self._times[block] == 1:
                    self.count(row.rows)

    def lines(self, rows: tuple[Row, ...], depth: int) -> Iterator[str]:
        """Yield `rows` in lines that are `depth` levels deep."""
        pad = _ONE_LEVEL * depth
        for row in rows:
            head, tail, *_ = self._text(row)
            if not row.rows:
                yield f"{pad}Row({head}{tail}),"
            elif name := self._name_of(row.rows):
                yield f"{pad}Row({head}, {name}{tail}),"
            else:
                yield f"{pad}Row({head}, ("
                yield from self.lines(row.rows, depth + 1)
                yield f"{pad}){tail}),"

    def _plain(self, rows: tuple[Row, ...]) -> _Block:
        """Return `rows` as text that is equal where they say the same."""
        return tuple(text for row in rows for text in self._text(row))

    def _text(self, row: Row) -> _Block:
        """Return head and tail of a row and what is below it; every level above asks for it."""
        if id(row) not in self._texts:
            below = self._plain(row.rows)
            self._texts[id(row)] = (self._head(row), self._tail(row), "(", *below, ")")
        return self._texts[id(row)]

    def _name_of(self, rows: tuple[Row, ...]) -> str:
        """Return the constant that has `rows`; empty if they stand here alone."""
        block = self._plain(rows)
        if self._times[block] < 2:
            return ""
        if block not in self._names:
            lines = tuple(self.lines(rows, 1))
            name = constant(rows[0].table)
            self._taken[name] += 1
            number = self._taken[name]
            self._names[block] = f"{name}_ROWS_{number}" if number > 1 else f"{name}_ROWS"
            self.shared.append(SharedRows(self._names[block], lines))
        return self._names[block]

    def _head(self, row: Row) -> str:
        section = row.clause or self._sections[row.table]
        texts = [row.keyword, row.name, "", row.vr, row.vm, f"{section}, Table {row.table}"]
        values = list(layout.strings(texts))
        values[2] = f"0x{row.tag:08X}"
        return f"{', '.join(values)}, {_dict({n: c.code for n, c in row.cells.items()})}"

    def _tail(self, row: Row) -> str:
        cells = row.cells
        given = {
            "required_when": self._by_column(cells, lambda cell: cell.required_when, _decides),
            "only_when": self._by_column(cells, lambda cell: cell.only_when, _holds),
            "values": _dict_of({n: _names(c.values) for n, c in cells.items() if c.values}),
            "items": _dict({n: c.items for n, c in cells.items() if c.items}),
            "empty": _names(n for n, c in cells.items() if c.is_empty),
            "demanded": _names(n for n, c in cells.items() if c.is_demanded),
            "condition": next((layout.literal(c.prose) for c in cells.values() if c.prose), ""),
        }
        return "".join(f", {name}={text}" for name, text in given.items() if text)

    def _by_column(
        self,
        cells: Mapping[str, Cell],
        what: Callable[[Cell], Condition | None],
        can_have: Callable[[Cell], bool],
    ) -> str:
        """Return one condition for all columns that can have it, or each with its column."""
        own = {name: found for name, cell in cells.items() if (found := what(cell)) is not None}
        for each in own.values():
            self.used |= set(classes_in(each))
        code = {name: condition_code(each, self._dictionary) for name, each in own.items()}
        able = [name for name, cell in cells.items() if can_have(cell)]
        if len(set(code.values())) == 1 and able == list(code):
            return next(iter(code.values()))
        return _dict_of(code)


def _decides(cell: Cell) -> bool:
    return cell.is_scu_conditional or cell.is_scp_conditional


def _holds(cell: Cell) -> bool:
    return cell.usage is not None and cell.is_allowed


def _dict(values: Mapping[str, str]) -> str:
    return _dict_of({name: layout.literal(value) for name, value in values.items()})


def _dict_of(code: Mapping[str, str]) -> str:
    entries = (f"{layout.literal(name)}: {value}" for name, value in code.items())
    return f"{{{', '.join(entries)}}}" if code else ""


def _names(names: Iterable[str]) -> str:
    texts = layout.strings(tuple(names))
    return layout.tuple_of(texts) if texts else ""
