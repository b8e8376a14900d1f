"""Read the lines of a service table, before anything is known of their parameters.

A line has its cells and conditions whether or not its keyword is known, so that a misspelt keyword
hides no other mistake of the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...reading.names import Names
from ...reading.position import Position
from ...reading.problems import Report
from ...reading.values import Fields
from ...table.cells import build_cells
from ...table.column import Column
from ...table.row import Cell
from ..documents import CELL
from ..model import Parameter, Role


@dataclass(frozen=True)
class Line:
    """A row as it is written.

    Attributes
    ----------
    keyword : str
        The keyword that is meant.
    parameter : Parameter or None
        What it names; None if nobody could read that.
    cells : mapping of str to Cell
        The cells that are written legibly.
    """

    keyword: str
    position: Position
    fields: Fields
    parameter: Parameter | None
    cells: Mapping[str, Cell]


def read_lines(
    written: Fields | None,
    columns: Mapping[str, Column],
    parameters: Names[Parameter],
    report: Report,
) -> Names[Line]:
    """Return the lines in printed order.

    Parameters
    ----------
    written : Fields or None
        The table; None if nobody could read it.
    columns : mapping of str to Column
        Its columns; none if nobody could read them.
    parameters : Names of Parameter
        The parameters.
    report : Report
        Receives what is wrong.
    """
    rule = "unknown-row"
    if written is None:
        return Names(rule, {}, is_open=True)
    lines: dict[str, Line] = {}
    for keyword, position, fields in written.records():
        parameter = parameters.find(keyword, position, report)
        name = parameter.keyword if parameter else keyword
        if name != keyword and name in written.keys:
            name, parameter = keyword, None
        cells = build_cells(name, position, fields, columns, CELL, report) if columns else {}
        lines[name] = Line(name, position, fields, parameter, cells)
    # A keyword that was reported stands for nothing, and need not be reported again.
    return Names(rule, lines, written.keys, written.is_open)


def has_status(lines: Names[Line], parameters: Names[Parameter]) -> bool | None:
    """Return whether one of `lines` is the status, None if nobody could tell."""
    named = [line.parameter for line in lines.found.values()]
    if any(parameter and parameter.role is Role.STATUS for parameter in named):
        return True
    is_known = any(each.role is Role.STATUS for each in parameters.found.values())
    return False if is_known and lines.is_whole and None not in named else None
