"""What reads the bytes of the peer: PDU by PDU, as long as it is known where one ends.

This file is copied as it is from `templates/upper_layer/_receiving.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from .._codec import Buffer, DecodeError
from ._association_events import Aborted
from ._decode import decode_pdu
from ._enumerations import AbortReason, AbortSource
from ._facts import PDU_NAMES
from ._machine import Machine
from ._negotiation import maximum_length
from ._pdu_stream import OversizeError, PDUStream
from ._states import Event, State
from .a_associate import A_ASSOCIATE

# What PDU-length can say: an end that takes any length gets it (PS3.8 D.1.1).
_ANY_LENGTH: Final = 0xFFFF_FFFF


class Receiver:
    """Reads for one end of an association.

    Parameters
    ----------
    machine : Machine
        The state machine that the PDUs are given to.
    asked : callable
        Called when an association has been asked for.
    """

    def __init__(self, machine: Machine, asked: Callable[[], None]) -> None:
        self._machine, self._asked = machine, asked
        self._stream = PDUStream()
        # Where a PDU ends is not known any more: what follows cannot be read.
        self._is_deaf = False

    def limit(self, primitive: A_ASSOCIATE) -> None:
        """Take no longer P-DATA than this end has said of itself."""
        self._stream.longest_p_data = maximum_length(primitive) or _ANY_LENGTH

    @property
    def is_within_pdu(self) -> bool:
        """Whether the beginning of a PDU has come, and not the rest of it."""
        return self._stream.is_within_pdu

    def read(self, data: Buffer) -> None:
        """Give the machine every PDU that is whole by now."""
        if self._is_deaf:
            return
        machine = self._machine
        try:
            for view in self._stream.pdus(data):
                self._receive(view)
                if machine.state is State.Sta1:
                    self._is_deaf = True
                    return
        except OversizeError as error:
            self._is_deaf = True
            self._refuse(_reason_of(error.pdu_type), str(error))

    def _receive(self, view: memoryview) -> None:
        machine = self._machine
        try:
            machine.pdu = pdu = decode_pdu(view).pdu
        except DecodeError as error:
            machine.pdu = None
            self._refuse(_reason_of(view[0]), str(error))
            return
        try:
            machine.run(pdu.RECEIVED)
        except OSError as error:
            # The file that a data set is written to: the peer cannot know.
            machine.run(Event.A_ABORT_REQUEST)
            source, reason = AbortSource.SERVICE_USER, AbortReason.REASON_NOT_SPECIFIED
            text = f"a data set was not kept: {error}"
            machine.events.append(Aborted(source, reason, text, is_local=True))
            return
        if machine.fault is not None:
            machine.run(Event.INVALID_PDU)
            machine.fault = None
        elif machine.state is State.Sta3:
            self._asked()

    def _refuse(self, reason: AbortReason, text: str) -> None:
        self._machine.fault = reason, text
        self._machine.run(Event.INVALID_PDU)
        self._machine.fault = None


def _reason_of(pdu_type: int) -> AbortReason:
    """Return what is wrong with a PDU that cannot be decoded: its type, or something in it."""
    if pdu_type in PDU_NAMES:
        return AbortReason.INVALID_PDU_PARAMETER_VALUE
    return AbortReason.UNRECOGNIZED_PDU
