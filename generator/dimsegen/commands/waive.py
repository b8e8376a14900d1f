"""`dimsegen waive`: accept a finding, or remove the waivers that match none.

What is written is read again before it is: it holds the waivers of before, with the one more or
less that was asked for, or nothing is written.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from ..reading.places import shown_path
from ..reading.problems import SchemaError
from ..reading.regular import read_regular
from ..sets.finding import Finding
from ..sets.report import Report
from ..style import format_text
from ..table.waiver import Waiver
from ..table.waivers import WAIVERS as SHAPE
from ..table.waivers import load_waivers
from ..waivers import EditError, add, prune
from ..witness.proof import NOTHING
from ..writer import write_file
from . import DONE, CommandError, counted
from .reporting import WAIVERS, Request, report_of

_FINGERPRINT = re.compile(r"[0-9a-f]{12}")


def run(options: argparse.Namespace) -> int:
    """Write or remove entries of the waivers of the working tree."""
    words = [*([options.fingerprint] if options.fingerprint else []), *options.inputs]
    fingerprint = "" if options.prune else _fingerprint(words)
    expires = _day(options.expires)
    report = _report(words[0 if options.prune else 1 :], options)
    folder = _folder(report)
    text = _read(folder / WAIVERS)
    try:
        if options.prune:
            return _prune(folder, text, report)
        if not options.reason:
            raise CommandError(
                '--reason is missing: say why the change is accepted: --reason "..."'
            )
        finding = _finding(fingerprint, report)
        entries = _waivers(folder, text)
        # One that has expired is renewed.
        old = [each for each in entries if each in report.expired and _accepts(each, finding)]
        changed = add(prune(text, old), finding, options.reason, options.reference, expires)
    except EditError as error:
        raise CommandError(f"{folder / WAIVERS}: {error}\nnothing was written") from error
    _write(folder, text, changed, len(entries) - len(old) + 1)
    print(f"{folder / WAIVERS}: waived {finding.rule} of {finding.cell} ({finding.change})")
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


def _report(words: Sequence[str], options: argparse.Namespace) -> Report:
    if len(words) > 2:
        raise CommandError(f"{words[2]}: two versions are compared: name OLD and NEW")
    request = Request(
        tuple(words),
        options.schemas,
        options.templates,
        verify=NOTHING,
        extends=bool(options.extends),
    )
    return report_of(request)


def _folder(report: Report) -> Path:
    folder = report.new.waivers_in
    if folder is None:
        raise CommandError(
            f"{report.new.name}: there is no folder to write {WAIVERS} to: name one with --schemas"
        )
    return folder


def _finding(fingerprint: str, report: Report) -> Finding:
    findings = {each.finding.fingerprint: each for each in report.assessed}
    if fingerprint not in findings:
        close = get_close_matches(fingerprint, findings, 1)
        hint = f" (did you mean {close[0]}?)" if close else ""
        compared = f"old {report.old.name}, new {report.new.name}"
        raise CommandError(f"{fingerprint}: no finding has this fingerprint{hint}: {compared}")
    waiver = findings[fingerprint].waiver
    if waiver is not None:
        raise CommandError(f"{waiver.position}: waives {fingerprint} already: {waiver.reason}")
    return findings[fingerprint].finding


def _accepts(waiver: Waiver, finding: Finding) -> bool:
    return (waiver.cell, waiver.rule, waiver.change) == (finding.cell, finding.rule, finding.change)


def _prune(folder: Path, text: str, report: Report) -> int:
    entries = _waivers(folder, text)
    # Positions do not count when waivers are compared: those of another version are found here.
    gone = [each for each in entries if each in report.unused]
    if gone:
        _write(folder, text, prune(text, gone), len(entries) - len(gone))
    for waiver in gone:
        print(f"{waiver.position}: removed {waiver.rule} of {waiver.cell} ({waiver.change})")
    kept = len(entries) - len(gone)
    print(f"{folder / WAIVERS}: {counted(len(gone), 'waiver')} removed, {kept} kept")
    return DONE


def _is_canonical(text: str, path: Path) -> bool:
    """Return whether `fmt` has nothing to do; what it has not seen keeps the form it has."""
    return not text.strip() or _formatted(text, path) == text


def _formatted(text: str, path: Path) -> str:
    # No keyword stands in a column here, so that no width is needed.
    return format_text({"waivers": SHAPE}, "waivers", text, 0, str(path))


def _write(folder: Path, before: str, text: str, expected: int) -> None:
    path = folder / WAIVERS
    try:
        if _is_canonical(before, path):
            text = _formatted(text, path)
        number = len(_waivers(folder, text))
    except SchemaError as error:
        raise CommandError(f"{error.explain()}\n{path}: change it by hand") from error
    except CommandError as error:
        raise CommandError(f"{error}\n{path}: change it by hand") from error
    if number != expected:
        raise CommandError(f"{path}: is not written an entry a line: change it by hand")
    try:
        write_file(path, text.encode("utf-8"))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _waivers(folder: Path, text: str) -> tuple[Waiver, ...]:
    """Return the waivers that the folder has if its file has `text`."""
    try:
        return load_waivers(text, str(shown_path(folder / WAIVERS)))
    except SchemaError as error:
        raise CommandError(error.explain()) from error


def _read(path: Path) -> str:
    try:
        return read_regular(path).decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: no text in UTF-8: save the file as UTF-8") from error
