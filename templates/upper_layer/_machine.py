"""The 28 actions of PS3.8 9.2.2 and the table that chooses them: what an association is made of.

Whatever happens is an event of Table 9-10. `Machine.run` finds its cell, does the action, and is in
the next state; an event without a cell changes nothing. A method here is one action, in the words
of Tables 9-6 to 9-9.

This file is copied as it is from `templates/upper_layer/_machine.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import inf
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from .._codec import Buffer
from .._fragments import PDV, FragmentError
from .._reassembler import Reassembler
from ._association_events import (
    Aborted,
    Accepted,
    AssociateRequested,
    AssociationEvent,
    ConnectionClosed,
    LocalProtocolError,
    MessageReceived,
    Rejected,
    Released,
    ReleaseRequested,
)
from ._enumerations import (
    AbortReason,
    AbortSource,
    RejectReasonServiceProviderAcse,
    RejectResult,
    RejectSource,
)
from ._facts import PROTOCOL_VERSION
from ._negotiation import PresentationContext, accepted_contexts, maximum_length, operations_window
from ._operations import Operations
from ._pdu import PDU
from ._states import TRANSITIONS, Action, Event, State
from .a_abort_pdu import A_ABORT_PDU
from .a_associate import A_ASSOCIATE
from .a_associate_rj import A_ASSOCIATE_RJ
from .a_release_rp import A_RELEASE_RP
from .a_release_rq import A_RELEASE_RQ

# Whole PDUs, or what makes them while they are sent.
Queued: TypeAlias = list[Buffer] | Iterator[list[Buffer]]
# What the service-provider answers to a protocol version that it does not speak (Table 9-21).
_UNKNOWN_VERSION: Final = A_ASSOCIATE_RJ(
    RejectResult.REJECTED_PERMANENT,
    RejectSource.SERVICE_PROVIDER_ACSE,
    RejectReasonServiceProviderAcse.PROTOCOL_VERSION_NOT_SUPPORTED,
)
#: Source and reason that a lost connection is told with.
LOST: Final = (AbortSource.SERVICE_PROVIDER, AbortReason.REASON_NOT_SPECIFIED)


class Machine:
    """The state of one association, and what it does.

    Attributes
    ----------
    state : State
        Where in Table 9-10 it is.
    events : list of AssociationEvent
        What has been issued to the local user and not yet been told.
    outbox : deque
        What is to be sent, in order.
    deadline : float or None
        When ARTIM expires; None while it is stopped, minus infinity until the time is known.
    longest : int
        The longest variable field of a P-DATA-TF PDU that the peer takes, in bytes; 0 for any.
    fault : (AbortReason, str) or None
        What is wrong with what was received last, if anything.
    """

    def __init__(self, *, is_requestor: bool, artim: float, reassembler: Reassembler) -> None:
        self.state = State.Sta1
        self.events: list[AssociationEvent] = []
        self.outbox: deque[Queued] = deque()
        self.deadline: float | None = None
        self.fault: tuple[AbortReason, str] | None = None
        self.is_requestor = is_requestor
        self.artim = artim
        self.reassembler = reassembler
        self.operations = Operations()
        self.contexts: Mapping[int, PresentationContext] = MappingProxyType({})
        self.longest = 0
        self.request: A_ASSOCIATE | None = None
        self.response: A_ASSOCIATE | None = None
        # The PDU of the response, where this end gives it.
        self.reply: Any = None
        self.asked: Any = None
        # What the event that is being handled came with.
        self.pdu: Any = None
        self.outgoing: Queued = []

    def run(self, event: Event) -> None:
        """Do what Table 9-10 says.

        Raises
        ------
        LocalProtocolError
            If it has no cell for the event in this state.
        """
        cell = TRANSITIONS.get((event, self.state))
        if cell is None:
            raise LocalProtocolError(event, self.state)
        action, states = cell
        chosen = _ACTIONS[action](self)
        self.state = states[0] if chosen is None else chosen

    def _send(self, pdu: PDU) -> None:
        self.outbox.append([pdu.encode()])

    def _start_timer(self) -> None:
        self.deadline = -inf

    def _stop_timer(self) -> None:
        self.deadline = None

    def _establish(self) -> None:
        assert self.request is not None
        assert self.response is not None
        self.contexts = accepted_contexts(
            self.request, self.response, is_requestor=self.is_requestor
        )
        self.operations.most_invoked, self.operations.most_performed = operations_window(
            self.request, self.response, is_requestor=self.is_requestor
        )
        self.longest = maximum_length(self.response if self.is_requestor else self.request)
        self.events.append(Accepted(self.request, self.response, self.contexts))

    # Association establishment, Table 9-6.

    def ae_1(self) -> None:
        """Issue a TRANSPORT CONNECT request: whoever does the I/O knows."""

    def ae_2(self) -> None:
        """Send A-ASSOCIATE-RQ."""
        assert self.request is not None
        self._send(self.request.to_pdu())

    def ae_3(self) -> None:
        """Issue A-ASSOCIATE confirmation (accept)."""
        self.response = self.pdu.to_primitive()
        self._establish()

    def ae_4(self) -> None:
        """Issue A-ASSOCIATE confirmation (reject), close the connection."""
        self.events.append(Rejected.of(self.pdu))

    def ae_5(self) -> None:
        """Accept the transport connection, start ARTIM."""
        self._start_timer()

    def ae_6(self) -> State:
        """Stop ARTIM; issue A-ASSOCIATE indication, or reject what the provider cannot do."""
        self._stop_timer()
        if self.pdu.protocol_version & PROTOCOL_VERSION:
            self.asked, self.request = self.pdu, self.pdu.to_primitive()
            self.events.append(AssociateRequested(self.request))
            return State.Sta3
        self._send(_UNKNOWN_VERSION)
        self.events.append(Rejected.of(_UNKNOWN_VERSION))
        self._start_timer()
        return State.Sta13

    def ae_7(self) -> None:
        """Send A-ASSOCIATE-AC."""
        # What the reserved fields had comes back (Table 9-17).
        echoed = {name: getattr(self.asked, name) for name in self.reply.ECHOED}
        self._send(replace(self.reply, **echoed))
        self._establish()

    def ae_8(self) -> None:
        """Send A-ASSOCIATE-RJ, start ARTIM."""
        self._send(self.reply)
        self.events.append(Rejected.of(self.reply))
        self._start_timer()

    # Data transfer, Table 9-7.

    def dt_1(self) -> None:
        """Send P-DATA-TF."""
        self.outbox.append(self.outgoing)

    def dt_2(self) -> None:
        """Issue P-DATA indication: a message, when it is whole."""
        for item in self.pdu.presentation_data_value_items:
            context_id = item.presentation_context_id
            if context_id not in self.contexts:
                text = f"a fragment on presentation context {context_id}, which was not accepted"
                self.fault = AbortReason.INVALID_PDU_PARAMETER_VALUE, text
                return
            pdv = PDV(context_id, item.is_command, item.is_last, item.fragment)
            try:
                received = self.reassembler.feed(pdv)
            except FragmentError as error:
                self.fault = AbortReason.INVALID_PDU_PARAMETER_VALUE, str(error)
                return
            if received is not None:
                message = received.message
                self.operations.received(message, context_id)
                self.events.append(MessageReceived(context_id, message, received.data_set))

    # Association release, Table 9-8.

    def ar_1(self) -> None:
        """Send A-RELEASE-RQ."""
        self._send(A_RELEASE_RQ())

    def ar_2(self) -> None:
        """Issue A-RELEASE indication."""
        self.events.append(ReleaseRequested())

    def ar_3(self) -> None:
        """Issue A-RELEASE confirmation, close the connection."""
        self.events.append(Released())

    def ar_4(self) -> None:
        """Send A-RELEASE-RP, start ARTIM."""
        self._send(A_RELEASE_RP())
        self._start_timer()

    def ar_5(self) -> None:
        """Stop ARTIM."""
        self._stop_timer()
        self.events.append(ConnectionClosed())

    ar_6 = dt_2
    ar_7 = dt_1

    def ar_8(self) -> State:
        """Issue A-RELEASE indication: both ends asked at once."""
        self.events.append(ReleaseRequested(is_collision=True))
        return State.Sta9 if self.is_requestor else State.Sta10

    def ar_9(self) -> None:
        """Send A-RELEASE-RP."""
        self._send(A_RELEASE_RP())

    def ar_10(self) -> None:
        """Issue A-RELEASE confirmation."""
        self.events.append(Released())

    # Association abort, Table 9-9.

    def aa_1(self) -> None:
        """Send A-ABORT of the service-user, (re)start ARTIM."""
        self._abort(AbortSource.SERVICE_USER, AbortReason.REASON_NOT_SPECIFIED)
        self._start_timer()

    def aa_2(self) -> None:
        """Stop ARTIM, close the connection."""
        self._stop_timer()
        self.outbox.clear()
        self.events.append(ConnectionClosed())

    def aa_3(self) -> None:
        """Issue A-ABORT or A-P-ABORT indication, close the connection."""
        self.outbox.clear()
        self.events.append(Aborted.of(self.pdu))

    def aa_4(self) -> None:
        """Issue A-P-ABORT indication."""
        self.outbox.clear()
        self.events.append(Aborted(*LOST, "the transport connection was closed"))

    aa_5 = ar_5

    def aa_6(self) -> None:
        """Ignore the PDU."""

    def aa_7(self) -> None:
        """Send A-ABORT."""
        self._abort(AbortSource.SERVICE_PROVIDER, self._reason[0])

    def aa_8(self) -> None:
        """Send A-ABORT of the service-provider, issue A-P-ABORT indication, start ARTIM."""
        reason, text = self._reason
        self._abort(AbortSource.SERVICE_PROVIDER, reason)
        self.events.append(Aborted(AbortSource.SERVICE_PROVIDER, reason, text, is_local=True))
        self._start_timer()

    @property
    def _reason(self) -> tuple[int, str]:
        if self.fault is not None:
            return self.fault
        name = self.pdu.NAME if self.pdu is not None else "PDU"
        return AbortReason.UNEXPECTED_PDU, f"{name} is not expected in {self.state.value}"

    def _abort(self, source: int, reason: int) -> None:
        # What was queued is not sent any more: an abort overtakes it, between two PDUs.
        self.outbox.clear()
        self._send(A_ABORT_PDU(source, reason))


# Each is the method of its name.
_ACTIONS: Final[dict[Action, Callable[[Machine], State | None]]] = {
    each: getattr(Machine, each.name.lower()) for each in Action
}
