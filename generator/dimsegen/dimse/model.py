"""The tables of PS3.7 as frozen, checked data.

Invariants, which the loader establishes and everything after it relies on: each keyword names
exactly one `Parameter`; each `Row` has one `Cell` for every column of its service; an equality
or condition refers only to rows of the same service; a message refers only to known elements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from ..reading.override import Override
from ..reading.position import Position
from ..table.column import Column
from ..table.erratum import Erratum
from ..table.parameter import Parameter as AnyParameter
from ..table.row import Row as AnyRow
from ..table.standard import Standard
from ..table.usage import Usage
from ..table.waiver import Waiver
from .family import PRINTED


class Role(Enum):
    """The part an element plays in every message."""

    GROUP_LENGTH = "group-length"
    COMMAND_FIELD = "command-field"
    DATA_SET_TYPE = "data-set-type"
    STATUS = "status"


# The characters of a text that has no Specific Character Set (PS3.5 6.1).
DEFAULT_REPERTOIRE = "default"


@dataclass(frozen=True)
class Parameter(AnyParameter):
    """A command element of Annex E or, with `tag`, `vr` and `vm` None, a data set.

    Attributes
    ----------
    values : mapping of str to int
        The only values that the text allows, by name; empty where it allows any.
    repertoire : str
        The characters, where the text itself restricts them: `DEFAULT_REPERTOIRE` or empty.
    none, present : int or None
        For the data set type: the value for no data set, and the one to write for a data set.
    """

    vr: str | None = None
    vm: str | None = None
    role: Role | None = None
    values: Mapping[str, int] = field(default_factory=dict)
    none: int | None = None
    present: int | None = None
    repertoire: str = ""
    standard: Standard = field(default=PRINTED, compare=False)

    @property
    def is_data_set(self) -> bool:
        """Whether the parameter is sent as the data set of the message."""
        return self.tag is None


Row: TypeAlias = AnyRow[Parameter]


@dataclass(frozen=True)
class RetiredElement:
    """A command element of Annex E.2, which no message has any more.

    Attributes
    ----------
    allowed_by : str
        The clause that lets a sender write it nevertheless; empty if none does.
    """

    keyword: str
    name: str
    tag: int
    vr: str
    vm: str
    allowed_by: str = ""
    position: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class StatusClass:
    """A status class of Annex C and all codes that its table gives to it."""

    identifier: str
    name: str
    codes: frozenset[int]
    clause: str
    position: Position | None = field(default=None, compare=False)
    standard: Standard = field(default=PRINTED, compare=False)


@dataclass(frozen=True)
class StatusField:
    """A field that a status type permits.

    Attributes
    ----------
    services : tuple of str or None
        The services whose responses may have it; None where any may.
    printed : str
        Its name in the table of the status type, where that is not the name of the parameter.
    """

    parameter: Parameter
    services: tuple[str, ...] | None
    printed: str = field(default="", kw_only=True)
    position: Position | None = field(default=None, compare=False)

    def is_permitted_in(self, service: str) -> bool:
        """Return whether the responses of `service` may have the field."""
        return self.services is None or service in self.services


@dataclass(frozen=True)
class StatusType:
    """A status type of Annex C."""

    identifier: str
    name: str
    status_class: StatusClass
    patterns: tuple[str, ...]
    codes: frozenset[int]
    fields: tuple[StatusField, ...]
    clause: str
    position: Position | None = field(default=None, compare=False)
    standard: Standard = field(default=PRINTED, compare=False)

    @property
    def exact_codes(self) -> tuple[int, ...]:
        """The codes that are given digit by digit."""
        return tuple(int(pattern, 16) for pattern in self.patterns if "x" not in pattern)


@dataclass(frozen=True)
class MessageField:
    """An element, or the data set, of a message table.

    Attributes
    ----------
    usage : Usage or None
        None where the service table decides.
    excluded : int or None
        A value that is not allowed.
    printed : str
        Its name in the table, where that is not the name of the parameter.
    """

    parameter: Parameter
    usage: Usage | None
    value: int | None = None
    excluded: int | None = None
    printed: str = field(default="", kw_only=True)
    position: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Message:
    """A message table; `primitive` names the primitive of a cancel message."""

    name: str
    section: str
    table: str
    fields: tuple[MessageField, ...]
    command_field: int
    primitive: str | None = None
    position: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Listing:
    """A status in the Status clause of a service.

    Attributes
    ----------
    printed : str
        Its name there, where that is not the name of Annex C.
    has_code : bool
        Whether its code is printed there, or that the Service Classes define it.
    """

    position: Position = field(compare=False)
    printed: str = ""
    has_code: bool = True


@dataclass(frozen=True)
class Service:
    """The three layers of a DIMSE service: service table, message tables, status types.

    `examples` are the values of a typical message, by column and keyword, for the reader's pages;
    `listings` are the items of the Status clause, by the identifier of the status.
    """

    name: str
    summary: str
    section: str
    table: str
    columns: Mapping[str, Column]
    rows: tuple[Row, ...]
    messages: Mapping[str, Message]
    statuses: tuple[StatusType, ...]
    position: Position = field(compare=False)
    examples: Mapping[str, Mapping[str, int | str]] = field(default_factory=dict)
    listings: Mapping[str, Listing] = field(default_factory=dict, compare=False)
    standard: Standard = field(default=PRINTED, compare=False)


@dataclass(frozen=True)
class Schema:
    """Everything that a folder of schemas says, and what its reviewers accept.

    Attributes
    ----------
    edition : str
        The edition of the standard that it states, e.g. ``2024c``; empty where it does not say.
    summary : str
        What the package is that it gives; empty where it does not say.
    standards : tuple of Standard
        The documents that its tables are in.
    overrides : tuple of Override
        What it says otherwise than the standard that it extends.
    """

    parameters: Mapping[str, Parameter]
    status_classes: tuple[StatusClass, ...]
    status_types: tuple[StatusType, ...]
    services: tuple[Service, ...]
    errata: Mapping[str, Erratum]
    waivers: tuple[Waiver, ...] = ()
    edition: str = ""
    retired: tuple[RetiredElement, ...] = ()
    summary: str = field(default="", compare=False)
    standards: tuple[Standard, ...] = field(default=(PRINTED,), compare=False)
    overrides: tuple[Override, ...] = field(default=(), compare=False)
