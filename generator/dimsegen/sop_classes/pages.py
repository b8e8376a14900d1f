"""The reference pages of the SOP classes: their tables as the standard prints them.

What a page says comes from the model; nothing of it is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..pages import rst
from ..render import Printed
from ..table.notation import tag_in_words
from ..table.words import with_article
from .examples.message_code import message_for
from .examples.python_values import content_of
from .examples.run_code import body_of, shown
from .family import FAMILY
from .model import (
    Cell,
    Condition,
    Example,
    File,
    Include,
    Others,
    Row,
    SOPClasses,
    StatusTable,
    Table,
)
from .views.condition_words import in_words

MACROS = "macros"
# What `check` returns of an example.
_NOTHING = "()"


@dataclass(frozen=True)
class Part:
    """A heading with a table below it."""

    title: str
    text: str
    table: str


def pages_of(schema: SOPClasses, package: str) -> Iterator[Printed]:
    """Yield every page of the SOP classes; `package` is the import name of the package."""
    names = [file.name for file in schema.files]
    index = {"package": package, "names": [*names, MACROS]}
    yield Printed(f"{FAMILY.folder}/index.rst", "sop_classes_index.rst.j2", index)
    for file in schema.files:
        yield _page(file.name, _title(file), list(_parts(file, schema, package)))
    macros = [_attributes(table) for table in schema.macros.values()]
    yield _page(MACROS, "Macros", [part for parts in macros for part in parts])


def _page(name: str, title: str, parts: list[Part]) -> Printed:
    return Printed(
        f"{FAMILY.folder}/{name}.rst", "sop_classes.rst.j2", {"title": title, "parts": parts}
    )


def _title(file: File) -> str:
    return file.name.replace("_", " ").capitalize() if len(file.name) > 4 else file.name.upper()


def _parts(file: File, schema: SOPClasses, package: str) -> Iterator[Part]:
    rows = [
        (
            rst.escaped(each.name),
            f"``{each.uid}``",
            ", ".join(f"{s.name} {s.scu}/{s.scp}" for s in each.services.values()),
            each.section,
        )
        for each in file.sop_classes
    ]
    heads = ("SOP Class", "UID", "Services (SCU/SCP)", "Section")
    yield Part("SOP classes", "", rst.list_table(heads, rows))
    for table in file.tables:
        yield from _attributes(table)
    for statuses in file.statuses:
        yield _statuses(statuses)
    for example in file.examples:
        yield _example(example, file, schema, package)


def _example(example: Example, file: File, schema: SOPClasses, package: str) -> Part:
    """Return an example as code that was run; the first SOP class that has it stands for all."""
    sop_class = next(each for each in file.sop_classes if each.has(example))
    message = message_for(schema, sop_class, example)
    code = shown(body_of(content_of(example.data_set), message), message, package)
    session = [f">>> {line}" for line in code.splitlines() if line]
    message_in_words = with_article(example.message)
    text = (
        f"{message_in_words[0].upper()}{message_in_words[1:]} of {rst.escaped(sop_class.name)} "
        "in which nothing is wrong:"
    )
    return Part(
        f"Example: {rst.escaped(example.title)}", text, rst.code("\n".join([*session, _NOTHING]))
    )


def _attributes(table: Table) -> Iterator[Part]:
    """Yield a table, or each of its parts."""
    heads = ("Attribute", "Tag", *map(rst.escaped, table.columns.values()), "Condition")
    title = f"Table {table.label}"
    named = f" {rst.escaped(table.name)}." if table.name else ""
    text = f"{FAMILY.cited(table.section)}.{named}"
    types = (*table.event_types, *table.action_types)
    if table.written or not types:
        lines = [line for each in table.written for line in each.walk()]
        yield Part(title, text, rst.list_table(heads, _lines(lines, table.columns), kind="matrix"))
    for each in types:
        lines = [line for written in each.written for line in written.walk()]
        said = f"{text} {each.id}: {rst.escaped(each.name)}."
        shown = rst.list_table(heads, _lines(lines, table.columns), kind="matrix") if lines else ""
        yield Part(f"{title}, type {each.id}", said, shown)


def _lines(
    lines: Iterable[tuple[int, Row | Include | Others]], columns: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    for depth, what in lines:
        mark = f"{'>' * depth}\\ " if depth else ""
        mark = f"\\{mark}" if mark else ""
        if isinstance(what, Include):
            blank = ("",) * (len(columns) + 1)
            yield f"{mark}Include Table {what.table}", *blank, ""
            continue
        if isinstance(what, Row):
            name, tag = rst.inline(what.name), tag_in_words(what.tag)
        else:
            name, tag = f"Others of {rst.inline(what.of)}", ""
        codes = (_code(what.cells.get(column)) for column in columns)
        yield f"{mark}{name}", tag, *codes, _conditions(what.cells)


def _code(cell: Cell | None) -> str:
    return f"``{cell.code}``" if cell is not None and cell.code else ""


def _conditions(cells: Mapping[str, Cell]) -> str:
    """Return when the attribute is there, and with which values, each once."""
    said: dict[str, None] = {}
    for cell in cells.values():
        for words, condition in _when(cell):
            said[f"{words} {rst.inline(in_words(condition))}"] = None
        if cell.prose:
            said[f"if: {rst.inline(cell.prose)}"] = None
        if cell.values:
            said[f"one of {', '.join(rst.inline(each) for each in cell.values)}"] = None
        if cell.items:
            said[f"items: {cell.items}"] = None
    return "; ".join(said)


def _when(cell: Cell) -> Iterator[tuple[str, Condition]]:
    if cell.required_when is not None:
        yield "required when", cell.required_when
    if cell.only_when is not None:
        yield "only when", cell.only_when


def _statuses(table: StatusTable) -> Part:
    rows = [
        (f"``{each.code}``", each.status_class, rst.escaped(each.meaning), ", ".join(each.fields))
        for each in table.statuses
    ]
    heads = ("Status", "Class", "Meaning", "Related fields")
    services = ", ".join(table.services)
    text = f"{FAMILY.cited(table.section)}: {services}."
    return Part(f"Statuses {table.label}", text, rst.list_table(heads, rows))
