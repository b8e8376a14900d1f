"""What the tables of the Upper Layer say.

Invariant: whatever is here was checked: names refer to something, bytes follow one another without
a gap, a transition ends where its action says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...reading.override import Override
from ...table.erratum import Erratum
from .byte_layouts import (
    FRAGMENT_HEADER,
    Contained,
    Contents,
    Field,
    Kind,
    Occurs,
    Order,
    Parity,
    Place,
    Structure,
    snake_class,
)
from .coded_values import RESERVED, Condition, Value, holds
from .service_rows import PARTS, End, Issued, Primitive, Requestor, Row, Service, ValueKind
from .transition_table import NO_MACHINE, Action, Event, Machine, State, Transition

__all__ = [
    "FRAGMENT_HEADER",
    "NO_MACHINE",
    "PARTS",
    "RESERVED",
    "Action",
    "Condition",
    "Contained",
    "Contents",
    "End",
    "Event",
    "Field",
    "Issued",
    "Kind",
    "Machine",
    "Occurs",
    "Order",
    "Parity",
    "Place",
    "Primitive",
    "Requestor",
    "Row",
    "Service",
    "State",
    "Structure",
    "Transition",
    "UpperLayer",
    "Value",
    "ValueKind",
    "holds",
    "snake_class",
]


@dataclass(frozen=True)
class UpperLayer:
    """Everything that the tables say.

    Attributes
    ----------
    edition : str
        The edition of the standard that they state; empty where they do not say.
    overrides : tuple of Override
        What they say otherwise than the standard that they extend.
    """

    services: tuple[Service, ...]
    structures: Mapping[str, Structure]
    machine: Machine
    errata: tuple[Erratum, ...]
    edition: str = ""
    overrides: tuple[Override, ...] = field(default=(), compare=False)
