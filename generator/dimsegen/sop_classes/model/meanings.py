"""What a column of an attribute table is about, and what the codes in it mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from ...reading.position import Position

REQUEST, RESPONSE = "request", "response"
SCU, SCP = "scu", "scp"
#: The column of the data sets that action types have.
ACTION = "action"


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


def services_below(columns: Mapping[str, Column], name: str) -> tuple[str, ...]:
    """Return the services whose data sets a column is about; none if there is no such column."""
    return columns[name].services if name in columns else ()


@dataclass(frozen=True)
class RequestParameters:
    """Which parameters of a request say what data sets are about.

    Attributes
    ----------
    sop_class, type, asks, query : str
        The keywords of the one that names the SOP class, the one with the event or action type,
        the one that lists what shall be returned, and the one with a data set of the keys that
        shall be; empty where there is none.
    status : str
        The usual status of a response that has a data set, e.g. ``FF00``.
    places : mapping of str to Position
        Where each of these keywords is written.
    """

    sop_class: str
    type: str
    asks: str
    query: str
    status: str
    places: Mapping[str, Position] = field(default_factory=dict, compare=False)


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
