"""The tables of a part, by their labels.

Invariant: a table is found by its label and never by its position; every row has as many cells as
the table has columns, a cell that spans several standing in each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..reading.position import Position
from .plain_text import folded, text_of
from .sections import Section, label_of
from .unreadable import DocumentError, Problem
from .xml_tree import Node

_MOST_SPAN = 100
_TABLE = "table_"


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell: its text, and where it starts; without a node, it is one that is not there."""

    text: str
    position: Position
    _node: Node | None = field(default=None, repr=False)

    @property
    def lines(self) -> tuple[str, ...]:
        """Its paragraphs but for those of notes."""
        found = self._node.find("para", "note") if self._node else ()
        return tuple(text_of(each) for each in found if each.name == "para")

    @property
    def links(self) -> tuple[str, ...]:
        """The labels of the tables that it refers to."""
        found = self._node.find("xref") if self._node else ()
        targets = (each.attributes.get("linkend", "") for each in found)
        return tuple(each.removeprefix(_TABLE) for each in targets if each.startswith(_TABLE))


@dataclass(frozen=True, eq=False)
class Table:
    """A table.

    Attributes
    ----------
    label : str
        Its label, e.g. ``9.1-1``; the number of its section, e.g. ``C.5.10``, where it has none.
    heads : tuple of str
        The texts of the head; empty where there is none.
    rows : tuple of tuple of Cell
        The rows of the body, but for those that are one cell from end to end.
    every_row : tuple of tuple of Cell
        Those, too.
    """

    label: str
    caption: str
    section: Section
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    position: Position
    every_row: tuple[tuple[Cell, ...], ...] = ()

    @property
    def name(self) -> str:
        """How a person is told of the table."""
        is_numbered = self.label != self.section.label
        return f"Table {self.label}" if is_numbered else f"the table of {self.label}"

    def columns(self, *heads: str) -> Iterator[tuple[Cell, ...]]:
        """Return of every row the cells below `heads`.

        Raises
        ------
        DocumentError
            If there is no such column.
        """
        known = [folded(each) for each in self.heads]
        if missing := [head for head in heads if folded(head) not in known]:
            said = f"{self.name} has no column {', '.join(missing)}"
            shown = ", ".join(self.heads) or "none"
            text = f"{said} (its columns: {shown}): this edition cannot be compared"
            raise DocumentError(Problem(self.position, text))
        numbers = [known.index(folded(head)) for head in heads]
        return (tuple(row[number] for number in numbers) for row in self.rows)


class Tables:
    """The tables with a label, each of them read once, when it is asked for."""

    def __init__(self, document: Section) -> None:
        self._nodes: dict[str, list[tuple[Node, Section]]] = {}
        self._read: dict[tuple[str, bool], Table] = {}
        for section in document.walk():
            for node in section.own("table"):
                label = label_of(node, "table_")
                self._nodes.setdefault(label, []).append((node, section))

    @property
    def labels(self) -> Iterable[str]:
        """The labels, in document order."""
        return self._nodes

    def find(self, label: str, *, may_be_short: bool = False) -> Table | None:
        """Return the table with the label; None if there is none.

        Parameters
        ----------
        label : str
            The label.
        may_be_short : bool, optional
            Whether a row may lack its last cells, which are empty then.

        Raises
        ------
        DocumentError
            If there are several, or nobody can read it.
        """
        found = self._nodes.get(label, [])
        if len(found) > 1:
            (first, _), (second, _) = found[:2]
            text = f"a second Table {label}, after that of line {first.position.line}: correct one"
            raise DocumentError(Problem(second.position, text))
        key = (label, may_be_short)
        if found and key not in self._read:
            self._read[key] = _table(*found[0], label, may_be_short=may_be_short)
        return self._read.get(key)


def table_of(section: Section) -> Table | None:
    """Return the first table of a section, numbered or not; None if there is none.

    Raises
    ------
    DocumentError
        If nobody can read it.
    """
    own = section.own("informaltable", "table")
    return _table(own[0], section, section.label) if own else None


def _table(node: Node, section: Section, label: str, *, may_be_short: bool = False) -> Table:
    caption = node.child("caption") or node.child("title")
    body = _grid([row for row in node.find("thead", "tr") if row.name == "tr"])
    heads = _heads(node)
    # Some editions leave it to the reader that a cell alone in its row is one from end to end.
    body = [row * len(heads) if len(row) == 1 and heads else row for row in body]
    if may_be_short:
        body = [_filled(row, len(heads)) for row in body]
    rows = [tuple(row) for row in body if len(row) == 1 or len(set(row)) > 1]
    table = Table(
        label,
        text_of(caption) if caption else "",
        section,
        heads,
        tuple(rows),
        node.position,
        tuple(map(tuple, body)),
    )
    _check_widths(table)
    return table


def _filled(row: list[Cell], width: int) -> list[Cell]:
    return [*row, *(Cell("", row[-1].position) for _ in range(width - len(row)))] if row else row


def _heads(node: Node) -> tuple[str, ...]:
    head = node.first("thead")
    rows = _grid(head.find("tr")) if head else []
    if len({len(row) for row in rows}) > 1:
        text = "the rows of this head differ in length: this edition cannot be compared"
        raise DocumentError(Problem(node.position, text))
    # A cell of the head that spans several rows names its column once.
    columns = (dict.fromkeys(cell.text for cell in column) for column in zip(*rows, strict=True))
    return tuple(" ".join(texts) for texts in columns)


def _check_widths(table: Table) -> None:
    width = len(table.heads) or max(map(len, table.rows), default=0)
    problems = [
        Problem(
            row[0].position if row else table.position,
            f"{table.name}: a row of {len(row)} cells, not {width}: not to be compared",
        )
        for row in table.rows
        if len(row) != width
    ]
    if problems:
        raise DocumentError(*problems)


def _grid(rows: list[Node]) -> list[list[Cell]]:
    """Return the cells of `rows`, each in every place that it covers."""
    grid: list[list[Cell]] = []
    below: dict[int, tuple[Cell, int]] = {}
    for row in rows:
        cells: list[Cell] = []
        taken, below = below, {}
        for node in row.find("td", "th"):
            _take(cells, taken, below)
            cell = Cell(text_of(node), node.position, node)
            depth = _span(node, "rowspan")
            for _ in range(_span(node, "colspan")):
                if depth > 1:
                    below[len(cells)] = (cell, depth - 1)
                cells.append(cell)
        _take(cells, taken, below)
        grid.append(cells)
    return grid


def _take(
    cells: list[Cell], taken: dict[int, tuple[Cell, int]], below: dict[int, tuple[Cell, int]]
) -> None:
    """Put what reaches down from the rows above where `cells` ends."""
    while (reached := taken.pop(len(cells), None)) is not None:
        cell, depth = reached
        if depth > 1:
            below[len(cells)] = (cell, depth - 1)
        cells.append(cell)


def _span(node: Node, name: str) -> int:
    written = node.attributes.get(name, "1")
    if written == "1":
        return 1
    # More digits than any number needs are no number, nor are those of another script.
    if (
        written.isascii()
        and written.isdigit()
        and len(written) < 4
        and 0 < int(written) <= _MOST_SPAN
    ):
        return int(written)
    shown = written if len(written) < 12 else f"{written[:12]}…"
    text = f'{name}="{shown}": a cell spans 1 to {_MOST_SPAN}: correct it'
    raise DocumentError(Problem(node.position, text))
