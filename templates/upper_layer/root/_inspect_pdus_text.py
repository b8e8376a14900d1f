"""A PDU that is shown, and what is wrong with it: as text, and as JSON.

No field is known here by its name.

This file is copied as it is from `templates/upper_layer/root/_inspect_pdus_text.py`. Do not edit
the copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from pydicom.uid import UID

from ._codec import Anomaly
from ._inspect_text import Finding, finding_as_json, finding_as_text, in_one_line
from ._rows import Violation
from .upper_layer import PDU, DecodedPDU, UnknownItem
from .upper_layer._pdu import Item, Structure

Row: TypeAlias = tuple[int, str, str]
_INDENT = "  "
# As much of opaque bytes as somebody reads in a line.
_MOST_BYTES = 32


@dataclass(frozen=True)
class Shown:
    """A PDU at its place in the stream, and what is wrong with it.

    Attributes
    ----------
    messages : tuple of Finding
        The messages that its last fragments complete.
    trouble : str
        Why what its fragments belong to cannot be read; empty if it can.
    """

    offset: int
    size: int
    decoded: DecodedPDU
    violations: tuple[Violation, ...]
    messages: tuple[Finding, ...]
    trouble: str = ""

    @property
    def anomalies(self) -> tuple[Anomaly, ...]:
        """How the PDU is irregular."""
        return self.decoded.anomalies

    @property
    def is_conformant(self) -> bool:
        """Whether no rule is broken and nothing is irregular, in its messages neither."""
        own = not (self.violations or self.decoded.anomalies or self.trouble)
        return own and all(each.is_conformant for each in self.messages)


@dataclass(frozen=True)
class Broken:
    """What stands where a PDU should, and why it cannot be read as one.

    Attributes
    ----------
    begun : PDU or None
        What stands before that, if it can be read.
    """

    offset: int
    size: int
    trouble: str
    begun: PDU | None = None


def says_anything(pdu: PDU) -> bool:
    """Return whether there is a line to show of a PDU."""
    return any(_rows(pdu, 0))


def as_text(shown: Shown | Broken) -> str:
    """Return it as somebody reads it."""
    if isinstance(shown, Broken):
        return "\n".join(map(in_one_line, _broken(shown)))
    pdu = shown.decoded.pdu
    at = f" at byte {shown.offset}" if shown.offset else ""
    lines = [f"{pdu.NAME}{at}: {shown.size} bytes", *_table(list(_rows(pdu, 0)))]
    lines += _unknown(shown.decoded.unknown)
    wrong: tuple[tuple[str, str, Iterable[object]], ...] = (
        ("violation", "violations", shown.violations),
        ("anomaly", "anomalies", shown.decoded.anomalies),
    )
    for one, several, items in wrong:
        said = [f"{_INDENT}{item}" for item in items]
        if said:
            lines += ["", f"{len(said)} {one if len(said) == 1 else several}", *said]
    if shown.trouble:
        lines += ["", f"not decodable: {shown.trouble}"]
    if shown.is_conformant and not shown.messages:
        lines += ["", "conforms: no rule is broken"]
    parts = ["\n".join(map(in_one_line, lines)), *map(finding_as_text, shown.messages)]
    return "\n\n".join(parts)


def _broken(broken: Broken) -> list[str]:
    line = f"byte {broken.offset}: {broken.size} bytes, not decodable: {broken.trouble}"
    begun = broken.begun
    if begun is None:
        return [line]
    return [line, "", f"{begun.NAME}, what stands before that", *_table(list(_rows(begun, 0)))]


def _table(rows: list[Row]) -> list[str]:
    if not rows:
        return []
    width = max(len(_INDENT) * (level + 1) + len(name) for level, name, _ in rows)
    lines = [
        f"{f'{_INDENT * (level + 1)}{name}':{width}}  {value}".rstrip()
        for level, name, value in rows
    ]
    return ["", *lines]


def _rows(structure: Structure, level: int) -> Iterator[Row]:
    """Yield the fields of a PDU or item in their order, those of the items in it below them."""
    for name in _names(structure):
        value = getattr(structure, name)
        if isinstance(value, Item):
            yield from _item(value, level)
        elif isinstance(value, tuple):
            for item in value:
                yield from _item(item, level)
        elif _is_told(name, value):
            yield level, name.replace("_", " "), _shown_value(structure, name, value)


def _names(structure: Structure) -> list[str]:
    """Return the fields of a PDU or item, without what it keeps for itself."""
    return [field.name for field in fields(structure) if field.repr]  # type: ignore[arg-type]


def _item(item: Item, level: int) -> Iterator[Row]:
    """Yield an item: in one line if it has one value, with its fields below it otherwise."""
    rows = list(_rows(item, level + 1))
    has_one_value = len(_names(item)) == len(rows) == 1 and not isinstance(_first(item), tuple)
    yield level, item.NAME, rows[0][2] if has_one_value else ""
    yield from () if has_one_value else rows


def _first(item: Item) -> object:
    return getattr(item, _names(item)[0])


def _is_told(name: str, value: object) -> bool:
    """Return whether a field says anything: reserved bytes that are zero say nothing."""
    is_reserved = name.startswith("reserved")
    return value is not None and not (is_reserved and not any(bytes(value)))  # type: ignore[call-overload]


def _shown_value(structure: Structure, name: str, value: object) -> str:
    if isinstance(value, UID):
        return f"{value} ({value.name})" if value.name != value else str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return _shown_bytes(bytes(value))
    text = getattr(structure, f"{name}_text", "")
    return f"{value!r} ({text})" if text else repr(value)


def _shown_bytes(value: bytes) -> str:
    more = len(value) - _MOST_BYTES
    start = value[:_MOST_BYTES].hex(" ")
    return f"{start} and {more} more bytes" if more > 0 else start or "nothing"


def _unknown(items: tuple[UnknownItem, ...]) -> list[str]:
    if not items:
        return []
    title = "1 unknown item" if len(items) == 1 else f"{len(items)} unknown items"
    said = [
        f"{_INDENT}{each.item_type:02X}H at byte {each.offset} in {each.within}: "
        f"{_shown_bytes(each.data)}"
        for each in items
    ]
    return ["", f"{title}, skipped (PS3.8 9.3.1)", *said]


def as_record(shown: Shown | Broken) -> dict[str, Any]:
    """Return it as JSON has it."""
    if isinstance(shown, Broken):
        place = {"offset": shown.offset, "size": shown.size}
        begun = shown.begun and {"pdu": shown.begun.NAME, "fields": _fields(shown.begun)}
        return {"pdu": None, **place, "trouble": shown.trouble, "begun": begun}
    decoded = shown.decoded
    return {
        "pdu": decoded.pdu.NAME,
        "offset": shown.offset,
        "size": shown.size,
        "fields": _fields(decoded.pdu),
        "unknown": [
            {
                "item_type": each.item_type,
                "within": each.within,
                "offset": each.offset,
                "raw": each.data.hex(),
            }
            for each in decoded.unknown
        ],
        "violations": [
            {
                "rule": each.rule,
                "parameter": each.parameter,
                "message": each.message,
                "reference": each.reference,
            }
            for each in shown.violations
        ],
        "anomalies": [_anomaly(each) for each in decoded.anomalies],
        "messages": [finding_as_json(each) for each in shown.messages],
        "trouble": shown.trouble or None,
    }


def _fields(structure: Structure) -> dict[str, Any]:
    return {name: _value_as_json(getattr(structure, name)) for name in _names(structure)}


def _value_as_json(value: object) -> Any:
    if isinstance(value, Item):
        return {"item": value.NAME, **_fields(value)}
    if isinstance(value, tuple):
        return [_value_as_json(each) for each in value]
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    return str(value) if isinstance(value, str) else value


def _anomaly(anomaly: Anomaly) -> dict[str, Any]:
    return {
        "kind": anomaly.kind,
        "field": anomaly.keyword,
        "offset": anomaly.offset,
        "message": anomaly.message,
        "reference": anomaly.reference,
        "raw": anomaly.raw.hex(),
    }
