"""One file, read to its end: capture, PDUs or pasted text; as it is or packed with gzip.

Invariant: a pure function of the file. What cannot be read is a problem of the `File`, after all
that could be.
"""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from .._dumps import PastedError, Piece
from .._pasted import Pasted, read_pasted
from . import _sop_rules
from ._capture import CaptureError, Frame, Readable, is_capture, read_frames
from ._connection import AuditedConnection
from ._directions import Connection
from ._pieces import Pieces, starts_with_pdu
from ._record import Association, File
from ._room import Room
from ._segments import Segments, endpoints
from ._tcp import Tracker

_GZIP: Final = b"\x1f\x8b"
_GZIP_WINDOW, _PACKED = 16 + zlib.MAX_WBITS, 1 << 16
_AFTER_GZIP: Final = "what follows is not packed with gzip"
#: The longest input that is no capture: it is read as one piece.
MOST_PASTED: Final = 1 << 28
_RAW_IP: Final = 101
#: Tells how many bytes of the file have been read so far.
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Options:
    """How files are audited.

    Attributes
    ----------
    port : int or None
        The only port to look at; what is on it is DICOM, whatever it starts with.
    only_violations : bool
        Whether anomalies, and what is not in the capture, are left out.
    keeps_data_sets : bool
        Whether data sets are kept though no rule needs them.
    """

    port: int | None = None
    only_violations: bool = False
    keeps_data_sets: bool = False


class FileReader:
    """Reads one file.

    Parameters
    ----------
    name : str
        How to call it.
    options : Options
        How it is audited.
    progress : callable, optional
        Told how many bytes of the file have been read.

    Attributes
    ----------
    file : File
        What is known of it; complete when `read` has ended.
    """

    def __init__(self, name: str, options: Options, progress: Progress | None = None) -> None:
        self.file = File(name)
        self._options = options
        self._progress = progress
        self._not_checked: Counter[str] = Counter()
        self._found: list[Association] = []
        self._instances = _sop_rules.instances()

    def read(self, stream: Readable) -> Iterator[Association]:
        """Yield every association in a stream, as it ends."""
        counting = _Counting(stream, self._progress)
        try:
            yield from self._read(_unpacked(counting))
        except CaptureError as error:
            self.file.problem, self.file.is_cut = str(error), error.is_cut
        except (EOFError, zlib.error) as error:
            self.file.is_cut = isinstance(error, EOFError)
            self.file.problem = f"at offset {counting.size}: packed with gzip, and damaged: {error}"
        except OSError as error:
            self.file.problem = error.strerror or str(error)
        except PastedError as error:
            self.file.problem = str(error)
        self.file.size = counting.size
        self.file.not_checked = dict(self._not_checked)

    def _read(self, stream: Readable) -> Iterator[Association]:
        start = stream.read(1 << 16)
        if is_capture(start):
            kind = "pcapng" if start[0] == 0x0A else "pcap"
            self.file.taken_for = f"a capture ({kind})"
            yield from self._counted(self._capture(read_frames(stream, start)))
            return
        if not start:
            raise CaptureError("the file is empty", 0)
        data = start + stream.read(MOST_PASTED - len(start))
        if stream.read(1):
            raise CaptureError("no capture, and too long for pasted text", MOST_PASTED)
        pasted = Pasted("", (Piece("", data),)) if starts_with_pdu(data) else read_pasted(data)
        self.file.taken_for = pasted.form or "PDUs as they are"
        yield from self._counted(self._pasted(pasted))

    def _counted(self, associations: Iterator[Association]) -> Iterator[Association]:
        for association in associations:
            if self._options.only_violations:
                association.keep_violations()
            self.file.summary.add(association.summary)
            self._not_checked.update(association.not_checked)
            yield association

    def _pasted(self, pasted: Pasted) -> Iterator[Association]:
        if pasted.is_packets:
            frames = ((0, _RAW_IP, piece.data, len(piece.data)) for piece in pasted.pieces)
            yield from self._capture(frames)
            return
        first = pasted.pieces[0].data
        if not starts_with_pdu(first):
            shown = f" ({first[:8].hex(' ')} …)" if first else ""
            raise CaptureError(f"no capture, no PDU and no hexadecimal text{shown}", 0)
        pieces = Pieces(self.file.name, keeps_data_sets=self._options.keeps_data_sets)
        yield from pieces.read(pasted.pieces)

    def _capture(self, frames: Iterator[Frame]) -> Iterator[Association]:
        segments = Segments()
        tracker = Tracker(self._listen)
        number = 0
        read, take, found = segments.read, tracker.take, self._found
        room = Room()
        next_look = room.look(tracker)
        problem: Exception | None = None
        try:
            for number, (time, link, frame, original) in enumerate(frames, 1):
                segment = read(link, frame, original)
                if segment is not None:
                    take(segment, time, number)
                    if number >= next_look:
                        next_look = number + room.look(tracker)
                    if found:
                        yield from found
                        found.clear()
        except _UNREADABLE as error:
            problem = error
        self.file.frames = number
        # A capture that is damaged is told as far as it goes.
        tracker.end()
        yield from found
        found.clear()
        self._note(segments)
        if tracker.passed_over:
            self._not_checked[_LET_GO] += tracker.passed_over
        if problem is not None:
            raise problem
        if number and segments.unknown_links == number:
            links = ", ".join(each for each in segments.passed_over)
            raise CaptureError(f"no frame can be read: {links}", 0)

    def _note(self, segments: Segments) -> None:
        for why, count in segments.passed_over.items():
            if why not in _NOT_ABOUT_DICOM:
                self._not_checked[f"frames: {why}"] += count

    def _listen(self, connection: Connection) -> AuditedConnection | None:
        is_expected = False
        if self._options.port is not None:
            is_expected = self._options.port in [each.port for each in endpoints(connection.key)]
            if not is_expected:
                return None
        return AuditedConnection(
            connection,
            self.file.name,
            self._found.append,
            self._not_checked,
            instances=self._instances,
            is_expected=is_expected,
            keeps_data_sets=self._options.keeps_data_sets,
        )


_UNREADABLE: Final = (CaptureError, EOFError, zlib.error, OSError)
_LET_GO: Final = "frames of associations that were let go: too many are open at once"
_NOT_ABOUT_DICOM: Final = ("no IP packet", "no TCP segment")


def _unpacked(stream: _Counting) -> Readable:
    return _Unpacked(stream) if stream.peek(2) == _GZIP else stream


class _Unpacked:
    """A stream as gzip unpacks it, with whatever can be unpacked of a damaged one.

    The standard library's reader keeps back what comes before the damage.
    """

    def __init__(self, stream: _Counting) -> None:
        self._stream, self._packed = stream, b""
        self._inflater = zlib.decompressobj(_GZIP_WINDOW)
        self._problem: Exception | None = None

    def read(self, size: int, /) -> bytes:
        """Read `size` bytes, fewer at the end or before damage only."""
        parts: list[bytes] = []
        left = size
        while left > 0 and self._problem is None:
            part = self._next(left)
            if part is None:
                break
            parts.append(part)
            left -= len(part)
        if self._problem is not None and left == size:
            raise self._problem
        return b"".join(parts)

    def _next(self, most: int) -> bytes | None:
        """Return at most `most` further bytes, none at times; None at the end."""
        packed = self._packed or self._stream.read(_PACKED)
        if self._inflater.eof:
            packed = packed.lstrip(b"\0")
            if not packed:
                # The last member may be padded with zeros.
                return None if not self._stream.peek(1) else b""
            if not packed.startswith(_GZIP[:1]):
                self._problem = CaptureError(_AFTER_GZIP, self._stream.size, is_cut=True)
                return None
            self._inflater = zlib.decompressobj(_GZIP_WINDOW)
        try:
            data = self._inflater.decompress(packed, most)
        except zlib.error as error:
            self._problem = error
            return None
        if not packed and not data:
            self._problem = EOFError("it ends before what it has packed")
            return None
        rest = self._inflater.unconsumed_tail or self._inflater.unused_data
        self._packed = rest
        return data


class _Counting:
    """A stream that counts what is read of it."""

    def __init__(self, stream: Readable, progress: Progress | None) -> None:
        self.size = 0
        self._stream, self._progress = stream, progress
        self._ahead = b""

    def peek(self, size: int) -> bytes:
        """Return the first bytes without reading them."""
        while len(self._ahead) < size and (part := self._stream.read(size - len(self._ahead))):
            self._ahead += part
        return self._ahead

    def read(self, size: int = -1, /) -> bytes:
        """Read `size` bytes, fewer at the end only; all of them if it is negative."""
        parts, self._ahead = [self._ahead], b""
        left = size - len(parts[0])
        # A pipe gives less than it is asked for.
        while (left > 0 or size < 0) and (part := self._stream.read(left if size >= 0 else -1)):
            parts.append(part)
            left -= len(part)
        data = b"".join(parts)
        self.size += len(data)
        if self._progress is not None:
            self._progress(self.size)
        return data

    def seek(self, offset: int, /) -> None:
        """Refuse to go back: a file is read once."""
        raise io.UnsupportedOperation
