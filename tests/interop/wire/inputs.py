"""What a peer may send on an association: each input is the bytes of P-DATA-TF PDUs.

Invariant: nothing here is judged. Most inputs break PS3.7 or PS3.8 in one way that their name says;
those of `incomplete` follow from the tables: every request, without each parameter it must have.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import dimse_primitives
from pynetdicom import dimse_primitives as theirs

ECHO, STORE, FIND = "1.2.840.10008.1.1", "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.2.2.1"
GET, MOVE = "1.2.840.10008.5.1.4.1.2.2.3", "1.2.840.10008.5.1.4.1.2.2.2"
FILM = "1.2.840.10008.5.1.1.1"
# The presentation contexts that are proposed, all with Implicit VR Little Endian.
CONTEXTS = {ECHO: 1, STORE: 3, FIND: 5, GET: 7, MOVE: 9, FILM: 11}
INSTANCE = "1.2.3.4"
IDENTIFIER = struct.pack("<HHI", 8, 0x52, 6) + b"STUDY "
DATA_SET = struct.pack("<HHI", 8, 0x18, 8) + b"1.2.3.4\0"
_SERVED_BY = {"C_ECHO": ECHO, "C_STORE": STORE, "C_FIND": FIND, "C_GET": GET, "C_MOVE": MOVE}
_VALUES: dict[str, Any] = {
    "MessageID": 7,
    "AffectedSOPInstanceUID": INSTANCE,
    "RequestedSOPInstanceUID": INSTANCE,
    "Priority": 1,
    "MoveDestination": "ELSEWHERE",
    "EventTypeID": 1,
    "ActionTypeID": 1,
}


def element(number: int, value: bytes) -> bytes:
    """Return a command element."""
    return struct.pack("<HHI", 0, number, len(value)) + value


def us(number: int, *values: int) -> bytes:
    """Return a command element of VR US."""
    return element(number, b"".join(struct.pack("<H", value) for value in values))


def ui(number: int, value: str | bytes) -> bytes:
    """Return a command element of VR UI."""
    raw = value.encode() if isinstance(value, str) else value
    return element(number, raw + b"\0" * (len(raw) % 2))


def command(*elements: bytes) -> bytes:
    """Return a command set with its group length."""
    body = b"".join(elements)
    return element(0, struct.pack("<I", len(body))) + body


def pdv(context: int, header: int, data: bytes) -> bytes:
    """Return a presentation data value item: header 1 and 3 are of a command set, 3 and 2 last."""
    return struct.pack(">IBB", len(data) + 2, context, header) + data


def pdu(*items: bytes) -> bytes:
    """Return a P-DATA-TF PDU."""
    body = b"".join(items)
    return struct.pack(">BBI", 4, 0, len(body)) + body


def message(context: int, command_set: bytes, data_set: bytes | None = None) -> bytes:
    """Return a message in as many PDUs as it has parts."""
    sent = pdu(pdv(context, 3, command_set))
    return sent if data_set is None else sent + pdu(pdv(context, 2, data_set))


def echo(message_id: int = 8) -> bytes:
    """Return a C-ECHO request that is as it shall be."""
    return message(
        1, command(ui(2, ECHO), us(0x100, 0x30), us(0x110, message_id), us(0x800, 0x101))
    )


def incomplete() -> Iterator[tuple[str, bytes]]:
    """Yield every request without each of its mandatory parameters, from the tables.

    Of a private service pynetdicom has no class, whose answers ours could be held against.
    """
    for name in dimse_primitives.__all__:
        if not hasattr(theirs, name):
            continue
        primitive: Any = vars(dimse_primitives)[name]
        if not isinstance(primitive, type) or not vars(primitive).get("REQUEST_KEYWORDS"):
            continue
        sop_class = _SERVED_BY.get(name, FILM)
        for absent in vars(primitive)["REQUEST_KEYWORDS"]:
            yield f"{name} without {absent}", _without(primitive, sop_class, absent)


def _without(primitive: Any, sop_class: str, absent: str) -> bytes:
    classes = {"AffectedSOPClassUID": sop_class, "RequestedSOPClassUID": sop_class}
    values = {**classes, **_VALUES, "MessageIDBeingRespondedTo": 7}
    wanted = [word for word in primitive.REQUEST_KEYWORDS if word != absent]
    made = primitive(**{word: values[word] for word in wanted if word in values})
    data_sets = [word for word in wanted if word not in values]
    for word in data_sets:
        setattr(made, word, BytesIO(IDENTIFIER))
    data_set = IDENTIFIER if data_sets else None
    return message(CONTEXTS[sop_class], made.encode_request(allow_invalid=True), data_set)


_ECHO = (ui(2, ECHO), us(0x100, 0x30), us(0x110, 7), us(0x800, 0x101))
_STORE = (ui(2, STORE), us(0x100, 1), us(0x110, 7), us(0x700, 0), us(0x800, 1))
_FIND = (ui(2, FIND), us(0x100, 0x20), us(0x110, 7))
_UNDEFINED = struct.pack("<HHI", 0, 0x1000, 0xFFFFFFFF)
_ITEM = struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF)


def _echo(*changed: bytes, sent: int = 3) -> bytes:
    """Return a C-ECHO request some elements of which are replaced or added, by their numbers."""
    parts = {each[2:4]: each for each in _ECHO} | {each[2:4]: each for each in changed}
    return pdu(pdv(1, sent, command(*(parts[key] for key in sorted(parts, key=_number)))))


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "little")


def _store(class_uid: bytes | None, instance_uid: bytes | None, context: int = 3) -> bytes:
    parts = [us(0x100, 1), us(0x110, 7), us(0x700, 0), us(0x800, 1)]
    parts = parts if class_uid is None else [ui(2, class_uid), *parts]
    parts = parts if instance_uid is None else [*parts, ui(0x1000, instance_uid)]
    return message(context, command(*parts), DATA_SET)


def _response(*elements: bytes) -> bytes:
    return message(1, command(ui(2, ECHO), us(0x100, 0x8030), *elements))


_WHOLE = command(*_ECHO)
RAW: dict[str, bytes] = {
    "as it shall be": echo(7),
    "PDU without items": pdu(),
    "PDV of length 0": pdu(struct.pack(">I", 0)),
    "PDV of length 1": pdu(struct.pack(">IB", 1, 1)),
    "PDV longer than its PDU": pdu(struct.pack(">IBB", 99, 1, 3) + b"12"),
    "PDV cut short": pdu(pdv(1, 3, _WHOLE), b"\0\0\0"),
    "PDV without data": pdu(pdv(1, 3, b"")),
    "PDV on context 2": message(2, _WHOLE),
    "PDV on context 255": message(255, _WHOLE),
    "reserved bits of the header": pdu(pdv(1, 0xFF, _WHOLE)),
    "Command Field missing": message(1, command(_ECHO[0], *_ECHO[2:])),
    "Command Field empty": _echo(us(0x100)),
    "Command Field of 1 byte": _echo(element(0x100, b"\x30")),
    "Command Field of 3 bytes": _echo(element(0x100, b"\x30\0\0")),
    "Command Field of two values": _echo(us(0x100, 0x30, 0x30)),
    "Command Field unknown": _echo(us(0x100, 0x777)),
    "Command Field unknown, data set": _echo(us(0x100, 0x777), us(0x800, 1))
    + pdu(pdv(1, 2, DATA_SET)),
    "Command Field unknown, context 2": message(2, command(_ECHO[0], us(0x100, 0x777), *_ECHO[2:])),
    "Command Field of an unknown response": _echo(us(0x100, 0x8777)),
    "Message ID of 1 byte": _echo(element(0x110, b"\7")),
    "Message ID empty": _echo(us(0x110)),
    "Message ID of two values": _echo(us(0x110, 7, 9)),
    "Message ID twice": message(1, command(*_ECHO[:3], us(0x110, 9), _ECHO[3])),
    "Command Data Set Type missing": message(1, command(*_ECHO[:3])),
    "Command Data Set Type empty": _echo(us(0x800)),
    "Command Data Set Type of 1 byte": _echo(element(0x800, b"\1")),
    "Command Data Set Type of 3 bytes": _echo(element(0x800, b"\1\1\0")),
    "Command Data Set Type of two values": _echo(us(0x800, 0x101, 0x101)),
    "undefined length": pdu(pdv(1, 3, command(*_ECHO) + _UNDEFINED)),
    "undefined length, nested deeply": pdu(
        pdv(1, 3, command(*_ECHO) + (_UNDEFINED + _ITEM) * 1500),
    ),
    "undefined length of the Command Field": pdu(
        pdv(1, 3, command(_ECHO[0], struct.pack("<HHI", 0, 0x100, 0xFFFFFFFF) + b"\x30\0")),
    ),
    "length beyond the end": pdu(pdv(1, 3, _WHOLE + struct.pack("<HHI", 0, 0x1000, 1 << 30))),
    "bytes after the last element": pdu(pdv(1, 3, _WHOLE + b"\1\2\3")),
    "group length missing": pdu(pdv(1, 3, b"".join(_ECHO))),
    "order": message(1, command(*reversed(_ECHO))),
    "element of group 0008": message(1, _WHOLE + struct.pack("<HHI", 8, 0x18, 4) + b"1.2\0"),
    "N-GET with one tag and an unknown element": message(
        11,
        command(
            ui(3, FILM), us(0x100, 0x110), us(0x110, 7), us(0x800, 0x101), ui(0x1001, INSTANCE),
            us(0x1005, 0x10, 0x20), element(0x4321, b"what"),
        ),
    ),
    "unknown element": _echo(element(0x4321, b"what")),
    "noise": message(1, bytes(range(7, 107))),
    "Explicit VR": message(1, b"\0\0\0\1US\2\0\x30\0\0\0\x10\1US\2\0\7\0\0\0\0\x08US\2\0\1\1"),
    "Explicit VR, a whole request": message(
        1,
        b"\0\0\0\0UL\4\0\x38\0\0\0"
        + b"\0\0\2\0UI\x12\0" + ECHO.encode() + b"\0"
        + b"\0\0\0\1US\2\0\x30\0\0\0\x10\1US\2\0\7\0\0\0\0\x08US\2\0\1\1",
    ),
    "Big Endian, a whole request": message(
        1,
        struct.pack(">HHII", 0, 0, 4, 56)
        + struct.pack(">HHI", 0, 2, 18) + ECHO.encode() + b"\0"
        + b"".join(
            struct.pack(">HHIH", 0, tag, 2, value)
            for tag, value in ((0x100, 0x30), (0x110, 7), (0x800, 0x101))
        ),
    ),
    "data set announced by C-ECHO": _echo(us(0x800, 1)) + pdu(pdv(1, 2, DATA_SET)),
    "Priority of 7": message(5, command(*_FIND, us(0x700, 7), us(0x800, 1)), IDENTIFIER),
    "Priority of 1 byte": message(
        5, command(*_FIND, element(0x700, b"\1"), us(0x800, 1)), IDENTIFIER
    ),
    "Status in a request": _echo(us(0x900, 0xFFFF)),
    "C-STORE without both UIDs": _store(None, None),
    "C-STORE with empty UIDs": _store(b"", b""),
    "C-STORE on context 2": _store(STORE.encode(), INSTANCE.encode(), 2),
    "C-STORE on context 99": _store(STORE.encode(), INSTANCE.encode(), 99),
    "C-STORE on context 99 without UIDs": _store(None, None, 99),
    "C-STORE, class not ASCII": _store(b"1.2.\xe9", INSTANCE.encode()),
    "C-STORE, instance not ASCII": _store(STORE.encode(), b"1.2.\xe9"),
    "C-STORE, instance of letters": _store(STORE.encode(), b"one.two"),
    "C-STORE, instance of 70 characters": _store(STORE.encode(), b"1." + b"2" * 68),
    "C-STORE, instance cut short": message(
        3, command(*_STORE, struct.pack("<HHI", 0, 0x1000, 30) + b"1.2.3.45"), DATA_SET
    ),
    "C-STORE, two instances": _store(STORE.encode(), b"1.2.3\\1.2.4"),
    "C-STORE, class unknown": _store(b"1.2.3.4.5.6", INSTANCE.encode()),
    "C-STORE, data on another context": pdu(pdv(3, 3, command(*_STORE, ui(0x1000, INSTANCE))))
    + pdu(pdv(1, 2, DATA_SET)),
    "C-MOVE, destination of 20 characters": message(
        9,
        command(
            ui(2, MOVE), us(0x100, 0x21), us(0x110, 7), element(0x600, b"A" * 20), us(0x700, 0),
            us(0x800, 1),
        ),
        IDENTIFIER,
    ),
    "C-STORE interrupted by C-ECHO": pdu(pdv(3, 3, command(*_STORE, ui(0x1000, INSTANCE))))
    + pdu(pdv(3, 0, DATA_SET))
    + echo(),
    "command set interrupted by C-ECHO": pdu(pdv(3, 1, command(*_STORE)[:70])) + echo(),
    "data set without a command set": pdu(pdv(1, 2, DATA_SET)),
    "part of a data set, then C-ECHO": pdu(pdv(1, 0, DATA_SET)) + echo(),
    "C-FIND announces none, data follow": message(
        5, command(*_FIND, us(0x700, 0), us(0x800, 0x101)), IDENTIFIER
    ),
    "response to nothing": _response(us(0x120, 7), us(0x800, 0x101), us(0x900, 0)),
    "response without Message ID": _response(us(0x800, 0x101), us(0x900, 0)),
    "response without anything": _response(),
}  # fmt: skip


def every_input() -> dict[str, bytes]:
    """Return all inputs by name."""
    return RAW | dict(incomplete())
