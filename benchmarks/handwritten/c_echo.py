"""C-ECHO-RQ and C-ECHO-RSP by hand (PS3.7 Tables 9.3-12 and 9.3-13).

Invariant: `decode` takes what a regular message of its type is, and raises for all else.
"""

from __future__ import annotations

from struct import Struct
from typing import Any, Final

from dimse_primitives import C_ECHO, Message
from pydicom.uid import UID

from .shared import (
    incomplete,
    new,
    new_uid,
    pack_group_length,
    pack_start,
    refused,
    text,
    text_element,
    unpack_header,
    unpack_start,
)

# Command Field, header of the Message ID; value; Command Data Set Type
_pack_request: Final = Struct("<18sH10s").pack
_unpack_request: Final = Struct("<18sH10s").unpack_from
_REQUEST: Final = b"\0\0\0\1\2\0\0\0\x30\0\0\0\x10\1\2\0\0\0"
_NO_DATA_SET: Final = b"\0\0\0\x08\2\0\0\0\1\1"
# Command Field, header of the Message ID Being Responded To; value; Command Data Set Type, header
# of the Status; value
_pack_response: Final = Struct("<18sH18sH").pack
_unpack_response: Final = Struct("<18sH18sH").unpack_from
_RESPONSE: Final = b"\0\0\0\1\2\0\0\0\x30\x80\0\0\x20\1\2\0\0\0"
_NO_DATA_SET_STATUS: Final = _NO_DATA_SET + b"\0\0\0\x09\2\0\0\0"


def encode_request(primitive: Any) -> bytes:
    if primitive._message_id is None or primitive._affected_sop_class_uid is None:
        raise incomplete("C-ECHO-RQ")
    sop_class: bytes = primitive._affected_sop_class_uid.encode()
    if len(sop_class) & 1:
        sop_class += b"\0"
    size = len(sop_class)
    return (
        pack_start(0, 4, 38 + size, 0x00020000, size)
        + sop_class
        + _pack_request(_REQUEST, primitive._message_id, _NO_DATA_SET)
    )


def decode_request(data: bytes) -> Message:
    group_length, four, following, tag, size = unpack_start(data)
    end = len(data)
    at = 20 + size
    if (
        group_length != 0
        or four != 4
        or following != end - 12
        or tag != 0x00020000
        or size & 1
        or end != at + 30
    ):
        raise refused("C-ECHO-RQ")
    fixed, message_id, no_data_set = _unpack_request(data, at)
    if fixed != _REQUEST or no_data_set != _NO_DATA_SET:
        raise refused("C-ECHO-RQ")
    primitive = new(C_ECHO)
    primitive._message_id = message_id
    primitive._affected_sop_class_uid = new_uid(UID, data[20:at].rstrip(b"\0"), "ascii") or None
    primitive._message_id_being_responded_to = primitive._status = primitive._error_comment = None
    return Message("C-ECHO-RQ", primitive, False)


def encode_response(primitive: Any) -> bytes:
    if primitive._message_id_being_responded_to is None or primitive._status is None:
        raise incomplete("C-ECHO-RSP")
    body = _pack_response(
        _RESPONSE,
        primitive._message_id_being_responded_to,
        _NO_DATA_SET_STATUS,
        primitive._status,
    )
    if primitive._error_comment is not None:
        body += text_element(0x09020000, primitive._error_comment)
    if primitive._affected_sop_class_uid is None:
        return pack_group_length(0, 4, len(body)) + body
    sop_class: bytes = primitive._affected_sop_class_uid.encode()
    if len(sop_class) & 1:
        sop_class += b"\0"
    size = len(sop_class)
    return pack_start(0, 4, 8 + size + len(body), 0x00020000, size) + sop_class + body


def decode_response(data: bytes) -> Message:
    group_length, four, following, tag, size = unpack_start(data)
    end = len(data)
    if group_length != 0 or four != 4 or following != end - 12:
        raise refused("C-ECHO-RSP")
    sop_class, at = None, 12
    if tag == 0x00020000 and not size & 1:
        at = 20 + size
        sop_class = new_uid(UID, data[20:at].rstrip(b"\0"), "ascii") or None
    fixed, message_id, no_data_set, status = _unpack_response(data, at)
    if fixed != _RESPONSE or no_data_set != _NO_DATA_SET_STATUS:
        raise refused("C-ECHO-RSP")
    at += 40
    comment = None
    if at < end:
        tag, size = unpack_header(data, at)
        if tag == 0x09020000 and not size & 1:
            comment = text(data[at + 8 : at + 8 + size])
            at += 8 + size
    if at != end:
        raise refused("C-ECHO-RSP")
    primitive = new(C_ECHO)
    primitive._message_id = None
    primitive._message_id_being_responded_to = message_id
    primitive._affected_sop_class_uid = sop_class
    primitive._status = status
    primitive._error_comment = comment
    return Message("C-ECHO-RSP", primitive, False)
