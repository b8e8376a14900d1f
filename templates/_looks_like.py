"""Name what was given in place of a command set.

Invariant: it is asked only of bytes that are no command set, so that a guess hides no message.

This file is copied as it is from `templates/_looks_like.py`. Do not edit the copy.
"""

from __future__ import annotations

import re

from ._codec import Buffer

# PS3.8 9.3.2 to 9.3.8, by the first byte.
_PDUS = (
    "A-ASSOCIATE-RQ",
    "A-ASSOCIATE-AC",
    "A-ASSOCIATE-RJ",
    "P-DATA-TF",
    "A-RELEASE-RQ",
    "A-RELEASE-RP",
    "A-ABORT",
)
_P_DATA = "P-DATA-TF"
_PDU_HEADER, _ITEM_HEADER, _ELEMENT_HEADER = 6, 6, 8
_LONGEST_LOOK = 1024
# Digits, with what people and tools put between them.
_is_hexadecimal = re.compile(rb"(?:0x|\\x|[0-9A-Fa-f\s,:;()-])+").fullmatch
_is_printable = re.compile(rb"[\t\n\r\x20-\x7e]+").fullmatch
_TEXT = "text: give bytes, or what tools print for them (hexadecimal, Base64, arrays, logs)"
_SHORT = f"looks like the start of a PDU: its header alone has {_PDU_HEADER} bytes (PS3.8 9.3.1)"
# The first bytes of files of pcap, in both byte orders and resolutions, and of pcapng.
_CAPTURES = (
    b"\xd4\xc3\xb2\xa1",
    b"\xa1\xb2\xc3\xd4",
    b"\x4d\x3c\xb2\xa1",
    b"\xa1\xb2\x3c\x4d",
    b"\n\r\r\n",
)
# The records of TLS 1.0 to 1.3: RFC 8446 5.1.
_TLS_TYPES, _TLS_MAJOR, _TLS_MINOR = range(20, 24), 3, 4
_COMMAND_SET = "a command set is Implicit VR Little Endian (PS3.7 6.3.1)"


def looks_like(data: Buffer) -> str:
    """Return what `data` seems to be and what to do with it; empty if that cannot be said."""
    start = bytes(data[: _ELEMENT_HEADER + 132])
    if len(start) < _PDU_HEADER:
        return _SHORT if start[:1] and 1 <= start[0] <= len(_PDUS) and not any(start[1:]) else ""
    found = _text(data) or _foreign(start) or _file(start) or _pdu(start, len(data))
    found = found or _item(start, len(data)) or _element(start, len(data))
    return f"looks like {found}" if found else ""


def _text(data: Buffer) -> str:
    start = bytes(data[:_LONGEST_LOOK]).rstrip(b"\\")
    if _is_hexadecimal(start) is None or not re.search(rb"[0-9A-Fa-f]{2}", start):
        return _TEXT if _is_printable(start) else ""
    digits = re.sub(rb"0x|\\x|[^0-9A-Fa-f]", b"", bytes(data))
    if len(digits) % 2:
        return f"hexadecimal text: it has {len(digits)} digits, an odd number"
    return "hexadecimal text: bytes.fromhex() makes bytes of digits and spaces"


def _foreign(start: bytes) -> str:
    """Name what has DICOM in it, and is read elsewhere or by nobody."""
    if start[:4] in _CAPTURES:
        return "a capture: python -m dimse_primitives audit reads it"
    if start[0] in _TLS_TYPES and start[1] == _TLS_MAJOR and start[2] <= _TLS_MINOR:
        return "TLS: what it carries is encrypted"
    return ""


def _file(start: bytes) -> str:
    return "a DICOM file (PS3.10): it holds a data set" if start[128:132] == b"DICM" else ""


def _pdu(start: bytes, size: int) -> str:
    kind, reserved = start[0], start[1]
    if not 1 <= kind <= len(_PDUS) or reserved:
        return ""
    name, claimed = _PDUS[kind - 1], int.from_bytes(start[2:_PDU_HEADER], "big")
    # What follows may be further PDUs; a request that is cut shows its protocol version.
    is_whole = 4 <= claimed <= size - _PDU_HEADER
    if not is_whole and not (kind <= 2 and start[6:8] == b"\0\1"):
        return ""
    where = f"{'an' if name[0] == 'A' else 'a'} {name} PDU (PS3.8 9.3.{kind + 1})"
    if name == _P_DATA:
        return f"{where}: after its first {_PDU_HEADER} bytes are presentation data values"
    return f"{where}: it carries no message; {_P_DATA} PDUs do"


def _item(start: bytes, size: int) -> str:
    claimed, context_id, header = int.from_bytes(start[:4], "big"), start[4], start[5]
    if not 2 <= claimed <= size - 4 or context_id % 2 == 0 or header > 3:
        return ""
    return "presentation data values (PS3.8 9.3.5.1): read_pdvs() and a Reassembler read them"


def _element(start: bytes, size: int) -> str:
    """Name what has an element in front that is encoded otherwise, or of another group."""
    if len(start) < _ELEMENT_HEADER:
        return ""
    if start[4:6].isalpha() and start[4:6].isupper():
        # The length is small: its zero byte is in front where the byte order is Big Endian.
        is_big = int.from_bytes(start[6:8], "big") < int.from_bytes(start[6:8], "little")
        what = "a command set" if start[:2] == b"\0\0" else "a data set"
        order = "Big" if is_big else "Little"
        return f"{what} in Explicit VR {order} Endian: {_COMMAND_SET}"
    big, little = int.from_bytes(start[4:8], "big"), int.from_bytes(start[4:8], "little")
    rest = size - _ELEMENT_HEADER
    if start[:2] == b"\0\0":
        return f"a command set in Big Endian: {_COMMAND_SET}" if big <= rest < little else ""
    group, number = (int.from_bytes(start[i : i + 2], "little") for i in (0, 2))
    if little > rest or group % 2 or not group <= 0x7FE0:
        return ""
    return f"a data set: its first element is ({group:04X},{number:04X}), not of group 0000"
