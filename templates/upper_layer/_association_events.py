"""What happens on an association, as `Association.receive_data` tells it.

Each event is a primitive that the upper layer issues (PS3.8 7), with what it came with.

This file is copied as it is from `templates/upper_layer/_association_events.py`. Do not edit the
copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, TypeAlias

from .._codec import Message
from ._enumerations import AbortSource
from ._negotiation import PresentationContext
from ._states import Event, State
from .a_abort_pdu import A_ABORT_PDU
from .a_associate import A_ASSOCIATE
from .a_associate_rj import A_ASSOCIATE_RJ


class LocalProtocolError(RuntimeError):
    """A call that the association does not allow now; it has changed nothing.

    Attributes
    ----------
    event : Event
        What the call would have been, in the words of Table 9-10.
    state : State
        The state that the association was, and is, in.
    reference : str
        The clause that forbids it.
    """

    __module__ = __package__  # tracebacks name it as it is imported

    def __init__(
        self, event: Event, state: State, text: str = "", reference: str = "PS3.8 9.2.3, Table 9-10"
    ) -> None:
        super().__init__(event, state, text, reference)
        self.event, self.state, self.text, self.reference = event, state, text, reference

    def __str__(self) -> str:
        text = self.text or f"{self.event.text} is not possible in {self.state.value}"
        return f"{text}; {self.state.value} is: {self.state.text} ({self.reference})"


@dataclass(frozen=True, slots=True)
class AssociateRequested:
    """An A-ASSOCIATE indication that no policy has answered: `Association.respond` does."""

    request: A_ASSOCIATE


@dataclass(frozen=True, slots=True)
class Accepted:
    """The association is established, at either end.

    Attributes
    ----------
    request, response : A_ASSOCIATE
        The primitives that established it.
    contexts : mapping of int to PresentationContext
        The presentation contexts that were accepted.
    """

    request: A_ASSOCIATE
    response: A_ASSOCIATE
    contexts: Mapping[int, PresentationContext]


@dataclass(frozen=True, slots=True)
class Rejected:
    """The association was rejected, by the peer or by this end (PS3.8 9.3.4).

    Attributes
    ----------
    result, source, reason : int
        The fields of the A-ASSOCIATE-RJ PDU.
    text : str
        The same in the words of Table 9-21.
    """

    result: int
    source: int
    reason: int
    text: str

    @classmethod
    def of(cls, pdu: A_ASSOCIATE_RJ) -> Rejected:
        """Return the event of an A-ASSOCIATE-RJ PDU."""
        text = f"{pdu.result_text}, by {pdu.source_text}: {pdu.reason_diag_text}"
        return cls(pdu.result, pdu.source, pdu.reason_diag, text)


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """A whole DIMSE message.

    Attributes
    ----------
    context_id : int
        The presentation context that it came on.
    message : Message
        What `dimse_primitives.decode` made of it. A data set in memory is the parameter of its
        primitive, too.
    data_set : binary file or None
        The data set, at its start, the receiver's to close; None if there is none.
    """

    context_id: int
    message: Message
    data_set: IO[bytes] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ReleaseRequested:
    """The peer wants to end the association: `Association.release` agrees (PS3.8 7.2).

    Attributes
    ----------
    is_collision : bool
        Whether both ends asked at once (PS3.8 7.2.2.7). The requestor of the association agrees
        first; its acceptor waits for `Released`, and agrees then.
    """

    is_collision: bool = False


@dataclass(frozen=True, slots=True)
class Released:
    """The peer has agreed to the release.

    Only in a collision is something left to do: the acceptor, in Sta12, has to agree as well.
    """


@dataclass(frozen=True, slots=True)
class Aborted:
    """The association was aborted (PS3.8 7.3, 7.4): by the peer, by this end, or by the network.

    Attributes
    ----------
    source, reason : int
        The fields of the A-ABORT PDU (PS3.8 9.3.8); a lost connection has source 2, reason 0.
    text : str
        The same in words, and what this end found wrong.
    is_local : bool
        Whether this end found something wrong that the peer sent.
    """

    source: int
    reason: int
    text: str
    is_local: bool = False

    @classmethod
    def of(cls, pdu: A_ABORT_PDU) -> Aborted:
        """Return the event of an A-ABORT PDU that was received."""
        # A user gives no reason: the field says nothing then (PS3.8 9.3.8).
        is_told = pdu.source != AbortSource.SERVICE_USER
        text = f"{pdu.source_text}: {pdu.reason_diag_text}" if is_told else pdu.source_text
        return cls(pdu.source, pdu.reason_diag, text)


@dataclass(frozen=True, slots=True)
class ConnectionClosed:
    """The transport connection is closed, or to be closed, and nothing else was left to tell."""


AssociationEvent: TypeAlias = (
    AssociateRequested
    | Accepted
    | Rejected
    | MessageReceived
    | ReleaseRequested
    | Released
    | Aborted
    | ConnectionClosed
)
