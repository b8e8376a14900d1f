"""Acknowledge the beginning of a PDU at once, so that its sender goes on.

A peer that writes a PDU in pieces without TCP_NODELAY, as DCMTK's tools do, sends the second piece
when the first is acknowledged; the system waits 40 ms for data that it could send with that.

This file is copied as it is from `templates/upper_layer/_acknowledging.py`. Do not edit the copy.
"""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from typing import Any


def acknowledge(transport: Any) -> None:
    """Acknowledge what has come over `transport`, where the system can be told to (Linux)."""
    if sys.platform == "linux":
        connection = transport.get_extra_info("socket")
        # It may be closed by now, or be no TCP connection.
        with suppress(OSError, AttributeError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
