"""What the explorer shows of the SOP classes: every attribute table, its rows with their cells.

Invariant: the data hold all that is shown, as printed; the page works nothing out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from ..table.notation import tag_in_words
from .examples.message_code import message_for
from .examples.python_values import content_of
from .examples.run_code import body_of
from .examples.run_code import shown as shown_code
from .examples.tables_of_message import is_about
from .family import FAMILY
from .model import Cell, File, Include, Others, Row, SOPClasses, Table, Written
from .printed_lines import tables_of
from .views.condition_words import in_words


@dataclass(frozen=True)
class ColumnView:
    """A column: its name, its heading, and the services and the direction that it is about."""

    name: str
    heading: str
    services: tuple[str, ...]
    direction: str


@dataclass(frozen=True)
class RowView:
    """A line of a table: how deep it is, of which type, and its codes and notes by column."""

    depth: int
    type: str
    path: str
    name: str
    tag: str
    codes: Mapping[str, str]
    notes: Mapping[str, str]


@dataclass(frozen=True)
class TableView:
    """An attribute table, and the SOP classes that it is about."""

    label: str
    section: str
    address: str
    sop_classes: tuple[str, ...]
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]


@dataclass(frozen=True)
class ExampleView:
    """A data set in its message, as code."""

    title: str
    service: str
    direction: str
    type: str
    sop_classes: tuple[str, ...]
    code: str


def explored(model: SOPClasses, package: str) -> dict[str, object]:
    """Return the attribute tables, and what each code means below each column, ready for JSON.

    Examples import from `package`.
    """
    tables = [_table(model, file, table) for file in model.files for table in file.tables]
    meanings: dict[str, dict[str, str]] = {}
    for table in tables_of(model):
        for _, what in table.lines:
            for name, cell in {} if isinstance(what, Include) else what.cells.items():
                if cell.usage:
                    said = f"{cell.usage.text} ({FAMILY.part} {cell.usage.clause})"
                    meanings.setdefault(name, {})[cell.code] = said
    shown = [asdict(each) for each in tables]
    examples = [asdict(each) for file in model.files for each in _examples(model, file, package)]
    found = {"meanings": meanings, "tables": shown, "examples": examples}
    return {"data_sets": {"part": FAMILY.part, **found}}


def _examples(model: SOPClasses, file: File, package: str) -> Iterator[ExampleView]:
    for each in file.examples:
        about = [sop_class for sop_class in file.sop_classes if sop_class.has(each)]
        message = message_for(model, about[0], each)
        code = shown_code(body_of(content_of(each.data_set), message), message, package)
        names = tuple(sop_class.name for sop_class in about)
        type_id = "" if each.type_id is None else str(each.type_id)
        yield ExampleView(each.title, each.service, each.direction, type_id, names, code)


def _table(model: SOPClasses, file: File, table: Table) -> TableView:
    about = tuple(each.name for each in file.sop_classes if is_about(table, each))
    types = (*table.event_types, *table.action_types)
    parts = [("", table.written), *((f"{each.id} {each.name}", each.written) for each in types)]
    rows = (row for name, written in parts for each in written for row in _rows(each, name))
    columns = (
        ColumnView(name, heading, model.serves(table, name), model.columns[name].direction)
        for name, heading in table.columns.items()
    )
    address = FAMILY.table_address(table.label)
    return TableView(table.label, table.section, address, about, tuple(columns), tuple(rows))


def _rows(written: Written, type_name: str, above: tuple[str, ...] = ()) -> Iterator[RowView]:
    what, depth = written.what, len(above)
    match what:
        case Include():
            yield RowView(depth, type_name, "", f"Include Table {what.table}", "", {}, {})
        case Others():
            name = f"Others of {what.of}"
            yield RowView(depth, type_name, "", name, "", *_cells(what.cells))
        case Row():
            path = (*above, what.keyword)
            tag = f"{tag_in_words(what.tag)} {what.vr}"
            yield RowView(depth, type_name, ".".join(path), what.name, tag, *_cells(what.cells))
            for each in written.below:
                yield from _rows(each, type_name, path)


def _cells(cells: Mapping[str, Cell]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the codes of a row, and its notes, where it has them."""
    codes = {name: cell.code for name, cell in cells.items() if cell.code}
    notes = {name: "; ".join(_notes(cell)) for name, cell in cells.items()}
    return codes, {name: note for name, note in notes.items() if note}


def _notes(cell: Cell) -> Iterator[str]:
    if cell.required_when:
        yield f"required when {in_words(cell.required_when)}"
    if cell.only_when:
        yield f"only when {in_words(cell.only_when)}"
    if cell.prose:
        yield cell.prose
    if cell.values:
        yield f"one of {', '.join(cell.values)}"
    if cell.items:
        yield f"items: {cell.items}"
