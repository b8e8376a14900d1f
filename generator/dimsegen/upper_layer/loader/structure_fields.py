"""Build a field of a PDU, an item or a sub-item."""

from __future__ import annotations

import re

from ...reading.problems import Report
from ...reading.values import Fields
from ...table.notation import counted
from ..model import Contents, Field, Parity
from .named_values import condition

# Those that are read as a number, and the bytes that one may have.
_NUMBERS = {Contents.LENGTH, Contents.VERSION, Contents.NUMBER, Contents.CODE, Contents.CONTEXT_ID}
_WIDTHS = (1, 2, 4)
# The contents that a key says something of.
_SAYS_OF = {
    "bit": {Contents.VERSION},
    "characters": {Contents.TEXT},
    "kept": {Contents.RESERVED},
    "parity": {Contents.CONTEXT_ID, Contents.FRAGMENT},
    "well_known": {Contents.UID},
}
_NEEDED = {
    Contents.TYPE: "value",
    Contents.RESERVED: "value",
    Contents.VERSION: "bit",
    Contents.ECHO: "of",
    Contents.TEXT: "characters",
}
# One end of a range, as printed: a number, a letter, or a letter and a number.
_END = r"\(?([a-z]+)?\+?([0-9]+)?\)?"


def build_field(row: Fields, report: Report) -> Field:
    """Return the field that a line of a structure describes."""
    contents = Contents(row.text("is") or Contents.BYTES.value)
    octets = row.text("bytes")
    first, _, last = row.text("characters").partition("-")
    field = Field(
        octets,
        row.text("field"),
        contents,
        _width(octets, contents),
        row.text("value"),
        row.text("of"),
        int(row.text("bit")) if row.text("bit") else None,
        int(row.text("default")) if row.text("default") else None,
        (int(first), int(last)) if last else None,
        Parity(row.text("parity")) if row.text("parity") else None,
        row.text("well_known"),
        "kept" in row.keys,
        row.text("conveys"),
        row.text("without"),
        condition(row, "only_when"),
        row.text("see"),
        row.position,
    )
    if row.is_whole:
        _check_field(field, row, report)
    return field


def _check_field(field: Field, row: Fields, report: Report) -> None:
    """Report what its contents need and it lacks, and what says nothing of them."""
    contents = field.contents
    needed = _NEEDED.get(contents)
    facts = {"field": field.name, "contents": contents.value}
    if contents.has_fixed_width and field.width is None:
        report.add(row.place("bytes"), "fixed-width", octets=field.octets, **facts)
    elif field.width is not None and not contents.has_fixed_width:
        facts |= {"width": counted(field.width, "byte")}
        report.add(row.place("bytes"), "variable-width", octets=field.octets, **facts)
    elif needed is not None and needed not in row.keys:
        report.add(row.position, "missing-of", key=needed, **facts)
    if contents in _NUMBERS and field.width not in (None, *_WIDTHS):
        report.add(row.place("bytes"), "number-width", width=field.width, **facts)
    for key in (each for each, of in _SAYS_OF.items() if each in row.keys and contents not in of):
        report.add(row.place(key), "idle-key", key=key, **facts)
    count = (len(field.value) - 1) // 2
    # One byte of a value stands for all of them where the field is "00H for all bytes", and a
    # length is a number, which is printed with more digits than it has (erratum U13).
    is_exact = contents is not Contents.LENGTH and count not in (1, field.width)
    if field.value and field.width and is_exact:
        facts = {"field": field.name, "value": field.value, "octets": field.octets}
        report.add(row.place("value"), "octets-width", count=count, width=field.width, **facts)


def _width(octets: str, contents: Contents) -> int | None:
    """Return how many bytes `octets` are, None if that varies."""
    # PS3.7 D.3-9 prints xxx for a single byte after a field of variable length.
    if octets == "xxx" and contents is Contents.CODE:
        return 1
    ends = re.fullmatch(rf"{_END} ?- ?{_END}", octets)
    if ends is None:
        return 1 if octets.isdecimal() else None
    base, first, other, last = ends.groups()
    if base != other or last is None:
        return None
    return int(last) - int(first or 0) + 1
