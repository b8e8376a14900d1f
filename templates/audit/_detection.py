"""What a connection carries, by its first bytes: DICOM on any port, TLS, or something else.

Invariant: DICOM is only what starts with an A-ASSOCIATE-RQ, with the answer to one or, in a capture
that starts later, with a PDU that can be nothing else.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from ._pdus import CERTAIN, LONGEST_CERTAIN, LONGEST_PDU

# Change of cipher, alert, handshake, data (RFC 8446 5.1): a capture may start with any of them.
_TLS_RECORDS: Final = range(0x14, 0x18)
_LONGEST_TLS: Final = (1 << 14) + 2048
_SHORTEST_REQUEST: Final = 68
_FIRST_BYTES: Final = (*range(1, 8), *_TLS_RECORDS)
REJECTION: Final = re.compile(rb"\x03.\x00\x00\x00\x04.[\x01\x02][\x01-\x03][\x01-\x07]", re.DOTALL)


class Content(Enum):
    """What a direction carries."""

    ASSOCIATION = "an association, from its start"
    LATE = "an association that started before the capture"
    ANSWER = "an association, from the answer to its request"
    TLS = "TLS"
    OTHER = "something else"
    UNDECIDED = "too little to tell"


_ASSOCIATIONS: Final = {1: Content.ASSOCIATION, 2: Content.ANSWER}


def content_of(start: bytes) -> Content:
    """Return what a direction carries that starts with these bytes."""
    if len(start) >= 5 and start[0] in _TLS_RECORDS and start[1] == 3 and start[2] <= 4:
        is_tls = 0 < int.from_bytes(start[3:5], "big") <= _LONGEST_TLS
        return Content.TLS if is_tls else Content.OTHER
    if len(start) >= 10 and start[0] in _ASSOCIATIONS and start[6:8] == b"\0\1":
        length = int.from_bytes(start[2:6], "big")
        is_one = _SHORTEST_REQUEST <= length <= LONGEST_PDU
        return _ASSOCIATIONS[start[0]] if is_one else Content.OTHER
    if len(start) >= 10 and REJECTION.match(start):
        return Content.ANSWER
    if len(start) >= 10 and CERTAIN.match(start):
        return Content.LATE
    if len(start) < LONGEST_CERTAIN and start[0] in _FIRST_BYTES:
        return Content.UNDECIDED
    return Content.OTHER
