"""PDUs, items and sub-items: their bytes, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from ...reading.position import Position
from .coded_values import RESERVED, Condition, Value

#: How many bytes the Message Control Header has, with which a presentation data value begins
#: (PS3.8 E.2): Table 9-23 prints it and the fragment as one field.
FRAGMENT_HEADER = 1


class Kind(Enum):
    """What a structure is."""

    PDU = "PDU"
    ITEM = "item"
    SUB_ITEM = "sub-item"
    SUB_FIELDS = "sub-fields"


class Contents(Enum):
    """What a field holds."""

    TYPE = "type"
    RESERVED = "reserved"
    LENGTH = "length"
    VERSION = "version"
    NUMBER = "number"
    CODE = "code"
    CONTEXT_ID = "context_id"
    AE_TITLE = "ae_title"
    UID = "uid"
    TEXT = "text"
    BYTES = "bytes"
    ECHO = "echo"
    FRAGMENT = "fragment"
    ITEMS = "items"
    REST = "rest"

    @property
    def has_fixed_width(self) -> bool:
        """Whether it is read and written with a fixed number of bytes."""
        return self in _FIXED


_FIXED = {
    Contents.TYPE,
    Contents.RESERVED,
    Contents.LENGTH,
    Contents.VERSION,
    Contents.NUMBER,
    Contents.CODE,
    Contents.CONTEXT_ID,
    Contents.AE_TITLE,
    Contents.ECHO,
}


class Parity(Enum):
    """Whether a number is odd or even."""

    EVEN = "even"
    ODD = "odd"

    @property
    def remainder(self) -> int:
        """What is left of the number after twos."""
        return int(self is Parity.ODD)


class Occurs(Enum):
    """How often an item stands in another."""

    ONE = "one"
    AT_MOST_ONE = "at most one"
    ONE_OR_MORE = "one or more"
    ANY_NUMBER = "any number"

    @property
    def is_single(self) -> bool:
        """Whether there is never a second one."""
        return self in (Occurs.ONE, Occurs.AT_MOST_ONE)

    @property
    def is_required(self) -> bool:
        """Whether there is always one."""
        return self in (Occurs.ONE, Occurs.ONE_OR_MORE)


class Order(Enum):
    """The order of the items in another."""

    ASCENDING = "ascending"
    ANY = "any"


@dataclass(frozen=True)
class Place:
    """A printed table of a structure."""

    part: str
    section: str
    table: str


@dataclass(frozen=True)
class Field:
    """A row of the table of a structure.

    Attributes
    ----------
    octets : str
        Its bytes, as printed.
    width : int or None
        How many bytes it has; None if that varies.
    conveys : str
        The parameter of the primitive that it conveys; in an item, the part of it.
    without : str
        The name of the value that is sent without that; empty if it has to be there.
    parity : Parity or None
        That of its value or, of a fragment, of how many bytes it has; None for either.
    well_known : str
        The UID that the standard itself gives it; empty if it gives none.
    """

    octets: str
    name: str
    contents: Contents
    width: int | None
    value: str
    of: str
    bit: int | None
    default: int | None
    characters: tuple[int, int] | None
    parity: Parity | None
    well_known: str
    is_kept: bool
    conveys: str
    without: str
    only_when: Condition
    clause: str
    position: Position = field(compare=False)

    @property
    def is_unnamed(self) -> bool:
        """Whether it is printed as one that is not used, which is no name."""
        return self.name == RESERVED.capitalize()

    @property
    def label(self) -> str:
        """The printed name; a reserved field is told by its bytes."""
        return f"{self.name} {self.octets}" if self.is_unnamed else self.name

    @property
    def attribute(self) -> str:
        """The same in snake_case."""
        return "_".join(re.findall(r"[A-Za-z0-9]+", self.label)).lower()


@dataclass(frozen=True)
class Contained:
    """A kind of item that stands in another.

    Attributes
    ----------
    conveys, without : str
        What of the primitive it conveys, and the UID that is sent without that.
    one_for : str
        The field of which no two of them have the same value; empty if there is none.
    answers : str
        The class of what it answers in the request; empty if it answers nothing.
    asked_by : str
        The field of what it answers that asks for it; empty if there is none.
    at_most : tuple of str
        The fields that are at most those of what it answers.
    no_limit : int or None
        The value of those that is no limit.
    """

    class_name: str
    occurs: Occurs
    attribute: str
    conveys: str
    without: str
    only_in: str
    clause: str
    one_for: str
    answers: str
    asked_by: str
    at_most: tuple[str, ...]
    no_limit: int | None
    position: Position = field(compare=False)


@dataclass(frozen=True)
class Structure:
    """A PDU, an item or a sub-item.

    Attributes
    ----------
    becomes : tuple of str
        The services whose primitives it conveys.
    received_as : str
        The column of the primitive that its receiver sees.
    sets : mapping of str to str
        The parameters that the PDU itself says, and their values by name.
    takes : tuple of str
        The parameters that its receiver knows from elsewhere.
    """

    name: str
    class_name: str
    kind: Kind
    summary: str
    places: tuple[Place, ...]
    fields: tuple[Field, ...]
    values: Mapping[str, tuple[Value, ...]]
    order: Order | None
    contains: tuple[Contained, ...]
    becomes: tuple[str, ...]
    received_as: str
    sets: Mapping[str, str]
    takes: tuple[str, ...]
    position: Position = field(compare=False)

    @property
    def type_code(self) -> int | None:
        """The PDU-type or Item-type; None if it has none."""
        typed = [f for f in self.fields if f.contents is Contents.TYPE and f.value]
        codes = [int(f.value[:-1], 16) for f in typed]
        return codes[0] if codes else None

    @property
    def header(self) -> tuple[Field, ...]:
        """The fields up to the length of all that follows; none if there is no such length."""
        return self.fields[: self._after_length]

    @property
    def counted(self) -> tuple[Field, ...]:
        """The fields whose bytes that length counts."""
        return self.fields[self._after_length :]

    @property
    def _after_length(self) -> int:
        own = [i for i, f in enumerate(self.fields) if f.contents is Contents.LENGTH and not f.of]
        return own[0] + 1 if own else 0


def snake_class(name: str) -> str:
    """Return the name of a class in snake_case."""
    name = re.sub(r"^SCPSCU", "SCP_SCU", name)
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
