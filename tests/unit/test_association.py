"""An association of two ends: what is agreed on, sent, received and refused."""

from __future__ import annotations

from io import BytesIO

import pytest
from dimse_primitives import (
    C_CANCEL,
    C_ECHO,
    C_FIND,
    DIMSEPrimitive,
    InvalidPrimitiveError,
)
from dimse_primitives.upper_layer import (
    A_ASSOCIATE_AC,
    Aborted,
    AssociateRequested,
    Association,
    ConnectionClosed,
    LocalProtocolError,
    Policy,
    Rejected,
    Released,
    ReleaseRequested,
    State,
)

from .associations import (
    CONTEXTS,
    CT_IMAGE_STORAGE,
    EXPLICIT,
    FIND,
    IMPLICIT,
    POLICY,
    REQUEST,
    VERIFICATION,
    associate,
    echo,
    established,
    message_of,
    received,
    sent,
    store,
)


def test_a_message_and_its_response() -> None:
    asking, answering = established()
    assert asking.send(echo()) == 1
    request = received(answering, sent(asking))
    assert request == echo()
    answering.send(request.respond(Status=0x0000))
    assert received(asking, sent(answering)).Status == 0x0000


def test_a_release() -> None:
    asking, answering = established()
    asking.release()
    assert answering.receive_data(sent(asking)) == [ReleaseRequested()]
    answering.release()
    assert asking.receive_data(sent(answering)) == [Released()]
    assert asking.is_closed
    assert answering.state is State.Sta13
    assert answering.receive_data(b"") == [ConnectionClosed()]


def test_a_release_collision() -> None:  # PS3.8 7.2.2.7
    asking, answering = established()
    asking.release()
    answering.release()
    from_asking, from_answering = sent(asking), sent(answering)
    assert asking.receive_data(from_answering) == [ReleaseRequested(is_collision=True)]
    assert answering.receive_data(from_asking) == [ReleaseRequested(is_collision=True)]
    with pytest.raises(LocalProtocolError, match="Sta10"):
        answering.release()
    asking.release()
    assert answering.receive_data(sent(asking)) == [Released()]
    answering.release()
    assert asking.receive_data(sent(answering)) == [Released()]
    assert asking.is_closed


def test_a_rejection_says_who_and_why() -> None:
    asking = Association.requestor(associate())
    answering = Association.acceptor(accept=Policy(contexts={}, ae_title="SOMEBODY"))
    (event,) = answering.receive_data(sent(asking))
    assert isinstance(event, Rejected)
    assert asking.receive_data(sent(answering)) == [event]
    assert (event.result, event.source, event.reason) == (1, 1, 7)
    assert event.text == (
        "rejected-permanent, by DICOM UL service-user: called-AE-title-not-recognized"
    )
    assert asking.is_closed


def test_without_a_policy_the_application_answers() -> None:
    answering = Association.acceptor()
    (event,) = answering.receive_data(REQUEST)
    assert isinstance(event, AssociateRequested)
    assert event.request.calling_ae_title == "ASKER"
    answering.respond(POLICY(event.request))
    assert answering.state is State.Sta6
    with pytest.raises(LocalProtocolError, match="Sta6"):
        answering.respond(POLICY(event.request))


def test_an_invalid_request_is_not_sent() -> None:
    with pytest.raises(InvalidPrimitiveError):
        Association.requestor(
            associate(contexts=((1, VERIFICATION, [IMPLICIT]), (1, CT_IMAGE_STORAGE, [IMPLICIT])))
        )


@pytest.mark.parametrize(
    ("primitive", "context_id", "text"),
    [
        (echo(), 5, "presentation context 5 was not accepted"),
        (C_ECHO.request(MessageID=1, AffectedSOPClassUID=FIND), None, "Meta SOP Class"),
        (echo().respond(Status=0x0000), None, "no operation of the peer with Message ID 1"),
        (C_CANCEL(MessageIDBeingRespondedTo=9), None, "no operation of this end with Message ID 9"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    primitive: DIMSEPrimitive, context_id: int | None, text: str
) -> None:
    asking, _ = established()
    with pytest.raises(LocalProtocolError, match=text):
        asking.send(primitive, context_id)
    assert sent(asking) == b""
    asking.send(echo())


def test_a_message_id_is_in_use_until_the_final_response() -> None:
    request = associate(maximum_operations=(0, 0))
    asking, answering = established(
        Policy(contexts=POLICY.contexts, maximum_operations=(0, 0)), request
    )
    asking.send(echo(7))
    with pytest.raises(LocalProtocolError, match="Message ID 7 is in use"):
        asking.send(echo(7))
    asking.send(echo(8))
    for event in answering.receive_data(sent(asking)):
        answering.send(message_of(event).respond(Status=0x0000))
    asking.receive_data(sent(answering))
    asking.send(echo(7))


@pytest.mark.parametrize("agreed", [1, 2, 3])
def test_no_more_operations_are_invoked_than_were_agreed_on(agreed: int) -> None:  # PS3.7 D.3.3.3
    policy = Policy(contexts=POLICY.contexts, maximum_operations=(agreed, 1))
    asking, _ = established(policy, associate(maximum_operations=(3, 1)))
    assert asking.maximum_operations == (agreed, 1)
    for number in range(agreed):
        asking.send(echo(number))
    with pytest.raises(LocalProtocolError, match=f"{agreed} of at most {agreed} operations"):
        asking.send(echo(100))


def test_a_pending_response_leaves_the_operation_under_way() -> None:
    contexts = ((1, FIND, [IMPLICIT]),)
    asking, answering = established(Policy(contexts={FIND: [IMPLICIT]}), associate(contexts))
    request = C_FIND.request(
        MessageID=1, AffectedSOPClassUID=FIND, Priority=0, Identifier=BytesIO(b"\0\0")
    )
    asking.send(request)
    find = received(answering, sent(asking))
    pending = find.respond(Status=0xFF00, Identifier=BytesIO(b"\1\1"))
    answering.send(pending)
    assert received(asking, sent(answering)).Status == 0xFF00
    asking.send(C_CANCEL(MessageIDBeingRespondedTo=1))
    assert isinstance(received(answering, sent(asking)), C_CANCEL)
    answering.send(find.respond(Status=0xFE00))
    assert received(asking, sent(answering)).Status == 0xFE00
    with pytest.raises(LocalProtocolError, match="no operation of the peer"):
        answering.send(pending)


def test_the_end_of_the_connection_is_an_abort_unless_it_was_the_end() -> None:
    asking, _ = established()
    (event,) = asking.receive_data(b"")
    assert isinstance(event, Aborted)
    assert (event.source, event.reason) == (2, 0)
    assert asking.is_closed
    assert asking.receive_data(b"") == []


ROLES = [(True, False), (False, True), (True, True), (False, False)]


@pytest.mark.parametrize(
    ("asked", "allowed"), [(one, other) for one in [None, *ROLES] for other in [None, *ROLES]]
)
def test_roles_are_those_that_were_asked_for_and_allowed(
    asked: tuple[bool, bool] | None, allowed: tuple[bool, bool] | None
) -> None:  # PS3.7 D.3.3.4
    policy = Policy(contexts=POLICY.contexts, roles={CT_IMAGE_STORAGE: allowed} if allowed else {})
    request = associate(roles={CT_IMAGE_STORAGE: asked} if asked else {})
    asking, answering = established(policy, request)
    given = allowed or (True, False)
    scu, scp = (asked[0] and given[0], asked[1] and given[1]) if asked else (True, False)
    assert (asking.contexts[3].as_scu, asking.contexts[3].as_scp) == (scu, scp)
    assert (answering.contexts[3].as_scu, answering.contexts[3].as_scp) == (scp, scu)
    assert (asking.contexts[1].as_scu, asking.contexts[1].as_scp) == (True, False)


@pytest.mark.parametrize(
    "proposed", [[IMPLICIT], [EXPLICIT], [EXPLICIT, IMPLICIT], [IMPLICIT, EXPLICIT]]
)
@pytest.mark.parametrize("taken", [None, [], [IMPLICIT], [EXPLICIT], [IMPLICIT, EXPLICIT]])
def test_of_the_transfer_syntaxes_the_first_proposed_that_is_taken(
    proposed: list[str], taken: list[str] | None
) -> None:
    policy = Policy(contexts={} if taken is None else {CT_IMAGE_STORAGE: taken})
    request = associate(contexts=((5, CT_IMAGE_STORAGE, proposed),))
    asking, answering = established(policy, request)
    expected = [name for name in proposed if name in (taken or ())]
    assert dict(asking.contexts).keys() == dict(answering.contexts).keys()
    assert [each.transfer_syntax for each in asking.contexts.values()] == expected[:1]


def test_a_context_that_was_not_proposed_is_not_accepted() -> None:
    wider = associate(contexts=(*CONTEXTS, (7, FIND, [IMPLICIT])))
    policy = Policy(contexts={**POLICY.contexts, FIND: [IMPLICIT]})
    asking = Association.requestor(associate())
    sent(asking)
    asking.receive_data(policy(wider).to_pdu().encode())
    assert set(asking.contexts) == {1, 3}


@pytest.mark.parametrize("step", [1, 2, 5, 6, 7, 100])
def test_however_a_stream_is_cut_the_events_are_the_same(step: int) -> None:
    asking, answering = established()
    asking.send(store(bytes(5000)))
    data = sent(asking)
    events = [
        event
        for start in range(0, len(data), step)
        for event in answering.receive_data(data[start : start + step])
    ]
    (event,) = events
    assert message_of(event).DataSet.getvalue() == bytes(5000)


def test_the_reserved_fields_of_an_acceptance_are_those_of_the_request() -> None:  # Table 9-17
    asked = bytearray(REQUEST)
    asked[10:26], asked[42:74] = b" ANSWERER       ", bytes(range(32))
    answering = Association.acceptor(accept=POLICY)
    answering.receive_data(asked)
    answer = sent(answering)
    assert answer[0] == A_ASSOCIATE_AC.TYPE
    assert answer[10:74] == asked[10:74]
