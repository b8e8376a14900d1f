"""`dimsegen show`: print the matrix of a primitive, or list the primitives."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from ...commands import DONE, CommandError, counted
from ...commands.terminal import columns
from ...table.notation import tag_in_words
from ..demands import demand_of
from ..family import LEGEND, STANDARD
from ..primitives import Primitive, primitives_of
from ..views import docstrings as docs
from ..views import texts
from . import load


def run(options: argparse.Namespace) -> int:
    """Print the primitive that is asked for in the format that is asked for."""
    primitives = {primitive.name: primitive for primitive in primitives_of(load(options.schemas))}
    if options.service is None:
        print(_LISTS[options.format](list(primitives.values())))
        return DONE
    wanted = str(options.service).upper().replace("_", "-")
    if wanted not in primitives:
        close = get_close_matches(wanted, primitives, 1)
        hint = f" (did you mean {close[0]}?)" if close else ""
        known = ", ".join(primitives)
        raise CommandError(f"{options.service}: no such primitive{hint}: use one of {known}")
    shown = {"table": _table, "json": _json, "rst": _rst}[options.format]
    print(shown(primitives[wanted]))
    return DONE


def _table(primitive: Primitive) -> str:
    heads, *rows = _cells(primitive)
    rules = [_rule(primitive, number) for number in range(len(rows))]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    lines = [_headline(primitive), ""]
    for cells, rule in zip([heads, *rows], ["", *rules], strict=True):
        padded = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        lines.append(f"  {padded}  {rule}".rstrip())
    lines += ["", *(f"  {code.ljust(4)}{meaning}" for code, meaning in LEGEND.items())]
    return "\n".join(lines)


def _rst(primitive: Primitive) -> str:
    heads, *rows = _cells(primitive)
    # A lone dash would start a list.
    escaped = [[cell.replace("-", r"\-") if cell == "-" else cell for cell in row] for row in rows]
    return "\n".join([_headline(primitive), "", *docs.matrix(heads, escaped)])


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
    sections = texts.sections_in_words(primitive.services)
    return f"{STANDARD} {sections}, {texts.tables_in_words(primitive.services)}"


def _list(primitives: Sequence[Primitive]) -> str:
    rows = [(each.name, f"{each.summary} ({_reference(each)})") for each in primitives]
    last = f"{counted(len(rows), 'primitive')}; dimsegen show SERVICE prints the matrix of one"
    return "\n".join([*columns(rows), "", last])


def _list_in_json(primitives: Sequence[Primitive]) -> str:
    content = [
        {"name": each.name, "summary": each.summary, "reference": _reference(each)}
        for each in primitives
    ]
    return json.dumps(content, indent=2, ensure_ascii=False)


def _list_in_rst(primitives: Sequence[Primitive]) -> str:
    rows = [[each.name, each.summary, _reference(each)] for each in primitives]
    return "\n".join(docs.matrix(["Primitive", "Summary", "Reference"], rows))


_LISTS: Mapping[str, Callable[[Sequence[Primitive]], str]] = {
    "table": _list,
    "json": _list_in_json,
    "rst": _list_in_rst,
}
