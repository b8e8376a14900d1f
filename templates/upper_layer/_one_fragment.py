"""The bytes of a P-DATA-TF with one fragment, as nearly all are: both headers packed at once."""

from __future__ import annotations

import struct
from typing import Final

from .._codec import Buffer
from ._facts import FRAGMENT_COUNTED, FRAGMENT_OVERHEAD, ONE_FRAGMENT_HEADS

_pack_heads: Final = ONE_FRAGMENT_HEADS.pack


def pdu_of_fragment(pdu_type: int, context_id: int, header: int, fragment: Buffer) -> list[Buffer]:
    """Return the buffers of the PDU, the fragment as it is.

    Raises
    ------
    ValueError
        If it is too long for the length of a PDU.
    """
    size = len(fragment)
    try:
        return [
            _pack_heads(
                pdu_type, size + FRAGMENT_OVERHEAD, size + FRAGMENT_COUNTED, context_id, header
            ),
            fragment,
        ]
    except struct.error:
        raise ValueError(f"a fragment of {size} bytes is too long for a PDU") from None
