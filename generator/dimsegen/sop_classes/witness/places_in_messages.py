"""In which message an attribute of a table stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..model import REQUEST, Column, File, Row, SOPClass, SOPClasses, Table

# Which parameter of the request names the SOP class, and which the type of its information.
_REQUESTED = frozenset({"N-SET", "N-GET", "N-ACTION"})
_TYPES = {"N-ACTION": "ActionTypeID", "N-EVENT-REPORT": "EventTypeID"}


@dataclass(frozen=True)
class Place:
    """An attribute in a message of a SOP class."""

    sop_class: SOPClass
    service: str
    column: Column
    type_id: int | None
    path: str
    row: Row
    rows: Mapping[str, Row] = field(repr=False, compare=False)

    def row_at(self, path: str) -> Row | None:
        """Return the row of the attribute at `path`, in whichever item it is."""
        return self.rows.get(re.sub(r"\[\d+\]", "[1]", path))

    @property
    def imported(self) -> str:
        """The class of the primitive."""
        return self.service.replace("-", "_")

    def lines(self) -> Iterator[str]:
        """Yield the lines that make the message and check it; the last is the call."""
        uid = "Requested" if self.service in _REQUESTED else "Affected"
        named = f'{uid}SOPClassUID="{self.sop_class.uid}"'
        typed = f", {_TYPES[self.service]}={self.type_id}" if self.type_id is not None else ""
        yield f"request = {self.imported}(MessageID=1, {named}{typed})"
        if self.column.direction == REQUEST:
            yield "check(request, data_set)"
        else:
            status = "0xFF00" if self.service.startswith("C-") else "0x0000"
            answer = f"MessageIDBeingRespondedTo=1, Status={status}{typed}"
            yield f"response = {self.imported}({answer})"
            yield "check(response, data_set, request=request)"


def places(model: SOPClasses, label: str, keyword: str, column: str) -> Iterator[Place]:
    """Yield where a row of the table `label` stands, that of a macro where it is included."""
    about = model.columns.get(column)
    if about is None:
        return
    for file in model.files:
        for table in file.tables:
            # A macro speaks of any usage: then the column is one of the table's.
            for name in [column] if about.services else list(table.columns):
                yield from _in_table(model, file, table, label, keyword, name)


def _in_table(
    model: SOPClasses, file: File, table: Table, label: str, keyword: str, column: str
) -> Iterator[Place]:
    parts: list[tuple[int | None, tuple[Row, ...]]] = [(None, table.rows)]
    types = (*table.event_types, *table.action_types)
    parts += [(each.id, each.rows) for each in types]
    for type_id, rows in parts:
        known = dict(_rows(rows, ""))
        for path, row in known.items():
            if (row.table, row.keyword) == (label, keyword) and column in row.cells:
                for service in model.serves(table, column):
                    for each in file.sop_classes:
                        is_about = not table.sop_classes or each.keyword in table.sop_classes
                        if service in each.services and is_about:
                            about = model.columns[column]
                            yield Place(each, service, about, type_id, path, row, known)


def _rows(rows: tuple[Row, ...], above: str) -> Iterator[tuple[str, Row]]:
    for row in rows:
        yield f"{above}{row.keyword}", row
        yield from _rows(row.rows, f"{above}{row.keyword}[1].")
