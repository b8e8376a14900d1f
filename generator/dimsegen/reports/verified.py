"""What `verify` prints: what differs from the standard, and what an erratum explains."""

from __future__ import annotations

from collections.abc import Iterator

from ..reading.position import Position
from ..sets.edition_check import Verification
from ..sets.finding import Finding, Level
from ..sets.report import Assessed, Audience, Report, Version
from ..table.erratum import Erratum
from ..table.notation import counted
from ..table.waiver import Waiver


def text_of(found: Verification, schemas: str) -> str:
    """Return it for a terminal; `schemas` is how they are named."""
    return "\n".join(_report(found, schemas)) + "\n"


def report_of_verification(
    found: Verification, name: str, counts: tuple[tuple[int, str], ...]
) -> Report:
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
        notes=tuple(_elsewhere(found)),
    )


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
    notes = tuple(_elsewhere(found))
    yield from notes
    if found.missing or found.alone or notes:
        yield ""
    yield from _summary(found, schemas)


def _not_compared(found: Verification) -> Iterator[str]:
    for label, about in found.missing.items():
        yield f"not found: {'Table' if '-' in label else 'section'} {label} ({about})"
    for label, reason in found.alone.items():
        yield f"not compared: Table {label} {reason}"


def _elsewhere(found: Verification) -> Iterator[str]:
    if found.elsewhere:
        yield f"not of the standard, and not compared: {', '.join(found.elsewhere)}"


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
