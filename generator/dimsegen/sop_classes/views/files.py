"""Every file of the package ``sop_classes``: which template prints it, and what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from textwrap import indent

from ...code import layout
from ...render import Printed
from ..examples.message_code import message_for
from ..examples.python_values import content_of
from ..examples.run_code import body_of
from ..family import FAMILY
from ..model import (
    NO_STATE,
    Dictionary,
    File,
    Row,
    SOPClasses,
    States,
    StatusTable,
    Table,
    Transition,
)
from .index import (
    attribute_lines,
    column_lines,
    index_lines,
    private_view,
    request_lines,
    usage_lines,
)
from .row_code import RowWriter, SharedRows

_printed = partial(Printed.within, FAMILY.folder)


def files_of(schema: SOPClasses) -> Iterator[Printed]:
    """Yield every file that is printed of `schema`."""
    sections = {table.label: table.section for table in schema.macros.values()}
    for file in schema.files:
        yield _printed(f"{file.name}.py", "file.py.j2", view=file_view(file, sections, schema))
    given = {
        "columns": list(column_lines(schema)),
        "requests": list(request_lines(schema)),
        "attributes": list(attribute_lines(schema)),
        "legends": dict(usage_lines(schema)),
        "answers": {rule: f"0x{answer.status}" for rule, answer in schema.answers.items()},
    }
    yield _printed("_usages.py", "_usages.py.j2", **given)
    yield _printed("_private.py", "_private.py.j2", **private_view(schema))
    yield _printed("_index.py", "_index.py.j2", lines=list(index_lines(schema)))


@dataclass(frozen=True)
class PartView:
    """A part of a table: what its call is given, and its rows."""

    arguments: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class TableView:
    """An attribute table."""

    label: str
    head: str
    tail: str
    parts: tuple[PartView, ...]


@dataclass(frozen=True)
class StatusTableView:
    """A table of statuses."""

    label: str
    services: str
    rows: tuple[str, ...]
    tail: str


@dataclass(frozen=True)
class StatesView:
    """The states of an instance."""

    head: str
    states: str
    transitions: tuple[str, ...]


@dataclass(frozen=True)
class FileView:
    """What the module of a file prints."""

    documentation: str
    condition_import: str
    table_import: str
    shared: tuple[SharedRows, ...]
    tables: tuple[TableView, ...]
    statuses: tuple[StatusTableView, ...]
    names: tuple[str, ...]
    states: StatesView | None


def file_view(file: File, sections: dict[str, str], schema: SOPClasses) -> FileView:
    """Return what the module of `file` prints; `sections` has those of the macros."""
    own = {table.label: table.section for table in file.tables}
    writer = RowWriter(sections | own, schema.dictionary)
    for table in file.tables:
        for _, _, rows in _parts(table):
            writer.count(rows)
    tables = tuple(_table(table, writer) for table in file.tables)
    used = {"States", "StatusTable", "Table"}
    used |= {"Part"} if any(table.parts for table in tables) else set()
    used |= {"Row"} if any(part.rows for table in tables for part in table.parts) else set()
    used |= {"Status"} if file.statuses else set()
    used |= {"Transition", "Outcome"} if file.states else set()
    conditions = layout.import_from("_conditions", writer.used) if writer.used else ""
    return FileView(
        _documentation(file, schema),
        conditions,
        layout.import_from("_tables", used),
        tuple(writer.shared),
        tables,
        tuple(_status_table(table) for table in file.statuses),
        tuple(_names(file)),
        _states(file.states, schema.dictionary) if file.states else None,
    )


def _documentation(file: File, schema: SOPClasses) -> str:
    """Return the docstring of a module: whose tables it has, and its examples as code."""
    paragraphs = [f"The tables of PS3.4 that {file.sop_classes[0].name} has."]
    for example in file.examples:
        sop_class = next(each for each in file.sop_classes if each.has(example))
        message = message_for(schema, sop_class, example)
        body = body_of(content_of(example.data_set), message)
        paragraphs += [f"{example.title} ({example.message})::", indent(body, "    ")]
    text = "\n\n".join(paragraphs)
    prefix, end = ("r" if "\\" in text else ""), ("\n" if file.examples else "")
    return f'{prefix}"""{text}{end}"""'


def _parts(table: Table) -> Iterator[tuple[str, str, tuple[Row, ...]]]:
    if table.rows:
        yield "", "", table.rows
    for each in (*table.event_types, *table.action_types):
        yield str(each.id), each.name, each.rows


def _table(table: Table, writer: RowWriter) -> TableView:
    columns = layout.tuple_of(layout.strings(list(table.columns)))
    parts = tuple(
        PartView(
            f", {number}, {layout.literal(name)}" if number else "",
            tuple(writer.lines(rows, 4)),
        )
        for number, name, rows in _parts(table)
    )
    tail = {
        "level": layout.literal(table.level) if table.level else "",
        "sop_classes": _tuple(table.sop_classes),
        "also": _tuple(tuple(table.also)),
    }
    head = f"{layout.literal(table.label)}, {layout.literal(table.section)}, {columns}"
    return TableView(table.label, head, _given(tail), parts)


def _tuple(names: tuple[str, ...]) -> str:
    return layout.tuple_of(layout.strings(names)) if names else ""


def _given(values: dict[str, str]) -> str:
    return "".join(f", {name}={text}" for name, text in values.items() if text)


def _status_table(table: StatusTable) -> StatusTableView:
    reference = FAMILY.cited(table.section)
    if not table.label.startswith(table.section):
        reference += f", Table {table.label}"
    rows = []
    for status in table.statuses:
        texts = (status.code, status.status_class, status.meaning, reference)
        tail = {
            "fields": _tuple(status.fields),
            "error_comment": layout.literal(status.error_comment) if status.error_comment else "",
            "error_id": layout.literal(status.error_id) if status.error_id else "",
        }
        rows.append(f"Status({', '.join(layout.strings(texts))}{_given(tail)})")
    type_id = "" if table.type_id is None else str(table.type_id)
    given = {"type_id": type_id, "sop_classes": _tuple(table.sop_classes)}
    return StatusTableView(table.label, _tuple(table.services), tuple(rows), _given(given))


def _names(file: File) -> Iterator[str]:
    """Yield the constants that are statuses, of a range the first."""
    for status in (each for table in file.statuses for each in table.statuses):
        if status.name:
            yield f"#: {status.meaning} ({status.code}H)."
            yield f"{status.name}: Final = 0x{status.code.replace('x', '0')}"


def _states(states: States, dictionary: Dictionary) -> StatesView:
    tables = " and ".join(f"Table {label}" for label in states.tables)
    reference = f"{FAMILY.cited(states.section)}, {tables}"
    tag = f"0x{dictionary.tag(states.attribute) or 0:08X}"
    head = f"{layout.literal(states.attribute)}, {tag}, {layout.literal(reference)}"
    names = ", ".join(f"{layout.literal(n)}: {final}" for n, final in states.states.items())
    return StatesView(head, f"{{{names}}}", tuple(map(_transition, states.transitions)))


def _transition(transition: Transition) -> str:
    outcomes = []
    for state, outcome in transition.outcomes.items():
        status = f"0x{outcome.status}" if outcome.status else "None"
        needs = ", needs_final=True" if outcome.needs_final else ""
        name = "None" if state == NO_STATE else layout.literal(state)
        text = layout.literal(outcome.state)
        given = f"{text}, {status}{needs}" if outcome.status else text
        outcomes.append(f"{name}: Outcome({given})")
    texts = f"{layout.literal(transition.event)}, {layout.literal(transition.service)}"
    tail = {
        "type_id": "" if transition.type_id is None else str(transition.type_id),
        "value": layout.literal(transition.value) if transition.value else "",
        "transaction": layout.literal(transition.transaction) if transition.transaction else "",
        "clause": layout.literal(transition.clause) if transition.clause else "",
    }
    return f"Transition({texts}, {{{', '.join(outcomes)}}}{_given(tail)})"
