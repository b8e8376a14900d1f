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
from pathlib import Path

from ..reports import phrases as words
from ..reports import text
from ..sets.report import Report
from ..table.notation import counted
from ..witness.proof import EXHAUSTIVE
from . import DONE, DRIFT, FAILED, CommandError, docs, generate, json_schema, lint
from .reporting import Request, audience_of, report_of

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
    comparison = _Comparison(options)
    parts: dict[str, Callable[[], Outcome]] = {
        "lint": lambda: _command(lambda: lint.run(options)),
        "generated": lambda: _command(lambda: generate.run(_checking(options))),
        "json schemas": lambda: _json_schemas(options),
        "pages": lambda: _pages(options),
        "waivers": comparison.waivers,
        "diff": comparison.diff,
        "verification": comparison.verification,
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


def _command(command: Callable[[], int]) -> Outcome:
    """Run another command: its last line is what it found, the rest are details."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = command()
    *details, line = said.getvalue().rstrip("\n").split("\n")
    return Outcome(code, line, "\n".join(details))


def _checking(options: argparse.Namespace) -> argparse.Namespace:
    return argparse.Namespace(**{**vars(options), "check": True})


def _json_schemas(options: argparse.Namespace) -> Outcome:
    folder: Path = options.schemas / "json-schema"
    if not folder.is_dir():
        return Outcome(DONE, f"{folder.as_posix()}: there are none")
    checking = argparse.Namespace(check=True, output=folder)
    return _command(lambda: json_schema.run(checking))


def _pages(options: argparse.Namespace) -> Outcome:
    folder: Path = options.pages
    if not folder.is_dir():
        return Outcome(DONE, f"{folder.as_posix()}: there are none")
    checking = argparse.Namespace(**{**vars(options), "check": True, "output": folder})
    return _command(lambda: docs.run(checking))


class _Comparison:
    """The comparison with the base, made once for three parts."""

    def __init__(self, options: argparse.Namespace) -> None:
        base = (options.base,) if options.base else ()
        audience = audience_of(options)
        self._request = Request(
            base,
            options.schemas,
            options.templates,
            audience,
            EXHAUSTIVE,
            extends=bool(options.extends),
        )
        self._made: Report | None = None

    def waivers(self) -> Outcome:
        report = self._report
        lines = [f"{each.position}: {words.expired_in_words(each)}" for each in report.expired]
        unused = f", {len(report.unused)} unused" if report.unused else ""
        line = f"{counted(len(report.waived), 'finding')} waived{unused}"
        if lines:
            return Outcome(DRIFT, f"{len(lines)} expired, {line}", "\n".join(lines))
        return Outcome(DONE, line)

    def diff(self) -> Outcome:
        report = self._report
        line = f"{words.found(report)}, since {report.old.name}"
        shown = replace(report, assessed=report.failing, unused=(), expired=(), verified="")
        return Outcome(DRIFT, line, text.render(shown)) if report.failing else Outcome(DONE, line)

    def verification(self) -> Outcome:
        report = self._report
        wrong = report.disagreements
        return Outcome(DRIFT if wrong else DONE, report.verified, "\n".join(wrong))

    @property
    def _report(self) -> Report:
        if self._made is None:
            self._made = report_of(self._request)
        return self._made
