"""The table of a primitive in its module: a row a line, in columns, as `Row` of the runtime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...code import layout
from ...code.naming import constant
from ...table.row import Cell
from ..model import Parameter
from ..primitives import Primitive
from . import texts

# The columns that `Row` takes by position, and those that most tables lack.
_COLUMNS = ("request", "response")
_FURTHER_COLUMNS = ("cancel",)


def printed_rows(primitive: Primitive) -> tuple[str, ...]:
    """Return the lines with the rows, then those with the status fields that have no row."""
    rows = [
        (
            *_record(row.parameter, row.cells, texts.row_reference(row, primitive.services)),
            *_further(row.cells, row.equals),
        )
        for row in primitive.rows
    ]
    where = texts.status_reference(primitive)
    fields = [_record(parameter, {}, where) for parameter in primitive.extra_fields]
    lines = _aligned([*rows, *fields])
    tables = texts.tables_in_words(primitive.services)
    heading = f"# {tables}: keyword, name, tag, VR, VM, request, response, clause."
    found = ["# fmt: off", heading, *lines[: len(rows)]]
    if fields:
        found += [f"# Status fields that have no row ({primitive.annex}).", *lines[len(rows) :]]
    return (*found, "# fmt: on")


def _record(parameter: Parameter, cells: Mapping[str, Cell], reference: str) -> tuple[str, ...]:
    shown = [str(cells[column]) if column in cells else None for column in _COLUMNS]
    return (
        f"{constant(parameter.name)}",
        layout.literal(parameter.keyword),
        layout.literal(parameter.name),
        "None" if parameter.tag is None else f"0x{parameter.tag:08X}",
        *map(layout.literal, (parameter.vr, parameter.vm, *shown, reference)),
    )


def _further(cells: Mapping[str, Cell], equals: str | None) -> tuple[str, ...]:
    found = {column: str(cells[column]) for column in _FURTHER_COLUMNS if column in cells}
    found |= {"equals": equals} if equals else {}
    return tuple(f"{key}={layout.literal(value)}" for key, value in found.items())


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return each row as an assignment, its arguments below those of the other rows."""
    common = min(map(len, rows))
    widths = [max(len(row[place]) for row in rows) for place in range(1, common)]
    width = max(len(name) for name, *_ in rows)
    lines = []
    for name, *items in rows:
        padded = [f"{item},".ljust(w + 1) for item, w in zip(items, widths, strict=False)]
        text = " ".join([*padded, *(f"{item}," for item in items[len(widths) :])])
        lines.append(f"{name.ljust(width)} = Row({text.rstrip().rstrip(',')})")
    return lines
