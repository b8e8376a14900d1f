"""The codec of this package under the messages of pynetdicom.

Invariant: bytes and primitive are converted directly. The ``command_set`` of a message, which
needs pydicom, is made when somebody looks at it; from then on it is what is sent or delivered, as
before, because whoever has it may change it. There is one reader: what is irregular is served as
the codec has understood it and says it has.

This file is copied as it is from `templates/contrib/pynetdicom/_wire.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, Final

from pydicom.dataset import Dataset
from pynetdicom import _config, dimse_messages
from pynetdicom.dimse_messages import DIMSEMessage
from pynetdicom.dsutils import decode as decode_data_set
from pynetdicom.dsutils import encode as encode_data_set
from pynetdicom.pdu_primitives import P_DATA

from ..._codec import Anomaly, DecodeError, Message
from ..._dictionary import MessageType, encode_all
from ..._elements import DICTIONARY
from ..._messages import _MESSAGES, _TYPES, read
from ..._rows import InvalidPrimitiveError
from . import _messages, _primitives, _private
from ._adapter import Adapter
from ._diagnosis import one_line, report
from ._unrecognized import announces_data_set

_ADAPTERS: Final[dict[str, Any]] = {
    **{each.__name__: each for each in _primitives.ADAPTERS},
    **_private.PRIMITIVES,
}


# What is irregular is read into our own classes: they take what pynetdicom takes, and log it.
_READ_AS: Final[dict[int, MessageType]] = {
    field: each._replace(make=adapter)
    for field, each in _MESSAGES.items()
    if (adapter := _ADAPTERS.get(each.name.rpartition("-")[0].replace("-", "_")))
}

_UIDS: Final = tuple(each.keyword for each in DICTIONARY.elements.values() if each.vr == "UI")


@dataclass(frozen=True)
class _Route:
    """How a message class and its primitive belong together."""

    primitive: type[Any]
    encode: Callable[[Any], bytes]
    data_set: str | None


def _route(kind: type[Any]) -> _Route:
    service, _, direction = kind.__name__.rpartition("_")
    adapter = _ADAPTERS[service]
    encode = adapter.encode_request if direction == "RQ" else adapter.encode_response
    return _Route(adapter, encode, _TYPES[kind.__name__.replace("_", "-")].data_set)


_FIELDS: Final[dict[str, int]] = {each.name: field for field, each in _MESSAGES.items()}
_KINDS: Final[dict[str, type[Any]]] = {
    **dict(dimse_messages._MESSAGE_TYPES.values()),
    **_private.KINDS,
}
_ROUTES: Final[dict[object, _Route]] = {kind: _route(kind) for kind in _KINDS.values()}


def replacements() -> Iterator[tuple[type[Any], str, object]]:
    """Yield what takes the place of which attribute of which class."""
    yield DIMSEMessage, "__init__", _init
    yield DIMSEMessage, "command_set", _CommandSet()
    yield DIMSEMessage, "decode_msg", _decode_message
    yield DIMSEMessage, "message_to_primitive", _to_primitive
    yield DIMSEMessage, "primitive_to_message", _to_message
    yield DIMSEMessage, "encode_msg", _encode_message


def _init(message: Any) -> None:
    message.context_id = None
    message.encoded_command_set = BytesIO()
    message.data_set = BytesIO()
    message._data_set_path = None
    message._data_set_file = None
    # The whole command set in bytes, what it was decoded to, and what pydicom makes of it: the
    # last of them that is not None counts.
    message._wire = None
    message._received = None
    message._command_set = None


class _CommandSet:
    """The attribute ``command_set``: of instances, not of the class."""

    def __get__(self, message: Any, owner: type[Any]) -> Dataset:
        if message is None:
            raise AttributeError(f"type object '{owner.__name__}' has no attribute 'command_set'")
        if message._command_set is None:
            wire, message._wire, message._received = message._wire, None, None
            message._command_set = (
                _empty_command_set(owner)
                if wire is None
                else decode_data_set(BytesIO(wire), True, True)
            )
        found: Dataset = message._command_set
        return found

    def __set__(self, message: Any, value: Dataset) -> None:
        message._wire = message._received = None
        message._command_set = value


def _empty_command_set(kind: type[Any]) -> Dataset:
    made = Dataset()
    for keyword in dimse_messages._COMMAND_SET_KEYWORDS.get(kind.__name__.replace("_", "-"), ()):
        setattr(made, keyword, None)
    return made


def _decode_message(message: Any, primitive: P_DATA, assoc: Any = None) -> bool:
    """Stand in for ``DIMSEMessage.decode_msg``."""
    return _messages.read(message, primitive, assoc, _read_command_set)


def _read_command_set(message: Any) -> bool:
    wire = message.encoded_command_set.getvalue()
    message._command_set, message._wire, message._received = None, wire, None
    received = _read(wire)
    kind = _KINDS.get(received.message_type) if received is not None else None
    if received is None or kind is None:
        message.__class__ = _messages.UnrecognizedMessage
        return announces_data_set(wire)
    message.__class__ = kind
    message._received = received
    if received.anomalies:
        report(received.anomalies, received.message_type)
        # Who looks at the message shall see what is acted on.
        message._wire = _regular(received)
    return received.has_data_set


def _read(wire: bytes) -> Message | None:
    """Return the message that a command set holds, None if nobody can read it."""
    try:
        return _with_what_is_there(wire, read(wire, _READ_AS))
    except DecodeError as error:
        why = one_line(error)
    # pydicom takes one in Explicit VR for what it is.
    try:
        whole, known = decode_data_set(BytesIO(wire), True, True), Dataset()
        for tag in DICTIONARY.elements:
            if tag in whole:
                known.add(whole[tag])
        found = read(encode_data_set(known, True, True) or b"", _READ_AS)
    except Exception:
        return None
    text = f"{why}; what pydicom reads is used"
    irregular = Anomaly("encoding", None, None, 0, text, "PS3.7 6.3.1", wire)
    # The length is that of what pydicom has read.
    others = (each for each in found.anomalies if each.kind != "group-length")
    found.anomalies = (irregular, *others)
    return found


def _with_what_is_there(wire: bytes, received: Message) -> Message:
    """Return the message with the value of its last element that ends too soon, as pydicom does."""
    cut = next((each for each in received.anomalies if each.kind == "truncated"), None)
    if cut is None or cut.keyword is None or not cut.raw:
        return received
    # Read once more, with the length that the value has.
    length = cut.offset + 4
    size = len(cut.raw).to_bytes(4, "little")
    again = read(wire[:length] + size + wire[length + 4 :], _READ_AS)
    at_once = [each for each in again.anomalies if each.offset == cut.offset]
    if not any(each.kind in ("out-of-range", "duplicate") for each in at_once):
        cut = replace(cut, message=f"{cut.message}; what is there is used")
    again.anomalies = tuple(sorted((*again.anomalies, cut), key=lambda each: each.offset))
    return again


def _regular(received: Message) -> bytes:
    """Return the command set of a message as it was understood."""
    field = _FIELDS[received.message_type]
    # One tag is no list with pynetdicom. What is irregular has been read into one of our classes.
    primitive: Any = received.primitive
    native = primitive.native() if isinstance(primitive, Adapter) else primitive
    return encode_all(native, DICTIONARY, field, received.has_data_set)


def _to_primitive(message: Any) -> Any:
    """Stand in for ``DIMSEMessage.message_to_primitive``."""
    received, route = message._received, _ROUTES.get(type(message))
    if received is None or route is None:
        return _messages.to_primitive(message)
    primitive = received.primitive
    if type(primitive) is not route.primitive:
        primitive = route.primitive.of(primitive)
    if received.has_data_set and route.data_set is not None:
        setattr(primitive, route.data_set, message.data_set)
    if _config.ENFORCE_UID_CONFORMANCE:
        _enforce_uids(received, primitive)
    primitive._context_id = message.context_id
    primitive._dataset_path = message._data_set_path
    primitive._dataset_file = message._data_set_file
    return primitive


def _enforce_uids(received: Message, primitive: Any) -> None:
    """Raise ValueError for a UID that pynetdicom has been told not to take."""
    for anomaly in received.anomalies:
        if anomaly.kind == "out-of-range" and anomaly.keyword in _UIDS:
            raise ValueError(anomaly.message)
    for keyword in _UIDS:
        value = getattr(primitive, keyword, None)
        if value is not None:
            setattr(primitive, keyword, value)


def _to_message(message: Any, primitive: Any) -> None:
    """Stand in for ``DIMSEMessage.primitive_to_message``."""
    route, primitive = _ROUTES.get(type(message)), _private.adapted(primitive)
    if (
        route is None
        or type(primitive) is not route.primitive
        or message._command_set is not None
        or primitive._dataset_path is not None
    ):
        return _messages.to_message(message, primitive)
    try:
        message._wire = route.encode(primitive)
    except InvalidPrimitiveError:
        # pynetdicom sends what it is told to send.
        return _messages.to_message(message, primitive)
    message.data_set = _messages.data_set_of(message, primitive)
    message._data_set_path = None
    return None


def _encode_message(message: Any, context_id: int, max_pdu_length: int) -> Iterator[P_DATA]:
    """Stand in for ``DIMSEMessage.encode_msg``."""
    if message._wire is None:
        yield from _messages.encode_message(message, context_id, max_pdu_length)
        return
    message.context_id = context_id
    yield from fragments(message._wire, b"\1", context_id, max_pdu_length)
    if message.data_set is not None:
        yield from fragments(message.data_set.getvalue(), b"\0", context_id, max_pdu_length)


_LAST: Final = {b"\1": b"\3", b"\0": b"\2"}


def fragments(data: bytes, header: bytes, context_id: int, max_pdu_length: int) -> Iterator[P_DATA]:
    """Yield `data` in fragments whose items fit `max_pdu_length`; 0 is no limit.

    Raises
    ------
    ValueError
        If not even one byte fits.
    """
    size = _messages.even(max_pdu_length) - 6 if max_pdu_length else len(data)
    if size < 1 and data:
        raise ValueError("'fragment_length' cannot be between 1 and 7.")
    view = memoryview(data)
    for start in range(0, len(data), size or 1):
        end = start + size
        mark = header if end < len(data) else _LAST[header]
        pdata = P_DATA()
        pdata.presentation_data_value_list.append((context_id, mark + view[start:end]))
        yield pdata
