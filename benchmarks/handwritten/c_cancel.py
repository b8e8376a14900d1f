"""C-CANCEL-RQ by hand (PS3.7 Tables 9.3-5, 9.3-8 and 9.3-11).

Invariant: `decode` takes what a regular message of its type is, and raises for all else.
"""

from __future__ import annotations

from struct import Struct
from typing import Any, Final

from dimse_primitives import C_CANCEL, Message

from .shared import incomplete, new, refused

# Everything before the Message ID Being Responded To; its value; Command Data Set Type
_pack: Final = Struct("<30sH10s").pack
_unpack: Final = Struct("<30sH10s").unpack
_START: Final = b"\0\0\0\0\4\0\0\0\x1e\0\0\0\0\0\0\1\2\0\0\0\xff\x0f\0\0\x20\1\2\0\0\0"
_NO_DATA_SET: Final = b"\0\0\0\x08\2\0\0\0\1\1"


def encode_request(primitive: Any) -> bytes:
    if primitive._message_id_being_responded_to is None:
        raise incomplete("C-CANCEL-RQ")
    return _pack(_START, primitive._message_id_being_responded_to, _NO_DATA_SET)


def decode_request(data: bytes) -> Message:
    start, message_id, no_data_set = _unpack(data)
    if start != _START or no_data_set != _NO_DATA_SET:
        raise refused("C-CANCEL-RQ")
    primitive = new(C_CANCEL)
    primitive._message_id_being_responded_to = message_id
    return Message("C-CANCEL-RQ", primitive, False)
