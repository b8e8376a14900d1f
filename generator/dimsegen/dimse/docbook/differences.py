"""Hold an edition of PS3.7 against the schemas.

Invariant: everything that the tables print is compared, and a table that is missing is said to be.
A finding reads from the standard to the schemas: old is what is printed, new is what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...sets.finding import Finding, Verdict
from ...table.erratum import Erratum
from ...table.notation import tag_in_words
from ..compare import compare
from ..family import STANDARD
from ..model import Schema
from .mentions import ElementMention
from .part import Part
from .printed import expected, printed


@dataclass(frozen=True)
class Verification:
    """What came of a comparison.

    Attributes
    ----------
    part : Part
        The edition.
    findings : tuple of Finding
        What differs.
    explained : tuple of (Finding, Erratum)
        What differs because the standard contradicts itself there, and how that was decided.
    missing : mapping of str to str
        The tables that were not found, and what they are about.
    alone : mapping of str to str
        The message tables that were found, and not compared for want of their service.
    """

    part: Part
    findings: tuple[Finding, ...]
    explained: tuple[tuple[Finding, Erratum], ...]
    missing: Mapping[str, str]
    alone: Mapping[str, str]

    @property
    def agrees(self) -> bool:
        """Whether everything was there, and nothing differs but for known errata."""
        return not (self.findings or self.missing or self.alone)


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
        part,
        tuple(each for each in found if _told(each) not in known),
        tuple((each, known[_told(each)]) for each in found if _told(each) in known),
        missing,
        part.alone,
    )


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
