"""What one side of an association sends: its PDUs, and the messages in their fragments.

Invariant: a data set is counted as it comes; its bytes are kept only while a rule needs them, and
never more than `MOST_KEPT`.
"""

from __future__ import annotations

from typing import Final, Protocol

from .._codec import DecodeError, Message
from .._fragments import COMMAND, LAST, RESERVED
from .._messages import decode
from . import _rules as rules
from ._finding import Finding, Place
from ._record import SentMessage

#: The longest data set that is kept to be checked; those of objects with pixels are not.
MOST_KEPT: Final = 1 << 20
_LONGEST_COMMAND: Final = 1 << 16
_CUT: Final = "a message that is not complete"


class Dialogue(Protocol):
    """What takes the messages of both sides."""

    def place_of(self, sender: str) -> Place:
        """Return where the capture is."""

    def pdu(self, sender: str, data: bytes) -> None:
        """Take a PDU that carries no fragments."""

    def p_data(self, sender: str, length: int) -> None:
        """Take note of a P-DATA-TF PDU."""

    def context(self, sender: str, context_id: int) -> Finding | None:
        """Return what is wrong with a message on a presentation context."""

    def keeps(self, message: Message, context_id: int) -> bool:
        """Return whether a rule needs the data set of a message."""

    def message(self, sent: SentMessage, message: Message | None) -> None:
        """Take a message."""

    def find(self, finding: Finding) -> None:
        """Take a finding."""


class Party:
    """One side; it receives what its `PDUReader` finds."""

    __slots__ = (
        "_command",
        "_context_id",
        "_data",
        "_findings",
        "_header",
        "_is_new_pdu",
        "_is_too_long",
        "_message",
        "_missing",
        "_name",
        "_size",
        "_told",
        "_unannounced",
        "dialogue",
        "sender",
    )

    def __init__(self, dialogue: Dialogue, sender: str) -> None:
        self.dialogue, self.sender = dialogue, sender
        self._header = 0
        # The message before, which a data set without one may follow.
        self._name = "no command set"
        self._is_new_pdu = True
        self._begin()

    def _begin(self) -> None:
        self._context_id = 0
        self._command = bytearray()
        self._message: Message | None = None
        self._data: bytearray | None = None
        self._size = self._missing = 0
        self._unannounced = self._is_too_long = False
        self._findings: list[Finding] = []
        self._told: set[str] = set()

    def pdu(self, data: bytes) -> None:
        """Take a PDU that carries no fragments, whole."""
        self.dialogue.pdu(self.sender, data)

    def p_data(self, length: int) -> None:
        """Take note that a P-DATA-TF PDU starts."""
        self._is_new_pdu = True
        self.dialogue.p_data(self.sender, length)

    def invalid(self, text: str, start: bytes) -> None:
        """Take note that what starts with these bytes is no PDU."""
        place = self.dialogue.place_of(self.sender)
        self.dialogue.find(rules.invalid_pdu(place, problem=f"{text} ({start.hex(' ')})"))

    def lost(self) -> None:
        """Take note that what is here of a message will not be completed."""
        self.end()

    def item(self, context_id: int, header: int, size: int) -> None:
        """Take note that a fragment of `size` bytes starts."""
        self._header = header
        if self._context_id == 0:
            self._start(context_id)
        elif self._context_id != context_id:
            other = self._context_id
            self._once(
                rules.interleaved_fragments(self._place(), context_id=context_id, other=other)
            )
            self.end()
            self._start(context_id)
        if header & COMMAND and self._message is not None:
            self._without_data_set("the command set of another message")
            self._start(context_id)
        elif not header & COMMAND and self._message is None:
            self._unannounced = True
        if header & RESERVED:
            self._once(rules.control_header_bits(self._place(), header=header))
        if size & 1:
            self._once(rules.odd_fragment(self._place(), size=size))
        elif not size:
            self._once(rules.empty_fragment(self._place()))

    def _start(self, context_id: int) -> None:
        if not self._is_new_pdu:
            self._once(rules.messages_in_one_pdu(self._place()))
        self._is_new_pdu = False
        self._context_id = context_id
        found = self.dialogue.context(self.sender, context_id)
        if found is not None:
            self._once(found)

    def fragment(self, buffer: bytes, start: int, end: int) -> None:
        """Take bytes of the fragment."""
        if self._header & COMMAND:
            if len(self._command) + end - start <= _LONGEST_COMMAND:
                self._command += memoryview(buffer)[start:end]
            else:
                self._is_too_long = True
                self._once(rules.command_too_long(self._place(), longest=_LONGEST_COMMAND))
            return
        self._size += end - start
        if self._data is not None:
            self._data += memoryview(buffer)[start:end]
            if len(self._data) > MOST_KEPT:
                self._data = None

    def fragment_gap(self, size: int) -> None:
        """Take note that `size` bytes of the fragment are missing."""
        self._missing += size
        self._data = None
        if not self._header & COMMAND:
            self._size += size

    def fragment_end(self) -> None:
        """Complete the command set or the data set, if this was its last fragment."""
        if not self._header & LAST:
            return
        if not self._header & COMMAND:
            if self._unannounced:
                self._find_unannounced()
                return
            self._complete()
            return
        if self._missing:
            self.end()
            return
        if self._is_too_long:
            self._complete()
            return
        command = bytes(self._command)
        try:
            message = decode(command)
        except DecodeError as error:
            self._once(rules.command_undecodable(self._place(), problem=str(error)))
            self._complete()
            return
        self._message = message
        self._name = message.message_type
        if not message.has_data_set:
            self._complete()
        elif self.dialogue.keeps(message, self._context_id):
            self._data = bytearray()

    def _find_unannounced(self) -> None:
        place = self._place()
        found = rules.data_set_unannounced(place, size=self._size, message=self._name)
        self._once(found)
        for each in self._findings:
            self.dialogue.find(each)
        self._begin()

    def _without_data_set(self, what: str) -> None:
        self._once(rules.data_set_missing(self._place(), message=self._name, what=what))
        self._complete()

    def _complete(self, *, is_whole: bool = True) -> None:
        """Hand over the message, as far as it could be read."""
        message = self._message
        if is_whole and self._size & 1 and message is not None:
            self._once(rules.data_set_odd(self._place(), size=self._size))
        sent = SentMessage(
            self._place(),
            self._context_id,
            message.message_type if message is not None else "",
            command=bytes(self._command),
            data_set_bytes=self._size,
            missing_bytes=self._missing,
            data_set=bytes(self._data) if self._data is not None and is_whole else None,
            findings=self._findings,
            not_checked=() if is_whole else (_CUT,),
        )
        self._begin()
        self.dialogue.message(sent, message)

    @property
    def held(self) -> int:
        """How many bytes of a message that is not complete are kept."""
        return len(self._command) + len(self._data or b"")

    def end(self, *, is_fault: bool = False) -> None:
        """Let go of a message that is not complete; `is_fault` if its sender should have."""
        if not self._context_id:
            return
        message = self._message
        if is_fault and not self._missing:
            name = self._name if message is not None else "a message"
            self._once(rules.message_cut(self._place(), message=name))
        if message is not None:
            self._complete(is_whole=False)
            return
        for each in self._findings:
            self.dialogue.find(each)
        self._begin()

    def _place(self) -> Place:
        return self.dialogue.place_of(self.sender)

    def _once(self, finding: Finding) -> None:
        """Say of a message what is wrong with its fragments, each once."""
        if finding.rule not in self._told:
            self._told.add(finding.rule)
            self._findings.append(finding)
