"""A printed table, whether it was read in the standard or in the schemas.

Every fact that can be compared is a cell: a usage code, the bytes of a field, the text of a reject
reason, the next state. A row has one name in its table, a cell one in its row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from ...reading.position import Position


class Subject(Enum):
    """What the rows of a table are; the value is the word by which an erratum names one."""

    SERVICE = "service"
    PARAMETER = "cell"
    FIELD = "field"
    VALUE = "value"
    STATE = "state"
    ACTION = "action"
    EVENT = "transition"


@dataclass(frozen=True)
class GridRow:
    """A row: its cells by column, verbatim, and where it stands."""

    name: str
    cells: Mapping[str, str]
    position: Position
    places: Mapping[str, Position]

    def place(self, column: str) -> Position:
        """Return where a cell stands."""
        return self.places.get(column, self.position)


@dataclass(frozen=True)
class Grid:
    """A table.

    Attributes
    ----------
    subject : Subject
        What its rows are.
    about : str
        What it describes: a service, a structure, a field, the state machine.
    owner : str
        The service, or the class of the structure; empty for the state machine.
    label, section : str
        Where it is printed, e.g. ``9-11`` in ``9.3.2``.
    part : str
        The part of the standard that prints it.
    columns : tuple of str
        The columns that are compared.
    """

    subject: Subject
    about: str
    owner: str
    label: str
    section: str
    part: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]

    @property
    def key(self) -> tuple[str, Subject, str]:
        """What tells it from all others: the values of a field have no label of their own."""
        return self.label, self.subject, self.about

    @property
    def reference(self) -> str:
        """Where it is printed, as a finding cites it."""
        return f"{self.part} {self.section}, Table {self.label}"
