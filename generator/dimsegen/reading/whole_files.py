"""What a file says is read once, however many folders have the file.

Whoever compares two versions, or changes one file after another, has most files in common; `parse`
gives the same tree of the same text.
"""

from __future__ import annotations

from .made_once import MadeOnce
from .problems import Problem, Report
from .reader import Reader
from .shapes import Record
from .tree import Node
from .values import Fields

# By tree and shape, which are kept with what was read, so that no other takes their identity.
_FILES = MadeOnce[tuple[Fields | None, tuple[Problem, ...], Node, Record]](256)


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
    fields, problems, *_ = _FILES.get(
        (id(root), id(shape)), lambda: (*_read(root, shape), root, shape)
    )
    report.include(problems)
    return fields


def _read(root: Node, shape: Record) -> tuple[Fields | None, tuple[Problem, ...]]:
    report = Report()
    value = Reader(root, report).read(shape, root)
    return value if isinstance(value, Fields) else None, report.problems
