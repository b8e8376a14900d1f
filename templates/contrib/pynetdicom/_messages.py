"""The messages of pynetdicom, without its defects between primitive and bytes.

Invariant: what PS3.7 Annex E says of the Command Data Set Type holds both ways: no data set is
announced that has no bytes, and where none was announced the primitive has none.

This file is copied as it is from `templates/contrib/pynetdicom/_messages.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, Final

from pydicom.multival import MultiValue
from pynetdicom import _config, dimse_messages
from pynetdicom.dimse_messages import C_STORE_RQ, DIMSEMessage
from pynetdicom.dsutils import decode
from pynetdicom.pdu_primitives import P_DATA

from ..._elements import DICTIONARY
from . import _private
from ._diagnosis import LOGGER
from ._storing import open_file

NO_DATA_SET: Final = DICTIONARY.none
COMMAND, LAST = 1, 2
# The maximum length of a PDU whose only item has one byte: six are before it (PS3.8 9.3.5.1).
_ONE_BYTE: Final = 7
# Taken before anything is replaced: this module is imported by the first installation.
_THEIR_ENCODE: Final[Any] = DIMSEMessage.encode_msg
_THEIR_TO_MESSAGE: Final[Any] = DIMSEMessage.primitive_to_message
_THEIR_TO_PRIMITIVE: Final[Any] = DIMSEMessage.message_to_primitive


class UnrecognizedMessage(DIMSEMessage):
    """A message whose Command Field is missing or names none that there is."""


def read(message: Any, pdata: P_DATA, assoc: Any, read_command_set: Callable[[Any], bool]) -> bool:
    """Take the fragments of `pdata` into `message`; return whether it is complete.

    `read_command_set` makes of a message what its command set says, and tells whether a data set
    follows.
    """
    if pdata.__class__ is not P_DATA:
        return False
    for context_id, fragment in pdata.presentation_data_value_list:
        header = fragment[0]
        if header & COMMAND:
            message.encoded_command_set.write(fragment[1:])
            if header & LAST:
                message.context_id = context_id
                if not read_command_set(message):
                    return True
                if _config.STORE_RECV_CHUNKED_DATASET and isinstance(message, C_STORE_RQ):
                    open_file(message, assoc, context_id)
        else:
            _take_data(message, fragment[1:])
            if header & LAST:
                return True
    return False


def _take_data(message: Any, data: bytes) -> None:
    if message._data_set_file:
        message._data_set_file.write(data)
        message._data_set_file.file.flush()
    else:
        message.data_set.write(data)


def decode_message(message: Any, primitive: P_DATA, assoc: Any = None) -> bool:
    """Stand in for ``DIMSEMessage.decode_msg``."""
    return read(message, primitive, assoc, _read_with_pydicom)


def _read_with_pydicom(message: Any) -> bool:
    """Make of `message` what its command set says; return whether a data set follows."""
    message.command_set = decode(message.encoded_command_set, True, True)
    field = _first(message.command_set.get("CommandField"))
    _, kind = dimse_messages._MESSAGE_TYPES.get(field, ("", UnrecognizedMessage))
    message.__class__ = kind
    data_set_type = _first(message.command_set.get("CommandDataSetType"))
    return data_set_type not in (None, NO_DATA_SET)


def _first(value: Any) -> Any:
    """Return `value`, the first of several, None for none."""
    if isinstance(value, MultiValue | list):
        return value[0] if value else None
    return value


def to_message(message: Any, primitive: Any) -> None:
    """Stand in for ``DIMSEMessage.primitive_to_message``."""
    if type(message).__name__ in _private.NAMES:
        _private.to_message(message, _private.adapted(primitive))
        return
    _THEIR_TO_MESSAGE(message, primitive)
    if message._data_set_path:
        return
    message.data_set = data_set_of(message, primitive)
    announced = NO_DATA_SET if is_empty(message.data_set) else DICTIONARY.present
    message.command_set.CommandDataSetType = announced


def data_set_of(message: Any, primitive: Any) -> BytesIO | None:
    """Return the data set that goes with a message.

    Where Annex C returns another one with the status than the message has, that one is sent, unless
    there are both.
    """
    name = type(message).__name__
    keyword = dimse_messages._DATASET_KEYWORDS.get(name)
    if keyword is None:
        return BytesIO()
    own: BytesIO | None = getattr(primitive, keyword)
    instead = _returned_with(primitive, keyword)
    other: BytesIO | None = None if instead is None else getattr(primitive, instead)
    if is_empty(other):
        return own
    if is_empty(own):
        return other
    LOGGER.warning(
        "%s: %s is not sent: a message has one data set, and %s is set, too (PS3.7 6.3)",
        name.replace("_", "-"),
        instead,
        keyword,
    )
    return own


def _returned_with(primitive: Any, keyword: str) -> str | None:
    """Return which data set but `keyword` Annex C permits with the status of `primitive`."""
    fields = getattr(primitive, "STATUS_FIELDS", {})
    status = getattr(primitive, "Status", None)
    if status is None or status not in fields:
        return None
    elements = primitive.RESPONSE_ELEMENTS
    return next((each for each in fields[status] if each not in (*elements, keyword)), None)


def is_empty(data_set: BytesIO | None) -> bool:
    """Return whether there is no data set, or one of no bytes."""
    return data_set is None or (isinstance(data_set, BytesIO) and not data_set.getbuffer().nbytes)


def encode_message(message: Any, context_id: int, max_pdu_length: int) -> Iterator[P_DATA]:
    """Stand in for ``DIMSEMessage.encode_msg``."""
    yield from _THEIR_ENCODE(message, context_id, even(max_pdu_length))


def even(max_pdu_length: int) -> int:
    """Return the length with which all fragments but the last are even (PS3.8 E.1).

    A peer that leaves room for one byte gets that one.
    """
    return max_pdu_length & ~1 if max_pdu_length > _ONE_BYTE else max_pdu_length


def to_primitive(message: Any) -> Any:
    """Stand in for ``DIMSEMessage.message_to_primitive``."""
    if type(message).__name__ in _private.NAMES:
        return _private.to_primitive(message)
    primitive = _THEIR_TO_PRIMITIVE(message)
    if _first(message.command_set.get("CommandDataSetType")) in (None, NO_DATA_SET):
        keyword = dimse_messages._DATASET_KEYWORDS.get(type(message).__name__)
        if keyword is not None:
            setattr(primitive, keyword, None)
    return primitive
