"""A DIMSE service in one version, as the sets by which it is compared.

A parameter without a row has a slot too: it is a dash, but where Annex C permits it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ...sets import pair
from ...sets.slots import Table
from ...sets.states import ABSENT, Slot, dash, unless_permitted
from ...table.column import Column
from ...table.status_codes import ALL_CODES
from ...table.usage import STATES
from ..model import Parameter, Row, Service
from ..primitives import Primitive

_EITHER = frozenset({False, True})


@dataclass(frozen=True)
class Version(pair.Version[Parameter]):
    """A service, and the primitive that its first columns make up."""

    service: Service
    primitive: Primitive

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Everything that the primitive has, by keyword."""
        return self.primitive.parameters

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The columns of the table, as sets."""
        service, primitive = self.service, self.primitive
        return {column: table_of(service, primitive, column) for column in service.columns}


Pair = pair.Pair[Version]


def table_of(service: Service, primitive: Primitive, column: str) -> Table:
    """Return the column of `service`; only a response has a status and a request behind it."""
    head = service.columns[column]
    permitted = primitive.permitted if head.answers else {}
    slots = {
        row.keyword: _slot(row, head, permitted.get(row.keyword, frozenset()))
        for row in service.rows
    }
    if not head.answers:
        return Table(slots)
    for parameter in primitive.extra_fields:
        slots[parameter.keyword] = dash(permitted[parameter.keyword])
    row = primitive.status_row
    return Table(
        slots,
        row.keyword if row else "",
        _listed(service, row, column),
        {row.keyword: _in_request(row, head.answers) for row in service.rows},
    )


def _slot(row: Row, column: Column, permitted: frozenset[int]) -> Slot:
    usage = row.cells[column.name].usage
    if usage.is_forbidden:
        return dash(permitted)
    if usage.is_mandatory:
        return Slot(STATES[usage])
    written = row.conditions_in(column)
    return Slot(
        STATES[usage],
        row.required_when if "require" in written else None,
        unless_permitted(row.forbidden_when if "forbid" in written else None, permitted),
        is_prose=usage.is_conditional and not written,
    )


def _listed(service: Service, status: Row | None, column: str) -> frozenset[int]:
    """Return the statuses that are valid; any, where a schema does not list them."""
    codes = frozenset[int]().union(*(each.codes for each in service.statuses)) or ALL_CODES
    is_fixed = status is not None and status.cells[column].usage.is_fixed
    return codes & {status.value} if is_fixed and status is not None else codes


def _in_request(row: Row, column: str) -> frozenset[bool]:
    widest = STATES[row.cells[column].usage]
    can_lack, can_have = bool(widest & ABSENT), bool(widest - ABSENT)
    return frozenset(each for each in _EITHER if (can_have if each else can_lack))
