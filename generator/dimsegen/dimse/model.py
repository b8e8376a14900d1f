"""The tables of PS3.7 as frozen, checked data.

Invariants, which the loader establishes and everything after it relies on: each keyword names
exactly one `Parameter`; each `Row` has one `Cell` for every column of its service; an equality
or condition refers only to rows of the same service; a message refers only to known elements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from ..reading.position import Position
from ..table.condition import Condition, needs_request, needs_status
from ..table.usage import EQUAL_TO_LEFT, Usage


class Role(Enum):
    """The part an element plays in every message."""

    GROUP_LENGTH = "group-length"
    COMMAND_FIELD = "command-field"
    DATA_SET_TYPE = "data-set-type"
    STATUS = "status"


# The characters of a text that has no Specific Character Set (PS3.5 6.1).
DEFAULT_REPERTOIRE = "default"


@dataclass(frozen=True)
class Parameter:
    """A command element of Annex E or, with `tag`, `vr` and `vm` None, a data set.

    Attributes
    ----------
    values : mapping of str to int
        The only values that the text allows, by name; empty where it allows any.
    repertoire : str
        The characters, where the text itself restricts them: `DEFAULT_REPERTOIRE` or empty.
    equals : str or None
        Keyword of the element of the request that every response repeats here.
    none, present : int or None
        For the data set type: the value for no data set, and the one to write for a data set.
    renamed_from : str or None
        The keyword it had in the version before.
    """

    keyword: str
    name: str
    description: str
    tag: int | None = None
    vr: str | None = None
    vm: str | None = None
    role: Role | None = None
    values: Mapping[str, int] = field(default_factory=dict)
    equals: str | None = None
    none: int | None = None
    present: int | None = None
    renamed_from: str | None = None
    repertoire: str = ""
    position: Position | None = field(default=None, compare=False)

    @property
    def is_data_set(self) -> bool:
        """Whether the parameter is sent as the data set of the message."""
        return self.tag is None


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

    @property
    def exact_codes(self) -> tuple[int, ...]:
        """The codes that are given digit by digit."""
        return tuple(int(pattern, 16) for pattern in self.patterns if "x" not in pattern)


@dataclass(frozen=True)
class Cell:
    """A cell of a service table."""

    usage: Usage
    is_equal_to_left: bool = False
    position: Position | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.usage.value + (EQUAL_TO_LEFT if self.is_equal_to_left else "")


@dataclass(frozen=True)
class Row:
    """A row of a service table.

    Attributes
    ----------
    cells : mapping of str to Cell
        One cell a column, in the order of the columns.
    value : int or str or None
        The fixed value, for MF and UF cells.
    equals : str or None
        Keyword of the parameter of the request that prose wants repeated here.
    required_when, forbidden_when, permitted_when : Condition or None
        Where the text wants the parameter present, wants it absent, and merely mentions it.
    clause : str
        The clause that describes the parameter.
    errata : tuple of str
        Identifiers of the errata that shape the rule.
    renamed_from : str or None
        Keyword of the row that it was in the version before.
    printed : str
        Its name in the table, where that is not the name of the parameter.
    """

    parameter: Parameter
    cells: Mapping[str, Cell]
    description: str
    clause: str
    position: Position = field(compare=False)
    value: int | str | None = None
    equals: str | None = None
    required_when: Condition | None = None
    forbidden_when: Condition | None = None
    permitted_when: Condition | None = None
    errata: tuple[str, ...] = ()
    renamed_from: str | None = None
    printed: str = field(default="", kw_only=True)

    @property
    def keyword(self) -> str:
        """The DICOM keyword of the parameter."""
        return self.parameter.keyword

    @property
    def conditions(self) -> Mapping[str, Condition]:
        """The conditions by what they do: require, forbid or permit."""
        written = {
            "require": self.required_when,
            "forbid": self.forbidden_when,
            "permit": self.permitted_when,
        }
        return {effect: condition for effect, condition in written.items() if condition}


def decided_columns(cells: Mapping[str, Cell], condition: Condition) -> tuple[str, ...]:
    """Return the columns of `cells` that `condition` decides.

    Those are the C cells; where there is none, the U cells, for which prose may state a condition
    too. Only a response, the second column, has a status and a request to look back at.
    """
    conditional = [column for column, cell in cells.items() if cell.usage.is_conditional]
    optional = [column for column, cell in cells.items() if cell.usage.is_optional]
    decided = conditional or optional
    if needs_status(condition) or needs_request(condition):
        decided = [column for column in decided if column in list(cells)[1:2]]
    return tuple(decided)


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
    columns: Mapping[str, str]
    rows: tuple[Row, ...]
    messages: Mapping[str, Message]
    statuses: tuple[StatusType, ...]
    position: Position = field(compare=False)
    examples: Mapping[str, Mapping[str, int | str]] = field(default_factory=dict)
    listings: Mapping[str, Listing] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Erratum:
    """A contradiction in PS3.7 and what was decided.

    Attributes
    ----------
    applies_to : tuple of (str, str)
        The (service, keyword) of each row whose rule it shapes.
    explains : tuple of str
        The differences from the printed page that it accounts for: rule, cell, what is printed and
        what the schemas say, e.g. ``usage-u-to-m N-GET request MessageID: U -> M``.
    """

    identifier: str
    title: str
    clause: str
    other_clause: str
    decision: str
    applies_to: tuple[tuple[str, str], ...]
    position: Position | None = field(default=None, compare=False)
    explains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Waiver:
    """An entry of ``waivers.yaml``: one finding of a comparison that is accepted, and why.

    Attributes
    ----------
    service, direction, keyword : str
        The cell, exactly; each may be empty, as in the finding.
    rule, change : str
        The rule, and the change as reported, e.g. ``U -> M``.
    """

    service: str
    direction: str
    keyword: str
    rule: str
    change: str
    reason: str
    reference: str
    expires: date | None
    position: Position = field(compare=False)

    @property
    def cell(self) -> str:
        """The cell as a finding prints it."""
        return " ".join(part for part in (self.service, self.direction, self.keyword) if part)


@dataclass(frozen=True)
class Schema:
    """Everything that a folder of schemas says, and what its reviewers accept.

    Attributes
    ----------
    edition : str
        The edition of the standard that it states, e.g. ``2024c``; empty where it does not say.
    """

    parameters: Mapping[str, Parameter]
    status_classes: tuple[StatusClass, ...]
    status_types: tuple[StatusType, ...]
    services: tuple[Service, ...]
    errata: Mapping[str, Erratum]
    waivers: tuple[Waiver, ...] = ()
    edition: str = ""
    retired: tuple[RetiredElement, ...] = ()
