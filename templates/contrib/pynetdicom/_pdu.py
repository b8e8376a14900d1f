"""P-DATA-TF PDUs of pynetdicom to bytes and back (PS3.8 9.3.5), without copies in between.

Invariant: the PDU and its items are pynetdicom's own, with the same values, and what it refuses to
read is refused.

This file is copied as it is from `templates/contrib/pynetdicom/_pdu.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct
from typing import Any, Final

from pynetdicom.pdu import P_DATA_TF
from pynetdicom.pdu_items import PresentationDataValueItem

# The header of a PDU: type, reserved, length; of an item: length of what follows, context ID.
_PDU: Final = Struct(">BBI")
_ITEM: Final = Struct(">IB")
_TYPE: Final = 0x04
_PLACE: Final = " at offset %d (PS3.8 9.3.5.1)"


def replacements() -> Iterator[tuple[type[Any], str, object]]:
    """Yield what takes the place of which attribute of which class."""
    yield P_DATA_TF, "encode", _encode
    yield P_DATA_TF, "decode", _decode


def _encode(pdu: Any) -> bytes:
    """Stand in for ``P_DATA_TF.encode``."""
    parts = [b""]
    length = 0
    for item in pdu.presentation_data_value_items:
        value = item.presentation_data_value
        parts += (_ITEM.pack(len(value) + 1, item.presentation_context_id), value)
        length += len(value) + _ITEM.size
    parts[0] = _PDU.pack(_TYPE, 0, length)
    return b"".join(parts)


def _decode(pdu: Any, bytestream: bytes) -> None:
    """Stand in for ``P_DATA_TF.decode``."""
    pdu.presentation_data_value_items = read_items(bytestream)


def read_items(bytestream: bytes) -> list[Any]:
    """Return the items of a P-DATA-TF PDU.

    Raises
    ------
    ValueError
        If its bytes are no items, or one has no Message Control Header.
    """
    items: list[Any] = []
    offset, end = _PDU.size, len(bytestream)
    while offset < end:
        if end - offset < _ITEM.size:
            raise ValueError(f"{end - offset} bytes after the last item{_PLACE % offset}")
        length, context_id = _ITEM.unpack_from(bytestream, offset)
        following = offset + 4 + length
        if length < 2 or following > end:
            raise ValueError(f"a presentation data value of {length} bytes{_PLACE % offset}")
        item = PresentationDataValueItem()
        item.presentation_context_id = context_id
        item.presentation_data_value = bytestream[offset + _ITEM.size : following]
        items.append(item)
        offset = following
    return items
