"""Where each thing of a schema file stands.

The layout follows from the shapes in the `documents` of each family and from the usage codes; no
keyword and no key decides it.
"""

from __future__ import annotations

from ..reading.shapes import (
    Cell,
    Choice,
    Condition,
    Hex,
    HexOr,
    ListOf,
    MapOf,
    Record,
    Shape,
    Text,
    Tree,
    ValueOrItems,
)
from ..table.usage import EQUAL_TO_LEFT, Usage

INDENT = 2
# A list has a line of its own for each item where its line would be longer.
LONGEST_LIST = 120
# No row wraps: one that is longer wants another word in the vocabulary.
LONGEST_LINE = 190

# Where the cells of the rows of a tree start, however deep a row is.
TREE_STOP = 66

_QUOTES = 2


def is_row(shape: Shape) -> bool:
    """Return whether `shape` stands in one line: it has no prose and no table in it."""
    match shape:
        case Text(is_prose=is_prose):
            return not is_prose
        case Choice() | Cell() | Hex() | HexOr() | Condition():
            return True
        case ListOf(item):
            return is_row(item)
        case MapOf(_, value):
            inner = value.item if isinstance(value, ListOf) else value
            return isinstance(inner, Text | Hex) and is_row(inner)
        case Record(_, keys):
            return all(is_row(key.shape) for key in keys.values())
        case Tree() | ValueOrItems():
            return False


def record_of(shape: Record | MapOf | Condition) -> Record | MapOf:
    """Return the shape of the mapping that `shape` is."""
    return shape.record() if isinstance(shape, Condition) else shape


def stop_after(record: Record | MapOf, key: str, columns: tuple[str, ...]) -> int:
    """Return how wide the value of `key` is made, so that what follows is on a fixed stop.

    Parameters
    ----------
    record : Record or MapOf
        The row that the key is in.
    key : str
        The key.
    columns : tuple of str
        The columns of the service table.
    """
    if not isinstance(record, Record):
        return 0
    columns = columns or record.usual
    if isinstance(record.others, Cell) and key in columns:
        return _widest(record.others, can_equal=key in record.others.equal_in(columns))
    return record.keys[key].stop if key in record.keys else 0


def _widest(cell: Cell, *, can_equal: bool) -> int:
    """Return how wide the cells of a column are, with what quotes they need."""
    equal = [code for code in cell.options if code.endswith(EQUAL_TO_LEFT)]
    if not can_equal:
        codes = [code for code in cell.options if code not in equal]
        return max(len(code) + _QUOTES * (code in cell.quoted) for code in codes)
    # A fixed value that equals the one to its left is too rare to make every table wider.
    usual = [code for code in equal if not Usage(code.removesuffix(EQUAL_TO_LEFT)).is_fixed]
    return max(map(len, usual)) + _QUOTES


def keys_in_order(
    record: Record | MapOf, written: tuple[str, ...], columns: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the keys that are `written`, in canonical order.

    The order of a record is that of its shape, after the columns of its table; that of another
    mapping is content, and stays.
    """
    if not isinstance(record, Record):
        return written
    # A file that extends another need not name the columns again.
    columns = columns or record.usual
    order = [*(columns if record.others is not None else ()), *record.keys]
    known = [key for key in order if key in written]
    return (*known, *(key for key in written if key not in known))
