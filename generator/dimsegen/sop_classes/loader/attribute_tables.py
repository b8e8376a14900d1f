"""Build attribute tables: the lines as they are written, and the rows with macros put in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...reading.position import Position
from ...reading.problems import Report
from ...reading.values import Fields, Items
from ..model import Cell, ColumnKind, Include, Row, Table, Type, Written
from .attribute_rows import RowBuilder, check_names
from .legends import Legends

_ANY = "usage"
_PARTS = ("rows", "event_types", "action_types")


def build_tables(document: Fields, key: str, legends: Legends, report: Report) -> dict[str, Table]:
    """Return the tables under `key`, their macros not yet put in."""
    return {
        label: _table(label, position, fields, legends, report)
        for label, position, fields in document.records(key)
    }


def _table(
    label: str, position: Position, fields: Fields, legends: Legends, report: Report
) -> Table:
    columns = fields.fields("columns")
    headings = {name: columns.text(name) for name in columns.keys} if columns else {}
    for name in list(headings):
        if name not in legends.columns:
            report.add_unknown(position, "unknown-column", name, legends.columns)
            del headings[name]
    if len(given := [key for key in _PARTS if key in fields.keys]) != 1:
        report.add(position, "one-part", table=label, given=", ".join(given) or "none")
    builder = RowBuilder(label, tuple(headings), legends, report)
    also = fields.fields("also")
    for service, place in (also.keys if also else {}).items():
        if service not in legends.requests:
            report.add(place, "unknown-request", service=service)
    rows = fields.values.get("rows")
    return Table(
        label,
        fields.text("name"),
        fields.text("section"),
        headings,
        fields.text("level"),
        fields.texts("sop_classes"),
        {service: also.text(service) for service in also.values} if also else {},
        (),
        builder.lines(rows) if isinstance(rows, Items) else (),
        tuple(_types(fields, "event_types", builder)),
        tuple(_types(fields, "action_types", builder)),
        position,
    )


def _types(fields: Fields, key: str, builder: RowBuilder) -> Iterator[Type]:
    for identifier, position, each in fields.records(key):
        rows = each.values.get("rows")
        written = builder.lines(rows) if isinstance(rows, Items) else ()
        yield Type(int(identifier), each.text("name"), (), written, position)


class Expander:
    """Puts macros in place of what includes them.

    Parameters
    ----------
    macros : mapping of str to Table
        The macros, as written.
    legends : Legends
        What the columns mean.
    report : Report
        Receives what is wrong.
    """

    def __init__(self, macros: Mapping[str, Table], legends: Legends, report: Report) -> None:
        self._macros = macros
        self._legends = legends
        self._report = report

    def expanded(self, table: Table) -> Table:
        """Return `table` with all of its rows."""
        columns = tuple(table.columns)
        rows = self._rows(table.written, columns, (table.label,))
        parts = [
            tuple(
                replace(each, rows=self._rows(each.written, columns, (table.label,)))
                for each in types
            )
            for types in (table.event_types, table.action_types)
        ]
        if table.label not in self._macros:
            for each in (rows, *(part.rows for types in parts for part in types)):
                check_names(each, self._report)
        return replace(table, rows=rows, event_types=parts[0], action_types=parts[1])

    def _rows(
        self, lines: tuple[Written, ...], columns: tuple[str, ...], within: tuple[str, ...]
    ) -> tuple[Row, ...]:
        found: dict[str, Row] = {}
        for line in lines:
            for row in self._of_line(line, columns, within):
                known = found.get(row.keyword)
                # What is there twice by itself was told of already.
                is_twice = known is not None and isinstance(line.what, Row)
                if known is not None and not (is_twice and known.table == row.table):
                    facts = {"row": row.keyword, "table": known.table}
                    self._report.add(line.what.position, "row-of-macro", **facts)
                found.setdefault(row.keyword, row)
        return tuple(found.values())

    def _of_line(
        self, line: Written, columns: tuple[str, ...], within: tuple[str, ...]
    ) -> Iterator[Row]:
        if isinstance(line.what, Row):
            below = self._rows(line.below, columns, within) if line.below else ()
            yield replace(line.what, rows=below) if below else line.what
        elif isinstance(line.what, Include):
            yield from self._of_macro(line.what, columns, within)

    def _of_macro(
        self, include: Include, columns: tuple[str, ...], within: tuple[str, ...]
    ) -> Iterator[Row]:
        macro = self._macros.get(include.table)
        if macro is None:
            known = list(self._macros)
            self._report.add_unknown(include.position, "unknown-macro", include.table, known)
        elif include.table in within:
            self._report.add(include.position, "macro-in-itself", table=include.table)
        else:
            own = tuple(macro.columns)
            for row in self._rows(macro.written, own, (*within, include.table)):
                yield self._for_columns(row, columns)

    def _for_columns(self, row: Row, columns: tuple[str, ...]) -> Row:
        """Return a row of a macro with the cells that `columns` take from it."""
        cells: dict[str, Cell] = {}
        for column in columns:
            is_usage = self._legends.columns[column].kind is ColumnKind.USAGE
            cell = row.cells.get(column) or (row.cells.get(_ANY) if is_usage else None)
            if cell is not None:
                cells[column] = cell
        below = tuple(self._for_columns(each, columns) for each in row.rows)
        return replace(row, cells=cells, rows=below)
