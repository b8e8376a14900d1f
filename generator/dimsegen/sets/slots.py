"""One column of a service table, as the slots of its parameters.

Invariant: a parameter without a row has a slot too. It is a dash, but where Annex C permits it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..dimse.model import Row, Service, decided_columns
from ..dimse.primitives import Primitive
from ..table.condition import Condition, Present, PresentInRequest
from ..table.status_codes import ALL_CODES
from ..table.usage import STATES
from .states import ABSENT, Slot, dash, unless_permitted

_NOTHING = Slot()
_EITHER = frozenset({False, True})


@dataclass(frozen=True)
class Table:
    """A column.

    Attributes
    ----------
    slots : mapping of str to Slot
        What it says of each parameter.
    status : str
        Keyword of the status, empty where there is none.
    listed : frozenset of int
        The statuses with which a message of the column is valid.
    requested : mapping of str to frozenset of bool
        For each row, whether the request may have it, and may lack it.
    """

    slots: Mapping[str, Slot]
    status: str = ""
    listed: frozenset[int] = frozenset()
    requested: Mapping[str, frozenset[bool]] = field(default_factory=dict)

    def slot(self, keyword: str) -> Slot:
        """Return what is said of `keyword`."""
        return self.slots.get(keyword, _NOTHING)

    def neighbours(self, keyword: str) -> Iterator[str]:
        """Yield the parameters that decide on `keyword`, and those that it decides on."""
        for other, slot in self.slots.items():
            for leaf in slot.leaves:
                if isinstance(leaf, Present):
                    if other == keyword:
                        yield leaf.keyword
                    elif leaf.keyword == keyword:
                        yield other

    def looks_back_at(self, keyword: str) -> Iterator[str]:
        """Yield the parameters of the request that decide on `keyword`."""
        for leaf in self.slot(keyword).leaves:
            if isinstance(leaf, PresentInRequest):
                yield leaf.keyword


def table_of(service: Service, primitive: Primitive, column: str) -> Table:
    """Return the column of `service`; only a response has a status and a request behind it."""
    is_response = primitive.response is not None and column == primitive.response.column
    permitted = primitive.permitted if is_response else {}
    slots = {
        row.keyword: _slot(row, column, permitted.get(row.keyword, frozenset()))
        for row in service.rows
    }
    if not is_response:
        return Table(slots)
    for parameter in primitive.extra_fields:
        slots[parameter.keyword] = dash(permitted[parameter.keyword])
    row = primitive.status_row
    return Table(
        slots,
        row.keyword if row else "",
        _listed(service, row, column),
        {row.keyword: _in_request(row, primitive.request.column) for row in service.rows},
    )


def conditions_in(row: Row, column: str) -> dict[str, Condition]:
    """Return the conditions of `row` that decide its cell in `column`, by what they do."""
    return {
        effect: condition
        for effect, condition in row.conditions.items()
        if column in decided_columns(row.cells, condition)
    }


def _slot(row: Row, column: str, permitted: frozenset[int]) -> Slot:
    usage = row.cells[column].usage
    if usage.is_forbidden:
        return dash(permitted)
    if usage.is_mandatory:
        return Slot(STATES[usage])
    written = conditions_in(row, column)
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
