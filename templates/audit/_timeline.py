"""The dialogue in a terminal: a sequence chart of 80 columns, with what is wrong below each arrow.

Invariant: colour adds nothing that the text does not say; what a peer sent does not write on the
terminal.
"""

from __future__ import annotations

import os
import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import Final, TextIO

from .._inspect_text import counted, in_one_line
from .._status import StatusClass, status_class
from ._finding import ACCEPTOR, Place
from ._judged import Judged, judged
from ._record import Association, File, Outcome, SentMessage, SentPDU, Summary
from ._sop_rules import has_rules

WIDTH: Final = 80
_INDENT: Final = 19
_LANE: Final = WIDTH - _INDENT
# Of a run of messages without a fault that is longer, the first and the last are shown.
_LONGEST_RUN, _SHOWN_OF_RUN = 24, 8
_BOLD, _RED, _YELLOW, _GREEN, _PLAIN = "\033[1m", "\033[31m", "\033[33m", "\033[32m", "\033[0m"
_COLOURS: Final = {"violation": _RED, "anomaly": _YELLOW, "finding": _RED, "capture": _YELLOW}


class Timeline:
    """Writes associations as they come.

    Parameters
    ----------
    stream : text file
        Where to.
    only_violations : bool
        Whether to leave out what breaks no rule of the standard.
    """

    def __init__(self, stream: TextIO, *, only_violations: bool = False) -> None:
        self._stream, self._only_violations = stream, only_violations
        is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        self._is_coloured = stream.isatty() and not is_plain
        self._line, self._right, self._left = _arrows(stream.encoding)

    def association(self, association: Association) -> None:
        """Write an association."""
        found = judged(association)
        if self._only_violations and not found:
            return
        by_place: dict[Place, list[Judged]] = {}
        for each in found:
            by_place.setdefault(each.place, []).append(each)
        self._write(self._heading(association))
        self._write(self._contexts(association))
        self._write(self._events(association, by_place))
        rest = [each for each in found if each.place in by_place]
        if rest:
            self._write(line for each in rest for line in self._judged(each))
        self._write(_unlisted(association))
        if not found:
            self._write(["  nothing found"])
        self._write([""])

    def file(self, file: File) -> None:
        """Write what was read of a file, where that is worth a line."""
        if file.problem:
            further = "it cannot be read further" if file.taken_for else "it cannot be read"
            end = "it ends too early" if file.is_cut else further
            text = f"{file.name}: {end}: {file.problem}"
            self._write([self._tint(in_one_line(text), _YELLOW), ""])

    def end(self, files: list[File], summary: Summary) -> None:
        """Write what was checked, what was not, and how much was found."""
        if summary.associations:
            self._write(_wrapped(f"checked: {checked()}", 0))
        for what, count in not_checked(files):
            self._write(_wrapped(f"not checked: {what} ({count})", 0))
        text = result_of(len(files), summary)
        colour = _GREEN if summary.is_faultless and summary.associations else _RED
        self._write([self._tint(text, colour)])

    def _heading(self, association: Association) -> Iterator[str]:
        calling = f"{association.calling_ae_title or '?'} {association.requestor}".strip()
        called = f"{association.called_ae_title or '?'} {association.acceptor}".strip()
        text = in_one_line(f"{calling} {self._line}{self._right} {called}")
        yield self._tint(text, _BOLD)
        outcome = association.outcome.value
        if association.outcome_text:
            outcome += f": {association.outcome_text}"
        if association.started is not None and association.ended is not None:
            outcome += f", after {(association.ended - association.started) / 1e9:.3f} s"
        colour = _GREEN if association.outcome is Outcome.RELEASED else _YELLOW
        for line in _wrapped(f"{association.file}: {outcome}", 2):
            yield self._tint(line, colour)

    def _contexts(self, association: Association) -> Iterator[str]:
        accepted = [each for each in association.contexts.values() if each.is_accepted]
        if association.contexts:
            yield f"  {len(accepted)} of {counted(len(association.contexts), 'context')} accepted"

    def _events(
        self, association: Association, by_place: dict[Place, list[Judged]]
    ) -> Iterator[str]:
        pdus = [(each.place, pdu_label(each), each) for each in association.pdus]
        messages = [(each.place, label_of(each), each) for each in association.messages]
        events = sorted([*pdus, *messages], key=lambda event: (event[0].frame, event[0].time or 0))
        if not any(place.frame for place, _, _ in events):
            events = [*pdus[:-2], *messages, *pdus[-2:]] if len(pdus) > 2 else [*pdus, *messages]
        yield f"  {'time':>8} {'frame':>7} {'requestor':<{_LANE - 8}}acceptor"
        yield from self._lanes(association.started, events, by_place)

    def _lanes(
        self,
        started: int | None,
        events: list[tuple[Place, str, object]],
        by_place: dict[Place, list[Judged]],
    ) -> Iterator[str]:
        run: list[str] = []
        for place, label, event in events:
            line = self._lane(started, place, label)
            found = by_place.pop(place, [])
            if not found and isinstance(event, SentMessage):
                run.append(line)
                continue
            yield from _folded(run)
            run = []
            yield line
            for each in found:
                yield from self._judged(each)
        yield from _folded(run)

    def _lane(self, started: int | None, place: Place, label: str) -> str:
        time = ""
        if place.time is not None and started is not None:
            time = f"{(place.time - started) / 1e9:.4f}"
        start = f"{time:>10} {place.frame or '':>7} "
        label = textwrap.shorten(in_one_line(label), _LANE - 4, placeholder=" ...")
        if place.sender == ACCEPTOR:
            return f"{start}{self._left}{self._line * (_LANE - len(label) - 2)} {label}"
        return f"{start}{label} {self._line * (_LANE - len(label) - 2)}{self._right}"

    def _judged(self, each: Judged) -> Iterator[str]:
        mends = f"; {each.mends} to mend it" if each.mends else ""
        advice = f"; {each.advice}" if each.advice else ""
        text = f"{each.rule}: {each.message}{advice} ({each.reference}{mends})"
        first, *others = _wrapped(text, _INDENT + 2)
        yield self._tint(f"{' ' * _INDENT}! {first.strip()}", _COLOURS[each.kind])
        yield from others

    def _tint(self, text: str, colour: str) -> str:
        return f"{colour}{text}{_PLAIN}" if self._is_coloured else text

    def _write(self, lines: Iterator[str] | list[str]) -> None:
        for line in lines:
            self._stream.write(f"{line}\n")


def checked() -> str:
    """Return what is checked of every association."""
    parts = [
        "PDUs and their fragments",
        "the states of both sides",
        "what was negotiated",
        "every command set by the table of its service",
        "every response against its request",
    ]
    if has_rules():
        parts.append("data sets by the rules of their SOP classes")
        parts.append("SOP Instances by the states that they go through")
    return ", ".join(parts)


def not_checked(files: list[File]) -> list[tuple[str, int]]:
    """Return what could not be checked in files, and how often."""
    missing: Counter[str] = Counter()
    for file in files:
        missing.update(file.not_checked)
    return sorted(missing.items())


def result_of(files: int, summary: Summary) -> str:
    """Return how much was found, in a line."""
    if not summary.associations:
        return f"{counted(files, 'file')}: no association found"
    start = f"{counted(summary.associations, 'association')}, "
    start += counted(summary.messages, "message")
    if summary.is_faultless:
        return f"{start}: nothing found"
    counts = (
        counted(summary.violations, "violation"),
        counted(summary.anomalies, "anomaly"),
        counted(summary.findings, "finding"),
    )
    return f"{start}: {', '.join(counts)}"


def pdu_label(pdu: SentPDU) -> str:
    """Return a PDU that carries no message in a line."""
    return f"{pdu.name}: {pdu.text}" if pdu.text else pdu.name


def label_of(message: SentMessage) -> str:
    """Return a message in a line."""
    parts = [message.kind or "a message that cannot be decoded"]
    if message.message_id is not None:
        parts[0] += f" {message.message_id}"
    if message.status is not None:
        parts.append(f"{message.status:04X}H {message.status_text}")
    if message.state:
        is_refused = message.status is None or status_class(message.status) is StatusClass.FAILURE
        parts.append(f"{'still' if is_refused else 'now'} {message.state}")
    if message.data_set_bytes:
        parts.append(f"{message.data_set_bytes} bytes")
    if message.seconds is not None:
        parts.append(f"{message.seconds * 1e3:.1f} ms")
    return ", ".join(parts)


def _folded(run: list[str]) -> Iterator[str]:
    if len(run) <= _LONGEST_RUN:
        yield from run
        return
    yield from run[:_SHOWN_OF_RUN]
    left_out = len(run) - 2 * _SHOWN_OF_RUN
    yield f"{' ' * _INDENT}... {left_out} messages without a fault; --json has them ..."
    yield from run[-_SHOWN_OF_RUN:]


def _unlisted(association: Association) -> Iterator[str]:
    for what, count in association.unlisted.items():
        if count:
            yield f"  {count} further {what}, which are counted only"


def _wrapped(text: str, indent: int) -> list[str]:
    pad = " " * indent
    return textwrap.wrap(
        in_one_line(text), WIDTH, initial_indent=pad, subsequent_indent=pad, break_on_hyphens=False
    )


def _arrows(encoding: str | None) -> tuple[str, str, str]:
    try:
        "─▶◀".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return "-", ">", "<"
    return "─", "▶", "◀"
