"""The DIMSE service provider of pynetdicom, without its defects between message and service.

Invariant: nothing that a peer sends ends a thread. A request that PS3.7 does not know is answered
with 0211H, Unrecognized operation (C.5.25 says so of every operation); what cannot be answered ends
the association.

This file is copied as it is from `templates/contrib/pynetdicom/_provider.py`. Do not edit the copy.
"""

from __future__ import annotations

import threading
import time
from functools import partial
from io import BytesIO
from typing import Any, Final

from pydicom.dataset import Dataset
from pynetdicom import evt
from pynetdicom.dimse import LOGGER as THEIR_LOGGER
from pynetdicom.dimse import DIMSEServiceProvider
from pynetdicom.dimse_messages import DIMSEMessage
from pynetdicom.pdu_primitives import P_DATA
from pynetdicom.utils import make_target

from ..._codec import command_set, encode_element
from ..._elements import DICTIONARY
from ._diagnosis import LOGGER, explain
from ._messages import NO_DATA_SET, UnrecognizedMessage
from ._primitives import C_CANCEL, C_GET, C_MOVE, N_EVENT_REPORT
from ._waiting import tell_of_request
from ._wire import fragments

_MOST_CANCELS = 10
_UNTIL_ESTABLISHED = 0.001
_IS_RESPONSE = 0x8000
_UNRECOGNIZED_OPERATION: Final = 0x0211
# Taken before anything is replaced: this module is imported by the first installation.
_THEIR_GET_MSG: Final[Any] = DIMSEServiceProvider.get_msg


def receive(provider: Any, pdata: P_DATA) -> None:
    """Stand in for ``DIMSEServiceProvider.receive_primitive``."""
    if provider.message is None:
        provider.message = DIMSEMessage()
    message = provider.message
    if not message.decode_msg(pdata, provider.assoc):
        return
    if type(message) is UnrecognizedMessage:
        provider.message = None
        _refuse(provider, message)
        return
    evt.trigger(provider.assoc, evt.EVT_DIMSE_RECV, {"message": message})
    try:
        primitive = message.message_to_primitive()
    except Exception as error:
        THEIR_LOGGER.error("Received an invalid DIMSE message")
        THEIR_LOGGER.exception(error)
        provider.dul.event_queue.put("Evt19")
        # Nothing more is received: the event ends the association.
        return
    explain(primitive)
    _complete(primitive)
    _deliver(provider, primitive, message.context_id)
    # The handlers of the event may keep the message; its data set they shall not.
    message.encoded_command_set = BytesIO()
    message.data_set = BytesIO()
    message._data_set_file = None
    message._data_set_path = None
    provider.message = None


def next_message(provider: Any, block: bool = False) -> Any:
    """Stand in for ``DIMSEServiceProvider.get_msg``.

    The thread that serves requests gets nothing while another one waits for a response: that one
    has closed the checkpoint, but this one may have passed it just before.
    """
    if not block and (not provider.msg_queue.queue or _is_kept_back(provider)):
        return None, None
    context_id, primitive = _THEIR_GET_MSG(provider, block)
    if not block:
        provider._served = getattr(primitive, "MessageID", None)
    return context_id, primitive


def _is_kept_back(provider: Any) -> bool:
    thread: Any = threading.current_thread()
    return thread is provider.assoc and not thread._reactor_checkpoint.is_set()


def _complete(primitive: Any) -> None:
    """Give a response to C-GET or C-MOVE an Identifier: pynetdicom decodes that of the last one."""
    is_response = primitive.MessageIDBeingRespondedTo is not None
    if is_response and isinstance(primitive, C_GET | C_MOVE) and primitive.Identifier is None:
        primitive.Identifier = BytesIO()


def _deliver(provider: Any, primitive: Any, context_id: int) -> None:
    if isinstance(primitive, C_CANCEL):
        _take_cancel(provider, primitive)
    elif isinstance(primitive, N_EVENT_REPORT) and primitive.is_valid_request:
        # It may come while the association waits for a response, so it is served at once.
        serve = partial(_serve_event, provider, primitive, context_id)
        threading.Thread(target=make_target(serve)).start()
    else:
        provider.msg_queue.put((context_id, primitive))
        tell_of_request(provider.assoc)


def _serve_event(provider: Any, event: N_EVENT_REPORT, context_id: int) -> None:
    """Serve it once this end knows of the association, which its peer may do a little earlier."""
    assoc = provider.assoc
    while provider.dul.is_alive() and not (
        assoc.is_established or assoc.is_released or assoc.is_aborted
    ):
        time.sleep(_UNTIL_ESTABLISHED)
    assoc._serve_request(event, context_id)


def _take_cancel(provider: Any, cancel: C_CANCEL) -> None:
    number = cancel.MessageIDBeingRespondedTo
    if number is None:
        return
    # Others may have all places, but not that of the operation that goes on.
    is_wanted = number in provider.cancel_req or number == vars(provider).get("_served")
    if is_wanted or len(provider.cancel_req) < _MOST_CANCELS:
        provider.cancel_req[number] = cancel
    else:
        LOGGER.warning(
            "C-CANCEL request for Message ID %s is ignored: %s others wait", number, _MOST_CANCELS
        )


def _refuse(provider: Any, message: UnrecognizedMessage) -> None:
    """Answer a message that no command names, or end the association."""
    received = message.command_set
    field = received.get("CommandField")
    number = received.get("MessageID")
    if not (isinstance(field, int) and isinstance(number, int)) or field & _IS_RESPONSE:
        shown = f"0x{field:04X}" if isinstance(field, int) else "missing"
        LOGGER.warning(
            "Received a message that cannot be answered, Command Field %s: the association is "
            "aborted (PS3.7 E.1)",
            shown,
        )
        provider.dul.event_queue.put("Evt19")
        return
    response = _response(received, field | _IS_RESPONSE, number)
    longest = provider.maximum_pdu_size
    try:
        parts = list(fragments(response, b"\1", message.context_id or 1, longest))
    except ValueError:
        LOGGER.warning(
            "Received a request with Command Field 0x%04X, which is none of PS3.7 E.1: its sender "
            "takes PDUs of at most %s bytes, no answer fits, and the association is aborted",
            field,
            longest,
        )
        provider.dul.event_queue.put("Evt19")
        return
    LOGGER.warning(
        "Received a request with Command Field 0x%04X, which is none of PS3.7 E.1: answered with "
        "0211H, Unrecognized operation",
        field,
    )
    for pdata in parts:
        provider.dul.send_pdu(pdata)


def _response(request: Dataset, field: int, number: int) -> bytes:
    """Return the command set that says 0211H, which no primitive has."""
    uid = request.get("AffectedSOPClassUID")
    values: dict[str, object] = {
        "AffectedSOPClassUID": uid if _is_uid(uid) else None,
        "CommandField": field,
        "MessageIDBeingRespondedTo": number,
        "CommandDataSetType": NO_DATA_SET,
        "Status": _UNRECOGNIZED_OPERATION,
    }
    elements = [
        each for each in DICTIONARY.elements.values() if values.get(each.keyword) is not None
    ]
    return command_set((each.tag, encode_element(each, values[each.keyword])) for each in elements)


def _is_uid(value: object) -> bool:
    """Return whether `value` can be sent back as a UID, however malformed it is."""
    return isinstance(value, str) and 0 < len(value) <= 64 and value.isascii()
