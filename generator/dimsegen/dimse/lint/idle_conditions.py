"""Find conditions that decide nothing, by evaluating them over all that a message can be.

A message can have the statuses that its service lists, and a parameter may be present or absent as
its own cell allows. What is said to hold never, or always, does so in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...reading.problems import Report
from ...reading.shapes import listed_codes
from ...reading.values import Fields
from ...table.column import Column
from ...table.condition import Condition, Leaf, Not, Present, parts_of
from ...table.row import decides
from ...table.satisfiable import can_hold
from ...table.usage import Usage
from ..model import Row, Schema
from ..primitives import Primitive, primitives_of
from .written import Document, services_in

_MUST = listed_codes([Usage.MANDATORY.value])
_MUST_NOT = listed_codes([Usage.NOT_APPLICABLE.value])
_REMOVE = "remove it or correct it"
_INSTEAD = "write {code} in the {column} cell"
# What to do where a condition holds never, and where it holds always.
_ADVICE = {
    "required_when": (_REMOVE, _INSTEAD.format(code=_MUST, column="{column}")),
    "forbidden_when": (_REMOVE, _INSTEAD.format(code=_MUST_NOT, column="{column}")),
    "only_when": (_INSTEAD.format(code=_MUST_NOT, column="{column}"), _REMOVE),
    "permitted_when": (_REMOVE, _REMOVE),
}


def check(schema: Schema, documents: Sequence[Document], report: Report) -> None:
    """Report conditions that hold never or always."""
    fields = services_in(documents)
    primitives = {primitive.name: primitive for primitive in primitives_of(schema)}
    for service in schema.services:
        written = fields[service.name].fields("parameters")
        for row in service.rows:
            inner = written.fields(row.keyword) if written else None
            if inner is not None:
                _check_row(row, inner, primitives[service.name], report)


def _check_row(row: Row, fields: Fields, primitive: Primitive, report: Report) -> None:
    for key, condition in _conditions(row, fields):
        for column in primitive.service.columns.values():
            if not decides(condition, row.cells, column):
                continue
            label = f"{primitive.service.name} {column.name}"
            codes = _codes(primitive)
            known = dict(_known(condition, column, primitive))
            never, always = _ADVICE[key]
            if not can_hold(condition, codes, known):
                facts = {"message": label, "advice": never.format(column=column.name)}
                report.add(fields.place(key), "never-true", keyword=row.keyword, key=key, **facts)
            elif not can_hold(Not(condition), codes, known):
                facts = {"message": label, "advice": always.format(column=column.name)}
                report.add(fields.place(key), "always-true", keyword=row.keyword, key=key, **facts)


def _conditions(row: Row, fields: Fields) -> Iterator[tuple[str, Condition]]:
    """Yield the conditions of `row` under the keys they are written with."""
    forbidden = row.forbidden_when
    only = forbidden.condition if isinstance(forbidden, Not) else None
    written = {
        "required_when": row.required_when,
        "forbidden_when": forbidden,
        "only_when": only,
        "permitted_when": row.permitted_when,
    }
    yield from (
        (key, condition) for key, condition in written.items() if condition and key in fields.keys
    )


def _codes(primitive: Primitive) -> frozenset[int]:
    return frozenset[int]().union(*(status.codes for status in primitive.statuses))


def _known(
    condition: Condition, column: Column, primitive: Primitive
) -> Iterator[tuple[Leaf, bool]]:
    """Yield what is the same in every message: a dash is absent, a mandatory parameter present."""
    rows = {row.keyword: row for row in primitive.rows}
    columns = primitive.service.columns
    for leaf in parts_of(condition):
        if not hasattr(leaf, "keyword"):
            continue
        where = column if isinstance(leaf, Present) else columns[column.answers]
        usage = rows[leaf.keyword].cells[where.name].usage
        is_permitted = where.has_status and bool(primitive.permitted.get(leaf.keyword))
        if usage.is_mandatory:
            yield leaf, True
        elif usage.is_forbidden and not is_permitted:
            yield leaf, False
