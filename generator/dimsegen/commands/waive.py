"""`dimsegen waive`: accept a finding, or remove the waivers that match none."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..command_line.options import VERSIONS, Command, Option, flag
from ..command_line.outcome import DONE, CommandError
from ..table.notation import counted

if TYPE_CHECKING:
    from ..sets.finding import Finding
    from ..sets.report import Report
    from ..waivers.waivers_file import WaiversFile

COMMAND = Command(
    "Accept a finding of diff, with the reason: it is written into waivers.yaml, and diff "
    "does not fail for it any more.",
    ('dimsegen waive 3267cc31119c --reason "agreed with all peers"', "dimsegen waive --prune"),
    (
        Option(
            "fingerprint",
            nargs="?",
            metavar="FINGERPRINT",
            help="the twelve digits that diff prints with the finding",
        ),
        *VERSIONS,
        Option("--reason", metavar="TEXT", help="why the change is accepted (mandatory)"),
        Option("--reference", metavar="TEXT", default="", help="where that was decided"),
        Option("--expires", metavar="YYYY-MM-DD", help="the last day on which it counts"),
        flag("--prune", "remove the waivers that match no finding"),
    ),
)
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")


def run(options: argparse.Namespace) -> int:
    """Write or remove entries of the waivers of the working tree."""
    from ..reporting import report_of, request_of
    from ..waivers import EditError, add, prune
    from ..waivers.match import key
    from ..witness.proof import NOTHING

    words = [*([options.fingerprint] if options.fingerprint else []), *options.inputs]
    fingerprint = "" if options.prune else _fingerprint(words)
    expires = _day(options.expires)
    versions = words[0 if options.prune else 1 :]
    report = report_of(request_of(options, versions, NOTHING))
    file = _file(report)
    try:
        if options.prune:
            return _prune(file, report)
        if not options.reason:
            text = '--reason is missing: say why the change is accepted: --reason "..."'
            raise CommandError(text)
        finding = _finding(fingerprint, report)
        entries = file.entries()
        # One that has expired is renewed.
        old = [each for each in entries if each in report.expired and key(each) == key(finding)]
        text = add(prune(file.text, old), finding, options.reason, options.reference, expires)
    except EditError as error:
        raise CommandError(f"{file.path}: {error}\nnothing was written") from error
    file.replace(text, len(entries) - len(old) + 1)
    print(f"{file.path}: waived {finding.rule} of {finding.cell} ({finding.change})")
    return DONE


def _fingerprint(words: Sequence[str]) -> str:
    if not words:
        raise CommandError("FINGERPRINT is missing: dimsegen diff prints it with each finding")
    if not _FINGERPRINT.fullmatch(words[0]):
        raise CommandError(f"{words[0]}: no fingerprint: it has twelve hexadecimal digits")
    return words[0]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CommandError(f"--expires {text}: no day: write it as YYYY-MM-DD") from error


def _file(report: Report) -> WaiversFile:
    from ..waivers.waivers_file import WAIVERS, WaiversFile

    folder = report.new.waivers_in
    if folder is None:
        raise CommandError(
            f"{report.new.name}: there is no folder to write {WAIVERS} to: name one with --schemas"
        )
    return WaiversFile(folder)


def _finding(fingerprint: str, report: Report) -> Finding:
    from ..reading.spelling import did_you_mean

    findings = {each.finding.fingerprint: each for each in report.assessed}
    if fingerprint not in findings:
        hint = did_you_mean(fingerprint, findings)
        compared = f"old {report.old.name}, new {report.new.name}"
        raise CommandError(f"{fingerprint}: no finding has this fingerprint{hint}: {compared}")
    waiver = findings[fingerprint].waiver
    if waiver is not None:
        raise CommandError(f"{waiver.position}: waives {fingerprint} already: {waiver.reason}")
    return findings[fingerprint].finding


def _prune(file: WaiversFile, report: Report) -> int:
    from ..waivers import prune

    entries = file.entries()
    # Positions do not count when waivers are compared: those of another version are found here.
    gone = [each for each in entries if each in report.unused]
    kept = len(entries) - len(gone)
    if gone:
        file.replace(prune(file.text, gone), kept)
    for waiver in gone:
        print(f"{waiver.position}: removed {waiver.rule} of {waiver.cell} ({waiver.change})")
    print(f"{file.path}: {counted(len(gone), 'waiver')} removed, {kept} kept")
    return DONE
