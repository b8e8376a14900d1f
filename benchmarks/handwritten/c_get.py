"""C-GET-RQ and C-GET-RSP by hand (PS3.7 Tables 9.3-6 and 9.3-7).

Invariant: `decode` takes what a regular message of its type is, and raises for all else.
"""

from __future__ import annotations

from struct import Struct
from typing import Any, Final

from dimse_primitives import C_GET, Message
from pydicom.uid import UID

from .shared import (
    NOTHING,
    incomplete,
    new,
    new_uid,
    pack_group_length,
    pack_start,
    pack_us,
    refused,
    tags,
    tags_element,
    text,
    text_element,
    unpack_header,
    unpack_start,
    unpack_us,
)

# Command Field, header of the Message ID; value; header of the Priority; value; header of the
# Command Data Set Type; value
_pack_request: Final = Struct("<18sH8sH8sH").pack
_unpack_request: Final = Struct("<18sH8sH8sH").unpack_from
_REQUEST: Final = b"\0\0\0\1\2\0\0\0\x10\0\0\0\x10\1\2\0\0\0"
_PRIORITY: Final = b"\0\0\0\7\2\0\0\0"
_DATA_SET_TYPE: Final = b"\0\0\0\x08\2\0\0\0"
# Command Field, header of the Message ID Being Responded To; value; header of the Command Data Set
# Type; value; header of the Status; value
_pack_response: Final = Struct("<18sH8sH8sH").pack
_unpack_response: Final = Struct("<18sH8sH8sH").unpack_from
_RESPONSE: Final = b"\0\0\0\1\2\0\0\0\x10\x80\0\0\x20\1\2\0\0\0"
_STATUS: Final = b"\0\0\0\x09\2\0\0\0"


def encode_request(primitive: Any) -> bytes:
    if (
        primitive._message_id is None
        or primitive._affected_sop_class_uid is None
        or primitive._priority is None
        or not primitive._identifier
        or not primitive._identifier.getvalue()
    ):
        raise incomplete("C-GET-RQ")
    sop_class: bytes = primitive._affected_sop_class_uid.encode()
    if len(sop_class) & 1:
        sop_class += b"\0"
    size = len(sop_class)
    return (
        pack_start(0, 4, 48 + size, 0x00020000, size)
        + sop_class
        + _pack_request(
            _REQUEST,
            primitive._message_id,
            _PRIORITY,
            primitive._priority,
            _DATA_SET_TYPE,
            1,
        )
    )


def decode_request(data: bytes) -> Message:
    group_length, four, following, tag, size = unpack_start(data)
    end = len(data)
    if group_length != 0 or four != 4 or following != end - 12 or tag != 0x00020000 or size & 1:
        raise refused("C-GET-RQ")
    class_end = 20 + size
    (
        fixed,
        message_id,
        priority_header,
        priority,
        type_header,
        data_set_type,
    ) = _unpack_request(data, class_end)
    if (
        fixed != _REQUEST
        or priority_header != _PRIORITY
        or priority > 2
        or type_header != _DATA_SET_TYPE
        or end != class_end + 40
    ):
        raise refused("C-GET-RQ")
    primitive = new(C_GET)
    primitive._message_id = message_id
    primitive._affected_sop_class_uid = (
        new_uid(UID, data[20:class_end].rstrip(b"\0"), "ascii") or None
    )
    primitive._priority = priority
    primitive._message_id_being_responded_to = primitive._identifier = primitive._status = None
    primitive._number_of_remaining_sub_operations = None
    primitive._number_of_completed_sub_operations = None
    primitive._number_of_failed_sub_operations = None
    primitive._number_of_warning_sub_operations = primitive._offending_element = None
    primitive._error_comment = None
    return Message("C-GET-RQ", primitive, data_set_type != 0x0101)


def encode_response(primitive: Any) -> bytes:
    if primitive._message_id_being_responded_to is None or primitive._status is None:
        raise incomplete("C-GET-RSP")
    data_set = primitive._identifier
    body = _pack_response(
        _RESPONSE,
        primitive._message_id_being_responded_to,
        _DATA_SET_TYPE,
        1 if data_set is not None and data_set.getvalue() else 0x0101,
        _STATUS,
        primitive._status,
    )
    if primitive._offending_element is not None:
        body += tags_element(0x09010000, primitive._offending_element)
    if primitive._error_comment is not None:
        body += text_element(0x09020000, primitive._error_comment)
    if primitive._number_of_remaining_sub_operations is not None:
        body += pack_us(0x10200000, 2, primitive._number_of_remaining_sub_operations)
    if primitive._number_of_completed_sub_operations is not None:
        body += pack_us(0x10210000, 2, primitive._number_of_completed_sub_operations)
    if primitive._number_of_failed_sub_operations is not None:
        body += pack_us(0x10220000, 2, primitive._number_of_failed_sub_operations)
    if primitive._number_of_warning_sub_operations is not None:
        body += pack_us(0x10230000, 2, primitive._number_of_warning_sub_operations)
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
        raise refused("C-GET-RSP")
    sop_class, at = None, 12
    if tag == 0x00020000 and not size & 1:
        at = 20 + size
        sop_class = new_uid(UID, data[20:at].rstrip(b"\0"), "ascii") or None
    fixed, message_id, type_header, data_set_type, status_header, status = _unpack_response(
        data, at
    )
    if fixed != _RESPONSE or type_header != _DATA_SET_TYPE or status_header != _STATUS:
        raise refused("C-GET-RSP")
    at += 40
    offending = comment = remaining = completed = failed = warning = None
    if at < end:
        tag, size = unpack_header(data, at)
        if tag == 0x09010000 and not size & 1:
            offending = tags(data[at + 8 : at + 8 + size])
            at += 8 + size
            tag, size = unpack_header(data, at) if at < end else NOTHING
        if tag == 0x09020000 and not size & 1:
            comment = text(data[at + 8 : at + 8 + size])
            at += 8 + size
            tag, size = unpack_header(data, at) if at < end else NOTHING
        if tag == 0x10200000 and size == 2:
            (remaining,) = unpack_us(data, at + 8)
            at += 10
            tag, size = unpack_header(data, at) if at < end else NOTHING
        if tag == 0x10210000 and size == 2:
            (completed,) = unpack_us(data, at + 8)
            at += 10
            tag, size = unpack_header(data, at) if at < end else NOTHING
        if tag == 0x10220000 and size == 2:
            (failed,) = unpack_us(data, at + 8)
            at += 10
            tag, size = unpack_header(data, at) if at < end else NOTHING
        if tag == 0x10230000 and size == 2:
            (warning,) = unpack_us(data, at + 8)
            at += 10
    if at != end:
        raise refused("C-GET-RSP")
    primitive = new(C_GET)
    primitive._message_id_being_responded_to = message_id
    primitive._affected_sop_class_uid = sop_class
    primitive._status = status
    primitive._offending_element = offending
    primitive._error_comment = comment
    primitive._number_of_remaining_sub_operations = remaining
    primitive._number_of_completed_sub_operations = completed
    primitive._number_of_failed_sub_operations = failed
    primitive._number_of_warning_sub_operations = warning
    primitive._message_id = primitive._priority = primitive._identifier = None
    return Message("C-GET-RSP", primitive, data_set_type != 0x0101)
