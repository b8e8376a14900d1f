"""`dimsegen verify`: compare the schemas with PS3.7 itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from ...commands import DONE, DRIFT, CommandError, counted
from ...document.unreadable import DocumentError
from ...reading.position import Position
from ...reading.regular import read_regular
from ...reports import FORMATS
from ...sets.finding import Finding, Level
from ...sets.report import Assessed, Audience, Report, Version
from ...table.erratum import Erratum
from ...table.waiver import Waiver
from ..docbook.differences import Verification, verify
from ..docbook.part import read_part
from ..model import Schema
from . import load
from .destinations import TEXT, outputs_of, write


def run(options: argparse.Namespace) -> int:
    """Print what differs, what an erratum explains and what was not found."""
    outputs = outputs_of(options.output or [TEXT])
    schema = load(options.schemas)
    document: Path = options.document
    try:
        part = read_part(read_regular(document), document.as_posix(), schema)
    except OSError as error:
        text = f"{document}: {error.strerror}: give the path of part07.xml, as NEMA publishes it"
        raise CommandError(text) from error
    except DocumentError as error:
        raise CommandError(error.explain()) from error
    found = verify(part, schema)
    edition = f" ({schema.edition})" if schema.edition else ""
    name = f"{options.schemas.as_posix()}{edition}"
    text = "\n".join(_report(found, name)) + "\n"
    report = _as_report(found, schema, name)
    shown = {form: text if form == TEXT else render(report) for form, render in FORMATS.items()}
    write(outputs, shown.__getitem__, shown.__getitem__)
    return DONE if found.agrees else DRIFT


def _report(found: Verification, schemas: str) -> Iterator[str]:
    if found.findings or found.explained:
        yield f"old  {found.part.name}, as printed"
        yield f"new  {schemas}"
        yield ""
    for finding in found.findings:
        yield from _lines(finding)
        yield ""
    for finding, erratum in found.explained:
        yield from _lines(finding)
        yield f"  erratum    {erratum.identifier}: {erratum.title}"
        yield f"  decided    {erratum.decision}"
        yield ""
    yield from _not_compared(found)
    if found.missing or found.alone:
        yield ""
    yield from _summary(found, schemas)


def _not_compared(found: Verification) -> Iterator[str]:
    for label, about in found.missing.items():
        yield f"not found: {'Table' if '-' in label else 'section'} {label} ({about})"
    for label, caption in found.alone.items():
        yield f"not compared: Table {label} ({caption}), for the table of its service is missing"


def _as_report(found: Verification, schema: Schema, name: str) -> Report:
    """Return what was found as a report of `diff`; an erratum accounts for what it explains."""
    explained = [
        Assessed(finding, waiver=_explanation(finding, erratum))
        for finding, erratum in found.explained
    ]
    return Report(
        Version(f"{found.part.name}, as printed", found.part.schema),
        Version(name, schema),
        (*map(Assessed, found.findings), *explained),
        Audience(fail_on=Level.NOTE),
        disagreements=tuple(_not_compared(found)),
        command="verify",
        accepted="explained",
        problem="something was not compared",
    )


def _explanation(finding: Finding, erratum: Erratum) -> Waiver:
    return Waiver(
        finding.service,
        finding.direction,
        finding.keyword,
        finding.rule,
        finding.change,
        erratum.decision,
        f"erratum {erratum.identifier}: {erratum.title}",
        None,
        erratum.position or Position("errata.yaml", 1, 1),
    )


def _lines(finding: Finding) -> Iterator[str]:
    """Yield a finding in the form of `dimsegen diff`."""
    parts = (finding.level().value, finding.rule, finding.cell, finding.change)
    yield "  ".join(part for part in parts if part)
    if finding.position:
        yield f"  {finding.position}"
    yield f"  {finding.message}"
    yield f"  clause     {finding.reference}"


def _summary(found: Verification, schemas: str) -> Iterator[str]:
    part, schema = found.part, found.part.schema
    rows = [row for service in schema.services for row in service.rows]
    elements = [each for each in schema.parameters.values() if not each.is_data_set]
    messages = [each for service in schema.services for each in service.messages.values()]
    compared = (
        (len(part.tables), "table"),
        (sum(len(row.cells) for row in rows), "cell"),
        (len(elements), "element"),
        (sum(bool(each.fields) for each in messages), "message"),
        (len(schema.status_types), "status type"),
        (len(part.statuses), "listed status"),
    )
    yield f"{part.name}: {', '.join(counted(number, noun) for number, noun in compared)} compared"
    verdict = "agree" if found.agrees else "do not agree"
    said = [counted(len(found.findings), "difference")]
    if found.explained:
        said.append(f"{len(found.explained)} explained by errata")
    if found.missing:
        said.append(f"{counted(len(found.missing), 'table')} not found")
    if found.alone:
        said.append(f"{counted(len(found.alone), 'table')} not compared")
    yield f"{schemas} and {part.name} {verdict}: {', '.join(said)}"
