"""What `dimsegen show` prints of the primitives: their matrices, in every format."""

from __future__ import annotations

import json
from functools import partial

from ..command_line.terminal import matrix_lines
from ..pages.rst import matrix
from ..table.notation import tag_in_words
from ..table.shown import Shown
from .demands import demand_of
from .family import LEGEND
from .model import Schema
from .primitives import Primitive, primitives_of
from .views import texts


def shown(schema: Schema) -> tuple[Shown, ...]:
    """Return every primitive."""
    return tuple(_shown(each) for each in primitives_of(schema))


def _shown(primitive: Primitive) -> Shown:
    formats = {"table": _table, "json": _json, "rst": _rst}
    return Shown(
        "primitive",
        primitive.name,
        primitive.summary,
        _reference(primitive),
        {name: partial(printed, primitive) for name, printed in formats.items()},
    )


def _table(primitive: Primitive) -> str:
    heads, *rows = _cells(primitive)
    rules = [_rule(primitive, number) for number in range(len(rows))]
    lines = [_headline(primitive), "", *matrix_lines([heads, *rows], ["", *rules])]
    lines += ["", *(f"  {code.ljust(4)}{meaning}" for code, meaning in LEGEND.items())]
    return "\n".join(lines)


def _rst(primitive: Primitive) -> str:
    heads, *rows = _cells(primitive)
    # A lone dash would start a list.
    escaped = [[cell.replace("-", r"\-") if cell == "-" else cell for cell in row] for row in rows]
    return "\n".join([_headline(primitive), "", *matrix(heads, escaped)])


def _json(primitive: Primitive) -> str:
    parameters = [
        {
            "keyword": row.keyword,
            "name": row.parameter.name,
            "tag": None if row.parameter.is_data_set else tag_in_words(row.parameter.tag),
            "vr": row.parameter.vr,
            "vm": row.parameter.vm,
            **{column: str(cell) for column, cell in row.cells.items()},
            "equals": row.equals,
            "rule": _rule(primitive, number),
            "reference": texts.row_reference(row, primitive.services),
        }
        for number, row in enumerate(primitive.rows)
    ]
    content = {
        "name": primitive.name,
        "summary": primitive.summary,
        "reference": _reference(primitive),
        "parameters": parameters,
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _cells(primitive: Primitive) -> list[list[str]]:
    columns = primitive.service.columns
    shown = [column for column in columns if primitive.rows and column in primitive.rows[0].cells]
    return [
        ["Parameter", *(columns[column].heading for column in shown)],
        *([row.parameter.name, *(str(row.cells[c]) for c in shown)] for row in primitive.rows),
    ]


def _rule(primitive: Primitive, number: int) -> str:
    row = primitive.rows[number]
    demands = [demand_of(primitive, direction, row) for direction in primitive.directions]
    return ", ".join(phrase for demand in demands for phrase in demand.phrases())


def _headline(primitive: Primitive) -> str:
    return f"{primitive.name}: {primitive.summary} ({_reference(primitive)})"


def _reference(primitive: Primitive) -> str:
    return texts.reference_of(primitive.services)
