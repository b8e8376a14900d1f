"""Which columns of which tables hold for the data set of a message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from ..model import (
    REQUEST,
    RESPONSE,
    Column,
    Example,
    File,
    Row,
    SOPClass,
    SOPClasses,
    Table,
)
from ..model.example_data_sets import message_in_words


@dataclass(frozen=True)
class Part:
    """The rows of a table, or of one type in it, below a column that holds for a message."""

    table: Table
    column: Column
    rows: tuple[Row, ...]
    type_id: int | None = None


def parts_of(
    columns: SOPClasses, file: File, service: str, direction: str, type_id: int | None
) -> Iterator[Part]:
    """Yield the parts that hold for a message, whatever SOP class of `file` it names."""
    for table in file.tables:
        for name in table.columns:
            column = columns.columns[name]
            if column.direction != direction or service not in columns.serves(table, name):
                continue
            if table.rows:
                yield Part(table, column, table.rows)
            for each in (*table.event_types, *table.action_types):
                if each.id == type_id:
                    yield Part(table, column, each.rows, each.id)


def is_about(table: Table, sop_class: SOPClass) -> bool:
    """Return whether `table` is one of `sop_class`, or of one that it stands for."""
    names = {sop_class.keyword, *sop_class.stands_for}
    return not table.sop_classes or bool(names & set(table.sop_classes))


@dataclass(frozen=True)
class Described:
    """A message of a SOP class whose data set some tables describe."""

    sop_class: SOPClass
    service: str
    direction: str
    type_id: int | None
    parts: tuple[Part, ...]

    @property
    def in_words(self) -> str:
        """The message, e.g. ``N-ACTION request of type 1``."""
        return message_in_words(self.service, self.direction, self.type_id)

    def is_in(self, example: Example) -> bool:
        """Return whether `example` is one of this message."""
        own = (self.service, self.direction, self.type_id)
        return own == (example.service, example.direction, example.type_id)


def messages_of(model: SOPClasses, file: File) -> Iterator[Described]:
    """Yield every message of the SOP classes of `file` whose data set its tables describe."""
    types = [each for t in file.tables for each in (*t.event_types, *t.action_types)]
    numbers = (None, *sorted({each.id for each in types}))
    for sop_class in file.sop_classes:
        for service in sop_class.services:
            typed = model.requests[service].type if service in model.requests else ""
            own = sop_class.action_types if typed else {}
            for direction, number in product((REQUEST, RESPONSE), numbers):
                if bool(typed) != (number is not None) or (own and number not in own):
                    continue
                parts = [
                    part
                    for part in parts_of(model, file, service, direction, number)
                    if is_about(part.table, sop_class) and part.rows
                ]
                if parts:
                    yield Described(sop_class, service, direction, number, tuple(parts))
