"""Attribute tables: their lines, as printed and with those of macros in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from ...reading.position import Position
from .meanings import Presence, Usage

BLANK = ""
UP = "../"


class ConditionKind(Enum):
    """What a condition asks of a data set."""

    ABSENT = "absent"
    PRESENT = "present"
    WITH_VALUE = "with_value"
    VALUE = "value"
    NOT_VALUE = "not_value"
    NONZERO = "nonzero"
    CHARACTERS = "characters"
    ANY = "any"
    ALL = "all"
    NOT = "not"


@dataclass(frozen=True)
class Condition:
    """A condition that the data set itself decides.

    Attributes
    ----------
    names : tuple of str
        Keywords in the same item, after ``../`` for each level up, and after the sequences, each
        with a ``/``, on the way down.
    values : tuple of str
        The values that are meant, for VALUE and NOT_VALUE.
    parts : tuple of Condition
        The conditions in it, for ANY, ALL and NOT.
    """

    kind: ConditionKind
    names: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Cell:
    """A cell of an attribute table.

    Attributes
    ----------
    code : str
        The usage code as printed, e.g. ``1C/1C``, ``not-allowed``, ``R``; empty for a blank cell.
    usage : Usage or None
        What the legend says of it; None for a blank cell.
    is_scu_conditional, is_scp_conditional : bool
        Whether what it says of that side depends on a condition.
    required_when : Condition or None
        When the attribute shall be there.
    only_when : Condition or None
        When alone it may be there.
    prose : str
        What only a person can decide, in a few words.
    values : tuple of str
        The only values that it may have; empty if any.
    items : str
        How many items it has, e.g. ``0``, ``1`` or ``1-n``; empty if any.
    is_empty : bool
        Whether its value shall have zero length.
    is_demanded : bool
        Whether it shall be there, whatever the code says.
    """

    code: str
    usage: Usage | None
    is_scu_conditional: bool = False
    is_scp_conditional: bool = False
    required_when: Condition | None = None
    only_when: Condition | None = None
    prose: str = ""
    values: tuple[str, ...] = ()
    items: str = ""
    is_empty: bool = False
    is_demanded: bool = False

    @property
    def is_allowed(self) -> bool:
        """Whether the attribute may be there at all."""
        return self.usage is None or self.usage.scu is not Presence.NOT_ALLOWED

    @property
    def scu(self) -> str:
        """The side of the SCU, without a C; empty where the code has no sides."""
        return self._side(0)

    @property
    def scp(self) -> str:
        """The side of the SCP, without a C; empty where the code has no sides."""
        return self._side(1)

    def _side(self, number: int) -> str:
        sides = self.usage.code.split("/") if self.usage and self.is_allowed else ()
        return sides[number] if len(sides) > 1 else ""


@dataclass(frozen=True)
class Row:
    """An attribute, with the attributes of the items below it.

    Attributes
    ----------
    keyword, name, vr, vm : str
        As the dictionary has them.
    cells : mapping of str to Cell
        Its cells, by the name of the column.
    rows : tuple of Row
        What its items have.
    table : str
        The label of the table that prints it, a macro perhaps.
    """

    keyword: str
    tag: int
    vr: str
    vm: str
    name: str
    cells: Mapping[str, Cell]
    rows: tuple[Row, ...]
    table: str
    clause: str
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Include:
    """A line that stands for all rows of a macro."""

    table: str
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Others:
    """A line about all attributes of something that have no row of their own."""

    of: str
    cells: Mapping[str, Cell]
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Written:
    """A line as the schema has it: a row, an include, or what holds for others."""

    what: Row | Include | Others
    below: tuple[Written, ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Row | Include | Others]]:
        """Return this line and those below it, each with how deep it is."""
        yield depth, self.what
        for each in self.below:
            yield from each.walk(depth + 1)


@dataclass(frozen=True)
class Type:
    """An event type or action type, with the rows of its information."""

    id: int
    name: str
    rows: tuple[Row, ...]
    written: tuple[Written, ...]
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Table:
    """An attribute table.

    Attributes
    ----------
    label : str
        Its label, e.g. ``F.7.2-1``.
    columns : mapping of str to str
        The names of its columns and their printed headings.
    level : str
        The value of Query/Retrieve Level that it describes; empty if it is not about one.
    sop_classes : tuple of str
        The SOP classes of its file that it is about; empty if all.
    also : mapping of str to str
        Services that it describes too, and the clauses that say so.
    rows : tuple of Row
        Its rows, with those of macros in place of what includes them.
    written : tuple of Written
        Its lines as printed.
    event_types, action_types : tuple of Type
        Its parts, where it has one for each type.
    """

    label: str
    name: str
    section: str
    columns: Mapping[str, str]
    level: str
    sop_classes: tuple[str, ...]
    also: Mapping[str, str]
    rows: tuple[Row, ...]
    written: tuple[Written, ...]
    event_types: tuple[Type, ...]
    action_types: tuple[Type, ...]
    position: Position = field(compare=False)

    @property
    def lines(self) -> tuple[tuple[int, Row | Include | Others], ...]:
        """Every line as printed, in all of its parts, with how deep it is."""
        parts = [self.written, *(each.written for each in (*self.event_types, *self.action_types))]
        return tuple(line for part in parts for each in part for line in each.walk())
