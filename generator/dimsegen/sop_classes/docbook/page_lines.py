"""The lines of the attribute tables as an edition prints them.

Invariant: a line is what is printed: how many ``>`` it has, its name, its tag, and of every cell
the usage code at its start. Headings between the rows are no lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...document.plain_text import compact, folded, plain
from ...document.tables import Cell
from ...document.tables import Table as PageTable
from ...reading.position import Position
from ..model import Table
from ..printed_lines import INCLUDE, OTHERS

_TAG = re.compile(r"\(([0-9A-F]{4}),([0-9A-F]{4})\)", re.IGNORECASE)
_CODE = re.compile(r"([0-9A-Z*-]C?(?:/[0-9A-Z-]C?)?)(?=$|[\s(.])")
_NOT_ALLOWED = re.compile(r"not\s*allowed", re.IGNORECASE)
_NO_LINE = re.compile(r"none|", re.IGNORECASE)
_NAMES = frozenset({"attributename", "descriptionmodule", "description", "name", "attribute"})
_TYPES = frozenset({"eventtypeid", "actiontypeid"})
_TAG_HEAD = "tag"
# Columns whose cells are no codes.
_TEXTS = ("remark", "attributedescription", "eventtype", "actiontype", "description")
_INCLUDES = "include"


class OtherColumnsError(Exception):
    """A table whose columns are not those that the schemas know; the text says which it has."""


@dataclass(frozen=True)
class PageLine:
    """A line of a table of an edition; `kind` is ``row``, ``include`` or ``others``."""

    type_id: str
    depth: int
    kind: str
    name: str
    tag: int | None
    cells: Mapping[str, str]
    position: Position


def read_lines(page: PageTable, known: Table) -> tuple[PageLine, ...]:
    """Return the lines of `page`, its cells by the columns of `known`.

    Raises
    ------
    OtherColumnsError
        If it has other columns.
    """
    heads = [folded(each) for each in page.heads]
    names = [number for number, head in enumerate(heads) if head in _NAMES]
    if not names or _TAG_HEAD not in heads:
        raise OtherColumnsError(", ".join(page.heads) or "none")
    columns = _columns(page, heads, names[0], known)
    types = next((number for number, head in enumerate(heads) if head in _TYPES), None)
    return tuple(_lines(page, names[0], heads.index(_TAG_HEAD), types, columns))


def _columns(page: PageTable, heads: list[str], name: int, known: Table) -> dict[str, int]:
    """Return where each column of `known` is: by its heading, or by its order."""
    codes = [
        number
        for number, head in enumerate(heads)
        if number != name and head != _TAG_HEAD and not head.startswith(_TEXTS)
    ]
    wanted = {column: folded(heading) for column, heading in known.columns.items()}
    found = {
        column: number
        for column, heading in wanted.items()
        for number in codes
        if heads[number].startswith(heading)
    }
    if len(found) == len(wanted):
        return found
    if len(codes) == len(wanted):
        return dict(zip(wanted, codes, strict=True))
    raise OtherColumnsError(", ".join(page.heads))


def _lines(
    page: PageTable, name: int, tag: int, types: int | None, columns: Mapping[str, int]
) -> Iterator[PageLine]:
    type_id = ""
    for row in page.every_row:
        if types is not None and row[types].text.isdecimal():
            type_id = row[types].text
        cell = row[name]
        mark = re.match(r"[> ]*", plain(cell.text))
        depth = mark[0].count(">") if mark else 0
        text = plain(cell.text)[len(mark[0]) if mark else 0 :]
        if _NO_LINE.fullmatch(text):
            continue
        line = _line(row, text, name, tag, columns)
        if line is not None:
            kind, shown, found, cells = line
            yield PageLine(type_id, depth, kind, shown, found, cells, cell.position)


def _line(
    row: tuple[Cell, ...], text: str, name: int, tag: int, columns: Mapping[str, int]
) -> tuple[str, str, int | None, dict[str, str]] | None:
    if folded(text).startswith(_INCLUDES) and row[name].links:
        return INCLUDE, row[name].links[0], None, {}
    found = _TAG.fullmatch(compact(row[tag].text))
    codes = {column: row[number] for column, number in columns.items()}
    cells = {
        column: "" if cell is row[name] else code_of(cell.text) for column, cell in codes.items()
    }
    if found:
        return "row", text, int(found[1] + found[2], 16), cells
    if all(cell is row[name] for cell in codes.values()):
        return None
    return OTHERS, text, None, cells


def code_of(text: str) -> str:
    """Return the usage code at the start of a cell, as the schemas write it; empty if none."""
    text = plain(text)
    if _NOT_ALLOWED.match(text):
        return "not-allowed"
    found = _CODE.match(re.sub(r"\s*/\s*", "/", text, count=1) if text[:4].count("/") else text)
    return found[1] if found else ""
