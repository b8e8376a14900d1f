"""The report as workflow commands, which GitHub shows as annotations of the changed lines.

No text can end a command or start another; no more than ten annotations of a level are given, since
GitHub drops further ones without a word, and the tenth says how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..reading.position import Position
from ..sets.finding import Level
from ..sets.report import Assessed, Report
from . import phrases as words

MOST = 10
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


@dataclass(frozen=True)
class _Annotation:
    level: Level
    title: str
    text: str
    path: str = ""
    position: Position | None = None


def render(report: Report) -> str:
    """Return the report as workflow commands, a line each."""
    annotations = list(_annotations(report))
    lines: list[str] = []
    for level in Level:
        of_level = [each for each in annotations if each.level is level]
        lines += [_command(each) for each in _at_most(of_level, level, report.command)]
    return "".join(f"{line}\n" for line in lines)


def _annotations(report: Report) -> Iterator[_Annotation]:
    for line in report.disagreements:
        yield _Annotation(Level.ERROR, report.problem, line)
    for waiver in report.expired:
        text, path = words.expired_in_words(waiver), report.path(waiver.position)
        yield _Annotation(Level.ERROR, "expired waiver", text, path, waiver.position)
    for assessed in report.assessed:
        yield _of_finding(report, assessed)
    for waiver in report.unused:
        text, path = words.unused_in_words(waiver), report.path(waiver.position)
        yield _Annotation(Level.NOTE, "unused waiver", text, path, waiver.position)
    text = f"old {report.old.name}, new {report.new.name}: {words.compared(report)}; "
    yield _Annotation(Level.NOTE, f"dimsegen {report.command}", text + words.found(report))


def _of_finding(report: Report, assessed: Assessed) -> _Annotation:
    finding = assessed.finding
    sides = ", ".join(map(str, words.roles(finding)))
    lines = [finding.message, f"{sides}; rollout: {finding.rollout.value}"]
    lines += [finding.reference] if finding.reference else []
    for example in assessed.counterexamples.values():
        lines += [f"{example.rejected_by} version: {line}" for line in example.words]
    level = report.level(assessed)
    if assessed.waiver is not None:
        level = Level.NOTE
        lines.append(f"{report.accepted}: {words.waiver_in_words(assessed.waiver)}")
    elif report.can_be_waived:
        lines.append(words.waive_command(report, finding))
    path = report.path(finding.position) if finding.position else ""
    title = " ".join((f"{finding.rule}:", finding.cell, finding.change))
    return _Annotation(level, title, "\n".join(lines), path, finding.position)


def _at_most(annotations: list[_Annotation], level: Level, command: str) -> list[_Annotation]:
    if len(annotations) <= MOST:
        return annotations
    # The last one is the most general one: keep the place of what is left out for the number.
    shown = annotations[: MOST - 1]
    rest = len(annotations) - len(shown)
    text = f"{rest} more of this level are not shown here: the text and markdown reports have all"
    return [*shown, _Annotation(level, f"dimsegen {command}", text)]


def _command(annotation: _Annotation) -> str:
    properties = {"title": annotation.title}
    if annotation.position is not None:
        position = annotation.position
        place = {"file": annotation.path, "line": str(position.line), "col": str(position.column)}
        properties = place | properties
    shown = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    return f"::{_COMMANDS[annotation.level]} {shown}::{_escaped(annotation.text)}"


def _escaped(text: str, more: str = "") -> str:
    for char in f"%\r\n{more}":
        text = text.replace(char, f"%{ord(char):02X}")
    return text
