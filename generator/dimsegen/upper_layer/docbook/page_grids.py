"""Read the tables of PS3.8, and of Annex D of PS3.7, as grids.

Of the schemas only the labels and the columns are taken; every name, code and text is what the page
prints. A list of values is read in the description of its field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...document.plain_text import compact, folded
from ...document.tables import Cell, Table, Tables
from ...document.unreadable import DocumentError, Problem
from ...reading.position import Position
from .grids import Grid, GridRow, Subject

_CODE = re.compile(r"(\d+(?:-\d+)?) ?- ?(.+)")
# "If the Source field has the value (2) ...": what the codes below it depend on.
_DEPENDS = re.compile(r"If the (\S+) field has the value \((\d+)\)")
_FIXED = re.compile(r"([0-9A-F]{2})H|.*\bvalue (?:of )?((?:[0-9A-F]{2})+)H\b.*")
_NEXT = re.compile(r"((?:(?!Next state is).)*) Next state is (\w+)")
_OCTETS = "bytes"
_TABLE_OF_BYTES = 3


def read_grids(tables: Tables, known: Iterable[Grid]) -> tuple[Grid, ...]:
    """Return those of the `known` tables that are there, as they are printed.

    Raises
    ------
    DocumentError
        If nobody can read one.
    """
    found: list[Grid] = []
    problems: list[Problem] = []
    for grid in known:
        try:
            table = tables.find(grid.label)
            if table is not None:
                found.append(_read(table, grid))
        except DocumentError as error:
            problems += error.problems
    if problems:
        raise DocumentError(*problems)
    return tuple(found)


def unknown_tables(tables: Tables, known: Iterable[Grid]) -> dict[str, str]:
    """Return the tables of fields that the schemas do not have, and why they are not compared."""
    labels = {grid.label for grid in known}
    found: dict[str, str] = {}
    for label in tables.labels:
        if label in labels or "-" not in label:
            continue
        try:
            table = tables.find(label)
        except DocumentError:
            # It is none of ours, and nothing is said of it.
            continue
        if table is not None and table.heads and _is_of_bytes(table):
            found[label] = f"({table.caption}), for the schemas have no such table"
    return found


def _is_of_bytes(table: Table) -> bool:
    return folded(table.heads[0]).endswith(_OCTETS) and len(table.heads) == _TABLE_OF_BYTES


def _read(table: Table, grid: Grid) -> Grid:
    return replace(
        grid, section=table.section.label, rows=tuple(_READERS[grid.subject](table, grid))
    )


def _services(table: Table, grid: Grid) -> Iterator[GridRow]:
    for name, kind in _by_position(table, 2):
        yield GridRow(compact(name.text), {"type": kind.text}, name.position, {})


def _parameters(table: Table, grid: Grid) -> Iterator[GridRow]:
    for name, *cells in table.columns(table.heads[0], *grid.columns):
        yield GridRow(
            name.text,
            {column: compact(cell.text) for column, cell in zip(grid.columns, cells, strict=True)},
            name.position,
            {column: cell.position for column, cell in zip(grid.columns, cells, strict=True)},
        )


def _fields(table: Table, grid: Grid) -> Iterator[GridRow]:
    for octets, name, description in _by_position(table, _TABLE_OF_BYTES):
        cells = {"bytes": octets.text, "field": name.text, "value": _fixed(description)}
        yield GridRow(f"{octets.text} {name.text}", cells, octets.position, {})


def _fixed(description: Cell) -> str:
    """Return the one value that a field has, as printed; a field with codes has none."""
    if any(_CODE.match(line) for line in description.lines):
        return ""
    found = _FIXED.fullmatch(description.text)
    return f"{found[1] or found[2]}H" if found else ""


def _values(table: Table, grid: Grid) -> Iterator[GridRow]:
    name = grid.about.rpartition(" ")[2]
    for _, field, description in _by_position(table, _TABLE_OF_BYTES):
        if folded(field.text) == folded(name):
            yield from _codes(description)


def _codes(description: Cell) -> Iterator[GridRow]:
    depends = ""
    for line in description.lines:
        if condition := _DEPENDS.search(line):
            depends = f" of {condition[1]} {condition[2]}"
        elif code := _CODE.fullmatch(line):
            name = f"{code[1]}{depends}"
            yield GridRow(name, {"meaning": code[2]}, description.position, {})


def _states(table: Table, grid: Grid) -> Iterator[GridRow]:
    for name, definition in _by_position(table, 2):
        cells = {"definition": definition.text}
        yield GridRow(compact(name.text), cells, name.position, {})


def _actions(table: Table, grid: Grid) -> Iterator[GridRow]:
    for name, definition in _by_position(table, 2):
        found = _NEXT.fullmatch(definition.text)
        text, state = (found[1], found[2]) if found else (definition.text, "")
        cells = {"definition": text, "next": state}
        yield GridRow(compact(name.text), cells, name.position, {})


def _transitions(table: Table, grid: Grid) -> Iterator[GridRow]:
    # The head of a column ends in its state.
    states = [head.rpartition(" ")[2] for head in table.heads]
    if missing := [state for state in grid.columns if state not in states]:
        text = f"{table.name} has no column {', '.join(missing)}: this edition cannot be compared"
        raise DocumentError(Problem(table.position, text))
    for row in table.rows:
        cells = {state: row[states.index(state)] for state in grid.columns}
        places: dict[str, Position] = {state: cell.position for state, cell in cells.items()}
        texts = {state: cell.text for state, cell in cells.items()}
        yield GridRow(row[0].text, texts, row[0].position, places)


def _by_position(table: Table, width: int) -> Iterator[tuple[Cell, ...]]:
    if len(table.heads) != width:
        shown = ", ".join(table.heads) or "none"
        text = f"{table.name} has not {width} columns ({shown}): this edition cannot be compared"
        raise DocumentError(Problem(table.position, text))
    yield from table.rows


_READERS = {
    Subject.SERVICE: _services,
    Subject.PARAMETER: _parameters,
    Subject.FIELD: _fields,
    Subject.VALUE: _values,
    Subject.STATE: _states,
    Subject.ACTION: _actions,
    Subject.EVENT: _transitions,
}
