"""The records that the tables of PS3.4 are made of.

Invariant: they say what is printed; what follows from it for a data set is in ``_rules``.

This file is copied as it is from `templates/sop_classes/_tables.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

from ._conditions import Condition

_NONE: Mapping[str, Any] = MappingProxyType({})
# What a row says below each column, or once for all columns that it can be about.
_ByColumn: TypeAlias = "Mapping[str, Condition] | Condition | None"


@dataclass(frozen=True)
class Column:
    """What a column of an attribute table is about.

    Attributes
    ----------
    name, kind, legend : str
        Its name, what its cells say, and the legend of their codes.
    services : tuple of str
        The services whose data sets it is about.
    direction : str
        ``request`` or ``response``.
    provider : str
        ``SCU`` or ``SCP``: who sends the data set.
    """

    name: str
    kind: str
    services: tuple[str, ...]
    direction: str
    legend: str
    provider: str


@dataclass(frozen=True)
class Usage:
    """A usage code, and what its legend says.

    Attributes
    ----------
    code : str
        As printed, e.g. ``1C/1``.
    scu, scp : str
        ``mandatory``, ``optional``, ``undefined`` or ``not allowed``.
    is_scu_conditional, is_scp_conditional : bool
        Whether that holds only where a condition does.
    may_be_empty : bool
        Whether the value may have zero length.
    text, clause : str
        What it means, in a few words, and the section that says so.
    states : tuple of str
        The final states that it is about; empty if all.
    """

    code: str
    scu: str
    scp: str
    is_scu_conditional: bool
    is_scp_conditional: bool
    may_be_empty: bool
    text: str
    clause: str
    states: tuple[str, ...] = ()


class Row:
    """A row of an attribute table: a line of it, with the rows of the items below.

    Attributes
    ----------
    cells : mapping of str to str
        The usage codes, by column.
    required_when, only_when : Condition or mapping of str to Condition
        When it shall be there, and when alone it may: for every column that has a condition, or
        for each that is named.
    values : mapping of str to tuple of str
        The only values that it may have, by column.
    items : mapping of str to str
        How many items it shall have, by column.
    empty, demanded : tuple of str
        The columns for which it shall have no value, and those for which it shall be there.
    condition : str
        What only a person can decide.
    reference : str
        The section and the table that print it.
    """

    __slots__ = (
        *("keyword", "name", "tag", "vr", "vm", "reference", "cells", "rows", "required_when"),
        *("only_when", "values", "items", "empty", "demanded", "condition"),
    )

    def __init__(
        self,
        keyword: str,
        name: str,
        tag: int,
        vr: str,
        vm: str,
        reference: str,
        cells: Mapping[str, str],
        rows: tuple[Row, ...] = (),
        *,
        required_when: _ByColumn = None,
        only_when: _ByColumn = None,
        values: Mapping[str, tuple[str, ...]] = _NONE,
        items: Mapping[str, str] = _NONE,
        empty: tuple[str, ...] = (),
        demanded: tuple[str, ...] = (),
        condition: str = "",
    ) -> None:
        self.keyword = keyword
        self.name = name
        self.tag = tag
        self.vr = vr
        self.vm = vm
        # A section of another document comes after its name.
        is_other = " " in reference.partition(",")[0]
        self.reference = reference if is_other else f"PS3.4 {reference}"
        self.cells = cells
        self.rows = rows
        self.required_when = required_when
        self.only_when = only_when
        self.values = values
        self.items = items
        self.empty = empty
        self.demanded = demanded
        self.condition = condition


@dataclass(frozen=True)
class Part:
    """The rows of a table for one event or action type, or all of its rows.

    Attributes
    ----------
    type_id : int or None
        The event or action type; None if the table does not tell them apart.
    name : str
        The name of the type.
    """

    rows: tuple[Row, ...]
    type_id: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Table:
    """An attribute table.

    Attributes
    ----------
    columns : tuple of str
        The names of its columns.
    level : str
        The Query/Retrieve Level that it is about; empty if none.
    sop_classes : tuple of str
        Keywords of the SOP classes that it is about; empty if all that share its file.
    also : tuple of str
        Further services that its columns are about.
    """

    label: str
    section: str
    columns: tuple[str, ...]
    parts: tuple[Part, ...]
    level: str = ""
    sop_classes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Status:
    """A status that a SOP class defines for a service.

    Attributes
    ----------
    code : str
        Four hexadecimal digits, an ``x`` for any: ``0110``, ``A7xx``.
    status_class, meaning : str
        As printed: ``Failure``, ``Refused: Out of Resources``.
    fields : tuple of str
        Keywords of the related fields.
    error_comment, error_id : str
        What those fields shall have; empty if it does not say so.
    reference : str
        Where it is printed, e.g. ``PS3.4 F.7.2.2.4, Table F.7.2-2``.
    """

    code: str
    status_class: str
    meaning: str
    reference: str
    fields: tuple[str, ...] = ()
    error_comment: str = ""
    error_id: str = ""


@dataclass(frozen=True)
class StatusTable:
    """The statuses that a SOP class defines for some services, or for one type of action."""

    services: tuple[str, ...]
    statuses: tuple[Status, ...]
    type_id: int | None = None
    sop_classes: tuple[str, ...] = ()


class StatusCodes(Mapping[int, Status]):
    """Statuses by code. A code is looked up exactly, then by range; iterating gives each code.

    `printed` has them as they are printed, ranges as ranges.
    """

    def __init__(self, statuses: tuple[Status, ...]) -> None:
        self.printed = statuses
        self._exact = {int(s.code, 16): s for s in statuses if "x" not in s.code}
        ranges = [s for s in statuses if "x" in s.code]
        self._ranges = [(4 * s.code.count("x"), s) for s in ranges]

    def __getitem__(self, code: int) -> Status:
        if isinstance(code, int):
            if code in self._exact:
                return self._exact[code]
            for shift, status in self._ranges:
                if code >> shift == int(status.code.rstrip("x"), 16):
                    return status
        raise KeyError(code)

    def __iter__(self) -> Iterator[int]:
        yield from self._exact
        for shift, status in self._ranges:
            first = int(status.code.rstrip("x"), 16) << shift
            yield from (n for n in range(first, first + (1 << shift)) if n not in self._exact)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"<StatusCodes {', '.join(f'{each.code}H' for each in self.printed)}>"


@dataclass(frozen=True)
class Outcome:
    """What an event does in a state: the next state, or the status that refuses it, or both.

    Attributes
    ----------
    needs_final : bool
        Whether the status is for an instance that lacks what the next state wants.
    """

    state: str = ""
    status: int | None = None
    needs_final: bool = False


@dataclass(frozen=True)
class Transition:
    """An event, and what it does in each state; None stands for an instance not created."""

    event: str
    service: str
    outcomes: Mapping[str | None, Outcome]
    type_id: int | None = None
    value: str = ""
    transaction: str = ""
    clause: str = ""


@dataclass(frozen=True)
class States:
    """The states that an instance may have, and what leads from one to another.

    Attributes
    ----------
    attribute : str
        Keyword of the attribute that holds the state.
    tag : int
        Its tag.
    states : mapping of str to bool
        The states; whether one is final.
    """

    attribute: str
    tag: int
    reference: str
    states: Mapping[str, bool] = field(default_factory=dict)
    transitions: tuple[Transition, ...] = ()
