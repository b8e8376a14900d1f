"""The attribute tables of the schemas as the standard prints them.

A line is told by its place: its table, the type that it belongs to, and its path of keywords.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..reading.position import Position
from ..table.erratum import Erratum
from .model import Include, Others, Row, SOPClasses, Table, Written

INCLUDE, OTHERS = "include", "others"
PATH_MARK = "."
# How the words of a change in `explains` are joined.
CHANGE, OF = " -> ", ": "


@dataclass(frozen=True)
class PrintedLine:
    """A line of an attribute table.

    Attributes
    ----------
    table, type_id : str
        The label of the table; the number of the event or action type, empty where it has none.
    path : str
        The keywords from the top of the table to the line, which may be ``include`` or ``others``.
    depth : int
        How many ``>`` stand before it.
    name : str
        The name of the attribute; the label of the macro; what others are the attributes of.
    tag : int or None
        The tag, if it is a row.
    cells : mapping of str to str
        Its codes by column, as the schemas write them.
    """

    table: str
    type_id: str
    path: str
    depth: int
    name: str
    tag: int | None
    cells: Mapping[str, str]
    position: Position

    @property
    def kind(self) -> str:
        """What the line is: ``include``, ``others``, or the keyword of a row."""
        return self.path.rpartition(PATH_MARK)[2]

    def place(self, what: str) -> str:
        """Return how an erratum names `what` of this line."""
        return f"{what} {self.table} {self.path}"


def tables_of(model: SOPClasses) -> tuple[Table, ...]:
    """Return the macros and the attribute tables, each once."""
    return (*model.macros.values(), *(table for file in model.files for table in file.tables))


def lines_of(table: Table) -> tuple[PrintedLine, ...]:
    """Return the lines of `table`, in printed order."""
    parts = [("", table.written)]
    parts += [(str(each.id), each.written) for each in (*table.event_types, *table.action_types)]
    return tuple(
        line for type_id, written in parts for line in _lines(table.label, type_id, written, ())
    )


def _lines(
    table: str, type_id: str, written: tuple[Written, ...], above: tuple[str, ...]
) -> Iterator[PrintedLine]:
    for each in written:
        yield _line(table, type_id, each.what, above)
        if isinstance(each.what, Row):
            yield from _lines(table, type_id, each.below, (*above, each.what.keyword))


def _line(
    table: str, type_id: str, what: Row | Include | Others, above: tuple[str, ...]
) -> PrintedLine:
    depth = len(above)
    if isinstance(what, Include):
        path = PATH_MARK.join((*above, INCLUDE))
        return PrintedLine(table, type_id, path, depth, what.table, None, {}, what.position)
    cells = {column: cell.code for column, cell in what.cells.items()}
    if isinstance(what, Others):
        path = PATH_MARK.join((*above, OTHERS))
        return PrintedLine(table, type_id, path, depth, what.of, None, cells, what.position)
    path = PATH_MARK.join((*above, what.keyword))
    return PrintedLine(table, type_id, path, depth, what.name, what.tag, cells, what.position)


def explained(errata: tuple[Erratum, ...]) -> dict[str, tuple[str, Erratum]]:
    """Return what is printed where an erratum explains a difference, by its place."""
    return {
        place: (change.partition(CHANGE)[0], erratum)
        for erratum in errata
        for line in erratum.explains
        for place, _, change in [line.partition(OF)]
    }
