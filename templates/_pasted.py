"""Bytes from what people paste: hexadecimal text in the forms that tools print.

Invariant: what is not text, or text of no form that is known here, is bytes as they are. Addresses
that a dump prints are held against what it prints there; a line that is left out is counted. Every
character is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final, NamedTuple

#: A dump may say that a line is repeated; it does not get to name any size for that.
MOST_BYTES: Final = 1 << 28
_REQUESTOR, _ACCEPTOR = "requestor", "acceptor"
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
_row = re.compile(r"([ \t]*)(0x)?([0-9A-Fa-f]{4,16})(:?)(?:[ \t]+(\S.*)|[ \t]*)").fullmatch
_array = re.compile(r"peer([01])_[0-9]+|\{([^{}]*)\}").finditer
_hex_line = re.compile(r"(?:[ \t]*[0-9A-Fa-f]{2})+\s*").fullmatch


class PastedError(ValueError):
    """The text has the form of a dump, and contradicts itself; the text says where."""


class Piece(NamedTuple):
    """Bytes that belong together, and who sent them: empty where the text does not say."""

    sender: str
    data: bytes


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
    """Read the debugging log of pynetdicom: `debug_data` prints a PDU between two headings."""
    if "ENCODED PDU" not in text:
        return None
    pieces: list[list[str]] = []
    is_inside = False
    for line in text.splitlines():
        if "ENCODED PDU" in line:
            is_inside = "END" not in line
            if is_inside:
                pieces.append([])
        elif is_inside and (found := _hex_line(line.rpartition(": ")[2])):
            pieces[-1].append(found[0])
    found_pieces = tuple(Piece("", bytes.fromhex("".join(lines))) for lines in pieces)
    return Pasted("the debugging log of pynetdicom", found_pieces) if any(pieces) else None


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
    text = re.sub(r"/\*[^*]*\*/|//[^\n]*", " ", text)
    bare = text.strip().strip("[](){}<>;").strip()
    if _is_numbers(bare):
        return _one("a list of 0x..", _numbers(bare))
    sender, pieces = "", []
    for found in _array(text):
        if found[1]:
            sender = (_REQUESTOR, _ACCEPTOR)[int(found[1])]
        elif _is_numbers(found[2].strip()):
            pieces.append(Piece(sender, _numbers(found[2])))
    return Pasted("C arrays", tuple(pieces)) if pieces else None


def _numbers(text: str) -> bytes:
    return bytes(int(number, 16) for number in re.findall(r"0x([0-9A-Fa-f]+)", text))


def _digits(text: str) -> Pasted | None:
    """Read nothing but digits, and what separates them."""
    bare = text.strip().strip("[]{}<>").strip()
    pairs = _is_pairs(bare)
    plain = re.sub(rf"[\s{pairs[1]}]|0x", "", bare) if pairs else "".join(bare.split())
    if not plain or not all(each in "0123456789abcdefABCDEF" for each in set(plain)):
        return None
    if len(plain) % 2:
        raise PastedError(f"looks like hexadecimal text: it has {len(plain)} digits, an odd number")
    return _one(_FORMS[pairs[1] if pairs else ""], bytes.fromhex(plain))


class _Row(NamedTuple):
    """A line of a dump: who sent it, its address as printed, and what follows that."""

    number: int
    sender: str
    address: str
    rest: str
    has_colon: bool
    is_prefixed: bool
    repeats: bool


def _dump(text: str) -> Pasted | None:
    """Read what has an address in front of each line."""
    rows = list(_rows(text))
    if not rows or not rows[0].rest:
        return None
    tokens = rows[0].rest.split()[0]
    is_words = len(tokens) == 4 and not rows[0].has_colon
    is_grouped = rows[0].has_colon and len(tokens) in (2, 4, 8, 16, 32)
    # Digits in groups of four have no addresses, and those of `od -x` have seven digits.
    if not (len(tokens) == 2 or is_grouped or (is_words and len(rows[0].address) in (6, 7))):
        return None
    if re.fullmatch(r"[0-9A-Fa-f]+", tokens) is None:
        return None
    base = _base(rows)
    # Each side of a stream counts for itself, and goes on where it was.
    pieces: list[tuple[str, bytearray]] = []
    open_sides: dict[str, _Side] = {}
    for sender, run in groupby(rows, key=lambda row: row.sender):
        side = open_sides.setdefault(sender, _Side(base, is_words))
        side.read(list(run), sender, pieces)
    form = _form_of(rows[0], is_words, any(row.sender for row in rows))
    left_out = sum(1 for line in text.splitlines() if line.strip()) - len(rows)
    form += f" ({left_out} other lines left out)" if left_out > 0 else ""
    found = tuple(Piece(sender, bytes(data)) for sender, data in pieces if data)
    return Pasted(form, found, rows[0].is_prefixed) if found else None


def _rows(text: str) -> Iterator[_Row]:
    lines = text.splitlines()
    matches = [(_row(line), line.strip() == "*") for line in lines]
    indents = {len(found[1]) for found, _ in matches if found}
    # Of a stream that Wireshark follows, what the acceptor sent is indented by four.
    is_two_sided = len(indents) == 2 and max(indents) - min(indents) >= 4
    sender = ""
    for number, (found, repeats) in enumerate(matches, 1):
        if found is None:
            if repeats:
                yield _Row(number, sender, "", "", False, False, True)
            continue
        if is_two_sided:
            sender = _REQUESTOR if len(found[1]) == min(indents) else _ACCEPTOR
        rest, is_prefixed = found[5] or "", bool(found[2])
        yield _Row(number, sender, found[3], rest, bool(found[4]), is_prefixed, False)


def _base(rows: list[_Row]) -> int:
    """Return 8 if the addresses grow as octal ones do."""
    if any(len(row.address) != 7 or set(row.address) - set("01234567") for row in _addressed(rows)):
        return 16
    for row, following in pairwise(rows):
        if row.rest and following.address:
            # What is printed in a line says which of the two the next address is.
            size = len("".join(row.rest.split())) // 2
            growth = [int(following.address, base) - int(row.address, base) for base in (8, 16)]
            return 8 if abs(growth[0] - size) < abs(growth[1] - size) else 16
    return 8


def _addressed(rows: list[_Row]) -> Iterator[_Row]:
    return (row for row in rows if not row.repeats)


def _form_of(row: _Row, is_words: bool, is_two_sided: bool) -> str:
    if row.is_prefixed:
        return "a dump of packets as tcpdump -x prints it"
    if is_two_sided:
        return "a followed stream as Wireshark dumps it"
    if is_words:
        return "a dump of words as od -x and hexdump print it"
    if row.has_colon:
        return "a dump as xxd prints it"
    if len(row.address) == 4:
        return "a hex dump of Wireshark"
    return "a dump as od and hexdump -C print it" if len(row.address) != 8 else "a hex dump"


class _Side:
    """One side of a dump: where it is, and how wide its lines are."""

    def __init__(self, base: int, is_words: bool) -> None:
        self.base, self.is_words = base, is_words
        self.position, self.width = -1, 16
        self.line = b""
        self.repeats = False
        self.repeated = 0

    def read(self, rows: list[_Row], sender: str, pieces: list[tuple[str, bytearray]]) -> None:
        """Read lines that follow one another, and add a piece for each packet that they are."""
        pieces.append((sender, bytearray()))
        for row, following in zip(rows, [*rows[1:], None], strict=True):
            if row.repeats:
                self.repeats = True
                continue
            address = self._address(row)
            if self.position >= 0 and address < self.position and row.rest:
                # The addresses start again: another packet.
                pieces.append((sender, bytearray()))
                self.position = address
            target = pieces[-1][1]
            self._fill(row, address, target)
            if not row.rest:
                continue
            size = None
            if following is not None and following.address:
                size = self._address(following) - address
            line = self._bytes(row, size if size is not None and 0 < size <= 64 else None)
            target += line
            self.line, self.position = line, address + len(line)
            self.width = max(self.width, len(line))

    def _address(self, row: _Row) -> int:
        try:
            return int(row.address, self.base)
        except ValueError:
            raise PastedError(f"line {row.number}: {row.address} is no octal address") from None

    def _fill(self, row: _Row, address: int, target: bytearray) -> None:
        """Hold an address against what is there, and repeat a line where the dump says so."""
        if self.position < 0:
            self.position = address
        missing = address - self.position
        if missing > 0 and self.repeats and self.line:
            self.repeated += missing
            if self.repeated > MOST_BYTES:
                raise PastedError(f"line {row.number}: repeats {missing} bytes, too many to read")
            times, rest = divmod(missing, len(self.line))
            target += self.line * times + self.line[:rest]
        elif missing < 0 and not row.rest and self.is_words:
            # The last word of an odd number of bytes is filled up.
            del target[missing:]
        elif missing:
            text = f"line {row.number}: its address is {row.address}, but {self.position:X} (hex)"
            raise PastedError(f"{text} is the next one: lines are missing")
        self.position, self.repeats = address, False

    def _bytes(self, row: _Row, size: int | None) -> bytes:
        """Return what a line holds: the digits before a wide gap or the characters beside them."""
        digits = re.split(r"[ \t]{3,}|[|>]" if not row.has_colon else r"[ \t]{2,}", row.rest)[0]
        if size is None:
            size = len(digits) if row.has_colon else self.width
        found = b""
        for token in re.split(r"[ \t-]+", digits):
            if len(found) >= size or re.fullmatch(r"(?:[0-9A-Fa-f]{2})+", token) is None:
                break
            word = bytes.fromhex(token)
            found += word[::-1] if self.is_words else word
        return found if self.is_words else found[:size]


_READERS: Final[tuple[Callable[[str], Pasted | None], ...]] = (
    _log,
    _escaped,
    _dump,
    _arrays,
    _digits,
)
