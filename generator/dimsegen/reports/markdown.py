"""The report for a pull request: a comment, or the summary of a job.

The text stays below what GitHub takes, whatever it reports; if findings are left out, a line says
how many, the gravest come first, and the counts are those of all. No name or message can end its
cell, its code or its block.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from ..sets.finding import Level
from ..sets.report import Assessed, Counterexample, Report
from ..table.notation import counted
from . import phrases as words

LIMIT = 60_000
_FOR_ROWS = 20_000
_FOR_NOTES = 5_000
_RESERVED = 1_000
_SIGNS = {Level.ERROR: "🔴", Level.WARNING: "🟡", Level.NOTE: "🔵"}
_HEADS = ("Level", "Rule", "Cell", "Change", "Senders", "Receivers", "Rollout")
# Whatever Markdown reads within a line, and what starts a heading or a list.
_SPECIAL = re.compile(r"([\\`*_\[\]|~]|^[#+-])")


def render(report: Report) -> str:
    """Return the report as Markdown, less than `LIMIT` characters of it."""
    ordered = sorted(report.assessed, key=lambda each: _gravity(report, each))
    head = "\n".join(_head(report))
    rows, left_out = _fitting([_row(report, each) for each in ordered], _FOR_ROWS)
    notes, _ = _fitting(list(_notes(report)), _FOR_NOTES)
    parts = [head]
    if rows:
        table = [_cells(_HEADS), _cells(["---"] * len(_HEADS)), *rows]
        parts.append("\n".join(table))
    parts += [_left_out(report, left_out, "findings")] if left_out else []
    parts += notes
    room = LIMIT - _RESERVED - sum(len(part) + 2 for part in parts)
    details, hidden = _fitting([_details(report, each) for each in ordered], room)
    parts += details
    parts += [_left_out(report, hidden, "findings in detail")] if hidden and not left_out else []
    return "\n\n".join(parts) + "\n"


def _gravity(report: Report, assessed: Assessed) -> tuple[bool, int]:
    return (assessed.waiver is not None, -report.level(assessed).rank)


def _head(report: Report) -> Iterator[str]:
    sign = "✅" if report.is_clean else "❌"
    yield f"### {sign} dimsegen {report.command}: {words.found(report)}"
    yield ""
    yield (
        f"Old {_code(report.old.name)}, new {_code(report.new.name)}: {words.compared(report)}; "
        f"{words.outcome(report)}."
    )
    if replaced := words.overridden(report):
        yield _text(f"New {replaced}.")
    for note in report.notes:
        yield _text(f"Note: {note}.")
    if who := words.audience(report):
        yield f"For {who}."
    if report.verified:
        yield ""
        yield _text(report.verified)


def _row(report: Report, assessed: Assessed) -> str:
    finding = assessed.finding
    level = report.level(assessed)
    sign = f"⚪ {report.accepted}" if assessed.waiver else f"{_SIGNS[level]} {level.value}"
    sides = [
        f"{role.verdict.value} ({role.actor})" if role.actor else role.verdict.value
        for role in words.roles(finding)
    ]
    where = " ".join(part for part in (finding.service, finding.direction) if part)
    keyword = f" {_code(finding.keyword)}" if finding.keyword else ""
    return _cells(
        [
            sign,
            _code(finding.rule),
            _text(where) + keyword,
            _code(finding.change),
            *sides,
            finding.rollout.value,
        ]
    )


def _cells(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _notes(report: Report) -> Iterator[str]:
    for waiver in report.expired:
        yield f"❌ {_text(words.expired_in_words(waiver))}"
    for line in report.disagreements:
        yield f"❌ {_text(line)}"
    for waiver in report.unused:
        yield f"⚪ {_text(words.unused_in_words(waiver))}"


def _details(report: Report, assessed: Assessed) -> str:
    finding = assessed.finding
    sign = f"⚪ {report.accepted}:" if assessed.waiver else _SIGNS[report.level(assessed)]
    title = f"{sign} <code>{html.escape(finding.rule)}</code> {html.escape(finding.cell)}"
    lines = [f"<details><summary>{title}</summary>", "", f"{_text(finding.message)}.", ""]
    facts = [", ".join(map(str, words.roles(finding))), f"rollout: {finding.rollout.value}"]
    facts += [_text(finding.reference)] if finding.reference else []
    facts += [_code(_place(report, assessed))] if finding.position else []
    lines += [f"- {fact}" for fact in facts]
    for sentence, example in words.shown_examples(assessed):
        lines += ["", sentence, "", *_example(example)]
    lines.append("")
    if assessed.waiver is not None:
        lines.append(
            f"{report.accepted.capitalize()}: {_text(words.waiver_in_words(assessed.waiver))}"
        )
    elif report.can_be_waived:
        lines += ["To accept it:", "", *_block("sh", words.waive_command(report, finding))]
    return "\n".join([*lines, "", "</details>"])


def _place(report: Report, assessed: Assessed) -> str:
    position = assessed.finding.position
    return f"{report.path(position)}:{position.line}" if position else ""


def _example(example: Counterexample) -> Iterator[str]:
    yield from _block("python", example.code.strip("\n"))
    for name, message in words.encoded(example):
        yield ""
        yield f"The {name}, {counted(len(message), 'byte')}:"
        yield ""
        yield from _block("text", _hexadecimal(message))
    yield ""
    yield f"The {example.rejected_by} version says:"
    yield ""
    for line in example.words:
        yield f"> {_text(line)}"
        yield ""


def _hexadecimal(message: bytes) -> str:
    lines = [message[start : start + 16] for start in range(0, len(message), 16)]
    return "\n".join(line.hex(" ").upper() for line in lines)


def _block(language: str, text: str) -> Iterator[str]:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"{fence}{language}"
    yield text
    yield fence


def _code(text: str) -> str:
    """Return `text` as code that may stand in a table."""
    line = " ".join(text.split())
    return f"<code>{html.escape(line).replace('|', '&#124;')}</code>"


def _text(text: str) -> str:
    """Return `text` so that no character of it is read as Markdown."""
    return _SPECIAL.sub(r"\\\1", html.escape(" ".join(text.split()), quote=False))


def _fitting(pieces: Sequence[str], room: int) -> tuple[list[str], int]:
    """Return the first of `pieces` that have room, and how many have not."""
    fitting: list[str] = []
    for piece in pieces:
        room -= len(piece) + 2
        if room < 0:
            break
        fitting.append(piece)
    return fitting, len(pieces) - len(fitting)


def _left_out(report: Report, number: int, what: str) -> str:
    return f"**{number} more {what} have no room here:** `dimsegen {report.command}` shows all."
