"""N-DELETE-RQ and N-DELETE-RSP by hand (PS3.7 Tables 10.3-11 and 10.3-12).

Invariant: `decode` takes what a regular message of its type is, and raises for all else.
"""

from __future__ import annotations

from struct import Struct
from typing import Any, Final

from dimse_primitives import N_DELETE, Message
from pydicom.uid import UID

from .shared import (
    NOTHING,
    incomplete,
    new,
    new_uid,
    pack_group_length,
    pack_header,
    pack_start,
    pack_us,
    refused,
    text,
    text_element,
    unpack_header,
    unpack_start,
    unpack_us,
)

# Command Field, header of the Message ID; value; Command Data Set Type, tag of the SOP Instance
# UID; size
_pack_request: Final = Struct("<18sH14sI").pack
_unpack_request: Final = Struct("<18sH14sI").unpack_from
_REQUEST: Final = b"\0\0\0\1\2\0\0\0\x50\1\0\0\x10\1\2\0\0\0"
_NO_DATA_SET_INSTANCE: Final = b"\0\0\0\x08\2\0\0\0\1\1\0\0\1\x10"
# Command Field, header of the Message ID Being Responded To; value; Command Data Set Type, header
# of the Status; value
_pack_response: Final = Struct("<18sH18sH").pack
_unpack_response: Final = Struct("<18sH18sH").unpack_from
_RESPONSE: Final = b"\0\0\0\1\2\0\0\0\x50\x81\0\0\x20\1\2\0\0\0"
_NO_DATA_SET_STATUS: Final = b"\0\0\0\x08\2\0\0\0\1\1\0\0\0\x09\2\0\0\0"


def encode_request(primitive: Any) -> bytes:
    if (
        primitive._message_id is None
        or primitive._requested_sop_class_uid is None
        or primitive._requested_sop_instance_uid is None
    ):
        raise incomplete("N-DELETE-RQ")
    sop_class: bytes = primitive._requested_sop_class_uid.encode()
    if len(sop_class) & 1:
        sop_class += b"\0"
    size = len(sop_class)
    sop_instance: bytes = primitive._requested_sop_instance_uid.encode()
    if len(sop_instance) & 1:
        sop_instance += b"\0"
    return (
        pack_start(0, 4, 46 + size + len(sop_instance), 0x00030000, size)
        + sop_class
        + _pack_request(_REQUEST, primitive._message_id, _NO_DATA_SET_INSTANCE, len(sop_instance))
        + sop_instance
    )


def decode_request(data: bytes) -> Message:
    group_length, four, following, tag, size = unpack_start(data)
    end = len(data)
    if group_length != 0 or four != 4 or following != end - 12 or tag != 0x00030000 or size & 1:
        raise refused("N-DELETE-RQ")
    class_end = 20 + size
    fixed, message_id, no_data_set, size = _unpack_request(data, class_end)
    start = class_end + 38
    if fixed != _REQUEST or no_data_set != _NO_DATA_SET_INSTANCE or size & 1 or end != start + size:
        raise refused("N-DELETE-RQ")
    primitive = new(N_DELETE)
    primitive._message_id = message_id
    primitive._requested_sop_class_uid = (
        new_uid(UID, data[20:class_end].rstrip(b"\0"), "ascii") or None
    )
    primitive._requested_sop_instance_uid = (
        new_uid(UID, data[start:end].rstrip(b"\0"), "ascii") or None
    )
    primitive._message_id_being_responded_to = primitive._affected_sop_class_uid = None
    primitive._affected_sop_instance_uid = primitive._status = primitive._error_comment = None
    primitive._error_id = None
    return Message("N-DELETE-RQ", primitive, False)


def encode_response(primitive: Any) -> bytes:
    if primitive._message_id_being_responded_to is None or primitive._status is None:
        raise incomplete("N-DELETE-RSP")
    body = _pack_response(
        _RESPONSE,
        primitive._message_id_being_responded_to,
        _NO_DATA_SET_STATUS,
        primitive._status,
    )
    if primitive._error_comment is not None:
        body += text_element(0x09020000, primitive._error_comment)
    if primitive._error_id is not None:
        body += pack_us(0x09030000, 2, primitive._error_id)
    if primitive._affected_sop_instance_uid is not None:
        sop_instance: bytes = primitive._affected_sop_instance_uid.encode()
        if len(sop_instance) & 1:
            sop_instance += b"\0"
        body += pack_header(0x10000000, len(sop_instance)) + sop_instance
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
        raise refused("N-DELETE-RSP")
    sop_class, at = None, 12
    if tag == 0x00020000 and not size & 1:
        at = 20 + size
        sop_class = new_uid(UID, data[20:at].rstrip(b"\0"), "ascii") or None
    fixed, message_id, no_data_set, status = _unpack_response(data, at)
    if fixed != _RESPONSE or no_data_set != _NO_DATA_SET_STATUS:
        raise refused("N-DELETE-RSP")
    at += 40
    comment = error_id = sop_instance = None
    if at < end:
        tag, size = unpack_header(data, at)
        if tag == 0x09020000 and not size & 1:
            comment = text(data[at + 8 : at + 8 + size])
            at += 8 + size
            tag, size = unpack_header(data, at) if at < end else NOTHING
        if tag == 0x09030000 and size == 2:
            (error_id,) = unpack_us(data, at + 8)
            at += 10
            tag, size = unpack_header(data, at) if at < end else NOTHING
        if tag == 0x10000000 and not size & 1:
            start, at = at + 8, at + 8 + size
            sop_instance = new_uid(UID, data[start:at].rstrip(b"\0"), "ascii") or None
    if at != end:
        raise refused("N-DELETE-RSP")
    primitive = new(N_DELETE)
    primitive._message_id_being_responded_to = message_id
    primitive._affected_sop_class_uid = sop_class
    primitive._status = status
    primitive._error_comment = comment
    primitive._error_id = error_id
    primitive._affected_sop_instance_uid = sop_instance
    primitive._message_id = primitive._requested_sop_class_uid = None
    primitive._requested_sop_instance_uid = None
    return Message("N-DELETE-RSP", primitive, False)
