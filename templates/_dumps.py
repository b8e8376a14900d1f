"""Dumps: bytes as tools print them in lines, with an address in front of each.

Invariant: an address is held against what the dump prints before it; a line that is left out is
counted.

This file is copied as it is from `templates/_dumps.py`. Do not edit the copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Final, NamedTuple

#: A dump may say that a line is repeated; it does not get to name any size for that.
MOST_BYTES: Final = 1 << 28
REQUESTOR, ACCEPTOR = "requestor", "acceptor"
_row = re.compile(r"([ \t]*)(0x)?([0-9A-Fa-f]{4,16})(:?)(?:[ \t]+(\S.*)|[ \t]*)").fullmatch


class PastedError(ValueError):
    """The text has the form of a dump, and contradicts itself; the text says where."""


class Piece(NamedTuple):
    """Bytes that belong together, and who sent them: empty where the text does not say."""

    sender: str
    data: bytes


class Dump(NamedTuple):
    """What a dump holds: its form, its pieces in order, and whether each is an IP packet."""

    form: str
    pieces: tuple[Piece, ...]
    is_packets: bool


class _Row(NamedTuple):
    """A line of a dump: who sent it, its address as printed, and what follows that."""

    number: int
    sender: str
    address: str
    rest: str
    has_colon: bool
    is_prefixed: bool
    repeats: bool


def read_dump(text: str) -> Dump | None:
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
    return Dump(form, found, rows[0].is_prefixed) if found else None


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
            sender = REQUESTOR if len(found[1]) == min(indents) else ACCEPTOR
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
