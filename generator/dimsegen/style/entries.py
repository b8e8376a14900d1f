"""Write the tree of a schema file as entries: the lines it has in canonical form.

An entry is one line, with the entries below it. It knows where it was written, in another style
perhaps, so that the comments around that place find it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..reading import tree
from ..reading.position import Position
from ..reading.shapes import Condition, ListOf, MapOf, Record, Shape, Tree, ValueOrItems
from .scalars import key as written_key
from .scalars import word
from .stops import INDENT, LONGEST_LIST, TREE_STOP, is_row, keys_in_order, record_of, stop_after

# Alone in its entry, it shares the line of the first one below it.
DASH = "-"
_NO_COLUMN = 0


@dataclass
class Remark:
    """A comment on a line of its own; a blank line may be before it."""

    text: str
    follows_blank: bool


@dataclass
class Entry:
    """A line, and the lines below it.

    Attributes
    ----------
    text : str
        The line, without its indentation.
    level : int
        How deep it is.
    start, last : Position
        Where it and where the last word of its own line were written.
    column : int
        The column of its key or dash; 0 if it was written within braces or brackets.
    above, below : list of Remark
        The comments before it, and after all that belongs to it.
    beside : str
        The comment at the end of its line.
    """

    text: str
    level: int
    start: Position
    last: Position
    column: int
    children: list[Entry] = field(default_factory=list)
    above: list[Remark] = field(default_factory=list)
    below: list[Remark] = field(default_factory=list)
    beside: str = ""
    follows_blank: bool = False


class EntryWriter:
    """Writes the entries of one file.

    Parameters
    ----------
    width : int
        The length of the longest keyword: what follows a keyword is on a stop behind it.
    columns : sequence of str
        The columns of the service table, if the file has one.
    lines : sequence of str
        The lines as they are written.
    """

    def __init__(self, width: int, columns: Sequence[str], lines: Sequence[str]) -> None:
        self._width = width
        self._columns = tuple(columns)
        self._lines = lines
        # The stops of the grid whose rows are being written.
        self._grid: Mapping[str, int] = {}

    def entries(self, shape: Shape, node: tree.Node, level: int = 0) -> list[Entry]:
        """Return the entries of a mapping or list that has a line for each of its members."""
        if isinstance(node, tree.Mapping) and isinstance(shape, Record | MapOf | Condition):
            record, keys = record_of(shape), self._keys(shape, node)
            self._grid = _grid_of(record, node)
            return [self._member(record, node, key, level) for key in keys]
        assert isinstance(node, tree.Sequence)
        if isinstance(shape, Tree):
            return [self._row(shape, item, level) for item in node.items]
        if isinstance(shape, ValueOrItems):
            return [self._item(shape.item(), item, level) for item in node.items]
        assert isinstance(shape, ListOf)
        return [self._item(shape.item, item, level) for item in node.items]

    def _member(self, shape: Record | MapOf, node: tree.Mapping, key: str, level: int) -> Entry:
        name, value = _item_of(node, key)
        column = _NO_COLUMN if node.is_flow else name.position.column
        inner = _shape_under(shape, key)
        head = f"{written_key(key, is_in_row=False)}:"
        if isinstance(shape, MapOf) and shape.key.has_quotes:
            head = f"{word(shape.key, name, is_in_row=False)}:"
        entry = Entry(head, level, name.position, name.position, column)
        if self._is_inline(inner, value, level, len(head)):
            # How deep a value is says more than a stop.
            stop = 0
            if isinstance(shape, MapOf) and not isinstance(inner, ValueOrItems):
                stop = (shape.stop or self._width) + 1
            entry.text = f"{head.ljust(stop)} {self._inline(inner, value)}"
            entry.last = _last_of(value)
        else:
            entry.children = self.entries(inner, value, level + 1)
        return entry

    def _item(self, shape: Shape, node: tree.Node, level: int) -> Entry:
        start, column = self._start_of(node)
        if self._is_inline(shape, node, level, INDENT):
            return Entry(
                f"{DASH} {self._inline(shape, node)}", level, start, _last_of(node), column
            )
        entry = Entry(DASH, level, start, start, column)
        entry.children = self.entries(shape, node, level + 1)
        return entry

    def _row(self, shape: Tree, node: tree.Node, level: int) -> Entry:
        """Return a row of a tree; the list of those below a row shares the line of its first."""
        start, column = self._start_of(node)
        if isinstance(node, tree.Sequence):
            entry = Entry(DASH, level, start, start, column)
            entry.children = self.entries(shape, node, level + 1)
            return entry
        assert isinstance(node, tree.Mapping)
        ((name, value),) = node.items
        head = f"{DASH} {written_key(name.text, is_in_row=False)}:"
        head = head.ljust(TREE_STOP - INDENT * level - 1)
        text = f"{head} {self._inline(shape.row.value, value)}"
        return Entry(text, level, start, _last_of(value), column)

    def _start_of(self, node: tree.Node) -> tuple[Position, int]:
        """Return where an item starts, and the column of its dash."""
        dash = self._dash_before(node.position)
        return dash or node.position, dash.column if dash else _NO_COLUMN

    def _dash_before(self, start: Position) -> Position | None:
        """Return where the dash before an item is, None if it is written within brackets."""
        line, before = start.line, self._lines[start.line - 1][: start.column - 1]
        while not before.strip() and line > 1:
            line -= 1
            before = self._lines[line - 1].partition("#")[0]
        # In a tree, a row may follow the dash of its list.
        is_dash = set(before.split()) == {DASH}
        return Position(start.file, line, before.rindex(DASH) + 1) if is_dash else None

    def _is_inline(self, shape: Shape, node: tree.Node, level: int, before: int) -> bool:
        if isinstance(node, tree.Scalar) or not (
            isinstance(node, tree.Mapping | tree.Sequence) and node.items
        ):
            return True
        if isinstance(shape, ValueOrItems):
            return not any(isinstance(each, tree.Mapping) for each in node.items)
        if isinstance(shape, ListOf) and is_row(shape):
            # What a file lists at its top is a table of one column.
            length = level * INDENT + before + 1 + len(self._inline(shape, node))
            return level > 0 and length <= LONGEST_LIST
        return is_row(shape)

    def _inline(self, shape: Shape, node: tree.Node, is_in_row: bool = False) -> str:
        match node:
            case tree.Mapping():
                assert isinstance(shape, Record | MapOf | Condition)
                return f"{{{self._members(shape, node)}}}"
            case tree.Sequence(_, items) if isinstance(shape, ValueOrItems):
                return f"[{', '.join(self._inline(shape.value, each, True) for each in items)}]"
            case tree.Sequence(_, items):
                assert isinstance(shape, ListOf)
                is_one = shape.or_one and len(items) == 1
                is_inside = is_in_row or not is_one
                written = [self._inline(shape.item, item, is_inside) for item in items]
                return written[0] if is_one else f"[{', '.join(written)}]"
            case tree.Scalar():
                of_word = shape.item if isinstance(shape, ListOf) else shape
                of_word = of_word.value if isinstance(of_word, ValueOrItems) else of_word
                return word(of_word, node, is_in_row)
        raise AssertionError(node)

    def _members(self, shape: Record | MapOf | Condition, node: tree.Mapping) -> str:
        record = record_of(shape)
        text, gap, over = "", 0, 0
        for key in self._keys(shape, node):
            _, value = _item_of(node, key)
            member = self._inline(_shape_under(record, key), value, is_in_row=True)
            text += f"{', ' if text else ''}{' ' * gap}{written_key(key, is_in_row=True)}: {member}"
            stop = self._grid.get(key) or stop_after(record, key, self._columns)
            # What is too long for its stop takes from the gaps after it.
            gap, over = max(stop - len(member) - over, 0), max(over + len(member) - stop, 0)
            over = over if stop else 0
        return text

    def _keys(self, shape: Record | MapOf | Condition, node: tree.Mapping) -> tuple[str, ...]:
        written = tuple(key.text for key, _ in node.items)
        return keys_in_order(record_of(shape), written, self._columns)


def _grid_of(shape: Record | MapOf, node: tree.Mapping) -> Mapping[str, int]:
    """Return the stops of the rows in `node`, which the widest word of each column makes."""
    row = shape.value if isinstance(shape, MapOf) else None
    if not (isinstance(row, Record) and row.is_grid and row.others):
        return {}
    stops: dict[str, int] = {}
    for _, line in node.items:
        for key, value in line.items if isinstance(line, tree.Mapping) else ():
            if isinstance(value, tree.Scalar) and key.text not in row.keys:
                length = len(word(row.others, value, is_in_row=True))
                stops[key.text] = max(stops.get(key.text, 0), length)
    return stops


def in_file_order(entries: Sequence[Entry]) -> list[Entry]:
    """Return `entries` and all below them in the order in which they were written."""
    return sorted(_all(entries), key=lambda entry: entry.start)


def _all(entries: Sequence[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _all(entry.children)


def _item_of(node: tree.Mapping, key: str) -> tuple[tree.Scalar, tree.Node]:
    return next(item for item in node.items if item[0].text == key)


def _shape_under(shape: Record | MapOf, key: str) -> Shape:
    if isinstance(shape, MapOf):
        return shape.value
    if key in shape.keys:
        return shape.keys[key].shape
    assert shape.others is not None
    return shape.others


def _last_of(node: tree.Node) -> Position:
    match node:
        case tree.Mapping(position, items):
            return max((position, *(_last_of(value) for _, value in items)))
        case tree.Sequence(position, items):
            return max((position, *map(_last_of, items)))
        case _:
            return node.position
