"""`dimsegen verify`: compare the schemas with the standard itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from functools import reduce
from pathlib import Path
from typing import Any

from ..document.book import Book, read_book
from ..document.unreadable import DocumentError
from ..families import Family, families_in
from ..reading.position import Position
from ..reading.problems import listed
from ..reading.regular import read_regular
from ..reports import FORMATS
from ..sets.edition_check import Verification
from ..sets.finding import Finding, Level
from ..sets.report import Assessed, Audience, Report, Version, counts_of
from ..table.erratum import Erratum
from ..table.waiver import Waiver
from . import DONE, DRIFT, CommandError, counted, load
from .destinations import TEXT, outputs_of, write


def run(options: argparse.Namespace) -> int:
    """Print what differs, what an erratum explains and what was not found."""
    outputs = outputs_of(options.output or [TEXT])
    known = {
        each: load(each, options.schemas, extends=options.extends)
        for each in families_in(options.schemas, "docbook", extends=options.extends)
    }
    book = _book(options.document, list(known))
    try:
        found = reduce(
            Verification.and_also,
            (
                each.step("docbook").verify_book(book, schema)
                for each, schema in known.items()
                if book.part in _parts(each)
            ),
        )
    except DocumentError as error:
        raise CommandError(error.explain()) from error
    edition = f" ({found.edition})" if found.edition else ""
    name = f"{options.schemas.as_posix()}{edition}"
    text = "\n".join(_report(found, name)) + "\n"
    report = _as_report(found, name, _counts(book, known))
    shown = {form: text if form == TEXT else render(report) for form, render in FORMATS.items()}
    write(outputs, shown.__getitem__, shown.__getitem__)
    return DONE if found.agrees else DRIFT


def _counts(book: Book, known: Mapping[Family, Any]) -> tuple[tuple[int, str], ...]:
    """Return how much the schemas have of the part, as `diff` counts it."""
    return counts_of(
        each.step("comparison").counts(schema)
        for each, schema in known.items()
        if book.part in _parts(each) and each.has("comparison")
    )


def _parts(family: Family) -> tuple[str, ...]:
    """Return the parts in which the family has tables."""
    parts: tuple[str, ...] = family.step("docbook").PARTS
    return parts


def _book(document: Path, known: list[Family]) -> Book:
    documents = {each.part: each.document for each in known}
    files = listed(documents.values())
    try:
        return read_book(read_regular(document), document.as_posix(), documents)
    except OSError as error:
        text = f"{document}: {error.strerror}: give the path of {files}, as NEMA publishes it"
        raise CommandError(text) from error
    except DocumentError as error:
        raise CommandError(error.explain()) from error


def _report(found: Verification, schemas: str) -> Iterator[str]:
    if found.findings or found.explained:
        yield f"old  {found.name}, as printed"
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
    for label, reason in found.alone.items():
        yield f"not compared: Table {label} {reason}"


def _as_report(found: Verification, name: str, counts: tuple[tuple[int, str], ...]) -> Report:
    """Return what was found as a report of `diff`; an erratum accounts for what it explains."""
    explained = [
        Assessed(finding, waiver=_explanation(finding, erratum))
        for finding, erratum in found.explained
    ]
    return Report(
        Version(f"{found.name}, as printed", found.page),
        Version(name, found.schema),
        (*map(Assessed, found.findings), *explained),
        counts,
        Audience(fail_on=Level.NOTE),
        disagreements=tuple(_not_compared(found)),
        command="verify",
        accepted="explained",
        problem="something was not compared",
    )


def _explanation(finding: Finding, erratum: Erratum) -> Waiver:
    return Waiver(
        finding.cell,
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
    shown = ", ".join(counted(number, noun) for number, noun in found.compared)
    yield f"{found.name}: {shown} compared"
    verdict = "agree" if found.agrees else "do not agree"
    said = [counted(len(found.findings), "difference")]
    if found.explained:
        said.append(f"{len(found.explained)} explained by errata")
    if found.missing:
        said.append(f"{counted(len(found.missing), 'table')} not found")
    if found.alone:
        said.append(f"{counted(len(found.alone), 'table')} not compared")
    yield f"{schemas} and {found.name} {verdict}: {', '.join(said)}"
