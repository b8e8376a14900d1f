"""Bytes from what people paste: hexadecimal and other text in the forms that tools print.

Invariant: what is not text, or text of no form that is known here, is bytes as they are. Every
character is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ._dumps import ACCEPTOR, REQUESTOR, PastedError, Piece, read_dump
from ._pasted_lists import base64, decimal, logged

_FORMS: Final = {
    ":": "hexadecimal digits, colon-separated",
    "-": "hexadecimal digits, separated by hyphens",
    ",": "hexadecimal digits, separated by commas",
    "": "hexadecimal digits",
}
_is_text = re.compile(rb"[\x09-\x0d\x20-\x7e]+").fullmatch
_is_pairs = re.compile(r"(?:0x)?[0-9A-Fa-f]{2}(?:([:,-])\s*(?:0x)?[0-9A-Fa-f]{2})+").fullmatch
_is_escaped = re.compile(r"(?:\\x[0-9A-Fa-f]{2})+").fullmatch
_is_numbers = re.compile(r"(?:0x[0-9A-Fa-f]{1,2}[\s,;]*)+").fullmatch
_array = re.compile(r"peer([01])_[0-9]+|\{([^{}]*)\}").finditer


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was pasted.

    Attributes
    ----------
    form : str
        What it was taken for; empty for bytes as they are.
    pieces : tuple of Piece
        What it holds, in order.
    is_packets : bool
        Whether each piece is an IP packet.
    """

    form: str
    pieces: tuple[Piece, ...]
    is_packets: bool = False

    @property
    def data(self) -> bytes:
        """All bytes, in order."""
        return b"".join([piece.data for piece in self.pieces])


def read_pasted(data: bytes) -> Pasted:
    """Return the bytes that `data` is, or that it is text for.

    Raises
    ------
    PastedError
        If it is hexadecimal text that contradicts itself: an odd number of digits, an address that
        does not follow.
    """
    text = _text(data)
    for form in _READERS if text else ():
        found = form(text)
        if found is not None:
            return found
    return Pasted("", (Piece("", data),))


def _text(data: bytes) -> str:
    """Return the text that `data` is; empty if it is none."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") and len(data) % 2 == 0:
        # What a Windows shell redirects to a file.
        data = data.decode("utf-16", "replace").encode("ascii", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    return data.decode("ascii").strip("\r\n") if _is_text(data) else ""


def _one(form: str, data: bytes) -> Pasted:
    return Pasted(form, (Piece("", data),))


def _log(text: str) -> Pasted | None:
    found = logged(text)
    if found is None:
        return None
    form, pdus = found
    return Pasted(form, tuple(Piece("", each) for each in pdus))


def _escaped(text: str) -> Pasted | None:
    is_literal = text.lstrip(" (").startswith(("b'", 'b"'))
    if not is_literal and "\\x" not in text:
        return None
    plain = re.sub(r"[\"'\s]|\\(?=\s)|\\$", "", text)
    if _is_escaped(plain):
        return _one("an escaped string", bytes.fromhex(plain.replace("\\x", "")))
    if not is_literal:
        return None
    try:
        value = literal_eval(f"({text})")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise PastedError(f"a bytes literal of Python that cannot be read: {error}") from error
    return _one("a bytes literal of Python", value) if isinstance(value, bytes) else None


def _arrays(text: str) -> Pasted | None:
    """Read lists of 0x.., with or without what C writes around them."""
    if "0x" not in text:
        return None
    # Comments, and the addresses that a debugger prints.
    text = re.sub(r"/\*[^*]*\*/|//[^\n]*", " ", text)
    text = re.sub(r"(?m)^[ \t]*0x[0-9A-Fa-f]{3,16}(?: <[^>\n]*>)?:", " ", text)
    bare = text.strip().strip("[](){}<>;").strip()
    if _is_numbers(bare):
        return _one("a list of 0x..", _numbers(bare))
    sender, pieces = "", []
    for found in _array(text):
        if found[1]:
            sender = (REQUESTOR, ACCEPTOR)[int(found[1])]
        elif _is_numbers(found[2].strip()):
            pieces.append(Piece(sender, _numbers(found[2])))
    return Pasted("C arrays", tuple(pieces)) if pieces else None


def _numbers(text: str) -> bytes:
    return bytes(int(number, 16) for number in re.findall(r"0x([0-9A-Fa-f]+)", text))


def _digits(text: str) -> Pasted | None:
    """Read nothing but digits, and what separates them."""
    bare = text.strip().strip("[]{}<>").strip()
    pairs = _is_pairs(bare)
    plain = (
        re.sub(rf"[\s{pairs[1]}]|0x", "", bare)
        if pairs
        else "".join(bare.split()).removeprefix("0x")
    )
    if not plain or not all(each in "0123456789abcdefABCDEF" for each in set(plain)):
        return None
    if len(plain) % 2:
        raise PastedError(f"looks like hexadecimal text: it has {len(plain)} digits, an odd number")
    return _one(_FORMS[pairs[1] if pairs else ""], bytes.fromhex(plain))


def _dumped(text: str) -> Pasted | None:
    found = read_dump(text)
    return None if found is None else Pasted(*found)


def _decimal(text: str) -> Pasted | None:
    data = decimal(text)
    return None if data is None else _one("a list of decimal numbers", data)


def _base64(text: str) -> Pasted | None:
    data = base64(text)
    return None if data is None else _one("Base64", data)


_READERS: Final[tuple[Callable[[str], Pasted | None], ...]] = (
    _log,
    _escaped,
    _dumped,
    _arrays,
    _decimal,
    _base64,
    _digits,
)
