"""Build the lines of an attribute table, as they are written."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from ...reading.position import Position
from ...reading.problems import Report
from ...reading.values import Fields, Items
from ..documents import EVERY
from ..model import UP, Cell, ColumnKind, Include, Others, Row, Written
from .data_set_conditions import conditions, names_in
from .known_attributes import tag_of
from .legends import Legends

INCLUDE, OTHERS = "include", "others"
_SEQUENCE = "SQ"
_ROW_KEYS = ("required_when", "only_when")
_Line: TypeAlias = "Row | Include | Others"


class RowBuilder:
    """Builds the lines of one table.

    Parameters
    ----------
    table : str
        The label of the table.
    columns : tuple of str
        The names of its columns.
    legends : Legends
        What the columns and the codes mean.
    report : Report
        Receives what is wrong.
    """

    def __init__(
        self, table: str, columns: tuple[str, ...], legends: Legends, report: Report
    ) -> None:
        self._table = table
        self._columns = columns
        self._legends = legends
        self._report = report

    def lines(self, rows: Items) -> tuple[Written, ...]:
        """Return the lines of `rows`, each with those that are nested in it."""
        found: list[Written] = []
        for item in rows.items:
            if isinstance(item, Items):
                below = self.lines(item)
                found[-1:] = self._with_below(found[-1:], below, item.position)
            elif isinstance(item, Fields):
                found += [Written(line) for line in self._lines_of(item)]
        self._check_once(found)
        return tuple(found)

    def _with_below(
        self, last: list[Written], below: tuple[Written, ...], position: Position
    ) -> list[Written]:
        what = last[0].what if last else None
        if last and last[0].below:
            self._report.add(position, "list-after-list")
        elif not isinstance(what, Row):
            self._report.add(position, "list-after-nothing")
        elif what.vr != _SEQUENCE:
            facts = {"keyword": what.keyword, "vr": what.vr}
            self._report.add(position, "no-sequence", **facts)
        return [replace(last[0], below=below)] if last else []

    def _lines_of(self, item: Fields) -> list[_Line]:
        for name, position in tuple(item.keys.items())[1:]:
            self._report.add(position, "second-in-row", name=name)
        return [
            line
            for name, position, fields in item.records()
            if (line := self._line(name, position, fields)) is not None
        ]

    def _line(self, name: str, position: Position, fields: Fields) -> _Line | None:
        if name == INCLUDE:
            return self._include(position, fields)
        cells = self._cells(name, position, fields)
        if name == OTHERS:
            if "of" not in fields.keys:
                self._report.add(position, "others-of")
            return Others(fields.text("of"), cells, position)
        dictionary = self._legends.dictionary
        tag = tag_of(name, position, dictionary, self._report)
        if tag is None:
            return None
        description, vr, vm = dictionary.facts(name)
        return Row(
            name, tag, vr, vm, description, cells, (), self._table, fields.text("see"), position
        )

    def _include(self, position: Position, fields: Fields) -> Include | None:
        for key in fields.keys:
            if key != "table":
                self._report.add(fields.keys[key], "idle-key", row=INCLUDE, key=key)
        if "table" not in fields.keys:
            self._report.add(position, "include-table")
            return None
        return Include(fields.text("table"), fields.place("table"))

    def _cells(self, name: str, position: Position, fields: Fields) -> dict[str, Cell]:
        cells: dict[str, Cell] = {}
        for column in self._columns:
            if column not in fields.keys:
                self._report.add(position, "missing-cell", row=name, column=column)
                continue
            cell = self._legends.cell(column, fields.text(column))
            if cell is None:
                known = self._legends.usages[self._legends.columns[column].legend]
                facts = {"row": name, "column": column}
                text = fields.text(column)
                self._report.add_unknown(fields.place(column), "unknown-code", text, known, facts)
            else:
                cells[column] = cell
        for key in fields.keys:
            if key in self._legends.columns and key not in self._columns:
                self._report.add(fields.keys[key], "no-such-column", row=name, column=key)
        return self._with_rules(name, cells, fields)

    def _with_rules(self, name: str, cells: dict[str, Cell], fields: Fields) -> dict[str, Cell]:
        columns = tuple(cells)
        required = conditions(fields, "required_when", columns)
        only = conditions(fields, "only_when", columns)
        empty, demanded = fields.texts("empty"), fields.texts("demanded")
        values, items = fields.fields("values"), fields.fields("items")
        self._check_columns(name, fields)
        for column, cell in cells.items():
            is_conditional = cell.is_scu_conditional or cell.is_scp_conditional
            if is_conditional or values or items or empty or demanded:
                cells[column] = replace(
                    cell,
                    required_when=required.get(column) if is_conditional else None,
                    only_when=only.get(column) if is_conditional else None,
                    prose=fields.text("condition") if is_conditional else "",
                    values=values.texts(self._key(values, column)) if values else (),
                    items=items.text(self._key(items, column)) if items else "",
                    is_empty=column in empty,
                    is_demanded=column in demanded,
                )
            has_one = required.get(column) or fields.text("condition")
            if is_conditional and not has_one and name != OTHERS:
                facts = {"row": name, "code": cell.code}
                self._report.add(fields.place(column), "missing-condition", **facts)
        if not any(c.is_scu_conditional or c.is_scp_conditional for c in cells.values()):
            for key in ("required_when", "condition"):
                if key in fields.keys and len(cells) == len(self._columns):
                    self._report.add(fields.keys[key], "idle-condition", row=name, key=key)
        return cells

    def _key(self, written: Fields, column: str) -> str:
        is_usage = self._legends.columns[column].kind is ColumnKind.USAGE
        return EVERY if is_usage and EVERY in written.keys else column

    def _check_columns(self, name: str, fields: Fields) -> None:
        """Report columns that the table has not, where a key names some."""
        named = [
            (word.text, word.position)
            for key in ("empty", "demanded")
            for word in fields.words(key)
        ]
        for key in ("values", "items", *_ROW_KEYS):
            inner = fields.fields(key)
            keys = inner.keys if inner else {}
            named += [
                (each, place) for each, place in keys.items() if each in self._legends.columns
            ]
        for column, position in named:
            if column not in self._columns:
                self._report.add(position, "no-such-column", row=name, column=column)

    def _check_once(self, lines: list[Written]) -> None:
        seen: dict[str, Position] = {}
        for line in lines:
            if isinstance(line.what, Row):
                first = seen.setdefault(line.what.keyword, line.what.position)
                if first != line.what.position:
                    facts = {"row": line.what.keyword, "line": first.line}
                    self._report.add(line.what.position, "second-row", **facts)


def check_names(
    rows: tuple[Row, ...], report: Report, above: tuple[tuple[Row, ...], ...] = ()
) -> None:
    """Report names in conditions that no row has at that place.

    Parameters
    ----------
    rows : tuple of Row
        The rows of a level, macros included.
    report : Report
        Receives what is wrong.
    above : tuple of tuple of Row
        The levels above, the nearest last.
    """
    levels = (*above, rows)
    for row in rows:
        for cell in row.cells.values():
            for condition in (cell.required_when, cell.only_when):
                for name in names_in(condition) if condition else ():
                    _check_name(row, name, levels, report)
        check_names(row.rows, report, levels)


def _check_name(row: Row, name: str, levels: tuple[tuple[Row, ...], ...], report: Report) -> None:
    ups = name.count(UP)
    rows = levels[-1 - ups] if ups < len(levels) else ()
    for keyword in name.removeprefix(UP * ups).split("/"):
        known = {each.keyword: each for each in rows}
        if keyword not in known:
            facts = {"row": row.keyword}
            report.add_unknown(row.position, "unknown-name", keyword, sorted(known), facts)
            return
        rows = known[keyword].rows
