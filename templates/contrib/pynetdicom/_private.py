"""The messages of services that pynetdicom does not know: private ones of this package.

Invariant: pynetdicom has such a message only as long as the classes of this package are in place;
its primitive is the native one, with the notes that pynetdicom makes on every primitive. The codec
of this package makes the bytes: pydicom need not know the elements.

This file is copied as it is from `templates/contrib/pynetdicom/_private.py`. Do not edit the copy.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from pydicom.datadict import tag_for_keyword
from pynetdicom import dimse, dimse_messages
from pynetdicom.dimse_messages import DIMSEMessage
from pynetdicom.dsutils import decode as decode_data_set

from ..._messages import _MESSAGES, decode
from ._adapter import NOTES, Adapter
from ._primitives import ADAPTERS

_REQUEST: Final = "RQ"
_UNTIL_PAUSED: Final = 0.0001


def _service(message: str) -> str:
    """Return the name of the class that a message has: ``X_LOCK`` for ``X-LOCK-RQ``."""
    return message.rpartition("-")[0].replace("-", "_")


def _adapter(native: Any) -> Any:
    names = [each.name for each in native.PARAMETERS.values() if each.tag is None]
    slots = tuple(f"_{'_'.join(re.findall('[a-z0-9]+', name.lower()))}" for name in names)
    members = {"__slots__": NOTES, "_DATA_SETS": slots, "__doc__": native.__doc__}
    return type(native.__name__, (Adapter, native), members)


_KNOWN: Final = {each.__name__ for each in ADAPTERS}
MESSAGES: Final = {
    field: each for field, each in _MESSAGES.items() if _service(each.name) not in _KNOWN
}
"""The messages that pynetdicom does not know, by Command Field."""
_NATIVES: Final[dict[str, Any]] = {
    _service(each.name): type(each.make()) for each in MESSAGES.values()
}
PRIMITIVES: Final[dict[str, Any]] = {name: _adapter(each) for name, each in _NATIVES.items()}
"""Their primitives with the notes of pynetdicom, by the name of the class."""
KINDS: Final[dict[str, type[Any]]] = {
    each.name: type(each.name.replace("-", "_"), (DIMSEMessage,), {}) for each in MESSAGES.values()
}
"""The classes that stand for the messages, by the name of the message."""


NAMES: Final = frozenset(kind.__name__ for kind in KINDS.values())


def entries() -> Iterator[tuple[dict[Any, Any], Any, object]]:
    """Yield what is added to which table of pynetdicom: the table, the key and the value."""
    answered = {_service(name) for name in KINDS if not name.endswith(_REQUEST)}
    for field, each in MESSAGES.items():
        service, kind = _service(each.name), KINDS[each.name]
        is_request = each.name.endswith(_REQUEST)
        known = tuple(word for word in each.elements if tag_for_keyword(word) is not None)
        yield dimse_messages._COMMAND_SET_KEYWORDS, each.name, known
        yield dimse_messages._MSG_TO_PRIMITVE, service, PRIMITIVES[service]
        yield dimse_messages._MESSAGE_TYPES, field, (each.name, kind)
        if each.data_set is not None:
            yield dimse_messages._DATASET_KEYWORDS, kind.__name__, each.data_set
        for primitive in (PRIMITIVES[service], _NATIVES[service]):
            if is_request:
                yield dimse._RQ_TO_MESSAGE, primitive, kind
            # A cancel request names the request that it is about, as a response does.
            if not is_request or service not in answered:
                yield dimse._RSP_TO_MESSAGE, primitive, kind


def adapted(primitive: Any) -> Any:
    """Return `primitive` with the notes of pynetdicom, which a native one of ours has not."""
    name = type(primitive).__name__
    return PRIMITIVES[name].of(primitive) if type(primitive) is _NATIVES.get(name) else primitive


def to_message(message: Any, primitive: Any) -> None:
    """Make of `message` what `primitive` says."""
    name = type(message).__name__
    encode = primitive.encode_request if name.endswith(_REQUEST) else primitive.encode_response
    message.command_set = decode_data_set(BytesIO(encode(allow_invalid=True)), True, True)
    keyword = dimse_messages._DATASET_KEYWORDS.get(name)
    message.data_set = getattr(primitive, keyword) if keyword else BytesIO()
    message._data_set_path = None


def to_primitive(message: Any) -> Any:
    """Return the primitive that a message was received with."""
    received = decode(message.encoded_command_set.getvalue())
    primitive = adapted(received.primitive)
    keyword = dimse_messages._DATASET_KEYWORDS.get(type(message).__name__)
    if received.has_data_set and keyword is not None:
        setattr(primitive, keyword, message.data_set)
    primitive._context_id = message.context_id
    primitive._dataset_path = message._data_set_path
    primitive._dataset_file = message._data_set_file
    return primitive


def exchange(association: Any, request: Any, context_id: int | None) -> Any:
    """Send `request` as the methods of an association do, and return the response."""
    if not association.is_established:
        raise RuntimeError("the association is not established: send a request on one that is")
    if context_id is None:
        context_id = association._get_valid_context(_sop_class_of(request), "", "scu").context_id
    # The thread that serves requests would take the response for one.
    association._reactor_checkpoint.clear()
    try:
        while not association._is_paused and association.is_alive():
            time.sleep(_UNTIL_PAUSED)
        association.dimse.send_msg(request, context_id)
        _, response = association.dimse.get_msg(block=True)
    finally:
        association._reactor_checkpoint.set()
    if response is None:
        association.abort()
    return response


def _sop_class_of(request: Any) -> Any:
    for keyword in ("AffectedSOPClassUID", "RequestedSOPClassUID"):
        uid = getattr(request, keyword, None)
        if uid is not None:
            return uid
    raise ValueError(f"{request.msg_type}: names no SOP Class: give the context_id to send it on")
