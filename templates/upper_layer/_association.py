"""An association without I/O: the state machine of PS3.8 9.2, as h11 is for HTTP.

It opens no socket, starts no thread and reads no clock. Bytes go in and events come out, calls go
in and bytes come out. What each of them does, and in which state, is a cell of Table 9-10.

This file is copied as it is from `templates/upper_layer/_association.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from typing import IO, Final, TypeAlias

from .._codec import Buffer, Message
from .._reassembler import Reassembler
from .._runtime import DIMSEPrimitive
from ._association_events import AssociateRequested, AssociationEvent, LocalProtocolError
from ._enumerations import AssociateResult
from ._machine import Machine
from ._negotiation import LEAST_LENGTH, PresentationContext
from ._operations import OperationError
from ._receiving import Receiver
from ._sending import Outgoing
from ._states import TRANSITIONS, Event, State
from .a_associate import A_ASSOCIATE

Accept: TypeAlias = Callable[[A_ASSOCIATE], A_ASSOCIATE | None]
# Of a file, as much is read and given out at once.
_AT_ONCE: Final = 1 << 20


class Association:
    """One end of an association.

    The three steps of a loop around it: give it what the connection brings (`receive_data`), send
    what it has to send (`data_to_send`, until that is empty), and call `handle_timeout` at
    `next_deadline`. When `is_closed`, close the connection.

    Examples
    --------
    >>> association = Association.acceptor(accept=Policy(contexts={}))
    >>> association.state
    <State.Sta2: 'Sta2'>
    """

    def __init__(
        self,
        *,
        is_requestor: bool,
        accept: Accept | None = None,
        artim: float = 30.0,
        reassembler: Reassembler | None = None,
    ) -> None:
        self._machine = Machine(
            is_requestor=is_requestor, artim=artim, reassembler=reassembler or Reassembler()
        )
        self._accept = accept
        self._receiver = Receiver(self._machine, self._asked)

    @classmethod
    def requestor(
        cls, request: A_ASSOCIATE, *, artim: float = 30.0, reassembler: Reassembler | None = None
    ) -> Association:
        """Return the end that asks for an association, in Sta4.

        The first call of `data_to_send` says that the transport connection is open.

        Parameters
        ----------
        request : A_ASSOCIATE
            The A-ASSOCIATE request.
        artim : float, optional
            Seconds that the peer has to close the connection (PS3.8 9.1.5).
        reassembler : Reassembler, optional
            What makes messages of fragments: its limits, and where data sets go.

        Raises
        ------
        InvalidPrimitiveError
            If the request breaks a rule of PS3.8 7.1.1.
        """
        request.validate_request()
        association = cls(is_requestor=True, artim=artim, reassembler=reassembler)
        association._machine.request = request
        association._receiver.limit(request)
        association._machine.run(Event.A_ASSOCIATE_REQUEST)
        return association

    @classmethod
    def acceptor(
        cls,
        *,
        accept: Accept | None = None,
        artim: float = 30.0,
        reassembler: Reassembler | None = None,
    ) -> Association:
        """Return the end that a transport connection was opened to, in Sta2.

        Parameters
        ----------
        accept : callable, optional
            Called with the A-ASSOCIATE indication, returns the response, such as a `Policy`. Where
            it returns None, or there is none, `AssociateRequested` is an event, and `respond`
            answers.
        artim, reassembler
            As for `requestor`; ARTIM also limits the time that the peer has to ask.
        """
        association = cls(is_requestor=False, accept=accept, artim=artim, reassembler=reassembler)
        association._machine.run(Event.TRANSPORT_CONNECTION_INDICATION)
        return association

    @property
    def state(self) -> State:
        """The state of Table 9-10."""
        return self._machine.state

    @property
    def is_closed(self) -> bool:
        """Whether the association is over, and its transport connection is to be closed."""
        return self._machine.state is State.Sta1

    @property
    def is_within_pdu(self) -> bool:
        """Whether the beginning of a PDU has come, and not the rest of it.

        A peer that writes it in pieces may wait for the acknowledgement of the first (Nagle's
        algorithm): acknowledge at once, with ``TCP_QUICKACK``.
        """
        return self._receiver.is_within_pdu

    @property
    def request(self) -> A_ASSOCIATE | None:
        """The A-ASSOCIATE request or indication; None until there is one."""
        return self._machine.request

    @property
    def response(self) -> A_ASSOCIATE | None:
        """The A-ASSOCIATE response or confirmation; None until there is one."""
        return self._machine.response

    @property
    def is_requestor(self) -> bool:
        """Whether this end asked for the association."""
        return self._machine.is_requestor

    @property
    def maximum_operations(self) -> tuple[int, int]:
        """How many operations this end may invoke and perform at once; 0 for any number."""
        return self._machine.operations.most_invoked, self._machine.operations.most_performed

    @property
    def contexts(self) -> Mapping[int, PresentationContext]:
        """The presentation contexts that were accepted, by ID."""
        return self._machine.contexts

    @property
    def next_deadline(self) -> float | None:
        """When `handle_timeout` is to be called, on the caller's clock; None for never.

        Minus infinity means at once: ARTIM was started, and the call tells the time.
        """
        return self._machine.deadline

    def handle_timeout(self, now: float) -> list[AssociationEvent]:
        """Say what time it is, in seconds of any clock; return what has happened by then."""
        machine = self._machine
        if machine.deadline is None:
            return []
        if machine.deadline == -inf and now != -inf:
            machine.deadline = now + machine.artim
        if now < machine.deadline:
            return []
        machine.run(Event.ARTIM_TIMER_EXPIRED)
        return self._told()

    def receive_data(self, data: Buffer) -> list[AssociationEvent]:
        """Take what the transport connection has brought; return what has happened by it.

        Parameters
        ----------
        data : bytes, bytearray or memoryview
            Any number of bytes; none says that the connection is closed. Nothing of it is kept.

        Returns
        -------
        list of AssociationEvent
            In order. Whatever the peer sends, it ends in events, never in an exception.
        """
        machine = self._machine
        if machine.state is State.Sta4 and data:
            machine.run(Event.TRANSPORT_CONNECTION_CONFIRMATION)
        if machine.state is State.Sta1:
            return self._told()
        if not data:
            machine.reassembler.reset()
            machine.run(Event.TRANSPORT_CONNECTION_CLOSED)
            return self._told()
        self._receiver.read(data)
        return self._told()

    def _asked(self) -> None:
        """Answer an A-ASSOCIATE indication, where that was left to a function."""
        if self._accept is None:
            return
        events = self._machine.events
        requested = events[-1]
        assert isinstance(requested, AssociateRequested)
        response = self._accept(requested.request)
        if response is not None:
            events.pop()
            self.respond(response)

    def _told(self) -> list[AssociationEvent]:
        told, self._machine.events = self._machine.events, []
        return told

    def respond(self, response: A_ASSOCIATE) -> None:
        """Answer an A-ASSOCIATE indication: accept it, or reject it, as the Result says.

        Raises
        ------
        LocalProtocolError
            If no indication waits for an answer (any state but Sta3).
        InvalidPrimitiveError
            If a parameter is missing that the PDU carries; nothing has changed then.
        """
        machine = self._machine
        is_accepted = response.result == AssociateResult.ACCEPTED
        event = (
            Event.A_ASSOCIATE_RESPONSE_ACCEPT if is_accepted else Event.A_ASSOCIATE_RESPONSE_REJECT
        )
        self._require(event)
        machine.reply = response.to_pdu()
        machine.response = response
        self._receiver.limit(response)
        machine.run(event)

    @property
    def has_data_to_send(self) -> bool:
        """Whether `data_to_send` has anything to give, or is to say that the connection is open."""
        return bool(self._machine.outbox) or self._machine.state is State.Sta4

    def data_to_send(self) -> list[Buffer]:
        """Return what is to be written to the transport connection now, in order.

        Data sets in memory are not copied. Of files, about 1 MiB is read at a call: call it until
        the list is empty.

        Raises
        ------
        OSError, ValueError
            If the file of a data set cannot be read, or was closed. The association is aborted.
        """
        machine = self._machine
        if machine.state is State.Sta4:
            machine.run(Event.TRANSPORT_CONNECTION_CONFIRMATION)
        buffers: list[Buffer] = []
        size, outbox = 0, machine.outbox
        while outbox and size < _AT_ONCE:
            head = outbox[0]
            if isinstance(head, list):
                buffers += head
                outbox.popleft()
                continue
            try:
                pdu = next(head, None)
            except Exception:
                # What is half sent cannot be ended in any other way.
                machine.run(Event.A_ABORT_REQUEST)
                raise
            if pdu is None:
                outbox.popleft()
                continue
            buffers += pdu
            size += sum(map(len, pdu))
        return buffers

    def send(
        self,
        message: DIMSEPrimitive | Message,
        context_id: int | None = None,
        data_set: Buffer | IO[bytes] | None = None,
    ) -> int:
        """Send a DIMSE message.

        Parameters
        ----------
        message : DIMSEPrimitive or Message
            A response if it answers a Message ID, else a request.
        context_id : int, optional
            The presentation context. By default that of the operation or, for a request, the first
            that was accepted for its SOP class.
        data_set : bytes, bytearray, memoryview or binary file, optional
            The data set, where it is not the parameter of the primitive. A file is read while it is
            sent, and stays the caller's to close.

        Returns
        -------
        int
            The presentation context.

        Raises
        ------
        LocalProtocolError
            If no message can be sent now, or not this one: on a context that was not accepted, with
            a Message ID that is in use, beyond the number of operations agreed on, in answer to
            nothing, to a peer whose PDUs have no room for any. Nothing is sent.
        InvalidPrimitiveError
            If a mandatory parameter is missing.
        """
        machine = self._machine
        self._require(Event.P_DATA_REQUEST)
        primitive = message.primitive if isinstance(message, Message) else message
        try:
            context_id = machine.operations.context_of(primitive, context_id, machine.contexts)
        except OperationError as error:
            raise LocalProtocolError(
                Event.P_DATA_REQUEST, machine.state, str(error), error.reference
            ) from None
        if 0 < machine.longest < LEAST_LENGTH:
            text = f"the peer takes {machine.longest} bytes in a PDU, a message has {LEAST_LENGTH}"
            raise LocalProtocolError(Event.P_DATA_REQUEST, machine.state, text, "PS3.8 D.1.1")
        outgoing = Outgoing(primitive, data_set)
        pdus = outgoing.pdus(context_id, machine.longest)
        machine.outgoing = (
            [buffer for pdu in pdus for buffer in pdu] if outgoing.is_in_memory else pdus
        )
        machine.run(Event.P_DATA_REQUEST)
        machine.operations.sent(primitive, context_id)
        return context_id

    def release(self) -> None:
        """Ask for the release of the association, or agree to the peer's (PS3.8 7.2).

        Raises
        ------
        LocalProtocolError
            In any state but Sta6, and Sta8, Sta9 and Sta12, where the peer's waits for an answer.
        """
        is_answer = (Event.A_RELEASE_RESPONSE, self.state) in TRANSITIONS
        self._machine.run(Event.A_RELEASE_RESPONSE if is_answer else Event.A_RELEASE_REQUEST)

    def abort(self) -> None:
        """Abort the association (PS3.8 7.3).

        Raises
        ------
        LocalProtocolError
            In Sta1, Sta2 and Sta13, where there is none.
        """
        self._machine.run(Event.A_ABORT_REQUEST)

    def _require(self, event: Event) -> None:
        if (event, self.state) not in TRANSITIONS:
            raise LocalProtocolError(event, self.state)
