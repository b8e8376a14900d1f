"""Bytes from text that is no dump: logs of other toolkits, lists of numbers, Base64.

Invariant: whatever is no such text is None, never an error; no character is looked at more than a
few times.

This file is copied as it is from `templates/_pasted_lists.py`. Do not edit the copy.
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Final

# What a log has in front of the bytes of a PDU, and whether a line after them ends it.
_PYNETDICOM, _DCMTK = "ENCODED PDU", "bytes PDU header"
_hex_line = re.compile(r"(?:[ \t]*[0-9A-Fa-f]{2})+\s*").fullmatch
_is_numbers = re.compile(r"[-+]?[0-9]{1,3}(?:[\s,;]+[-+]?[0-9]{1,3})+[\s,;]*").fullmatch
_BASE64: Final = re.compile(r"(?:data:[\w.+/-]*;base64,)?([A-Za-z0-9+/_-]+={0,2})")
# The types of PDUs (PS3.8 9.3.2 to 9.3.8), and the least that tells one.
_TYPES, _HEADER = range(1, 8), 6


def logged(text: str) -> tuple[str, list[bytes]] | None:
    """Return whose debugging log it is, and the PDUs that are printed in it."""
    if _PYNETDICOM in text:
        toolkit, heading = "pynetdicom", _PYNETDICOM
    elif _DCMTK in text:
        toolkit, heading = "DCMTK", _DCMTK
    else:
        return None
    pieces: list[list[str]] = []
    is_inside = False
    for line in text.splitlines():
        found = _hex_line(line.rpartition(": ")[2])
        if heading in line:
            is_inside = " END " not in line
            if is_inside:
                pieces.append([])
        elif is_inside and found:
            pieces[-1].append(found[0])
        else:
            # DCMTK says nothing after the last byte.
            is_inside = is_inside and toolkit == "pynetdicom"
    read = [bytes.fromhex("".join(lines)) for lines in pieces if lines]
    return (f"the debugging log of {toolkit}", read) if read else None


def decimal(text: str) -> bytes | None:
    """Return the bytes of a list of decimal numbers: of Python, Java, Go, JSON."""
    start, end = text.find("["), text.rfind("]")
    if (braces := text.find("{")) >= 0:
        start, end = braces, text.rfind("}")
    if start < 0 or end < start or len(text[:start].split()) > 2 or text[end + 1 :].strip("; \r\n"):
        return None
    inside = text[start + 1 : end].strip()
    if _is_numbers(inside) is None:
        return None
    words = re.split(r"[\s,;]+", inside.strip(",; \t\r\n"))
    # Two digits each, or a zero in front: these are hexadecimal.
    if all(len(each) == 2 for each in words) or any(re.match("[-+]?0[0-9]", w) for w in words):
        return None
    numbers = [int(each) for each in words]
    # A byte of Java has a sign.
    if not all(-128 <= each <= 255 for each in numbers):
        return None
    return bytes(each % 256 for each in numbers)


def base64(text: str) -> bytes | None:
    """Return the bytes of Base64, with either alphabet, if they start as DICOM does."""
    lines = text.strip(" \t\r\n\"'").splitlines()
    found = _BASE64.fullmatch("".join(line.strip() for line in lines))
    if found is None:
        return None
    digits = found[1].rstrip("=").replace("-", "+").replace("_", "/")
    if len(digits) % 4 == 1:
        return None
    data = b64decode(digits + "=" * (-len(digits) % 4))
    return data if _starts_as_dicom(data) else None


def _starts_as_dicom(data: bytes) -> bool:
    """Return whether bytes start as a PDU, a command set or a presentation data value does."""
    if len(data) < _HEADER:
        return False
    is_pdu = data[0] in _TYPES and data[1] == 0
    is_command_set = data[:4] == b"\0\0\0\0"
    is_pdv = int.from_bytes(data[:4], "big") <= len(data) - 4 and data[4] % 2 == 1 and data[5] <= 3
    return is_pdu or is_command_set or is_pdv
