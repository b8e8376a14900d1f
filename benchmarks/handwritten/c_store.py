"""C-STORE-RQ and C-STORE-RSP by hand (PS3.7 Tables 9.3-1 and 9.3-2).

Invariant: `decode` takes what a regular message of its type is, and raises for all else.
"""

from __future__ import annotations

from struct import Struct
from typing import Any, Final

from dimse_primitives import C_STORE, Message
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
    tags,
    tags_element,
    text,
    text_element,
    title,
    unpack_header,
    unpack_start,
    unpack_us,
)

# Command Field, header of the Message ID; value; header of the Priority; value; header of the
# Command Data Set Type; value; tag of the SOP Instance UID; size
_pack_request: Final = Struct("<18sH8sH8sH4sI").pack
_unpack_request: Final = Struct("<18sH8sH8sH4sI").unpack_from
_REQUEST: Final = b"\0\0\0\1\2\0\0\0\1\0\0\0\x10\1\2\0\0\0"
_PRIORITY: Final = b"\0\0\0\7\2\0\0\0"
_DATA_SET_TYPE: Final = b"\0\0\0\x08\2\0\0\0"
_INSTANCE: Final = b"\0\0\0\x10"
# Command Field, header of the Message ID Being Responded To; value; Command Data Set Type, header
# of the Status; value
_pack_response: Final = Struct("<18sH18sH").pack
_unpack_response: Final = Struct("<18sH18sH").unpack_from
_RESPONSE: Final = b"\0\0\0\1\2\0\0\0\1\x80\0\0\x20\1\2\0\0\0"
_NO_DATA_SET_STATUS: Final = b"\0\0\0\x08\2\0\0\0\1\1\0\0\0\x09\2\0\0\0"


def encode_request(primitive: Any) -> bytes:
    if (
        primitive._message_id is None
        or primitive._affected_sop_class_uid is None
        or primitive._affected_sop_instance_uid is None
        or primitive._priority is None
        or not primitive._data_set
        or not primitive._data_set.getvalue()
    ):
        raise incomplete("C-STORE-RQ")
    sop_class: bytes = primitive._affected_sop_class_uid.encode()
    if len(sop_class) & 1:
        sop_class += b"\0"
    size = len(sop_class)
    sop_instance: bytes = primitive._affected_sop_instance_uid.encode()
    if len(sop_instance) & 1:
        sop_instance += b"\0"
    optional = b""
    if primitive._move_originator_application_entity_title is not None:
        optional = text_element(0x10300000, primitive._move_originator_application_entity_title)
    if primitive._move_originator_message_id is not None:
        optional += pack_us(0x10310000, 2, primitive._move_originator_message_id)
    return (
        pack_start(0, 4, 56 + size + len(sop_instance) + len(optional), 0x00020000, size)
        + sop_class
        + _pack_request(
            _REQUEST,
            primitive._message_id,
            _PRIORITY,
            primitive._priority,
            _DATA_SET_TYPE,
            1,
            _INSTANCE,
            len(sop_instance),
        )
        + sop_instance
        + optional
    )


def decode_request(data: bytes) -> Message:
    group_length, four, following, tag, size = unpack_start(data)
    end = len(data)
    if group_length != 0 or four != 4 or following != end - 12 or tag != 0x00020000 or size & 1:
        raise refused("C-STORE-RQ")
    class_end = 20 + size
    (
        fixed,
        message_id,
        priority_header,
        priority,
        type_header,
        data_set_type,
        instance_tag,
        size,
    ) = _unpack_request(data, class_end)
    start = class_end + 48
    at = instance_end = start + size
    if (
        fixed != _REQUEST
        or priority_header != _PRIORITY
        or priority > 2
        or type_header != _DATA_SET_TYPE
        or instance_tag != _INSTANCE
        or size & 1
    ):
        raise refused("C-STORE-RQ")
    originator = originator_message_id = None
    if at < end:
        tag, size = unpack_header(data, at)
        if tag == 0x10300000 and not size & 1:
            originator = title(data[at + 8 : at + 8 + size])
            at += 8 + size
            tag, size = unpack_header(data, at) if at < end else NOTHING
        if tag == 0x10310000 and size == 2:
            (originator_message_id,) = unpack_us(data, at + 8)
            at += 10
    if at != end:
        raise refused("C-STORE-RQ")
    primitive = new(C_STORE)
    primitive._message_id = message_id
    primitive._affected_sop_class_uid = (
        new_uid(UID, data[20:class_end].rstrip(b"\0"), "ascii") or None
    )
    primitive._affected_sop_instance_uid = (
        new_uid(UID, data[start:instance_end].rstrip(b"\0"), "ascii") or None
    )
    primitive._priority = priority
    primitive._move_originator_application_entity_title = originator
    primitive._move_originator_message_id = originator_message_id
    primitive._message_id_being_responded_to = primitive._data_set = primitive._status = None
    primitive._offending_element = primitive._error_comment = None
    return Message("C-STORE-RQ", primitive, data_set_type != 0x0101)


def encode_response(primitive: Any) -> bytes:
    if primitive._message_id_being_responded_to is None or primitive._status is None:
        raise incomplete("C-STORE-RSP")
    body = _pack_response(
        _RESPONSE,
        primitive._message_id_being_responded_to,
        _NO_DATA_SET_STATUS,
        primitive._status,
    )
    if primitive._offending_element is not None:
        body += tags_element(0x09010000, primitive._offending_element)
    if primitive._error_comment is not None:
        body += text_element(0x09020000, primitive._error_comment)
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
        raise refused("C-STORE-RSP")
    sop_class, at = None, 12
    if tag == 0x00020000 and not size & 1:
        at = 20 + size
        sop_class = new_uid(UID, data[20:at].rstrip(b"\0"), "ascii") or None
    fixed, message_id, no_data_set, status = _unpack_response(data, at)
    if fixed != _RESPONSE or no_data_set != _NO_DATA_SET_STATUS:
        raise refused("C-STORE-RSP")
    at += 40
    offending = comment = sop_instance = None
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
        if tag == 0x10000000 and not size & 1:
            start, at = at + 8, at + 8 + size
            sop_instance = new_uid(UID, data[start:at].rstrip(b"\0"), "ascii") or None
    if at != end:
        raise refused("C-STORE-RSP")
    primitive = new(C_STORE)
    primitive._message_id_being_responded_to = message_id
    primitive._affected_sop_class_uid = sop_class
    primitive._status = status
    primitive._offending_element = offending
    primitive._error_comment = comment
    primitive._affected_sop_instance_uid = sop_instance
    primitive._message_id = primitive._priority = None
    primitive._move_originator_application_entity_title = None
    primitive._move_originator_message_id = primitive._data_set = None
    return Message("C-STORE-RSP", primitive, False)
