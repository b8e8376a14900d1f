"""A SOP class, or the statuses of it, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ...explanation.blocks import Block, Code, Heading, Pairs, Paragraph
from ..examples.message_code import message_for
from ..examples.python_values import content_of
from ..examples.run_code import body_of, shown
from ..family import FAMILY
from ..model import Example, SOPClass, SOPClasses
from .asked_subject import Subject


def sop_class_blocks(subject: Subject, model: SOPClasses) -> Iterator[Block]:
    """Yield what there is of a SOP class: services, tables, statuses and an example."""
    for number, each in enumerate(subject.sop_classes):
        yield Heading(f"{each.name} ({each.uid})", is_title=not number)
        table = f", Table {each.table}" if each.table else ""
        yield Paragraph(f"In Python, {each.keyword}. {FAMILY.cited(each.section)}{table}.")
        services = {**each.services, **each.consists_of}
        rows = [(name, f"SCU {s.scu}, SCP {s.scp}") for name, s in services.items()]
        if rows:
            yield Pairs(tuple(rows))
    file = subject.file
    rows = [(f"Table {t.label}", ", ".join(t.columns.values())) for t in file.tables]
    statuses = [(f"Statuses {t.label}", ", ".join(t.services)) for t in file.statuses]
    if rows or statuses:
        yield Heading("tables")
        yield Pairs((*rows, *statuses))
        yield Paragraph(f"dimsegen show {file.name} prints them.")
    if file.states is not None:
        yield Heading("states")
        names = [(n, "final" if last else "open") for n, last in file.states.states.items()]
        yield Pairs(tuple(names))
    yield from _examples(subject, model)


def _examples(subject: Subject, model: SOPClasses) -> Iterator[Block]:
    """Yield what the examples are, and the first of them as code."""
    found = [
        (example, sop_class)
        for example in subject.file.examples
        for sop_class in subject.sop_classes
        if sop_class.has(example)
    ]
    listed = dict(reversed(found))
    if not listed:
        return
    yield Heading("examples")
    own = [each for each in subject.file.examples if each in listed]
    yield Pairs(tuple((each.message, each.title) for each in own))
    yield example_code(own[0], listed[own[0]], model)


def example_code(example: Example, sop_class: SOPClass, model: SOPClasses) -> Code:
    """Return an example as Python; that it is right, the loader has seen."""
    message = message_for(model, sop_class, example)
    return Code("valid", shown(body_of(content_of(example.data_set), message), message))


def status_blocks(subject: Subject) -> Iterator[Block]:
    """Yield what a status means, in each table that has it."""
    is_first = True
    for table in subject.file.statuses:
        for status in table.statuses:
            if status.code == subject.status:
                services = ", ".join(table.services)
                yield Heading(f"{status.code}H {status.meaning} ({services})", is_title=is_first)
                is_first = False
                yield Paragraph(f"{FAMILY.cited(table.section, table.label)}.")
                rows = [("class", status.status_class), ("fields", ", ".join(status.fields))]
                rows += [("Error Comment", status.error_comment), ("Error ID", status.error_id)]
                yield Pairs(tuple((name, text) for name, text in rows if text))
