"""The columns of a service table: which of them answers which, and what may be asked of each.

Nothing else in the generator may conclude anything from the number or the name of a column.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column of a service table.

    Attributes
    ----------
    name, heading : str
        What schemas call it, e.g. ``response``, and what is printed above it.
    answers : str
        The column whose message it answers, as a response answers the request; empty for none.
    equal_to : str
        The column that ``(=)`` refers to; empty where no cell of this one may have it.
    has_status : bool
        Whether its message has a status, so that a condition can ask for one.
    is_apart : bool
        Whether its message belongs to a primitive of its own, as a cancel does.
    """

    name: str
    heading: str
    answers: str = ""
    equal_to: str = ""
    has_status: bool = False
    is_apart: bool = False
