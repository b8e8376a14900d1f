"""In which message an attribute of a table stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..examples.message_code import Message, message_of
from ..examples.tables_of_message import is_about
from ..model import Cell, Column, File, Row, SOPClass, SOPClasses, Table


@dataclass(frozen=True)
class Place:
    """An attribute in a message of a SOP class."""

    sop_class: SOPClass
    message: Message
    column: Column
    path: str
    row: Row
    rows: Mapping[str, Row] = field(repr=False, compare=False)

    @property
    def cell(self) -> Cell | None:
        """What the column says of the attribute."""
        return self.row.cells.get(self.column.name)

    def row_at(self, path: str) -> Row | None:
        """Return the row of the attribute at `path`, in whichever item it is."""
        return self.rows.get(re.sub(r"\[\d+\]", "[1]", path))


def places(model: SOPClasses, label: str, keyword: str, column: str) -> Iterator[Place]:
    """Yield where a row of the table `label` stands, that of a macro where it is included."""
    about = model.columns.get(column)
    if about is None:
        return
    for file in model.files:
        for table in file.tables:
            # A macro speaks of any usage: then the column is one of the table's.
            any_usage = [name for name in table.columns if model.columns[name].kind is about.kind]
            for name in [column] if about.services else any_usage:
                yield from _in_table(model, file, table, label, keyword, name)


def _in_table(
    model: SOPClasses, file: File, table: Table, label: str, keyword: str, column: str
) -> Iterator[Place]:
    parts: list[tuple[int | None, tuple[Row, ...]]] = [(None, table.rows)]
    types = (*table.event_types, *table.action_types)
    parts += [(each.id, each.rows) for each in types]
    for type_id, rows in parts:
        known = dict(rows_by_path(rows))
        for path, row in known.items():
            if (row.table, row.keyword) == (label, keyword) and column in row.cells:
                for service in model.serves(table, column):
                    for each in file.sop_classes:
                        if service in each.services and is_about(table, each):
                            about = model.columns[column]
                            message = message_of(model, each, service, about.direction, type_id)
                            yield Place(each, message, about, path, row, known)


def rows_by_path(rows: tuple[Row, ...], above: str = "") -> Iterator[tuple[str, Row]]:
    """Yield every row with its path, each sequence on the way in its first item."""
    for row in rows:
        yield f"{above}{row.keyword}", row
        yield from rows_by_path(row.rows, f"{above}{row.keyword}[1].")
