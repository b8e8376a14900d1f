"""Command sets as the printed tables have them, written and read without the package.

Invariant: what is known of a message here comes from the typed copy of PS3.7 and from the YAML of
the schemas, never from what was generated; bytes are put together and taken apart by hand.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import dimse_primitives

from tests.conformance.facts import MessageRow
from tests.conformance.transcription import read_transcription
from tests.property.tables import Direction, Tables

TABLES = Tables(Path(__file__).resolve().parents[2] / "schemas")
FACTS = read_transcription()

GROUP_LENGTH, COMMAND_FIELD, DATA_SET_TYPE = 0x00000000, 0x00000100, 0x00000800
FIXED = (GROUP_LENGTH, COMMAND_FIELD, DATA_SET_TYPE)
NONE, PRESENT = 0x0101, 0x0001
PADDING = {"UI": b"\0", "AE": b" ", "LO": b" "}

TAGS = {each.keyword: int(each.tag[1:5] + each.tag[6:10], 16) for each in FACTS.elements}
VRS = {each.keyword: each.vr for each in FACTS.elements}
KEYWORDS = {tag: keyword for keyword, tag in TAGS.items()}


@dataclass(frozen=True)
class Kind:
    """One of the messages.

    Attributes
    ----------
    name, service, direction : str
        E.g. ``N-GET-RSP``, ``N-GET`` and ``response``.
    command_field : int
        The value of its Command Field.
    elements : tuple of str
        What it can carry, status fields included, ascending by tag; without those of `FIXED`.
    mandatory : tuple of str
        The parameters that it must have.
    data_set : str or None
        The parameter that is its data set.
    """

    name: str
    service: str
    direction: Direction
    command_field: int
    elements: tuple[str, ...]
    mandatory: tuple[str, ...]
    data_set: str | None

    @property
    def parameters(self) -> tuple[str, ...]:
        """Everything that the message conveys."""
        return self.elements + ((self.data_set,) if self.data_set else ())

    @property
    def primitive(self) -> Any:
        """The class of the service, which is known only when the test runs."""
        return getattr(dimse_primitives, self.service.replace("-", "_"))

    def encode(self, primitive: Any, **options: Any) -> bytes:
        """Return the command set of `primitive` in this direction."""
        encoded: bytes = getattr(primitive, f"encode_{self.direction}")(**options)
        return encoded


@cache
def kinds() -> tuple[Kind, ...]:
    """Return every message; the three C-CANCEL tables describe one."""
    rows: dict[str, dict[str, MessageRow]] = {}
    for row in FACTS.message_tables:
        name = "C-CANCEL-RQ" if row.message.startswith("C-CANCEL") else row.message
        rows.setdefault(name, {})[row.field] = row
    return tuple(_kind(name, list(fields.values())) for name, fields in rows.items())


def _kind(name: str, rows: list[MessageRow]) -> Kind:
    service = name.rpartition("-")[0]
    direction: Direction = "request" if name.endswith("-RQ") else "response"
    names = {each.name: each.keyword for each in FACTS.elements}
    carried = {names[row.field] for row in rows if row.tag is not None}
    if direction == "response":
        carried |= _status_fields(service)
    cells = TABLES.cells(service, direction)
    return Kind(
        name=name,
        service=service,
        direction=direction,
        command_field=next(
            int(row.fixed, 16) for row in rows if row.field == "Command Field" and row.fixed
        ),
        elements=tuple(sorted(carried - {KEYWORDS[tag] for tag in FIXED}, key=TAGS.__getitem__)),
        mandatory=tuple(keyword for keyword, cell in cells.items() if cell.startswith("M")),
        data_set=next((row.field.replace(" ", "") for row in rows if row.tag is None), None),
    )


def _status_fields(service: str) -> set[str]:
    """Return every element that Annex C permits with a status that the service lists."""
    listed = [code for code in TABLES.codes() if TABLES.is_listed(service, code)]
    permitted = {keyword for code in listed for keyword in TABLES.permitted(service, code)}
    return {keyword for keyword in permitted if TABLES.vr(keyword) is not None}


def element(tag: int, raw: bytes, size: int | None = None) -> bytes:
    """Return an element; `size` is the length that it claims, where that is not the right one."""
    return struct.pack("<HHI", tag >> 16, tag & 0xFFFF, len(raw) if size is None else size) + raw


def us(tag: int, *values: int) -> bytes:
    """Return an US element."""
    return element(tag, struct.pack(f"<{len(values)}H", *values))


def with_length(body: bytes) -> bytes:
    """Return a command set: Command Group Length, then `body`."""
    return element(GROUP_LENGTH, len(body).to_bytes(4, "little")) + body


def value(keyword: str, given: Any) -> bytes:
    """Return a value as its VR is encoded, padded."""
    vr = VRS[keyword]
    if vr == "US":
        return struct.pack("<H", given)
    if vr == "AT":
        return b"".join(struct.pack("<HH", tag >> 16, tag & 0xFFFF) for tag in given)
    raw = str(given).encode("ascii")
    return raw + PADDING[vr] * (len(raw) % 2)


def elements_of(data: bytes) -> list[tuple[int, bytes]]:
    """Return tag and value of every element of a command set that has nothing else in it."""
    found = []
    position = 0
    while position < len(data):
        group, number, size = struct.unpack_from("<HHI", data, position)
        raw = data[position + 8 : position + 8 + size]
        if len(raw) < size:
            raise ValueError(f"truncated at {position}")
        found.append((group << 16 | number, raw))
        position += 8 + size
    return found


def joined(elements: Iterable[tuple[int, bytes]]) -> bytes:
    """Return a command set of the elements in the order given, with the right group length."""
    return with_length(b"".join(element(tag, raw) for tag, raw in elements if tag != GROUP_LENGTH))


def regular(kind: Kind, values: Mapping[str, Any]) -> bytes:
    """Return the command set of `kind` that has `values`, each padded, ascending by tag."""
    held = kind.data_set is not None and bool(values.get(kind.data_set))
    elements = {
        COMMAND_FIELD: struct.pack("<H", kind.command_field),
        DATA_SET_TYPE: struct.pack("<H", PRESENT if held else NONE),
    }
    for keyword in kind.elements:
        if values.get(keyword) is not None:
            elements[TAGS[keyword]] = value(keyword, values[keyword])
    return joined(sorted(elements.items()))


def as_written(data: bytes) -> bytes:
    """Return a command set without anomalies as it is written again.

    These are the same bytes, but for what the standard leaves to the sender and what conveys
    nothing: which value but 0101H says that a data set follows (erratum S10), an element of zero
    length, and how many spaces are around an AE title and after a comment (PS3.5 6.2).
    """
    return joined(
        (tag, raw) for tag, sent in elements_of(data) if (raw := _as_written(KEYWORDS[tag], sent))
    )


def _as_written(keyword: str, raw: bytes) -> bytes:
    if keyword == "CommandDataSetType":
        return struct.pack("<H", NONE if raw == struct.pack("<H", NONE) else PRESENT)
    if VRS[keyword] in ("AE", "LO"):
        raw = raw.strip(b" ") if VRS[keyword] == "AE" else raw.rstrip(b" ")
        return raw + b" " * (len(raw) % 2)
    return raw
