"""What the tables of PS3.4 say.

Invariant: whatever is here was checked: keywords are in the dictionary, every usage code is in the
legend of its column, a row with others below it is a sequence, conditions name rows that are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...reading.override import Override
from ...reading.position import Position
from ...table.erratum import Erratum
from .attribute_lines import (
    BLANK,
    UP,
    Cell,
    Condition,
    ConditionKind,
    Include,
    Others,
    Row,
    Table,
    Type,
    Written,
)
from .example_data_sets import Example, Given
from .meanings import (
    ACTION,
    REQUEST,
    RESPONSE,
    SCP,
    SCU,
    Column,
    ColumnKind,
    Presence,
    RequestParameters,
    Usage,
    services_below,
)
from .outcomes import NO_STATE, Outcome, States, Status, StatusTable, Transition
from .private_attributes import FIRST_BLOCK, LAST_BLOCK, Dictionary, PrivateAttribute

__all__ = [
    "ACTION",
    "BLANK",
    "FIRST_BLOCK",
    "LAST_BLOCK",
    "NO_STATE",
    "REQUEST",
    "RESPONSE",
    "SCP",
    "SCU",
    "UP",
    "Answer",
    "Cell",
    "Column",
    "ColumnKind",
    "Condition",
    "ConditionKind",
    "Dictionary",
    "Example",
    "File",
    "Given",
    "Include",
    "Levels",
    "Others",
    "Outcome",
    "Presence",
    "PrivateAttribute",
    "RequestParameters",
    "Row",
    "SOPClass",
    "SOPClasses",
    "Service",
    "States",
    "Status",
    "StatusTable",
    "Table",
    "Transition",
    "Type",
    "Usage",
    "Written",
    "services_below",
]


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
    position: Position = field(compare=False)

    def has(self, example: Example) -> bool:
        """Return whether `example`, one of its file, is a data set of this SOP class."""
        is_meant = not example.sop_classes or self.keyword in example.sop_classes
        types = self.action_types
        has_type = not types or example.type_id is None or example.type_id in types
        return is_meant and has_type and example.service in self.services


@dataclass(frozen=True)
class Levels:
    """The attribute of an identifier that says which of the tables with a level is meant.

    Every identifier shall have it, and the Unique Key of each level above (PS3.4 C.4.1.2.1).
    """

    attribute: str
    section: str
    position: Position = field(compare=False)


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
    examples: tuple[Example, ...]
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Answer:
    """The status with which an SCP answers what breaks a rule, and the clause that says so."""

    status: str
    clause: str


@dataclass(frozen=True)
class SOPClasses:
    """Everything that the tables say.

    Attributes
    ----------
    attributes : mapping of str to str
        The keywords of attributes that are the same thing in every data set, by what they are:
        ``sop_class``, ``sop_instance``, ``level`` and ``transaction``.
    private : mapping of str to PrivateAttribute
        The private attributes, by keyword.
    overrides : tuple of Override
        What they say otherwise than the standard that they extend.
    """

    columns: Mapping[str, Column]
    requests: Mapping[str, RequestParameters]
    usages: Mapping[str, Mapping[str, Usage]]
    answers: Mapping[str, Answer]
    attributes: Mapping[str, str]
    macros: Mapping[str, Table]
    files: tuple[File, ...]
    errata: tuple[Erratum, ...]
    private: Mapping[str, PrivateAttribute] = field(default_factory=dict)
    overrides: tuple[Override, ...] = field(default=(), compare=False)

    @property
    def dictionary(self) -> Dictionary:
        """What the keywords of attributes mean."""
        return Dictionary(self.private)

    @property
    def sop_classes(self) -> tuple[SOPClass, ...]:
        """Every SOP class, in the order of the files."""
        return tuple(each for file in self.files for each in file.sop_classes)

    def serves(self, table: Table, name: str) -> tuple[str, ...]:
        """Return the services that the column `name` of `table` is about."""
        services = self.columns[name].services
        return (*services, *table.also) if services else ()
