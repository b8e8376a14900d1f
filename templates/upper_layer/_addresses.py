"""Where the two ends of a transport connection of asyncio are."""

from __future__ import annotations

import asyncio
from typing import Final

NO_ADDRESS: Final = ("0.0.0.0", 0)


def address(transport: asyncio.BaseTransport, end: str) -> tuple[str, int]:
    """Return host and port of an end, ``"sockname"`` or ``"peername"``; that of IPv6 says more."""
    # A connection that the peer has closed already has none any more.
    host, port = (transport.get_extra_info(end) or NO_ADDRESS)[:2]
    return host, port
