"""The dialogue as a page that can be sent: one file, with a sequence chart, without the network.

Invariant: whatever a peer sent is text in it, never markup. The page is whole without its script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final, TextIO

from pydicom.uid import UID

from .._codec import DecodeError
from .._inspect_text import counted, element_rows
from .._messages import decode
from ._data_sets import shown_data_set
from ._finding import ACCEPTOR, Place
from ._json import iso_time
from ._judged import Judged, judged
from ._record import Association, File, SentMessage, SentPDU, Summary
from ._timeline import checked, label_of, not_checked, pdu_label, result_of

_HERE: Final = Path(__file__).parent
_STANDARD: Final = "https://dicom.nema.org/medical/dicom/current/output/html"
_CLAUSE: Final = re.compile(r"PS3\.(\d+) ([A-Z]?[\d.]*\d)")
_DIRECTIONS: Final = {ACCEPTOR: ("to-requestor", "acceptor to requestor")}
_LONGEST_SHOWN: Final = 4096


class Page:
    """Writes the page as associations come.

    Parameters
    ----------
    stream : text file
        Where to.
    shows_values : bool
        Whether the values of data sets are shown, where they were kept.
    """

    def __init__(self, stream: TextIO, *, shows_values: bool = False) -> None:
        self._stream, self._shows_values = stream, shows_values
        page = _read("page.html").replace("{css}", _read("page.css"))
        page = page.replace("{js}", _read("page.js"))
        start, _, rest = page.partition("<!--associations-->\n")
        self._middle, _, self._last = rest.partition("<!--footer-->\n")
        stream.write(start)
        self._number = 0

    def association(self, association: Association) -> None:
        """Write an association."""
        self._number += 1
        found: dict[Place, list[Judged]] = {}
        for each in judged(association):
            found.setdefault(each.place, []).append(each)
        events = self._events(association, found)
        rest = [each for several in found.values() for each in several]
        self._write('<section class="association">')
        self._write(*_about(association, rest))
        self._write(
            '<div class="heads" aria-hidden="true"><span class="when">time, frame</span>'
            '<span class="ends"><span>requestor</span><span>acceptor</span></span>'
            '<span class="beside">findings</span></div>',
            '<ol class="chart">',
            *events,
            "</ol>",
            "</section>",
        )

    def file(self, file: File) -> None:
        """Files are told at the end."""

    def end(self, files: list[File], summary: Summary) -> None:
        """Write what was checked, what was not, and the end of the page."""
        self._stream.write(self._middle)
        self._write(f'<p id="result">{_text(result_of(len(files), summary))}</p>')
        for file in files:
            problem = f": {file.problem}" if file.problem else ""
            text = f"{file.name}: {file.taken_for or 'not read'}, {counted(file.frames, 'frame')}"
            self._write(f"<p>{_text(text + problem)}</p>")
        if summary.associations:
            self._write(f"<p>Checked: {_text(checked())}.</p>")
        missing = not_checked(files)
        if missing:
            self._write("<p>Not checked:</p>", "<ul>")
            self._write(*(f"<li>{_text(what)} ({count})</li>" for what, count in missing))
            self._write("</ul>")
        self._stream.write(self._last)

    def _events(self, association: Association, found: dict[Place, list[Judged]]) -> list[str]:
        events: list[SentPDU | SentMessage] = [*association.pdus, *association.messages]
        if any(each.place.frame for each in events):
            events.sort(key=lambda each: each.place.frame)
        return [
            line
            for each in events
            for line in self._event(association, each, found.pop(each.place, []))
        ]

    def _event(
        self, association: Association, event: SentPDU | SentMessage, found: list[Judged]
    ) -> Iterator[str]:
        direction, spoken = _DIRECTIONS.get(
            event.place.sender, ("to-acceptor", "requestor to acceptor")
        )
        faulty = " faulty" if found else ""
        yield f'<li class="{direction}{faulty}">'
        yield f'<div class="when">{_when(association, event.place)}</div>'
        yield '<div class="lane">'
        label = label_of(event) if isinstance(event, SentMessage) else pdu_label(event)
        summary = f'<span class="spoken">{spoken}: </span>{_text(label)}'
        inside = list(self._inside(association, event))
        if inside:
            yield f"<details><summary>{summary}</summary>"
            yield from inside
            yield "</details>"
        else:
            yield f'<div class="plain">{summary}</div>'
        yield '<span class="arrow"></span></div>'
        yield from _found(found)
        yield "</li>"

    def _inside(self, association: Association, event: SentPDU | SentMessage) -> Iterator[str]:
        """Yield what a click shows: context, elements, bytes and, if asked for, values."""
        if isinstance(event, SentPDU):
            return
        context = association.contexts.get(event.context_id)
        syntax = f", {_name(context.transfer_syntax or '')}" if context is not None else ""
        about = f"context {event.context_id}: {_name(event.sop_class)}{syntax}"
        yield f"<p>{_text(about)}</p>"
        try:
            rows = list(element_rows(decode(event.command))) if event.command else []
        except DecodeError:
            rows = []
        if rows:
            yield '<div class="scroll"><table><tr><th>Tag</th><th>Element</th><th>Value</th></tr>'
            for row in rows:
                cells = "".join(f"<td>{_text(cell)}</td>" for cell in row)
                yield f"<tr>{cells}</tr>"
            yield "</table></div>"
        if event.command:
            yield f"<pre>{_hex(event.command[:_LONGEST_SHOWN])}</pre>"
        if self._shows_values and event.data_set is not None:
            syntax_uid = context.transfer_syntax if context is not None else None
            yield f"<pre>{_text(shown_data_set(event.data_set, syntax_uid))}</pre>"

    def _write(self, *lines: str) -> None:
        for line in lines:
            self._stream.write(f"{line}\n")


def _about(association: Association, rest: list[Judged]) -> Iterator[str]:
    """Yield the heading of an association, its contexts and what is about no message."""
    calling = f"{association.calling_ae_title or '?'} {association.requestor}"
    called = f"{association.called_ae_title or '?'} {association.acceptor}"
    yield '<div class="about-it">'
    yield f"<h2>{_text(calling)} → {_text(called)}</h2>"
    outcome, text = association.outcome.value, association.outcome_text
    started = iso_time(association.started) or ""
    more = ", ".join(each for each in (text, started, association.file) if each)
    yield f'<p class="outcome {outcome}"><b>{outcome}</b> {_text(more)}</p>'
    accepted = sum(each.is_accepted for each in association.contexts.values())
    yield '<div class="about">'
    if association.contexts:
        count = f"{accepted} of {counted(len(association.contexts), 'context')} accepted"
        yield f"<details><summary>{count}</summary>"
        yield '<div class="scroll"><table><tr><th>ID</th><th>Abstract syntax</th>'
        yield "<th>Transfer syntax</th><th>Result</th></tr>"
        for each in association.contexts.values():
            syntax = each.transfer_syntax or ", ".join(each.proposed)
            cells = (str(each.context_id), _name(each.abstract_syntax), _name(syntax), each.result)
            yield f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>"
        yield "</table></div></details>"
    for party, told in association.user_information.items():
        yield f"<details><summary>user information of the {party}</summary><table>"
        for name, value in told.items():
            yield f"<tr><th>{_text(name)}</th><td>{_text(value)}</td></tr>"
        yield "</table></details>"
    yield "</div>"
    yield from _found(rest)
    for what, number in association.unlisted.items():
        if number:
            yield f"<p>{number} further {_text(what)} are counted only.</p>"
    yield "</div>"


def _found(found: list[Judged]) -> Iterator[str]:
    if not found:
        return
    yield '<ul class="found" aria-label="findings">'
    for each in found:
        advice = f"; {_text(each.advice)}" if each.advice else ""
        about = f" {_text(each.parameter)}" if each.parameter else ""
        mends = f"<br>To mend: the {_text(each.mends)}." if each.mends else ""
        yield (
            f'<li class="{each.kind}"><span class="rule">{_text(each.rule)}</span>{about}: '
            f"{_text(each.message)}{advice} <cite>{_linked(each.reference)}</cite>{mends}</li>"
        )
    yield "</ul>"


def _linked(reference: str) -> str:
    """Return a clause that links to the standard, which is only opened when it is clicked."""

    def link(found: re.Match[str]) -> str:
        page = f"{_STANDARD}/part{int(found[1]):02d}.html#sect_{found[2]}"
        return f'<a href="{page}" rel="noreferrer">{found[0]}</a>'

    return _CLAUSE.sub(link, _text(reference))


def _when(association: Association, place: Place) -> str:
    parts = []
    if place.time is not None and association.started is not None:
        parts.append(f"{(place.time - association.started) / 1e9:.4f} s")
    if place.frame:
        parts.append(f"#{place.frame}")
    return " ".join(parts)


def _name(uid: str) -> str:
    names = [UID(each).name for each in uid.split(", ") if each]
    return ", ".join(names)


def _hex(data: bytes) -> str:
    return "\n".join(f"{at:04x}  {data[at : at + 16].hex(' ')}" for at in range(0, len(data), 16))


def _text(text: str) -> str:
    shown = "".join(each if each.isprintable() or each == "\n" else "�" for each in text)
    return escape(shown)


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
