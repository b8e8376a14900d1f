"""The capture that the guide and the pictures show: ``python -m tests.unit.audit.example FILE``.

A vendor stores three images, the last two at once though that was not agreed on, and closes the
connection without a release; the archive answers one of them with the UID of another.
"""

from __future__ import annotations

import sys
from pathlib import Path

from .captures import (
    ACCEPTOR,
    CT_STORAGE,
    REQUESTOR,
    VERIFICATION,
    Wire,
    echoes,
    established,
    frames,
    p_data,
    pcap,
    store_request,
)


def example() -> bytes:
    """Return the capture."""
    wire = echoes(established(Wire(), (1, VERIFICATION), (3, CT_STORAGE)))
    first, second, third = (store_request(number) for number in (2, 3, 4))
    wire.send(REQUESTOR, p_data(first.encode_request(), bytes(3000), 3))
    wire.send(ACCEPTOR, p_data(first.respond(Status=0).encode_response(), None, 3))
    for request in (second, third):
        wire.send(REQUESTOR, p_data(request.encode_request(), bytes(1000), 3))
    other = second.respond(Status=0, AffectedSOPInstanceUID="1.2.4")
    wire.send(ACCEPTOR, p_data(other.encode_response(), None, 3))
    wire.send(ACCEPTOR, p_data(third.respond(Status=0).encode_response(), None, 3))
    return pcap(frames(wire.close(REQUESTOR)))


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(example())
