"""Services and the rows of their tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from ...reading.position import Position
from ...table.usage import EQUAL_TO_LEFT, Usage
from .coded_values import Condition, Value


class ValueKind(Enum):
    """What kind of value a parameter has."""

    UID = "uid"
    AE_TITLE = "ae_title"
    ADDRESS = "address"
    TEXT = "text"
    CODE = "code"
    DIAGNOSTIC = "diagnostic"
    USER_DATA = "user_data"
    CONTEXT_DEFINITIONS = "context_definitions"
    CONTEXT_RESULTS = "context_results"
    DATA_VALUES = "data_values"
    UNUSED = "unused"


PARTS: Mapping[ValueKind, tuple[str, ...]] = {
    ValueKind.CONTEXT_DEFINITIONS: (
        "presentation context ID",
        "abstract syntax name",
        "transfer syntax names",
    ),
    ValueKind.CONTEXT_RESULTS: ("presentation context ID", "result", "transfer syntax name"),
}
"""What each part of a parameter says, where it has parts (PS3.8 7.1.1.13, 7.1.1.14)."""


@dataclass(frozen=True)
class Row:
    """A row of a service table; `table` is the part that prints it, `places` are its cells'."""

    name: str
    table: str
    cells: Mapping[str, str]
    kind: ValueKind
    enumeration: str
    value: str
    same_as: str
    is_repeated: bool
    unless: Condition
    only_when: Condition
    clause: str
    position: Position = field(compare=False)
    places: Mapping[str, Position] = field(compare=False, default_factory=dict)

    @property
    def attribute(self) -> str:
        """The printed name in snake_case, without what stands in parentheses."""
        words = re.sub(r"\(.*?\)", "", self.name)
        return "_".join(re.findall(r"[A-Za-z0-9]+", words)).lower()

    def usage(self, column: str) -> Usage:
        """Return the usage code of a cell."""
        return Usage(self.cells[column].removesuffix(EQUAL_TO_LEFT))

    def is_equal(self, column: str) -> bool:
        """Return whether the value is that of the column before."""
        return self.cells[column].endswith(EQUAL_TO_LEFT)


class End(Enum):
    """One of the two users of a service, or the provider between them (PS3.8 Section 7)."""

    REQUESTOR = "requestor"
    ACCEPTOR = "acceptor"
    PROVIDER = "provider"


class Requestor(Enum):
    """Which end of an association the requestor of a service is."""

    ASSOCIATION = "association-requestor"
    EITHER = "either AE"


@dataclass(frozen=True)
class Primitive:
    """A primitive: a service, and the column of its table."""

    service: str
    column: str

    def __str__(self) -> str:
        """Return what it is called."""
        return f"{self.service} {self.column}"


@dataclass(frozen=True)
class Issued:
    """Who issues a primitive, and to whom; one of both is the provider."""

    by: End
    to: End
    clause: str
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Service:
    """A service and its table.

    Attributes
    ----------
    type, type_table : str
        Whether it is confirmed, as printed, and the table that prints it.
    requestor : Requestor or None
        None where nobody requests it, and both ends accept.
    issued : mapping of str to Issued
        The primitive of each column.
    """

    name: str
    type: str
    type_table: str
    summary: str
    section: str
    tables: tuple[str, ...]
    columns: Mapping[str, str]
    requestor: Requestor | None
    issued: Mapping[str, Issued]
    rows: tuple[Row, ...]
    values: Mapping[str, tuple[Value, ...]]
    position: Position = field(compare=False)
