"""Messages to presentation data values and back (PS3.8 Annex E): bytes in, bytes out, no sockets.

Invariant: every fragment that is sent fits the peer's PDU and belongs to one stream, the command
set before the data set, each ended by its last fragment; items that are read cover their input.

This file is copied as it is from `templates/_fragments.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO, TextIOBase
from typing import IO

from ._codec import Buffer, as_buffer

# An item (PS3.8 9.3.5.1) is the length of what follows it, the context ID and the Message Control
# Header, six bytes, and the fragment. The length of a PDU is a number of four bytes.
_LENGTH, _OVERHEAD, _LONGEST_PDU = 4, 6, 0xFFFFFFFF
COMMAND, LAST, RESERVED = 0x01, 0x02, 0xFC
# A file is read in pieces of at most this size, even for a peer that takes any.
_LONGEST_READ = 1 << 20


class FragmentError(ValueError):
    """A fragment that PS3.8 does not allow where it is, or that exceeds a limit.

    Attributes
    ----------
    reason : str
        Identifier of what is wrong, e.g. ``data-before-command``.
    context_id, offset : int or None
        The presentation context; where in the bytes the item starts. None where unknown.
    """

    __module__ = __package__  # tracebacks name it as it is imported

    def __init__(
        self, reason: str, text: str, context_id: int | None = None, offset: int | None = None
    ) -> None:
        super().__init__(reason, text, context_id, offset)
        self.reason, self.context_id, self.offset = reason, context_id, offset

    def __str__(self) -> str:
        reason, text, context_id, offset = self.args
        context = "" if context_id is None else f" on context {context_id}"
        return f"{reason}{context}{'' if offset is None else f' at offset {offset}'}: {text}"


@dataclass(frozen=True, slots=True)
class PDV:
    """A presentation data value: one fragment of a message (PS3.8 E.1).

    Attributes
    ----------
    context_id : int
        The presentation context, an odd number from 1 to 255.
    is_command, is_last : bool
        Whether it is of the command set, not the data set; whether it is the last of that.
    data : bytes
        The fragment, without the Message Control Header.
    """

    context_id: int
    is_command: bool
    is_last: bool
    data: bytes = field(repr=False)

    @property
    def header(self) -> int:
        """The Message Control Header (PS3.8 E.2): bit 0 says command, bit 1 last fragment."""
        return (COMMAND if self.is_command else 0) | (LAST if self.is_last else 0)

    def to_bytes(self) -> bytes:
        """Return the Presentation Data Value item of a P-DATA-TF PDU (PS3.8 9.3.5.1)."""
        size = len(self.data) + _OVERHEAD - _LENGTH
        return size.to_bytes(_LENGTH, "big") + bytes((self.context_id, self.header)) + self.data


def read_pdvs(data: Buffer, *, strict: bool = False) -> Iterator[PDV]:
    """Yield the presentation data values of P-DATA-TF PDUs without their headers (PS3.8 9.3.5).

    Parameters
    ----------
    data : bytes, bytearray or memoryview
        Presentation Data Value items, each of them whole.
    strict : bool, optional
        Refuse a Message Control Header with any of bits 2 to 7 set. A sender shall not set them,
        but a receiver never checks them (PS3.8 E.2).

    Raises
    ------
    FragmentError
        At the first item that is malformed; those before it were yielded.
    """
    # Released when an item is refused: whoever keeps the error can still resize the buffer.
    with memoryview(as_buffer(data)) as view:
        offset = 0
        while offset < len(view):
            pdv, offset = _read_pdv(view, offset, strict)
            yield pdv


def _read_pdv(view: memoryview, offset: int, strict: bool) -> tuple[PDV, int]:
    """Return the item at `offset`, and where the next one starts."""
    rest = len(view) - offset
    length = int.from_bytes(view[offset : offset + _LENGTH], "big")
    if not 2 <= length <= rest - _LENGTH:
        text = f"length {length} in the {rest} bytes that are left (PS3.8 9.3.5.1)"
        raise FragmentError("item-length", text, offset=offset)
    context_id, header = view[offset + 4], view[offset + 5]
    check_context(context_id, offset)
    if strict and header & RESERVED:
        text = f"bits 2 to 7 of the Message Control Header 0x{header:02X} are not 0 (PS3.8 E.2)"
        raise FragmentError("reserved-bits", text, context_id, offset)
    end = offset + _LENGTH + length
    content = bytes(view[offset + _OVERHEAD : end])
    return PDV(context_id, bool(header & COMMAND), bool(header & LAST), content), end


def check_context(context_id: int, offset: int | None = None) -> None:
    """Raise `FragmentError` if `context_id` is no presentation context ID."""
    if not 0 < context_id < 256 or context_id % 2 == 0:
        text = "a presentation context ID is an odd number from 1 to 255 (PS3.8 9.3.5.1)"
        raise FragmentError("context-id", text, context_id, offset)


def fragment(
    message: Buffer, data_set: Buffer | IO[bytes] | None, max_pdu: int, context_id: int
) -> Iterator[PDV]:
    """Return the fragments of a message, those of the command set first (PS3.8 E.1).

    Each has an even number of bytes, as PS3.8 E.1 wants. Nothing is padded: only the last fragment
    of a command set or data set that is itself of odd length is odd.

    Parameters
    ----------
    message : bytes, bytearray or memoryview
        The command set.
    data_set : bytes, bytearray, memoryview, io.BytesIO, binary file or None
        The data set. A file is read from its position on while the fragments are taken, at most
        1 MiB at once; an `io.BytesIO` is sent whole, wherever it stands, as a primitive counts it.
        An empty one gives no fragment: the command set must not announce it.
    max_pdu : int
        The Maximum Length Received of the peer (PS3.8 D.1), which no item exceeds; 0 for no limit.
    context_id : int
        The presentation context.

    Raises
    ------
    ValueError
        If `max_pdu` leaves no room for two bytes or is no 32-bit number, if `message` is empty or,
        as a `FragmentError`, if `context_id` is none. While the fragments are taken: if the file
        returns more bytes than it is asked for.
    TypeError
        If the data set is a text file, or no file and no bytes.
    """
    if max_pdu != 0 and not _OVERHEAD + 2 <= max_pdu <= _LONGEST_PDU:
        raise ValueError(f"max_pdu must be 0 or from 8 to {_LONGEST_PDU}, not {max_pdu}")
    check_context(context_id)
    command = as_buffer(message)
    if not command:
        raise ValueError("a message has a command set; this one is empty")
    size = ((max_pdu or _LONGEST_PDU) - _OVERHEAD) & ~1
    data = _pieces(b"" if data_set is None else data_set, size)
    return _fragments(_pieces(command, size), data, context_id)


def _pieces(data: Buffer | IO[bytes], size: int) -> Iterator[bytes]:
    if isinstance(data, BytesIO):
        data = data.getvalue()
    elif not isinstance(data, bytes | bytearray | memoryview):
        if isinstance(data, TextIOBase):
            raise TypeError(f"a data set must be a binary file, not {type(data).__name__}")
        if not hasattr(data, "read"):
            raise TypeError(f"a data set must be bytes or a file, not {type(data).__name__}")
        return _reads(data, min(size, _LONGEST_READ))
    # Of bytes, a slice that is all of them is no copy; of the others, only the fragment is copied.
    source = data if isinstance(data, bytes) else memoryview(as_buffer(data))
    return (bytes(source[start : start + size]) for start in range(0, len(source), size))


def _reads(file: IO[bytes], size: int) -> Iterator[bytes]:
    # A read may give fewer bytes than asked for.
    while piece := _read(file, size):
        while len(piece) < size and (part := _read(file, size - len(piece))):
            piece += part
        yield piece


def _read(file: IO[bytes], size: int) -> bytes:
    """Return what a read gives; a file that is not one of bytes must not reach the wire."""
    piece = file.read(size)
    if not isinstance(piece, bytes | bytearray | memoryview):
        kind = type(piece).__name__
        raise TypeError(f"a data set must be a binary file; its read() returned {kind}")
    if len(piece) > size:
        text = f"the file of the data set returned {len(piece)} bytes to read({size})"
        raise ValueError(text)
    return bytes(piece)


def _fragments(command: Iterator[bytes], data: Iterator[bytes], context_id: int) -> Iterator[PDV]:
    for is_command, pieces in ((True, command), (False, data)):
        piece = next(pieces, None)
        while piece is not None:
            following = next(pieces, None)
            yield PDV(context_id, is_command, following is None, piece)
            piece = following
