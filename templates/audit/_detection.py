"""What a connection carries, by its first bytes: DICOM on any port, TLS, or something else.

Invariant: DICOM is only what starts with an A-ASSOCIATE-RQ or, in a capture that starts later, with
a PDU that can be nothing else.
"""

from __future__ import annotations

from enum import Enum

from ._pdus import CERTAIN, LONGEST_CERTAIN, LONGEST_PDU

_TLS_HANDSHAKE = 0x16
_SHORTEST_REQUEST = 68


class Content(Enum):
    """What a direction carries."""

    ASSOCIATION = "an association, from its start"
    LATE = "an association that started before the capture"
    TLS = "TLS"
    OTHER = "something else"
    UNDECIDED = "too little to tell"


def content_of(start: bytes) -> Content:
    """Return what a direction carries that starts with these bytes."""
    if len(start) >= 3 and start[0] == _TLS_HANDSHAKE and start[1] == 3 and start[2] <= 4:
        return Content.TLS
    if len(start) >= 10 and start[0] == 1 and start[6:8] == b"\0\1":
        length = int.from_bytes(start[2:6], "big")
        return Content.ASSOCIATION if _SHORTEST_REQUEST <= length <= LONGEST_PDU else Content.OTHER
    if len(start) >= 10 and CERTAIN.match(start):
        return Content.LATE
    if len(start) < LONGEST_CERTAIN and start[0] in (1, 4, 5, 6, 7, _TLS_HANDSHAKE):
        return Content.UNDECIDED
    return Content.OTHER
