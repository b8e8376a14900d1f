"""Read a P-DATA-TF with one fragment, as nearly all are: both headers are unpacked at once.

What is irregular in any way is left to the decoder of all PDUs, which says how.
"""

from __future__ import annotations

from typing import Final

from .._codec import Buffer
from ._facts import (
    CONTEXT_IDS,
    FRAGMENT_COUNTED,
    FRAGMENT_OVERHEAD,
    ONE_FRAGMENT_HEADS,
    PDU_HEADER,
)
from ._pdu import new
from .p_data_tf import P_DATA_TF, _set_presentation_data_value_items
from .presentation_data_value_item import (
    PresentationDataValueItem,
    _set_fragment,
    _set_message_control_header,
    _set_presentation_context_id,
)

_TYPE: Final = P_DATA_TF.TYPE
_PDU_HEADER: Final = PDU_HEADER.size
_HEADS: Final = ONE_FRAGMENT_HEADS.size
# What PDU-length counts, and Item-length does not.
_BETWEEN: Final = FRAGMENT_OVERHEAD - FRAGMENT_COUNTED
_unpack_heads: Final = ONE_FRAGMENT_HEADS.unpack_from


def read_one_fragment(data: Buffer) -> P_DATA_TF | None:
    """Return the PDU that `data` is; None unless it has one fragment, and nothing irregular."""
    size = len(data)
    if size < _HEADS or data[0] != _TYPE:
        return None
    _, length, item_length, context_id, header = _unpack_heads(data)
    is_whole = length == size - _PDU_HEADER and item_length == length - _BETWEEN
    if not is_whole or context_id not in CONTEXT_IDS:
        return None
    item = new(PresentationDataValueItem)
    _set_presentation_context_id(item, context_id)
    _set_message_control_header(item, header)
    _set_fragment(item, memoryview(data)[_HEADS:])
    pdu = new(P_DATA_TF)
    _set_presentation_data_value_items(pdu, (item,))
    return pdu
