"""The report for a person at a terminal.

No line of prose is wider than asked for, the columns of a finding stand on fixed stops, and without
colour the text has no control character.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from ..sets.finding import Level, Verdict
from ..sets.report import Assessed, Counterexample, Report
from ..table.notation import counted
from . import phrases as words

_INDENT = "  "
_STOPS = (11, 11)
_COLOURS = {
    Level.ERROR: "1;31",
    Level.WARNING: "1;33",
    Level.NOTE: "1;36",
    Verdict.BREAKS: "31",
    Verdict.DEPENDS: "33",
    Verdict.OK: "32",
}
_BOLD, _FAINT = "1", "2"


def render(report: Report, *, colour: bool = False, width: int = 80) -> str:
    """Return the report as text.

    Parameters
    ----------
    report : Report
        What to print.
    colour : bool
        Whether the reader is a terminal that shows colours.
    width : int
        The columns of the terminal.
    """
    printer = _Printer(report, colour, max(width, 40))
    return "\n".join(printer.lines()) + "\n"


class _Printer:
    def __init__(self, report: Report, colour: bool, width: int) -> None:
        self._report = report
        self._colour = colour
        self._width = width

    def lines(self) -> Iterator[str]:
        report = self._report
        yield f"old  {report.old.name}"
        yield f"new  {report.new.name}"
        yield words.compared(report)
        if replaced := words.overridden(report):
            yield from self._wrapped(f"note: new {replaced}", "")
        for note in report.notes:
            yield from self._wrapped(f"note: {note}", "")
        if who := words.audience(report):
            yield f"for {who}"
        for assessed in report.assessed:
            yield ""
            yield from self._finding(assessed)
        yield ""
        yield from self._waivers()
        yield from self._verified()
        yield from self._wrapped(f"{words.found(report)}; {words.outcome(report)}", "")

    def _finding(self, assessed: Assessed) -> Iterator[str]:
        finding = assessed.finding
        yield from self._headline(assessed)
        if place := words.place(finding):
            yield self._painted(f"{_INDENT}{place}", _FAINT)
        yield from self._wrapped(finding.message, _INDENT)
        yield ""
        roles = words.roles(finding)
        stop = max(_STOPS[1], *(len(role.actor) + 2 for role in roles))
        for role in roles:
            verdict = self._painted(role.verdict.value, _COLOURS[role.verdict])
            yield self._columns(role.side.value, role.actor.ljust(stop), verdict)
        yield self._columns("rollout", finding.rollout.value)
        if finding.reference:
            yield from self._labelled("clause", finding.reference)
        for sentence, example in words.shown_examples(assessed):
            yield ""
            yield f"{_INDENT}{sentence}"
            yield from self._example(example)
        yield ""
        if assessed.waiver is not None:
            yield from self._labelled("waived", words.waiver_in_words(assessed.waiver))
        else:
            yield from self._command("waive", words.waive_command(self._report, finding))

    def _headline(self, assessed: Assessed) -> Iterator[str]:
        finding = assessed.finding
        level = self._report.level(assessed)
        name = f"{level.value}{' (waived)' if assessed.waiver else ''}"
        parts = [name, finding.rule, finding.cell, finding.change]
        lines = _packed([part for part in parts if part], self._width)
        painted = self._painted(name, _FAINT if assessed.waiver else _COLOURS[level])
        yield painted + self._painted(lines[0].removeprefix(name), _BOLD)
        for line in lines[1:]:
            yield from (self._painted(each, _BOLD) for each in self._wrapped(line, _INDENT))

    def _example(self, example: Counterexample) -> Iterator[str]:
        inner = _INDENT * 2
        yield ""
        for line in example.code.strip("\n").split("\n"):
            yield f"{inner}{line}".rstrip()
        yield ""
        for name, message in words.encoded(example):
            yield f"{_INDENT}The {name} has {counted(len(message), 'byte')}:"
            yield from self._wrapped(message.hex(" ").upper(), inner)
        yield f"{_INDENT}The {example.rejected_by} version says:"
        for line in example.words:
            yield from self._wrapped(line, inner)

    def _waivers(self) -> Iterator[str]:
        for waiver in self._report.expired:
            yield from self._problem(Level.ERROR, waiver.position, words.expired_in_words(waiver))
        for waiver in self._report.unused:
            yield from self._problem(Level.NOTE, waiver.position, words.unused_in_words(waiver))

    def _verified(self) -> Iterator[str]:
        for line in self._report.disagreements:
            yield from self._problem(Level.ERROR, "verification", line)
        if self._report.verified:
            yield from self._wrapped(self._report.verified, "")

    def _problem(self, level: Level, place: object, text: str) -> Iterator[str]:
        lines = self._wrapped(f"{level.value}  {place}: {text}", "", _INDENT)
        for number, line in enumerate(lines):
            if number:
                yield line
            else:
                yield self._painted(level.value, _COLOURS[level]) + line.removeprefix(level.value)

    def _labelled(self, label: str, text: str) -> Iterator[str]:
        start = f"{_INDENT}{label.ljust(_STOPS[0])}"
        return self._wrapped(text, start, " " * len(start))

    def _command(self, label: str, command: str) -> Iterator[str]:
        """Yield a command in one line, so that it can be copied."""
        line = self._columns(label, command)
        yield from (
            [line] if len(line) <= self._width else [f"{_INDENT}{label}", f"{_INDENT * 2}{command}"]
        )

    def _columns(self, *cells: str) -> str:
        padded = [cell.ljust(stop) for cell, stop in zip(cells, _STOPS, strict=False)]
        return f"{_INDENT}{''.join([*padded, *cells[len(_STOPS) :]])}".rstrip()

    def _wrapped(self, text: str, first: str, rest: str | None = None) -> Iterator[str]:
        yield from textwrap.wrap(
            text,
            self._width,
            initial_indent=first,
            subsequent_indent=first if rest is None else rest,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def _painted(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour and text.strip() else text


def _packed(parts: Iterable[str], width: int) -> list[str]:
    """Return `parts`, as many in a line as fit."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + 2 + len(part) <= width:
            lines[-1] += f"  {part}"
        else:
            lines.append(part)
    return lines
