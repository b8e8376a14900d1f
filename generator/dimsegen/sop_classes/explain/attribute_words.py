"""An attribute of a SOP class: what each column asks for, with data sets that were run."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from ...explanation.blocks import Block, Code, Heading, Pairs, Paragraph
from ...explanation.run_tables import files_of
from ...table.notation import tag_in_words
from ...witness.packages import Package, imported
from ..examples.data_set_code import put
from ..examples.message_code import message_for
from ..examples.python_values import content_of
from ..examples.run_code import body_of, run, shown
from ..examples.tables_of_message import is_about
from ..family import FAMILY
from ..model import Cell, Column, Row, SOPClass, SOPClasses, Table
from ..presence import State
from ..views.condition_words import in_words
from ..witness.places_in_messages import rows_by_path
from .asked_subject import Subject

_MOST_WORDS = 3


def attribute_blocks(subject: Subject, model: SOPClasses, templates: Path) -> Iterator[Block]:
    """Yield an attribute at every place that the SOP class has it, column by column."""
    is_first = True
    with imported(files_of(FAMILY, model, templates)) as package:
        for table, type_id, path, row in _found(subject):
            typed = "" if type_id is None else f", type {type_id}"
            yield Heading(f"{path} (Table {table.label}{typed})", is_title=is_first)
            is_first = False
            section = row.clause or table.section
            where = FAMILY.cited(section, row.table)
            yield Paragraph(f"{row.name} {tag_in_words(row.tag)}, VR {row.vr}. {where}.")
            for name, cell in row.cells.items():
                if cell.code or cell.values or cell.items:
                    yield from _column(model.columns[name], cell)
            yield from _codes(subject, model, package, table, path, type_id)


def _found(subject: Subject) -> Iterator[tuple[Table, int | None, str, Row]]:
    for table in subject.file.tables:
        if not any(is_about(table, each) for each in subject.sop_classes):
            continue
        types = (*table.event_types, *table.action_types)
        for type_id, rows in ((None, table.rows), *((each.id, each.rows) for each in types)):
            for path, row in rows_by_path(rows):
                # The items of an example are counted; here every item is meant.
                shown_path = path.replace("[1]", "")
                if f".{shown_path}".endswith(f".{subject.path}"):
                    yield table, type_id, path, row


def _column(column: Column, cell: Cell) -> Iterator[Block]:
    services = ", ".join(column.services)
    heads = f"{services} {column.direction}".strip() or column.name
    said = [("usage", f"{cell.code or 'blank'}: {cell.usage.text if cell.usage else 'not said'}")]
    if cell.usage:
        said.append(("legend", f"{FAMILY.part} {cell.usage.clause}"))
    if cell.required_when:
        said.append(("required when", in_words(cell.required_when)))
    if cell.only_when:
        said.append(("only when", in_words(cell.only_when)))
    said += [("condition", cell.prose)] if cell.prose else []
    said += [("values", ", ".join(cell.values))] if cell.values else []
    said += [("items", cell.items)] if cell.items else []
    said += [("empty", "it shall have no value")] if cell.is_empty else []
    yield Heading(heads)
    yield Pairs(tuple(said))


def _codes(
    subject: Subject,
    model: SOPClasses,
    package: Package,
    table: Table,
    path: str,
    type_id: int | None,
) -> Iterator[Code]:
    """Yield what breaks an example of the file, if the attribute is missing, empty or there."""
    for example in subject.file.examples:
        sop_class = _class_of(subject, table, path, model, example.service, example.direction)
        if example.type_id != type_id or sop_class is None or not sop_class.has(example):
            continue
        message = message_for(model, sop_class, example)
        for state in State:
            content = deepcopy(content_of(example.data_set))
            put(content, path, state, None, model.dictionary)
            body = body_of(content, message)
            if words := run(body, message, package):
                said = tuple(map(str, words))[:_MOST_WORDS]
                yield Code("invalid", shown(body, message), said)
                return


def _class_of(
    subject: Subject, table: Table, path: str, model: SOPClasses, service: str, direction: str
) -> SOPClass | None:
    """Return the SOP class whose message has the attribute, if the table is about that."""
    columns = [model.columns[name] for name in table.columns]
    is_meant = any(
        service in model.serves(table, column.name) and column.direction == direction
        for column in columns
    )
    own = (each for each in subject.sop_classes if is_about(table, each))
    return next(own, None) if is_meant and path else None
