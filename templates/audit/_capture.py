"""Capture files as a stream of frames: pcap and pcapng, of any byte order and time resolution.

Invariant: a file is read once, from its start to its end, and never more of it at a time than a
frame and a mebibyte. What cannot be read is a `CaptureError` with the offset, after all that could
be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct
from struct import error as StructError  # noqa: N812
from typing import Final, Protocol, TypeAlias

#: Nanoseconds since 1970 (0: unknown), link type, what was captured, and how long the frame was.
Frame: TypeAlias = tuple[int, int, bytes, int]

NANOSECONDS: Final = 1_000_000_000
_CHUNK: Final = 1 << 20
# Wireshark takes no frame that is longer; a damaged length is nearly always.
_LONGEST_FRAME: Final = 1 << 24
# Other blocks, such as TLS secrets, are skipped; one is held at a time.
_LONGEST_BLOCK: Final = 1 << 26
# By the first four bytes: byte order, nanoseconds in a tick, size of the header of a record.
_PCAP: Final = {
    b"\xa1\xb2\xc3\xd4": (">", 1000, 16),
    b"\xd4\xc3\xb2\xa1": ("<", 1000, 16),
    b"\xa1\xb2\x3c\x4d": (">", 1, 16),
    b"\x4d\x3c\xb2\xa1": ("<", 1, 16),
    b"\xa1\xb2\xcd\x34": (">", 1000, 24),
    b"\x34\xcd\xb2\xa1": ("<", 1000, 24),
}
_ZEROS: Final = "nothing but zeros where a frame should be: the file was not written further"
_SECTION: Final = b"\x0a\x0d\x0d\x0a"
_INTERFACE, _OLD_PACKET, _SIMPLE_PACKET, _PACKET = 1, 2, 3, 6
_TIME_RESOLUTION, _TIME_OFFSET = 9, 14


class Readable(Protocol):
    """A binary file, of which only this is asked."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


class CaptureError(ValueError):
    """A file cannot be read, or not further.

    Attributes
    ----------
    offset : int
        Where in the file, after what gzip unpacks.
    is_cut : bool
        Whether the file only ends too early, as one does that is still being written.
    """

    def __init__(self, text: str, offset: int, *, is_cut: bool = False) -> None:
        super().__init__(f"at offset {offset}: {text}")
        self.offset = offset
        self.is_cut = is_cut


def is_capture(start: bytes) -> bool:
    """Return whether a file that starts with these bytes is a pcap or a pcapng file."""
    return start[:4] in _PCAP or start[:4] == _SECTION


def read_frames(stream: Readable, start: bytes) -> Iterator[Frame]:
    """Yield the frames of a capture file, of which `start` has been read.

    Raises
    ------
    CaptureError
        Where the file is damaged or cut, after the frames before.
    """
    source = _Source(stream, start)
    if start[:4] == _SECTION:
        return _pcapng(source)
    return _pcap(source, *_PCAP[start[:4]])


class _Source:
    """A stream, of which a piece is in memory."""

    __slots__ = ("base", "data", "position", "stream")

    def __init__(self, stream: Readable, start: bytes) -> None:
        self.stream, self.data, self.position, self.base = stream, start, 0, 0

    @property
    def offset(self) -> int:
        """Where in the file the position is."""
        return self.base + self.position

    def fill(self, size: int) -> bool:
        """Have `size` bytes in memory from the position on; False if the file ends before."""
        rest = self.data[self.position :]
        self.base += self.position
        self.position = 0
        parts, have = [rest], len(rest)
        while have < size:
            part = self.stream.read(max(_CHUNK, size - have))
            if not part:
                break
            parts.append(part)
            have += len(part)
        self.data = b"".join(parts)
        return have >= size


def _pcap(source: _Source, order: str, tick: int, header_size: int) -> Iterator[Frame]:
    if not source.fill(24):
        raise CaptureError("the header of the file is cut", source.offset, is_cut=True)
    # The upper bits of the link type are of the frame check sequence.
    link = Struct(f"{order}20xI").unpack_from(source.data, 0)[0] & 0xFFFF
    unpack = Struct(f"{order}4I").unpack_from
    source.position = 24
    data, position, end = source.data, source.position, len(source.data)
    while True:
        if end - position < header_size:
            source.position = position
            if not source.fill(header_size):
                break
            data, position, end = source.data, 0, len(source.data)
        seconds, ticks, size, original = unpack(data, position)
        if size > _LONGEST_FRAME:
            source.position = position
            raise CaptureError(f"a frame of {size} bytes: the file is damaged", source.offset)
        if end - position < header_size + size:
            source.position = position
            if not source.fill(header_size + size):
                break
            data, position, end = source.data, 0, len(source.data)
        if not (size or original or seconds or ticks):
            # What was reserved and not written: reading on, one would find nothing for hours.
            raise CaptureError(_ZEROS, source.base + position, is_cut=True)
        first = position + header_size
        position = first + size
        yield seconds * NANOSECONDS + ticks * tick, link, data[first:position], original
    if source.data:
        raise CaptureError("the file ends within a frame", source.base, is_cut=True)


@dataclass(slots=True)
class _Interface:
    """What an Interface Description Block says; times count `units` to the second."""

    link: int
    longest: int
    units: int = 1_000_000
    offset: int = 0


def _pcapng(source: _Source) -> Iterator[Frame]:
    order = ">"
    interfaces: list[_Interface] = []
    block = Struct(">2I").unpack_from
    packet = Struct(">8x5I").unpack_from
    while len(source.data) - source.position >= 12 or source.fill(12):
        data, position = source.data, source.position
        if data[position : position + 4] == _SECTION:
            order = _order(source)
            interfaces = []
            block, packet = Struct(f"{order}2I").unpack_from, Struct(f"{order}8x5I").unpack_from
        kind, size = block(data, position)
        if not (kind or size):
            raise CaptureError(_ZEROS, source.offset, is_cut=True)
        if size < 12 or size > _LONGEST_BLOCK or size % 4:
            raise CaptureError(f"a block of {size} bytes: the file is damaged", source.offset)
        if len(data) - position < size:
            if not source.fill(size):
                break
            data, position = source.data, 0
        if block(data, position + size - 8)[1] != size:
            raise CaptureError("a block ends with another length than it has", source.offset)
        source.position = position + size
        if kind == _PACKET and size >= 32:
            number, high, low, length, original = packet(data, position)
            if number < len(interfaces) and length <= size - 32:
                first = position + 28
                seen = interfaces[number]
                time = _time((high << 32) | low, seen)
                yield time, seen.link, data[first : first + length], original
                continue
            text = "a packet of no interface, or that overruns its block"
            raise CaptureError(text, source.base + position)
        if kind == _INTERFACE and size >= 20:
            interfaces.append(_interface(order, data[position + 8 : position + size - 4]))
        elif kind in (_SIMPLE_PACKET, _OLD_PACKET):
            body = data[position : position + size - 4]
            yield _other_packet(kind, order, body, interfaces, source)
    if source.position < len(source.data):
        raise CaptureError("the file ends within a block", source.offset, is_cut=True)


def _order(source: _Source) -> str:
    magic = source.data[source.position + 8 : source.position + 12]
    if magic == b"\x1a\x2b\x3c\x4d":
        return ">"
    if magic == b"\x4d\x3c\x2b\x1a":
        return "<"
    raise CaptureError("a section without a byte order", source.offset)


def _time(ticks: int, seen: _Interface) -> int:
    return ticks * NANOSECONDS // seen.units + seen.offset * NANOSECONDS


def _interface(order: str, body: bytes) -> _Interface:
    link, longest = Struct(f"{order}HxxI").unpack_from(body)
    found = _Interface(link, longest)
    position = 8
    option = Struct(f"{order}HH").unpack_from
    while len(body) - position >= 4:
        code, size = option(body, position)
        value = body[position + 4 : position + 4 + size]
        if code == 0:
            break
        if code == _TIME_RESOLUTION and size == 1:
            exponent = value[0] & 0x7F
            found.units = 2**exponent if value[0] & 0x80 else 10 ** min(exponent, 18)
        elif code == _TIME_OFFSET and size == 8:
            found.offset = int.from_bytes(value, "big" if order == ">" else "little", signed=True)
        position += 4 + size + -size % 4
    return found


def _other_packet(
    kind: int, order: str, block: bytes, interfaces: list[_Interface], source: _Source
) -> Frame:
    """Return the frame of a Simple Packet Block, or of the older Packet Block."""
    try:
        if kind == _SIMPLE_PACKET:
            seen = interfaces[0]
            (original,) = Struct(f"{order}8xI").unpack_from(block)
            size = min(original, seen.longest or original, len(block) - 12)
            return 0, seen.link, block[12 : 12 + size], original
        number, high, low, size, original = Struct(f"{order}8xHxx4I").unpack_from(block)
        seen = interfaces[number]
    except (IndexError, StructError):
        raise CaptureError("a packet of no interface, or without a header", source.offset) from None
    return _time((high << 32) | low, seen), seen.link, block[28 : 28 + size], original
