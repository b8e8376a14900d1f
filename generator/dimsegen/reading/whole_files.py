"""What a file says is read once, however many folders have the file.

Whoever compares two versions, or changes one file after another, has most files in common; `parse`
gives the same tree of the same text.
"""

from __future__ import annotations

from .made_once import MadeOnce
from .problems import Report
from .reader import Reader
from .shapes import Record
from .tree import Node
from .values import Fields

# By tree and shape, which are kept with what was read, so that no other takes their identity.
_FILES = MadeOnce[tuple[Fields | None, Node, Record]](256)


def read_file(root: Node, shape: Record, report: Report) -> Fields | None:
    """Return what a file says, None if it has another shape.

    Parameters
    ----------
    root : tree.Node
        The whole file.
    shape : Record
        The shape that it ought to have.
    report : Report
        Receives what is wrong with it.
    """
    key = id(root), id(shape)
    whole, *_ = _FILES.get(key, lambda: (_read_whole(root, shape), root, shape))
    return whole or _read(root, shape, report)


def _read_whole(root: Node, shape: Record) -> Fields | None:
    report = Report()
    fields = _read(root, shape, report)
    return None if report.problems else fields


def _read(root: Node, shape: Record, report: Report) -> Fields | None:
    value = Reader(root, report).read(shape, root)
    return value if isinstance(value, Fields) else None
