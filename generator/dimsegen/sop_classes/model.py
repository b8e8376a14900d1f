"""What the tables of PS3.4 say.

Invariant: whatever is here was checked: keywords are in the dictionary, every usage code is in the
legend of its column, a row with others below it is a sequence, conditions name rows that are there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from ..reading.position import Position
from ..table.erratum import Erratum

REQUEST, RESPONSE = "request", "response"
SCU, SCP = "scu", "scp"
BLANK = ""
UP = "../"
# The state of an instance that was not created.
NO_STATE = "none"


class ColumnKind(Enum):
    """What the cells of a column say."""

    USAGE = "usage"
    FINAL = "final"
    MATCHING = "matching"
    RETURN = "return"
    KEY = "key"


@dataclass(frozen=True)
class Column:
    """What a column of an attribute table is about.

    Attributes
    ----------
    name : str
        Its name in the schemas, e.g. ``create``.
    kind : ColumnKind
        What its cells say.
    services : tuple of str
        The services whose data sets it describes; none for a column of a macro that stands for
        any, and for the requirements of a final state.
    direction : str
        ``request`` or ``response``: the message that has the data set.
    legend : str
        The legend of its usage codes.
    sender : str
        ``scu`` or ``scp``: who sends the data set; empty where there is none.
    """

    name: str
    kind: ColumnKind
    services: tuple[str, ...]
    direction: str
    legend: str
    sender: str = ""


class Presence(Enum):
    """Whether somebody provides, or supports, an attribute."""

    MANDATORY = "mandatory"
    OPTIONAL = "optional"
    UNDEFINED = "undefined"
    NOT_ALLOWED = "not allowed"


@dataclass(frozen=True)
class Usage:
    """A usage code and what its legend says of it.

    Attributes
    ----------
    code : str
        As printed, without the C of a condition: ``1/1``, ``-/M``, ``R``.
    scu, scp : Presence
        What the SCU and the SCP do with the attribute.
    may_be_empty : bool
        Whether its value may have zero length.
    text : str
        What it means, in a few words.
    clause : str
        The section with the legend.
    states : tuple of str
        The final states that it is about; empty if all.
    """

    code: str
    scu: Presence
    scp: Presence
    may_be_empty: bool
    text: str
    clause: str
    states: tuple[str, ...] = ()
    position: Position | None = field(default=None, compare=False)


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
    position: Position


@dataclass(frozen=True)
class Include:
    """A line that stands for all rows of a macro."""

    table: str
    position: Position


@dataclass(frozen=True)
class Others:
    """A line about all attributes of something that have no row of their own."""

    of: str
    cells: Mapping[str, Cell]
    position: Position


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
    position: Position


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
    position: Position

    @property
    def lines(self) -> tuple[tuple[int, Row | Include | Others], ...]:
        """Every line as printed, in all of its parts, with how deep it is."""
        parts = [self.written, *(each.written for each in (*self.event_types, *self.action_types))]
        return tuple(line for part in parts for each in part for line in each.walk())


@dataclass(frozen=True)
class Status:
    """A status that a SOP class defines.

    Attributes
    ----------
    code : str
        Four hexadecimal digits, an x for any.
    status_class : str
        As printed: ``Success``, ``Warning``, ``Failure``, ``Cancel`` or ``Pending``.
    meaning : str
        As printed.
    fields : tuple of str
        Keywords of the related fields, where the table has them.
    error_comment, error_id : str
        What those fields shall have, where the table says it.
    """

    code: str
    status_class: str
    meaning: str
    fields: tuple[str, ...]
    error_comment: str
    error_id: str
    position: Position


@dataclass(frozen=True)
class StatusTable:
    """The statuses that a SOP class defines for some services, or for one type of action."""

    label: str
    section: str
    services: tuple[str, ...]
    sop_classes: tuple[str, ...]
    type_id: int | None
    statuses: tuple[Status, ...]
    position: Position


@dataclass(frozen=True)
class Outcome:
    """What becomes of an instance: the next state, or the status of the response, or both."""

    state: str
    status: str
    needs_final: bool


@dataclass(frozen=True)
class Transition:
    """What an event does in each state.

    Attributes
    ----------
    value : str
        The state that is asked for; empty if none is.
    transaction : str
        ``correct`` or ``other``: whether the Transaction UID is that of the instance; empty where
        it does not matter.
    outcomes : mapping of str to Outcome
        By the state that the instance has.
    """

    event: str
    service: str
    type_id: int | None
    value: str
    transaction: str
    outcomes: Mapping[str, Outcome]
    clause: str
    position: Position


@dataclass(frozen=True)
class States:
    """The states that an instance may have, and how it gets from one to another.

    Attributes
    ----------
    attribute : str
        Keyword of the attribute that holds the state.
    states : mapping of str to bool
        The states; whether it is a final one.
    """

    attribute: str
    section: str
    tables: tuple[str, ...]
    states: Mapping[str, bool]
    transitions: tuple[Transition, ...]
    position: Position


@dataclass(frozen=True)
class Service:
    """A service of a DIMSE service group: the usage of the SCU and that of the SCP."""

    name: str
    scu: str
    scp: str


@dataclass(frozen=True)
class SOPClass:
    """A SOP class.

    Attributes
    ----------
    keyword, uid, name : str
        As the dictionary of UIDs has them.
    section, table : str
        Where it is described; the table of its DIMSE service group, empty if there is none.
    services : mapping of str to Service
        Its DIMSE service group.
    action_types : mapping of int to Service
        The types of N-ACTION that it has; empty if all.
    consists_of : mapping of str to Service
        The SOP classes that a Meta SOP class consists of.
    stands_for : tuple of str
        SOP classes in whose services the messages name this one.
    file : str
        The file that describes it, and whose tables are its own.
    """

    keyword: str
    uid: str
    name: str
    section: str
    table: str
    services: Mapping[str, Service]
    action_types: Mapping[int, Service]
    consists_of: Mapping[str, Service]
    stands_for: tuple[str, ...]
    file: str
    position: Position


@dataclass(frozen=True)
class Levels:
    """The attribute of an identifier that says which of the tables with a level is meant.

    Every identifier shall have it, and the Unique Key of each level above (PS3.4 C.4.1.2.1).
    """

    attribute: str
    section: str
    position: Position


@dataclass(frozen=True)
class File:
    """A file: SOP classes, and the tables that they share.

    Attributes
    ----------
    statuses : tuple of StatusTable
        Its own, and those of other files that hold for it too.
    """

    name: str
    sop_classes: tuple[SOPClass, ...]
    tables: tuple[Table, ...]
    statuses: tuple[StatusTable, ...]
    statuses_of: Mapping[str, str]
    states: States | None
    levels: Levels | None
    position: Position


@dataclass(frozen=True)
class Answer:
    """The status with which an SCP answers what breaks a rule, and the clause that says so."""

    status: str
    clause: str


@dataclass(frozen=True)
class SOPClasses:
    """Everything that the tables say."""

    columns: Mapping[str, Column]
    usages: Mapping[str, Mapping[str, Usage]]
    answers: Mapping[str, Answer]
    macros: Mapping[str, Table]
    files: tuple[File, ...]
    errata: tuple[Erratum, ...]

    @property
    def sop_classes(self) -> tuple[SOPClass, ...]:
        """Every SOP class, in the order of the files."""
        return tuple(each for file in self.files for each in file.sop_classes)

    def file_of(self, sop_class: SOPClass) -> File:
        """Return the file that describes `sop_class`."""
        return next(file for file in self.files if file.name == sop_class.file)

    def serves(self, table: Table, name: str) -> tuple[str, ...]:
        """Return the services that the column `name` of `table` is about."""
        services = self.columns[name].services
        return (*services, *table.also) if services else ()
