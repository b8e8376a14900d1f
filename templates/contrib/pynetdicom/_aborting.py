"""How an association ends because of what its peer sent: an A-ABORT with a reason, and one line.

Invariant: what cannot be understood is found out before the state machine of pynetdicom acts on
it, and what an association that has ended was still to send is dropped: no action raises.

This file is copied as it is from `templates/contrib/pynetdicom/_aborting.py`. Do not edit the copy.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, Final

from pynetdicom.dul import LOGGER as THEIR_LOGGER
from pynetdicom.dul import DULServiceProvider
from pynetdicom.fsm import TRANSITION_TABLE, StateMachine
from pynetdicom.pdu import A_ABORT_RQ, P_DATA_TF

from ._diagnosis import one_line
from ._pdu import read_items

# The reasons of an A-ABORT that the provider sends (PS3.8 9.3.8).
SERVICE_PROVIDER: Final = 2
INVALID_PARAMETER: Final = 6
NOT_ACCEPTED: Final = "its presentation context was not accepted (PS3.8 7.6.1)"
# "Unrecognized or invalid PDU received" (PS3.8 Table 9-10): the association is aborted.
_INVALID_PDU: Final = "Evt19"
_P_DATA_TF: Final = b"\4"
# "Association no longer exists" (PS3.8 Table 9-5), but the connection does: nothing is sent.
_ENDED: Final = "Sta13"
# Taken before anything is replaced: this module is imported by the first installation.
_THEIR_SEND: Final[Any] = DULServiceProvider._send
_THEIR_DECODE_PDU: Final[Any] = DULServiceProvider._decode_pdu
_THEIR_TAKE: Final[Any] = DULServiceProvider._process_recv_primitive
_THEIR_ACT: Final[Any] = StateMachine.do_action


def replacements() -> Iterator[tuple[Any, str, object]]:
    """Yield what takes the place of which attribute of which class."""
    yield DULServiceProvider, "_send", _send
    yield DULServiceProvider, "_decode_pdu", _decode_pdu
    yield DULServiceProvider, "_process_recv_primitive", _take_primitive
    yield StateMachine, "do_action", _act


def abort(dul: Any, logger: logging.Logger, level: int, why: str) -> None:
    """End the association of `dul`, in whose thread this is called, and log `why`."""
    logger.log(level, "%s: the association is aborted", why)
    give_reason(dul)
    dul.event_queue.put(_INVALID_PDU)


def give_reason(dul: Any) -> None:
    """Have the A-ABORT that is sent next say that the peer has sent what is invalid."""
    dul._abort_reason = INVALID_PARAMETER


def _send(dul: Any, pdu: Any) -> None:
    """Stand in for ``DULServiceProvider._send``: an A-ABORT says why, if that is known."""
    reason = vars(dul).get("_abort_reason")
    if reason is not None and isinstance(pdu, A_ABORT_RQ):
        pdu.source, pdu.reason_diagnostic = SERVICE_PROVIDER, reason
    _THEIR_SEND(dul, pdu)


def _decode_pdu(dul: Any, data: bytearray) -> tuple[Any, str]:
    """Stand in for ``DULServiceProvider._decode_pdu``: what is wrong with a PDU is one line."""
    try:
        pdu, event = _THEIR_DECODE_PDU(dul, data)
        _check(pdu)
    except Exception as error:
        THEIR_LOGGER.error("Unable to decode the received PDU data: %s", _why(error, data))
        give_reason(dul)
        # Nobody takes this PDU: the event ends the association.
        return None, _INVALID_PDU
    return pdu, event


def _why(error: Exception, data: bytearray) -> str:
    """Return what is wrong with a PDU: of a P-DATA-TF, pynetdicom only says that something is."""
    if data[:1] == _P_DATA_TF:
        try:
            read_items(bytes(data))
        except ValueError as better:
            error = better
    return one_line(error)


def _check(pdu: Any) -> None:
    """Raise ValueError for a PDU that is decoded, and yet none that can be acted on."""
    if not isinstance(pdu, P_DATA_TF):
        # What its fields cannot be shows here; the state machine does the same once more.
        pdu.to_primitive()
        return
    for item in pdu.presentation_data_value_items:
        if not item.presentation_data_value:
            raise ValueError(
                "a presentation data value without a Message Control Header (PS3.8 9.3.5.1)"
            )


def _take_primitive(dul: Any) -> bool:
    """Stand in for ``DULServiceProvider._process_recv_primitive``."""
    if dul.event_queue.queue:
        # It may change the state, so it is acted on before anything is taken.
        return True
    taken: bool = _THEIR_TAKE(dul)
    return taken


def _act(machine: Any, event: str) -> None:
    """Stand in for ``StateMachine.do_action``.

    What this end wants to send may come too late: its peer may have ended the association, or one
    of its threads has, while another was about to answer.
    """
    is_over = machine.current_state == _ENDED and (event, _ENDED) not in TRANSITION_TABLE
    if is_over and machine.dul.to_provider_queue.queue:
        dropped = machine.dul.to_provider_queue.get(False)
        THEIR_LOGGER.debug("%s is not sent: the association has ended", type(dropped).__name__)
        return
    _THEIR_ACT(machine, event)
