"""`dimsegen check`: what continuous integration runs, a line a part.

Every part is run whatever the others say, each by the code of its own command, and the exit code is
the worst of theirs.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ..command_line.options import (
    AUDIENCE,
    SCHEMAS,
    TEMPLATES,
    Command,
    Option,
    folder,
    output_folder,
    package,
)
from ..command_line.outcome import DONE, DRIFT, FAILED, CommandError
from ..table.notation import counted
from . import docs, generate, json_schema, lint

if TYPE_CHECKING:
    from ..sets.report import Report

COMMAND = Command(
    "Do all that continuous integration does: lint, drift of what is generated, waivers, "
    "diff, and its verification on the code of both versions. The exit code is the worst of "
    "all.",
    ("dimsegen check", "dimsegen check --base v1.0"),
    (
        Option(
            "--base",
            metavar="REV",
            help="what to compare with (default: where HEAD left the default branch)",
        ),
        *SCHEMAS,
        TEMPLATES,
        output_folder("generated", "folder that holds the package"),
        package(),
        folder(
            "--pages",
            "folder of the reference pages, if there are any (default: docs/reference)",
            Path("docs/reference"),
        ),
        *AUDIENCE,
    ),
)
_STOP = 14
_LINES, _WIDTH = 200, 200
# The command that prints all that a part has to say.
_WHOLE = {
    "lint": "lint",
    "generated": "generate --check",
    "json schemas": "json-schema --check",
    "pages": "docs --check",
    "waivers": "diff",
    "diff": "diff",
    "verification": "diff --verify exhaustive",
}


@dataclass(frozen=True)
class Outcome:
    """What a part found: its exit code, one line, and what its own command would print."""

    code: int
    line: str
    details: str = ""


def run(options: argparse.Namespace) -> int:
    """Run every part, and print a line for each."""
    # Made once for three parts.
    compared = cache(lambda: _compared(options))
    schemas: Path = options.schemas
    parts: dict[str, Callable[[], Outcome]] = {
        "lint": lambda: _said_by(lint, options),
        "generated": lambda: _said_by(generate, options),
        "json schemas": lambda: _said_of(schemas / "json-schema", json_schema, options),
        "pages": lambda: _said_of(options.pages, docs, options),
        "waivers": lambda: _waivers(compared()),
        "diff": lambda: _diff(compared()),
        "verification": lambda: _verification(compared()),
    }
    outcomes = [_report(name, part) for name, part in parts.items()]
    return max(outcome.code for outcome in outcomes)


def _report(name: str, part: Callable[[], Outcome]) -> Outcome:
    try:
        outcome = part()
    except CommandError as error:
        line, _, details = str(error).partition("\n")
        outcome = Outcome(FAILED, line, details)
    sign = {DONE: "ok", DRIFT: "fails", FAILED: "unknown"}[outcome.code]
    print(f"{name.ljust(_STOP)}{sign.ljust(9)}{outcome.line}")
    if outcome.code != DONE and outcome.details.strip():
        print("\n".join(_bounded(name, outcome.details)), file=sys.stderr)
    return outcome


def _bounded(name: str, details: str) -> Iterator[str]:
    """Yield the lines of `details`, as many and as much of each as somebody reads in a log."""
    lines = details.rstrip("\n").split("\n")
    for line in lines[:_LINES]:
        more = len(line) - _WIDTH
        yield f"{line[:_WIDTH]} … ({more} more)" if more > 0 else line
    if len(lines) > _LINES:
        left = counted(len(lines) - _LINES, "line")
        yield f"… {left} more: dimsegen {_WHOLE[name]} shows all"


def _said_by(command: ModuleType, options: argparse.Namespace, **further: Any) -> Outcome:
    """Run another command: its last line is what it found, the rest are details."""
    checking = argparse.Namespace(**{**vars(options), "check": True, **further})
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = command.run(checking)
    *details, line = said.getvalue().rstrip("\n").split("\n")
    return Outcome(code, line, "\n".join(details))


def _said_of(output: Path, command: ModuleType, options: argparse.Namespace) -> Outcome:
    """Run a command that writes a folder which need not be there."""
    if not output.is_dir():
        return Outcome(DONE, f"{output.as_posix()}: there are none")
    return _said_by(command, options, output=output)


def _compared(options: argparse.Namespace) -> Report:
    from ..reporting import audience_of, report_of, request_of
    from ..witness.proof import EXHAUSTIVE

    words = [options.base] if options.base else []
    return report_of(request_of(options, words, EXHAUSTIVE, audience_of(options)))


def _waivers(report: Report) -> Outcome:
    from ..reports.phrases import expired_in_words

    lines = [f"{each.position}: {expired_in_words(each)}" for each in report.expired]
    unused = f", {len(report.unused)} unused" if report.unused else ""
    line = f"{counted(len(report.waived), 'finding')} waived{unused}"
    if lines:
        return Outcome(DRIFT, f"{len(lines)} expired, {line}", "\n".join(lines))
    return Outcome(DONE, line)


def _diff(report: Report) -> Outcome:
    from ..reports.phrases import found
    from ..reports.text import render

    line = f"{found(report)}, since {report.old.name}"
    shown = replace(report, assessed=report.failing, unused=(), expired=(), verified="")
    return Outcome(DRIFT, line, render(shown)) if report.failing else Outcome(DONE, line)


def _verification(report: Report) -> Outcome:
    wrong = report.disagreements
    return Outcome(DRIFT if wrong else DONE, report.verified, "\n".join(wrong))
