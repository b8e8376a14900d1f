"""What a message is answered with that PS3.7 does not know.

Invariant: nothing is asked of such a message but its Message ID and its SOP Class, and these are
read here: it has no other reader.

This file is copied as it is from `templates/contrib/pynetdicom/_unrecognized.py`. Do not edit the
copy.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, Final

from pynetdicom.dimse_messages import _MESSAGE_TYPES
from pynetdicom.pdu_primitives import P_DATA

from ..._codec import DecodeError, unpack_header
from ..._dictionary import command_set, encode_element
from ..._elements import DICTIONARY
from ..._messages import decode
from ..._status import StatusCode, status_name
from ._aborting import NOT_ACCEPTED, abort
from ._diagnosis import LOGGER, one_line

_IS_RESPONSE: Final = 0x8000
_UNRECOGNIZED_OPERATION: Final = StatusCode.UNRECOGNIZED_OPERATION.value


def answer_unrecognized(
    provider: Any, message: Any, cut: Callable[[bytes, bytes, int, int], Iterable[P_DATA]]
) -> bool:
    """Answer a request, or end the association; return whether it goes on.

    `cut` makes fragments that fit the peer of bytes, with the header of all but the last.
    """
    wire = message.encoded_command_set.getvalue()
    values = _values(wire)
    field, number = (_number(values.get(word)) for word in ("CommandField", "MessageID"))
    is_accepted = message.context_id in provider.assoc._accepted_cx
    if field is None or number is None or not _is_unknown_request(field) or not is_accepted:
        why = _unreadable(wire) if is_accepted else NOT_ACCEPTED
        why = f"Received a message that cannot be answered, {why}"
        abort(provider.dul, LOGGER, logging.WARNING, why)
        return False
    response = _response(values.get("AffectedSOPClassUID"), field | _IS_RESPONSE, number)
    what = f"Received a request with Command Field 0x{field:04X}, which is none of PS3.7 E.1"
    longest = provider.maximum_pdu_size
    try:
        parts = list(cut(response, b"\1", message.context_id, longest))
    except ValueError:
        why = f"{what}: its sender takes PDUs of at most {longest} bytes, no answer fits"
        abort(provider.dul, LOGGER, logging.WARNING, why)
        return False
    name = status_name(_UNRECOGNIZED_OPERATION)
    LOGGER.warning("%s: answered with %04XH, %s", what, _UNRECOGNIZED_OPERATION, name)
    for pdata in parts:
        provider.dul.send_pdu(pdata)
    return True


def _unreadable(wire: bytes) -> str:
    """Return what is wrong with a command set that nobody can read, or whose message is none."""
    try:
        decode(wire)
    except DecodeError as error:
        return one_line(error)
    return "pynetdicom has no such message"


def _is_unknown_request(field: int) -> bool:
    """Return whether it is a request; one that there is could not be read for another reason."""
    return not field & _IS_RESPONSE and field not in _MESSAGE_TYPES


def announces_data_set(wire: bytes) -> bool:
    """Return whether a command set that nobody else can read says that a data set follows it."""
    return _number(_values(wire).get("CommandDataSetType")) not in (None, DICTIONARY.none)


def _values(wire: bytes) -> dict[str, bytes]:
    """Return the values of the command elements by keyword, the first of each."""
    found: dict[str, bytes] = {}
    position = 0
    while position + 8 <= len(wire):
        number, size = unpack_header(wire, position)
        element = DICTIONARY.elements.get((number & 0xFFFF) << 16 | number >> 16)
        if element is not None:
            found.setdefault(element.keyword, wire[position + 8 : position + 8 + size])
        position += 8 + size
    return found


def _number(raw: bytes | None) -> int | None:
    return int.from_bytes(raw[:2], "little") if raw is not None and len(raw) > 1 else None


def _response(class_uid: bytes | None, field: int, number: int) -> bytes:
    """Return the command set that says 0211H, which no primitive has."""
    text = (class_uid or b"").decode("latin-1").strip("\0 ")
    values: dict[str, object] = {
        "AffectedSOPClassUID": text if text.isascii() and 0 < len(text) <= 64 else None,
        "CommandField": field,
        "MessageIDBeingRespondedTo": number,
        "CommandDataSetType": DICTIONARY.none,
        "Status": _UNRECOGNIZED_OPERATION,
    }
    elements = [
        each for each in DICTIONARY.elements.values() if values.get(each.keyword) is not None
    ]
    return command_set((each.tag, encode_element(each, values[each.keyword])) for each in elements)
