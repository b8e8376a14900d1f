"""PDUs that come without TCP: bytes of one direction or of both, as they are or pasted.

Invariant: who sent what is said by the text, or by the PDU itself; where neither says it, the
record says that it was inferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .._codec import DecodeError
from .._dumps import Piece
from .._messages import decode
from ..upper_layer._stream import read_pdu_header
from . import _sop_rules
from ._dialogue import Dialogue
from ._finding import ACCEPTOR, OTHER, REQUESTOR, Place
from ._record import Association
from ._segments import Endpoint

_RQ, _AC, _RJ, _P_DATA, _RELEASE_RP = 1, 2, 3, 4, 6
_INFERRED = "who sent what: it is inferred from the PDUs themselves"


def starts_with_pdu(data: bytes) -> bool:
    """Return whether bytes start with something that has the header of a PDU."""
    header = read_pdu_header(data)
    return header is not None and 1 <= header[0] <= 7 and data[1] == 0 and header[1] <= 1 << 26


class Pieces:
    """Reads associations in PDUs that follow one another."""

    def __init__(self, file: str, *, keeps_data_sets: bool = False) -> None:
        self._file, self._keeps_data_sets = file, keeps_data_sets
        self._sees_both = True
        self._instances = _sop_rules.instances()
        self._position = {REQUESTOR: 0, ACCEPTOR: 0}

    @property
    def ends(self) -> tuple[Endpoint, Endpoint] | None:
        """There are no addresses."""
        return None

    @property
    def sees_both(self) -> bool:
        """Whether PDUs of both sides are there."""
        return self._sees_both

    def place_of(self, sender: str) -> Place:
        """Return who sends; there are no frames."""
        return Place(sender, None, 0)

    def acknowledged(self, sender: str) -> int:
        """Return how many bytes of the peer a side has acknowledged: that is not known."""
        return 0

    def position(self, sender: str) -> int:
        """Return how many bytes a side has sent."""
        return self._position[sender]

    def read(self, pieces: Iterable[Piece]) -> Iterator[Association]:
        """Yield the associations in pieces, in order."""
        sent = list(self._sent(pieces))
        self._sees_both = len({sender for sender, _ in sent}) > 1
        is_inferred = not any(piece.sender for piece in pieces)
        dialogue: Dialogue | None = None
        for sender, data in sent:
            if dialogue is None or data[0] == _RQ:
                if dialogue is not None:
                    yield dialogue.finish()
                dialogue = Dialogue(
                    self,
                    self._file,
                    instances=self._instances,
                    is_late=data[:1] not in (b"\1", b""),
                    keeps_data_sets=self._keeps_data_sets,
                )
                if is_inferred:
                    dialogue.record.not_checked[_INFERRED] += 1
            self._position[sender] += len(data)
            dialogue.readers[sender].feed(data, 0, len(data))
        if dialogue is not None:
            yield dialogue.finish()

    def _sent(self, pieces: Iterable[Piece]) -> Iterator[tuple[str, bytes]]:
        """Yield each PDU with who sent it; what is left at the end of a piece, as it is."""
        last = REQUESTOR
        asked: dict[int, str] = {}
        rest = {REQUESTOR: b"", ACCEPTOR: b"", "": b""}
        for piece in pieces:
            data, position = rest[piece.sender] + piece.data, 0
            while (header := read_pdu_header(data, position)) is not None:
                end = position + header[1]
                if end > len(data):
                    break
                pdu = data[position:end]
                last = piece.sender or _sender_of(pdu, last, asked)
                yield last, pdu
                position = end
            rest[piece.sender] = data[position:]
        for sender, data in rest.items():
            if data:
                yield sender or last, data


def _sender_of(pdu: bytes, last: str, asked: dict[int, str]) -> str:
    """Return who must have sent a PDU: requests are the requestor's unless they are answered."""
    kind = pdu[0]
    if kind == _RQ:
        asked.clear()
        return REQUESTOR
    if kind in (_AC, _RJ):
        return ACCEPTOR
    if kind == _RELEASE_RP:
        return OTHER[last]
    if kind != _P_DATA or len(pdu) < 12 or not pdu[11] & 1:
        return last
    try:
        message = decode(pdu[12 : 10 + int.from_bytes(pdu[6:10], "big")])
    except DecodeError:
        return last
    primitive = message.primitive
    if message.message_type.endswith("-RSP"):
        number = primitive.MessageIDBeingRespondedTo
        return OTHER[asked.get(number, REQUESTOR)] if number is not None else ACCEPTOR
    return REQUESTOR
