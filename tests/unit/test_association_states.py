"""Every cell of Table 9-10, driven from both sides through what an application has.

The expectation is the table: the state after, and what an action of that name sends.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

import pytest
from dimse_primitives import C_ECHO
from dimse_primitives.upper_layer import (
    A_ABORT_PDU,
    A_ASSOCIATE_RJ,
    P_DATA_TF,
    TRANSITIONS,
    Aborted,
    Accepted,
    Action,
    AssociateRequested,
    Association,
    ConnectionClosed,
    Event,
    LocalProtocolError,
    MessageReceived,
    PresentationDataValueItem,
    Rejected,
    Released,
    ReleaseRequested,
    State,
    decode_pdu,
    split_pdus,
)
from dimsegen.upper_layer.loader import load_schema

from tests.conftest import ROOT

from .associations import (
    ABORT,
    ACCEPTANCE,
    POLICY,
    RELEASE,
    RELEASED,
    REQUEST,
    VERIFICATION,
    acceptor_in,
    associate,
    requestor_in,
    sent,
)

ECHO = C_ECHO.request(MessageID=1, AffectedSOPClassUID=VERIFICATION)
P_DATA = P_DATA_TF((PresentationDataValueItem(1, 3, ECHO.encode_request()),)).encode()
REJECTION = A_ASSOCIATE_RJ(1, 1, 1).encode()
UNKNOWN_PDU = b"\x99\0\0\0\0\4abcd"


def _respond(association: Association, *, accept: bool) -> None:
    if accept:
        association.respond(POLICY(associate()))
        return
    rejecting = POLICY.__class__(contexts={}, ae_title="NOBODY")
    association.respond(rejecting(associate()))


def _expire(association: Association) -> None:
    if association.next_deadline is None:
        raise LocalProtocolError(Event.ARTIM_TIMER_EXPIRED, association.state)
    association.handle_timeout(100.0)
    assert association.next_deadline == 130.0
    assert association.handle_timeout(129.9) == []
    association.handle_timeout(130.0)


LOCAL: dict[Event, Callable[[Association], object]] = {
    Event.A_ASSOCIATE_RESPONSE_ACCEPT: lambda one: _respond(one, accept=True),
    Event.A_ASSOCIATE_RESPONSE_REJECT: lambda one: _respond(one, accept=False),
    Event.P_DATA_REQUEST: lambda one: one.send(ECHO),
    Event.A_RELEASE_REQUEST: lambda one: one.release(),
    Event.A_RELEASE_RESPONSE: lambda one: one.release(),
    Event.A_ABORT_REQUEST: lambda one: one.abort(),
    Event.ARTIM_TIMER_EXPIRED: _expire,
}
FROM_PEER: dict[Event, bytes] = {
    Event.A_ASSOCIATE_AC_PDU: ACCEPTANCE,
    Event.A_ASSOCIATE_RJ_PDU: REJECTION,
    Event.A_ASSOCIATE_RQ_PDU: REQUEST,
    Event.P_DATA_TF_PDU: P_DATA,
    Event.A_RELEASE_RQ_PDU: RELEASE,
    Event.A_RELEASE_RP_PDU: RELEASED,
    Event.A_ABORT_PDU: ABORT,
    Event.TRANSPORT_CONNECTION_CLOSED: b"",
    Event.INVALID_PDU: UNKNOWN_PDU,
}
# What the rows of Tables 9-6 to 9-9 send and issue.
ROWS = {each.name: each for each in load_schema(ROOT / "schemas").machine.actions}
# The source of an A-ABORT.
SOURCES = {Action.AA_1: 0, Action.AA_7: 2, Action.AA_8: 2}
# What an event of this package issues.
ISSUED: dict[type[object], Callable[[Any], str]] = {
    AssociateRequested: lambda _: "A-ASSOCIATE indication",
    Accepted: lambda _: "A-ASSOCIATE confirmation",
    Rejected: lambda _: "A-ASSOCIATE confirmation",
    MessageReceived: lambda _: "P-DATA indication",
    ReleaseRequested: lambda _: "A-RELEASE indication",
    Released: lambda _: "A-RELEASE confirmation",
    Aborted: lambda each: f"A-{'P-' if each.source else ''}ABORT indication",
    ConnectionClosed: lambda _: "",
}
STARTS_TIMER = {Action[name] for name in ("AE_5", "AE_8", "AR_4", "AA_1", "AA_8")}
STOPS_TIMER = {Action[name] for name in ("AE_6", "AR_5", "AA_2", "AA_5")}
ENDS = {"requestor": requestor_in, "acceptor": acceptor_in}


def _association(end: str, state: State) -> Association:
    association = ENDS[end](state)
    if association is None:
        pytest.fail(f"the {end} cannot be brought into {state.value}")
    if association.next_deadline is not None:
        assert association.next_deadline == -inf
    return association


REACHED = [
    (end, state) for end, bring in ENDS.items() for state in State if bring(state) is not None
]


def test_every_state_is_reached() -> None:
    assert {state for _, state in REACHED} == set(State)


def _is_same_call(event: Event, state: State) -> bool:
    """Tell whether `release` means the other of its two events in this state."""
    pair = {Event.A_RELEASE_REQUEST, Event.A_RELEASE_RESPONSE}
    return event in pair and any((other, state) in TRANSITIONS for other in pair - {event})


@pytest.mark.parametrize("event", LOCAL, ids=lambda event: event.name)
@pytest.mark.parametrize(("end", "state"), REACHED)
def test_a_call_does_what_its_cell_says(end: str, state: State, event: Event) -> None:
    association = _association(end, state)
    before = association.next_deadline
    if state is State.Sta4 and event is Event.P_DATA_REQUEST:
        assert (event, state) not in TRANSITIONS
    if (event, state) in TRANSITIONS:
        LOCAL[event](association)
        _check(association, *TRANSITIONS[event, state])
    elif not _is_same_call(event, state):
        with pytest.raises(LocalProtocolError) as caught:
            LOCAL[event](association)
        assert (caught.value.state, association.state) == (state, state)
        assert "Table 9-10" in str(caught.value)
        assert state.text in str(caught.value)
        assert association.next_deadline == before
        if state is not State.Sta4:
            assert sent(association) == b""


@pytest.mark.parametrize("event", FROM_PEER, ids=lambda event: event.name)
@pytest.mark.parametrize(("end", "state"), REACHED)
def test_what_comes_does_what_its_cell_says(end: str, state: State, event: Event) -> None:
    association = _association(end, state)
    if (event, state) in TRANSITIONS:
        told = association.receive_data(FROM_PEER[event])
        _check(association, *TRANSITIONS[event, state])
        row = ROWS[TRANSITIONS[event, state][0].value]
        # An acceptor is told of its own answer, too, which is no primitive.
        own = () if association.is_requestor else (Accepted, Rejected)
        issued = [ISSUED[type(each)](each) for each in told if not isinstance(each, own)]
        issued = [each for each in issued if each]
        # What an action issues in one of two cases is one of two.
        assert len(issued) == min(len(row.issues), 1)
        assert {*issued} <= {*map(str, row.issues)}
    elif state is State.Sta1:
        # After the end, what is still in the air is nothing.
        assert association.receive_data(FROM_PEER[event]) == []
        assert (association.state, sent(association)) == (state, b"")


def _check(association: Association, action: Action, states: tuple[State, ...]) -> None:
    assert association.state in states
    if action is Action.AR_8:
        is_requestor = association.is_requestor
        assert association.state is (State.Sta9 if is_requestor else State.Sta10)
    if action in STARTS_TIMER:
        assert association.next_deadline == -inf
    elif action in STOPS_TIMER:
        assert association.next_deadline is None
    pdus = [decode_pdu(bytes(pdu)).pdu for pdu in split_pdus(sent(association))]
    # AE-6 sends what it sends elsewhere than in the cell of a request that can be indicated.
    sends = () if association.state is State.Sta3 else ROWS[action.value].sends
    assert [type(pdu).__name__ for pdu in pdus] == [*sends]
    if action in SOURCES:
        assert isinstance(pdus[0], A_ABORT_PDU)
        assert pdus[0].source == SOURCES[action]


def test_the_calls_and_the_peer_make_every_event_that_is_not_the_start() -> None:
    start = {
        Event.A_ASSOCIATE_REQUEST,
        Event.TRANSPORT_CONNECTION_CONFIRMATION,
        Event.TRANSPORT_CONNECTION_INDICATION,
    }
    assert set(LOCAL) | set(FROM_PEER) | start == set(Event)


def test_a_requestor_starts_with_the_three_events_of_its_start() -> None:
    association = Association.requestor(associate())
    assert association.state is TRANSITIONS[Event.A_ASSOCIATE_REQUEST, State.Sta1][1][0]
    assert sent(association) == REQUEST
    confirmed = TRANSITIONS[Event.TRANSPORT_CONNECTION_CONFIRMATION, State.Sta4]
    assert association.state is confirmed[1][0]


def test_an_acceptor_waits_for_the_request_no_longer_than_artim() -> None:
    association = Association.acceptor(artim=5.0)
    assert association.state is State.Sta2
    assert association.next_deadline == -inf
    association.handle_timeout(0.0)
    assert association.next_deadline == 5.0
    association.handle_timeout(5.0)
    assert association.is_closed


def test_another_protocol_version_is_rejected_by_the_provider() -> None:  # PS3.8 9.3.2, AE-6
    association = Association.acceptor()
    association.receive_data(REQUEST[:6] + b"\0\2" + REQUEST[8:])
    rejection = decode_pdu(sent(association)).pdu
    assert isinstance(rejection, A_ASSOCIATE_RJ)
    assert (rejection.result, rejection.source, rejection.reason_diag) == (1, 2, 2)
    assert association.state is State.Sta13
