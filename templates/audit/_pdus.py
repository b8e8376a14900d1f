"""The PDUs of one direction of an association, found in its bytes as they come (PS3.8 9.3).

Fragments of messages are passed on as they come and never collected here, so that a data set of any
size costs nothing. Where bytes are missing inside a fragment, it is known where it ends; elsewhere,
the next PDU that can be told for certain is waited for, and what is passed over is counted.

Invariant: every byte is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

from ..upper_layer import P_DATA_TF
from ..upper_layer._facts import FRAGMENT_COUNTED, FRAGMENT_OVERHEAD, PDU_HEADER, PDU_NAMES
from ..upper_layer.presentation_data_value_item import _unpack_head as _unpack_item

# What stands before a fragment in its item has as many bytes.
_HEADER: Final = PDU_HEADER.size
_unpack_pdu: Final = PDU_HEADER.unpack_from
#: An A-ASSOCIATE-RQ of 128 contexts with 40 transfer syntaxes has a third of it.
LONGEST_PDU: Final = 1 << 20
# What can only be the beginning of a PDU: an item with the first fragment of a command set, which
# starts with its group length (PS3.7 6.3.1), and the PDUs of which every byte is fixed.
CERTAIN: Final = re.compile(
    rb"\x04\x00.{8}[\x01-\xff][\x01\x03]\x00\x00\x00\x00\x04\x00\x00\x00"
    rb"|[\x05\x06]\x00\x00\x00\x00\x04\x00\x00\x00\x00"
    rb"|\x07\x00\x00\x00\x00\x04\x00\x00[\x00-\x02][\x00-\x06]",
    re.DOTALL,
)
LONGEST_CERTAIN: Final = 20


class Receiver(Protocol):
    """What becomes of the PDUs of one direction."""

    def pdu(self, data: bytes) -> None:
        """Take a PDU that carries no fragments, whole."""

    def p_data(self, length: int) -> None:
        """Take note that a P-DATA-TF PDU starts, and how long its variable field is."""

    def item(self, context_id: int, header: int, size: int) -> None:
        """Take note that a fragment of `size` bytes starts."""

    def fragment(self, buffer: bytes, start: int, end: int) -> None:
        """Take bytes of the fragment."""

    def fragment_gap(self, size: int) -> None:
        """Take note that `size` bytes of the fragment are missing."""

    def fragment_end(self) -> None:
        """Take note that the fragment is complete."""

    def invalid(self, text: str, start: bytes) -> None:
        """Take note that what starts with these bytes is no PDU."""

    def lost(self) -> None:
        """Take note that it is not known where the next PDU starts."""


class PDUReader:
    """Cuts the bytes of one direction into PDUs.

    Attributes
    ----------
    left : int
        How many bytes of the fragment are still to come.
    passed_over : int
        How many bytes were passed over because no PDU could be told in them.
    """

    __slots__ = (
        "_is_lost",
        "_pdu_left",
        "_pending",
        "_receiver",
        "_wanted",
        "left",
        "passed_over",
    )

    def __init__(self, receiver: Receiver, *, is_lost: bool = False) -> None:
        self._receiver = receiver
        self._pending = bytearray()
        self._wanted = _HEADER
        # What is left of the P-DATA-TF PDU after the fragment.
        self._pdu_left = 0
        self._is_lost = is_lost
        self.left = self.passed_over = 0

    def feed(self, buffer: bytes, start: int, end: int) -> None:
        """Take the bytes of `buffer` from `start` to `end`."""
        while start < end:
            if self.left:
                stop = min(end, start + self.left)
                self._receiver.fragment(buffer, start, stop)
                self.left -= stop - start
                start = stop
                if not self.left:
                    self._receiver.fragment_end()
            elif self._is_lost:
                if self._pending:
                    buffer = bytes(self._pending) + buffer[start:end]
                    start, end = 0, len(buffer)
                    self._pending.clear()
                start = self._look_for_pdu(buffer, start, end)
            elif not self._pending and end - start >= self._wanted:
                stop = start + self._wanted
                self._complete(buffer[start:stop])
                start = stop
            else:
                stop = min(end, start + self._wanted - len(self._pending))
                self._pending += memoryview(buffer)[start:stop]
                start = stop
                if len(self._pending) == self._wanted:
                    data = bytes(self._pending)
                    self._pending.clear()
                    self._complete(data)

    def gap(self, size: int) -> None:
        """Take note that `size` bytes are missing."""
        if 0 < size < self.left or (size == self.left and size):
            self.left -= size
            self._receiver.fragment_gap(size)
            if not self.left:
                self._receiver.fragment_end()
            return
        if self.left:
            self._receiver.fragment_gap(self.left)
        self._lose()

    @property
    def held(self) -> int:
        """How many bytes of a PDU that is not complete are kept."""
        return len(self._pending)

    def end(self) -> int:
        """Return how many bytes were passed over in all: no more will come."""
        return self.passed_over + (len(self._pending) if self._is_lost else 0)

    def _complete(self, data: bytes) -> None:
        """Do what is next with as many bytes as were wanted."""
        self._wanted = _HEADER
        if self._pdu_left:
            self._begin_fragment(data)
        elif len(data) == _HEADER:
            self._begin_pdu(data)
        else:
            self._receiver.pdu(data)

    def _begin_pdu(self, data: bytes) -> None:
        kind, length = _unpack_pdu(data)
        if kind == P_DATA_TF.TYPE:
            self._receiver.p_data(length)
            if length < FRAGMENT_OVERHEAD:
                self._receiver.invalid(f"a P-DATA-TF PDU of {length} bytes has no item", data)
                self._lose()
            else:
                self._pdu_left = length
        elif kind not in PDU_NAMES:
            self._receiver.invalid(f"{kind:02X}H is no PDU-type", data)
            self._lose()
        elif length > LONGEST_PDU:
            self._receiver.invalid(f"a PDU of {length} bytes that is no P-DATA-TF", data)
            self._lose()
        elif length:
            self._wanted = _HEADER + length
            self._pending += data
        else:
            self._receiver.pdu(data)

    def _begin_fragment(self, data: bytes) -> None:
        length, context_id, header = _unpack_item(data)
        left = self._pdu_left - length - (FRAGMENT_OVERHEAD - FRAGMENT_COUNTED)
        if length < FRAGMENT_COUNTED or left < 0 or 0 < left < FRAGMENT_OVERHEAD:
            text = f"an item of {length} bytes in the {self._pdu_left} that are left of its PDU"
            self._receiver.invalid(text, data)
            self._lose()
            return
        self._pdu_left = left
        self.left = length - FRAGMENT_COUNTED
        self._receiver.item(context_id, header, self.left)
        if not self.left:
            self._receiver.fragment_end()

    def _lose(self) -> None:
        self.passed_over += len(self._pending)
        self._pending.clear()
        self.left = self._pdu_left = 0
        self._wanted = _HEADER
        if not self._is_lost:
            self._is_lost = True
            self._receiver.lost()

    def _look_for_pdu(self, buffer: bytes, start: int, end: int) -> int:
        """Return where a PDU certainly starts; pass over what is before."""
        found = CERTAIN.search(buffer, start, end)
        if found is None:
            first = max(start, end - LONGEST_CERTAIN + 1)
            self.passed_over += first - start
            self._pending += buffer[first:end]
            return end
        self.passed_over += found.start() - start
        self._is_lost = False
        return found.start()
