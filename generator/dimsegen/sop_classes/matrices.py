"""What `dimsegen show` prints of the SOP classes: their tables as the standard prints them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from ..pages.rst import matrix
from ..table.notation import tag_in_words
from ..table.shown import Shown
from .family import FAMILY
from .model import File, Given, Include, Others, Row, SOPClasses, Table
from .printed_lines import PrintedLine, lines_of

_KIND = "SOP class table"
_INDENT = "  "


def shown(model: SOPClasses) -> tuple[Shown, ...]:
    """Return the tables of every file that has some, by the name of the file."""
    return tuple(_shown(file) for file in model.files if file.tables or file.statuses)


def _shown(file: File) -> Shown:
    first, *others = file.sop_classes
    more = f" and {len(others)} more" if others else ""
    formats = {"table": _table, "json": _json, "rst": _rst}
    also = [name for each in file.sop_classes for name in (each.keyword, each.name, each.uid)]
    return Shown(
        _KIND,
        file.name.upper() if len(file.name) < ACRONYM else file.name,
        f"{first.name}{more}.",
        FAMILY.cited(first.section),
        {name: partial(printed, file) for name, printed in formats.items()},
        tuple(also),
    )


# A name as short as this one is an acronym: MPPS, UPS.
ACRONYM = 5


def _table(file: File) -> str:
    return "\n\n".join(
        "\n".join([head, *(f"{_INDENT}{line}".rstrip() for line in _aligned(rows))])
        for head, rows in _parts(file)
    )


def _rst(file: File) -> str:
    blocks = []
    for head, (heads, *rows) in _parts(file):
        escaped = [[cell.replace("-", r"\-") if cell == "-" else cell for cell in r] for r in rows]
        blocks.append("\n".join([head, "", *matrix(heads, escaped)]))
    return "\n\n".join(blocks)


def _aligned(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield _INDENT.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))


def _parts(file: File) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield a heading and rows, the first with the heads, for each table."""
    rows = [
        [each.name, each.uid, *[", ".join(f"{s.name} {s.scu}/{s.scp}" for s in _services(each))]]
        for each in file.sop_classes
    ]
    yield "SOP classes", [["Name", "UID", "Services SCU/SCP"], *rows]
    for table in file.tables:
        heads = table.columns.values()
        reference = f"Table {table.label} ({FAMILY.cited(table.section)})"
        yield reference, [["Attribute", "Type", "Tag", *heads, "Note"], *_lines(table)]
    for statuses in file.statuses:
        where = f"Table {statuses.label} ({FAMILY.cited(statuses.section)})"
        found = [[each.code, each.status_class, each.meaning] for each in statuses.statuses]
        yield f"{where}: {', '.join(statuses.services)}", [["Status", "Class", "Meaning"], *found]
    for example in file.examples:
        head = f"Example: {example.title} ({example.message})"
        yield head, [["Attribute", "Value"], *_attributes(example.data_set, 0)]


def _attributes(data_set: tuple[Given, ...], depth: int) -> Iterator[list[str]]:
    """Yield the attributes of an example; a line without an attribute starts another item."""
    for given in data_set:
        yield [f"{'>' * depth}{given.keyword}", ", ".join(given.values)]
        for number, item in enumerate(given.items):
            if number:
                yield ["", ""]
            yield from _attributes(item, depth + 1)


def _services(sop_class: Any) -> tuple[Any, ...]:
    return tuple((sop_class.services or sop_class.consists_of).values())


def _lines(table: Table) -> Iterator[list[str]]:
    cells = {line.position: what for line, what in zip(lines_of(table), _whats(table), strict=True)}
    for line in lines_of(table):
        what = cells[line.position]
        shown = [line.cells.get(column, "") for column in table.columns]
        yield [_name(line), line.type_id, _tag(line), *shown, _rule(what)]


def _whats(table: Table) -> Iterator[Row | Include | Others]:
    return (what for _, what in table.lines)


def _name(line: PrintedLine) -> str:
    mark = ">" * line.depth
    if line.tag is not None:
        return f"{mark}{line.name}"
    return f"{mark}Include Table {line.name}" if line.kind == "include" else f"{mark}Others"


def _tag(line: PrintedLine) -> str:
    return tag_in_words(line.tag) if line.tag is not None else ""


def _rule(what: Row | Include | Others) -> str:
    if isinstance(what, Include):
        return ""
    words = list(dict.fromkeys(cell.prose for cell in what.cells.values() if cell.prose))
    values = {", ".join(cell.values): None for cell in what.cells.values() if cell.values}
    return "; ".join([*words, *values])


def _json(file: File) -> str:
    content = {
        "name": file.name,
        "sop_classes": [
            {"keyword": each.keyword, "uid": each.uid, "name": each.name}
            for each in file.sop_classes
        ],
        "tables": [_table_in_json(table) for table in file.tables],
        "statuses": [
            {"table": table.label, "code": each.code, "meaning": each.meaning}
            for table in file.statuses
            for each in table.statuses
        ],
        "examples": [
            {
                "title": each.title,
                "message": each.message,
                "data_set": _in_json(each.data_set),
            }
            for each in file.examples
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _in_json(data_set: tuple[Given, ...]) -> Mapping[str, Any]:
    return {
        given.keyword: [_in_json(item) for item in given.items] or list(given.values)
        for given in data_set
    }


def _table_in_json(table: Table) -> Mapping[str, Any]:
    return {
        "table": table.label,
        "reference": FAMILY.cited(table.section),
        "rows": [
            {"type": line.type_id, "path": line.path, "tag": _tag(line), **line.cells}
            for line in lines_of(table)
        ],
    }
