"""The smallest schema change that breaks a rule on usage codes.

Both versions differ in one cell and in what that cell needs; nothing else decides about the
parameter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import permutations

from ...sets.matrix import usage_rule
from ...table.condition import StatusIn
from ...table.row import Cell
from ...table.usage import STATES, State, Usage
from ...table.vr import VRS
from ..family import USAGES
from ..model import Row, Schema, Service

_SOME_VALUE = 1


@dataclass(frozen=True)
class Change:
    """One cell in two versions of a schema."""

    service: Service
    column: str
    row: Row
    before: Usage
    after: Usage
    old: Schema
    new: Schema


def usages_of(rule: str) -> tuple[Usage, Usage] | None:
    """Return the usage codes before and after of a rule on them, None for another rule."""
    pairs = permutations(USAGES, 2)
    return next((pair for pair in pairs if usage_rule(*pair) == rule), None)


def lost_and_gained(before: Usage, after: Usage) -> tuple[list[State], list[State]]:
    """Return the states that only the one and that only the other allows, in one order."""
    old, new = STATES[before], STATES[after]
    return [s for s in State if s in old - new], [s for s in State if s in new - old]


def change_for(rule: str, schema: Schema) -> Change | None:
    """Return a change that is reported as `rule`, None where the rule is on no usage code."""
    usages = usages_of(rule)
    place = next(_places(schema), None)
    if usages is None or place is None:
        return None
    service, column, row = place
    old, new = (_with_cell(schema, service, column, row, usage) for usage in usages)
    return Change(service, column, row, *usages, old, new)


def _places(schema: Schema) -> Iterator[tuple[Service, str, Row]]:
    """Yield cells of a response that stand for themselves: numbers that repeat nothing."""
    for service in schema.services:
        for column in [each.name for each in service.columns.values() if each.answers]:
            carried = [field.parameter.keyword for field in service.messages[column].fields]
            for row in service.rows:
                parameter = row.parameter
                is_number = parameter.vr is not None and VRS[parameter.vr].maximum is not None
                is_plain = not (parameter.role or parameter.equals or parameter.values)
                is_alone = row.cells[column].usage is not Usage.NOT_APPLICABLE
                has_equal = row.repeats_in(service.columns[column])
                if row.keyword in carried and is_number and is_plain and is_alone and not has_equal:
                    yield service, column, row


def _with_cell(schema: Schema, service: Service, column: str, row: Row, usage: Usage) -> Schema:
    success = schema.status_classes[0]
    condition = StatusIn(success.codes, success.name) if usage.is_conditional else None
    changed = replace(
        row,
        cells={**row.cells, column: Cell(usage)},
        value=_SOME_VALUE if usage.is_fixed else None,
        required_when=condition,
        forbidden_when=None,
        permitted_when=None,
    )
    rows = tuple(changed if each is row else each for each in service.rows)
    services = tuple(
        replace(service, rows=rows, examples={}) if each is service else each
        for each in schema.services
    )
    return replace(schema, services=services)
