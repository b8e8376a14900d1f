"""Say what PDUs hold, one or a stream of them: fields, unknown items, what is wrong, messages.

Invariant: what is shown was decoded by `decode_pdu` and judged by the generated rules; nothing is
judged here, and no field is known by its name.

This file is copied as it is from `templates/upper_layer/root/_inspect_pdus.py`. Do not edit the
copy.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from inspect import signature
from typing import Any, TypeAlias

from pydicom.uid import UID

from ._codec import Anomaly, DecodeError, Message
from ._fragments import PDV
from ._inspect import BREAKS, CONFORMS, DataSet, Input, InputError, finding_of, first_message
from ._inspect_text import (
    Finding,
    counted,
    finding_as_json,
    finding_as_text,
    in_one_line,
    numbered,
    summary,
)
from ._looks_like import looks_like
from ._reassembler import Reassembler
from ._rows import Violation
from .upper_layer import PDU, DecodedPDU, UnknownItem, decode_pdu, read_pdu_header
from .upper_layer._facts import PDU_HEADER
from .upper_layer._pdu import Item, Structure
from .upper_layer.p_data_tf import P_DATA_TF

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
    """What stands where a PDU should, and why it cannot be read as one."""

    offset: int
    size: int
    trouble: str


def is_pdus(data: bytes) -> bool:
    """Return whether `data` starts with a PDU that is whole, or with what looks like one."""
    header = read_pdu_header(data)
    if header is None or not 1 <= header[0] <= len(PDU.__subclasses__()) or data[1]:
        return False
    return header[1] <= len(data) or " PDU " in looks_like(data)


def inspect_pdus(
    source: Input,
    request: Input | None = None,
    *,
    as_json: bool = False,
    data_set: DataSet | None = None,
) -> tuple[str, int]:
    """Return what to print, and the exit code.

    Parameters
    ----------
    source : Input
        One PDU or more, as they follow one another on a connection.
    request : Input, optional
        A request, in PDUs or not, that responses in the PDUs are held against.
    as_json : bool, optional
        Return JSON instead of text.
    data_set : DataSet, optional
        The transfer syntax of the data sets.

    Raises
    ------
    InputError
        If none of them can be decoded.
    """
    asked = None if request is None else _asked(request)
    found = list(_shown(source.data, asked, data_set))
    readable = [each for each in found if isinstance(each, Shown)]
    if not readable:
        raise InputError(f"{source.name}: not decodable: {_trouble(found)}")
    is_whole = len(readable) == len(found)
    code = CONFORMS if is_whole and all(each.is_conformant for each in readable) else BREAKS
    if as_json:
        taken = {"taken_for": source.taken_for} if source.taken_for else {}
        content = [{**_as_json(each), **taken} for each in found]
        return json.dumps(content[0] if len(content) == 1 else content, indent=2), code
    messages = [message for each in readable for message in each.messages]
    counts = [counted(len(readable), "PDU")]
    counts += [counted(len(messages), "message")] if messages else []
    last = summary(source.taken_for, counts, [*readable, *messages], messages, ("PS3.7", "PS3.8"))
    return "\n\n".join([*numbered(list(map(_as_text, found))), last]), code


def _asked(request: Input) -> Message:
    """Return the first message of `request`."""
    if not is_pdus(request.data):
        return first_message(request)
    for shown in _shown(request.data, None):
        for finding in shown.messages if isinstance(shown, Shown) else ():
            return finding.message
    raise InputError(f"{request.name}: there is no message in its PDUs")


def _trouble(found: list[Shown | Broken]) -> str:
    return next(each.trouble for each in found)


def _shown(
    data: bytes, asked: Message | None, data_set: DataSet | None = None
) -> Iterator[Shown | Broken]:
    """Yield every PDU of a stream; after one that cannot be read, its length tells the next."""
    offset = 0
    reader = _Reader(asked, data_set)
    while offset < len(data):
        left = len(data) - offset
        header = read_pdu_header(data, offset)
        size = left if header is None else header[1]
        if header is None or size > left:
            claimed = f"a PDU has {PDU_HEADER.size} at least"
            claimed = claimed if header is None else f"it announces {size}"
            yield Broken(offset, left, f"{left} bytes are left, and {claimed}")
            return
        try:
            decoded = decode_pdu(data[offset : offset + size])
        except DecodeError as error:
            yield Broken(offset, size, str(error))
        else:
            yield reader.shown(offset, size, decoded, is_last=size == left)
        offset += size


class _Reader:
    """Puts the messages together whose fragments are in P-DATA-TF PDUs."""

    def __init__(self, asked: Message | None, data_set: DataSet | None) -> None:
        self._asked = asked
        self._data_set = data_set
        self._reassembler = Reassembler()

    def shown(self, offset: int, size: int, decoded: DecodedPDU, *, is_last: bool) -> Shown:
        found: list[Finding] = []
        trouble = ""
        try:
            found.extend(self._messages(decoded.pdu))
            if is_last and self._reassembler.unfinished:
                trouble = "the last message is not complete"
        except ValueError as error:
            # Of fragments that do not follow one another, or of a command set.
            trouble = str(error)
            self._reassembler.reset()
        return Shown(offset, size, decoded, _violations(decoded.pdu), tuple(found), trouble)

    def _messages(self, pdu: PDU) -> Iterator[Finding]:
        """Yield the messages that a P-DATA-TF PDU completes."""
        items = pdu.presentation_data_value_items if isinstance(pdu, P_DATA_TF) else ()
        for item in items:
            fragment = bytes(item.fragment)
            pdv = PDV(item.presentation_context_id, item.is_command, item.is_last, fragment)
            received = self._reassembler.feed(pdv)
            if received is not None:
                yield self._judged(received.message, len(received.command))

    def _judged(self, message: Message, size: int) -> Finding:
        asked = self._asked
        is_answer = asked is not None and type(message.primitive) is type(asked.primitive)
        return finding_of(message, size, asked if is_answer else None, self._data_set)


def _violations(pdu: PDU) -> tuple[Violation, ...]:
    """Return the rules that the primitive breaks, but for what no byte of the PDU carries."""
    try:
        primitive: Any = pdu.to_primitive()
    except ValueError:
        # What cannot be a primitive is an anomaly of the PDU.
        return ()
    is_answer = getattr(primitive, "result", None) is not None
    found = primitive.confirmation_violations() if is_answer else primitive.indication_violations()
    taken = signature(pdu.to_primitive).parameters
    return tuple(each for each in found if each.parameter not in taken)


def _as_text(shown: Shown | Broken) -> str:
    if isinstance(shown, Broken):
        return f"byte {shown.offset}: {shown.size} bytes, not decodable: {shown.trouble}"
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


def _as_json(shown: Shown | Broken) -> dict[str, Any]:
    if isinstance(shown, Broken):
        place = {"offset": shown.offset, "size": shown.size}
        return {"pdu": None, **place, "trouble": shown.trouble}
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
