"""The DIMSE service provider of pynetdicom, without its defects between message and service.

Invariant: nothing that a peer sends ends a thread. A request that PS3.7 does not know is answered
with 0211H, Unrecognized operation (C.5.25 says so of every operation); what cannot be read or
answered ends the association. Where pynetdicom acts on a message that lacks something, so does
this, with what pynetdicom takes instead.

This file is copied as it is from `templates/contrib/pynetdicom/_provider.py`. Do not edit the copy.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any, Final

from pynetdicom import dimse_messages, evt
from pynetdicom.dimse import LOGGER as THEIR_LOGGER
from pynetdicom.dimse import DIMSEServiceProvider
from pynetdicom.dimse_messages import DIMSEMessage
from pynetdicom.pdu_primitives import P_DATA
from pynetdicom.utils import make_target

from ._aborting import abort
from ._adapter import DEFAULTS
from ._data_sets import tell
from ._diagnosis import LOGGER, explain, one_line
from ._messages import COMMAND, LAST, UnrecognizedMessage
from ._primitives import C_CANCEL, C_STORE, N_EVENT_REPORT
from ._responses import expect
from ._storing import close_file
from ._unrecognized import answer_unrecognized
from ._waiting import tell_of_request
from ._wire import fragments

_MOST_CANCELS = 10
_UNTIL_ESTABLISHED = 0.001
_INSTANCE = "AffectedSOPInstanceUID"
_NO_MESSAGE_ID: Final = 0
# How a command set begins: with the Command Group Length (PS3.7 6.3.1).
_FIRST_ELEMENT: Final = b"\0\0\0\0\4\0\0\0"
# Taken before anything is replaced: this module is imported by the first installation.
_THEIR_GET_MSG: Final[Any] = DIMSEServiceProvider.get_msg


def receive(provider: Any, pdata: P_DATA) -> None:
    """Stand in for ``DIMSEServiceProvider.receive_primitive``."""
    try:
        for part in _parts(pdata):
            if not _take(provider, part):
                return
    except Exception as error:
        # Nothing more is received: the association ends.
        why = f"Received an invalid DIMSE message: {one_line(error)}"
        abort(provider.dul, THEIR_LOGGER, logging.ERROR, why)
        message, provider.message = provider.message, None
        if message is not None:
            close_file(message)


def _parts(pdata: P_DATA) -> Iterator[P_DATA]:
    """Yield the presentation data values one by one: a message may end with any of them."""
    values = pdata.presentation_data_value_list
    if len(values) == 1:
        yield pdata
        return
    for value in values:
        part = P_DATA()
        part.presentation_data_value_list.append(value)
        yield part


def _take(provider: Any, pdata: P_DATA) -> bool:
    """Take one presentation data value; return whether the association goes on."""
    ((_, data),) = pdata.presentation_data_value_list
    if provider.message is not None and data[0] & COMMAND and _begins_another(provider, data):
        _forget(provider)
    if provider.message is None:
        provider.message = DIMSEMessage()
    message = provider.message
    if not data[0] & COMMAND and type(message) is DIMSEMessage:
        return _pass_over(provider, bool(data[0] & LAST))
    if not message.decode_msg(pdata, provider.assoc):
        return True
    if type(message) is UnrecognizedMessage:
        provider.message = None
        return answer_unrecognized(provider, message, fragments)
    evt.trigger(provider.assoc, evt.EVT_DIMSE_RECV, {"message": message})
    primitive = message.message_to_primitive()
    primitive._is_request = type(message).__name__.endswith("_RQ")
    tell(provider, primitive, message.context_id)
    _complete(provider, primitive, type(message).__name__)
    _deliver(provider, primitive, message.context_id)
    # The handlers of the event may keep the message; its data set they shall not.
    message.encoded_command_set = BytesIO()
    message.data_set = BytesIO()
    message._data_set_file = None
    message._data_set_path = None
    provider.message = None
    return True


def _begins_another(provider: Any, data: bytes) -> bool:
    """Return whether a fragment of a command set begins one, though a message is incomplete."""
    message = provider.message
    if type(message) is not DIMSEMessage:
        return True
    is_begun = message.encoded_command_set.tell() > 0
    return is_begun and data.startswith(_FIRST_ELEMENT, 1)


def _forget(provider: Any) -> None:
    """Forget a message that its sender has not completed."""
    message, provider.message = provider.message, None
    kind = type(message)
    name = "message" if kind is DIMSEMessage else kind.__name__.replace("_", "-")
    LOGGER.warning(
        "Received the beginning of a message within another one: the incomplete %s is left out "
        "(PS3.8 E.1)",
        name,
    )
    close_file(message)


def _pass_over(provider: Any, is_last: bool) -> bool:
    """Leave out a fragment of a data set that belongs to no command set."""
    why = "Received a data set that no command set announces (PS3.8 E.1)"
    if is_last:
        abort(provider.dul, LOGGER, logging.WARNING, why)
        return False
    LOGGER.warning("%s: it is left out", why)
    return True


def next_message(provider: Any, block: bool = False) -> Any:
    """Stand in for ``DIMSEServiceProvider.get_msg``.

    The thread that serves requests gets nothing while another one waits for a response: that one
    has closed the checkpoint, but this one may have passed it just before.
    """
    if not block and (not provider.msg_queue.queue or _is_kept_back(provider)):
        return None, None
    context_id, primitive = _THEIR_GET_MSG(provider, block)
    if block:
        expect(primitive)
    else:
        provider._served = getattr(primitive, "MessageID", None)
    return context_id, primitive


def _is_kept_back(provider: Any) -> bool:
    thread: Any = threading.current_thread()
    return thread is provider.assoc and not thread._reactor_checkpoint.is_set()


def _complete(provider: Any, primitive: Any, message_type: str) -> None:
    """Give a primitive what it lacks and pynetdicom would take instead, and say so."""
    lacking = DEFAULTS.get(type(primitive).__name__, {}) if primitive._is_request else {}
    lacking = {word: value for word, value in lacking.items() if getattr(primitive, word) is None}
    keyword = dimse_messages._DATASET_KEYWORDS.get(message_type)
    if keyword is not None and primitive._dataset is None:
        # Where none was announced, it decodes one of no bytes.
        lacking[keyword] = BytesIO()
    # Whoever has asked for instances stores them as they come.
    is_asked_for = provider.assoc.is_requestor and isinstance(primitive, C_STORE)
    if is_asked_for and primitive.AffectedSOPClassUID is not None and primitive.MessageID is None:
        # It is stored and answered; the answer has to name some Message ID.
        lacking["MessageID"] = _NO_MESSAGE_ID
    explain(primitive, {*lacking, _INSTANCE} if is_asked_for else lacking)
    for word, value in lacking.items():
        setattr(primitive, word, value)


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
