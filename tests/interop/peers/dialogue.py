"""Bytes of a connection to messages: the PDUs, their P-DATA, and who answers what.

Invariant: every P-DATA-TF PDU (PS3.8 9.3.5) of the connection went through a `Reassembler` of its
direction, and each ended with a whole message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dimse_primitives import Reassembler, ReceivedMessage, read_pdvs

from .proxy import Piece

_HEADER, _P_DATA_TF = 6, 0x04


@dataclass(frozen=True)
class Said:
    """A message, who sent it, and the request that it answers, if it is a response."""

    by_client: bool
    message: ReceivedMessage
    answers: Said | None

    @property
    def type(self) -> str:
        """The name of the message, e.g. ``C-ECHO-RQ``."""
        return self.message.message.message_type


class _Direction:
    """What one end sends."""

    def __init__(self) -> None:
        self._rest = b""
        self._reassembler = Reassembler()

    def take(self, data: bytes) -> Iterator[ReceivedMessage]:
        """Yield the messages that `data` completes."""
        self._rest += data
        while len(self._rest) >= _HEADER:
            end = _HEADER + int.from_bytes(self._rest[2:_HEADER], "big")
            if len(self._rest) < end:
                return
            pdu, self._rest = self._rest[:end], self._rest[end:]
            if pdu[0] != _P_DATA_TF:
                continue
            for pdv in read_pdvs(pdu[_HEADER:], strict=True):
                if (received := self._reassembler.feed(pdv)) is not None:
                    yield received

    def check_end(self) -> None:
        """Raise if the connection ended within a PDU or a message."""
        if self._rest or self._reassembler.unfinished:
            raise ValueError("the connection ended within a message")


def listen(pieces: Iterable[Piece]) -> list[Said]:
    """Return the messages of a connection in the order in which they were complete."""
    directions = {True: _Direction(), False: _Direction()}
    heard: list[Said] = []
    for piece in pieces:
        for received in directions[piece.from_client].take(piece.data):
            answers = _request_of(received, piece.from_client, heard)
            heard.append(Said(piece.from_client, received, answers))
    for direction in directions.values():
        direction.check_end()
    return heard


def _request_of(received: ReceivedMessage, by_client: bool, heard: list[Said]) -> Said | None:
    if not received.message.message_type.endswith("-RSP"):
        return None
    wanted = received.message.primitive.MessageIDBeingRespondedTo
    for earlier in reversed(heard):
        is_request = earlier.type.endswith("-RQ") and earlier.type != "C-CANCEL-RQ"
        if earlier.by_client == by_client or not is_request:
            continue
        if earlier.message.message.primitive.MessageID == wanted:  # type: ignore[union-attr]
            return earlier
    return None
