"""Hold an edition of PS3.7 against the schemas.

Everything that the tables print is compared, and a table that is missing is said to be. A finding
reads from the standard to the schemas: old is what is printed, new is what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...sets.edition_check import Verification
from ...sets.finding import Finding, Verdict
from ...table.notation import tag_in_words
from ..compare import compare
from ..family import STANDARD
from ..model import Schema
from .mentions import ElementMention
from .part import Part
from .printed import expected, printed


def verify(part: Part, schema: Schema) -> Verification:
    """Return how `schema` differs from what `part` prints."""
    same = printed(schema, part.tables)
    again = tuple(_again(part.elements, schema))
    changes = compare(part.schema, same)
    found = [
        *(each for each in changes if not _is_again(each, again)),
        *_written(part.schema, same, changes),
        *again,
    ]
    known = {change: each for each in schema.errata.values() for change in each.explains}
    there = {*part.tables, *part.alone}
    missing = {label: about for label, about in expected(schema).items() if label not in there}
    return Verification(
        part.name,
        part.schema,
        schema,
        tuple(each for each in found if _told(each) not in known),
        tuple((each, known[_told(each)]) for each in found if _told(each) in known),
        missing,
        {
            label: f"({caption}), for the table of its service is missing"
            for label, caption in part.alone.items()
        },
        tuple(_compared(part)),
        schema.edition,
    )


def _compared(part: Part) -> Iterator[tuple[int, str]]:
    """Yield how much of each kind an edition prints."""
    schema = part.schema
    rows = [row for service in schema.services for row in service.rows]
    elements = [each for each in schema.parameters.values() if not each.is_data_set]
    messages = [each for service in schema.services for each in service.messages.values()]
    yield len(part.tables), "table"
    yield sum(len(row.cells) for row in rows), "cell"
    yield len(elements), "element"
    yield sum(bool(each.fields) for each in messages), "message"
    yield len(schema.status_types), "status type"
    yield len(part.statuses), "listed status"


def _is_again(change: Finding, again: Iterable[Finding]) -> bool:
    """Return whether `change` says in a note that a message table prints another element."""
    cells = {each.cell for each in again if each.service}
    return change.cell in cells and change.rule == "documentation-edited"


def _told(finding: Finding) -> str:
    """Return a finding as an erratum names it."""
    return f"{finding.rule} {finding.cell}: {finding.change}"


def _written(page: Schema, schema: Schema, told: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the cells that are written otherwise and mean the same, which `compare` lets pass.

    An ``(=)`` means nothing where the column to the left is a dash.
    """
    known = {(each.service, each.direction, each.keyword) for each in told}
    rows = {(service.name, row.keyword): row for service in page.services for row in service.rows}
    for service in schema.services:
        for row in service.rows:
            page_row = rows.get((service.name, row.keyword))
            for column, cell in row.cells.items():
                was = page_row.cells.get(column) if page_row else None
                if was in (None, cell) or (service.name, column, row.keyword) in known:
                    continue
                yield Finding(
                    "documentation-edited",
                    f"Table {service.table} prints {was}, and the schemas have {cell}",
                    service.name,
                    column,
                    row.parameter,
                    str(was),
                    str(cell),
                    Verdict.OK,
                    Verdict.OK,
                    f"{STANDARD} {row.clause}, Table {service.table}",
                    cell.position or row.position,
                )


def _again(mentions: tuple[ElementMention, ...], schema: Schema) -> Iterator[Finding]:
    """Yield the elements whose tag, VR or VM is another in a message table or in Annex C."""
    for each in mentions:
        parameter = schema.parameters.get(each.keyword)
        if parameter is None:
            # A parameter that the schemas do not know is a finding already.
            continue
        was = _form(each.tag, each.vr, each.vm)
        is_now = _form(parameter.tag, parameter.vr, parameter.vm)
        if was != is_now:
            yield Finding(
                "element-changed",
                f"{each.where} prints {parameter.name} as {was}, and the schemas have {is_now}",
                each.service,
                each.direction,
                parameter,
                was,
                is_now,
                Verdict.BREAKS,
                Verdict.BREAKS,
                f"{STANDARD} {each.where}",
                each.position,
            )


def _form(tag: int | None, vr: str | None, vm: str | None) -> str:
    return tag_in_words(tag) if tag is None else f"{tag_in_words(tag)} {vr} {vm}"
