"""What a peer says against the tables ends in events, and in no more than was agreed on."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from dimse_primitives import C_ECHO, InvalidPrimitiveError
from dimse_primitives.upper_layer import (
    A_ABORT_PDU,
    A_ASSOCIATE,
    A_ASSOCIATE_AC,
    A_ASSOCIATE_RJ,
    A_ASSOCIATE_RQ,
    Aborted,
    AbortReason,
    AbstractSyntaxSubItem,
    Accepted,
    ApplicationContextItem,
    AssociateRequested,
    Association,
    AsynchronousOperationsWindowSubItem,
    ImplementationClassUIDSubItem,
    LocalProtocolError,
    MaximumLengthSubItem,
    Policy,
    PresentationContextItemAC,
    PresentationContextItemRQ,
    SCPSCURoleSelectionSubItem,
    State,
    TransferSyntaxSubItem,
    UserDataSubItem,
    UserInformationItem,
    decode_pdu,
)

CONTEXT = ApplicationContextItem("1.2.840.10008.3.1.1.1")
KNOWN, OTHER, SYNTAX = "1.2.840.10008.1.1", "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.1.2"
TITLE = b"ECHO_SCU".ljust(16)
CALLED = b"ECHO_SCP".ljust(16)


def information(*items: UserDataSubItem, length: int = 16384) -> UserInformationItem:
    own = MaximumLengthSubItem(length), ImplementationClassUIDSubItem("1.2.3")
    return UserInformationItem((*own, *items))


def proposed(identifier: int, name: str = KNOWN) -> PresentationContextItemRQ:
    syntaxes = [TransferSyntaxSubItem(SYNTAX)]
    return PresentationContextItemRQ(identifier, AbstractSyntaxSubItem(name), syntaxes)


def asked(
    contexts: Iterable[PresentationContextItemRQ] = (proposed(1),),
    user: UserInformationItem | None = None,
) -> bytes:
    user = user or information()
    return A_ASSOCIATE_RQ("ECHO_SCP", "ECHO_SCU", CONTEXT, contexts, user).encode()


def sent(association: Association) -> bytes:
    return b"".join(bytes(each) for each in association.data_to_send())


def accepting(request: bytes, policy: Policy | None = None) -> tuple[Association, A_ASSOCIATE_AC]:
    """Return an acceptor that has accepted `request`, and what it has sent."""
    end = Association.acceptor(accept=policy or Policy(contexts={KNOWN: [SYNTAX]}))
    (event,) = end.receive_data(request)
    assert isinstance(event, Accepted)
    answer = decode_pdu(sent(end)).pdu
    assert isinstance(answer, A_ASSOCIATE_AC)
    return end, answer


def requesting(
    *results: PresentationContextItemAC,
    asks: Iterable[UserDataSubItem] = (),
    user: UserInformationItem | None = None,
) -> Association:
    """Return a requestor whose request was accepted with `results`."""
    items = UserInformationItem((*information().user_data, *asks)).user_data
    end = Association.requestor(
        A_ASSOCIATE.request(
            application_context_name=CONTEXT.application_context_name,
            calling_ae_title="ECHO_SCU",
            called_ae_title="ECHO_SCP",
            user_information=items,
            calling_presentation_address=("localhost", 1),
            called_presentation_address=("localhost", 104),
            presentation_context_definition_list=[(1, KNOWN, [SYNTAX])],
        )
    )
    sent(end)
    results = results or (PresentationContextItemAC(1, 0, TransferSyntaxSubItem(SYNTAX)),)
    answer = A_ASSOCIATE_AC("ECHO_SCP", "ECHO_SCU", CONTEXT, results, user or information())
    (event,) = end.receive_data(answer.encode())
    assert isinstance(event, Accepted)
    return end


ODD_TITLES = [b" " * 16, b"\0" * 16, "\N{LATIN SMALL LETTER E WITH ACUTE}".encode("latin-1") * 16]


@pytest.mark.parametrize("title", [TITLE, CALLED], ids=["calling", "called"])
@pytest.mark.parametrize("odd", ODD_TITLES, ids=["spaces", "NUL", "not ASCII"])
def test_a_title_that_is_none_is_told_and_sent_back(title: bytes, odd: bytes) -> None:
    request = asked().replace(title, odd)
    _, answer = accepting(request)
    known = decode_pdu(request).pdu
    assert isinstance(known, A_ASSOCIATE_RQ)
    assert answer.calling_ae_title == known.calling_ae_title
    assert answer.called_ae_title == known.called_ae_title
    primitive = known.to_primitive()
    rules = {
        (each.rule, each.parameter.split("_")[0]) for each in primitive.indication_violations()
    }
    assert ("invalid-value", "calling" if title == TITLE else "called") in rules


@pytest.mark.parametrize("name", ["1.2." + "3" * 70, "\xe9"], ids=["too long", "not ASCII"])
def test_an_application_context_that_is_no_name_is_rejected(name: str) -> None:
    wrong = b"\x10\0" + len(name).to_bytes(2, "big") + name.encode("latin-1")
    request = bytearray(asked().replace(CONTEXT.encode(), wrong))
    request[2:6] = (len(request) - 6).to_bytes(4, "big")
    end = Association.acceptor(accept=Policy(contexts={KNOWN: [SYNTAX]}))
    end.receive_data(request)
    assert decode_pdu(sent(end)).pdu == A_ASSOCIATE_RJ(1, 1, 2)


@pytest.mark.parametrize("identifier", [0, 2, 254])
def test_an_identifier_that_is_none_is_passed_over(identifier: int) -> None:
    item = proposed(1).encode()
    wrong = item[:4] + bytes([identifier]) + item[5:]
    end, answer = accepting(asked([proposed(3), proposed(1)]).replace(item, wrong))
    assert [each.presentation_context_id for each in answer.presentation_contexts] == [3]
    assert list(end.contexts) == [3]


@pytest.mark.parametrize("names", [(KNOWN, OTHER), (OTHER, KNOWN)])
def test_of_two_contexts_with_one_identifier_the_first_counts(names: tuple[str, str]) -> None:
    end, answer = accepting(asked([proposed(1, name) for name in names]))
    result = 0 if names[0] == KNOWN else 3
    assert [each.result_reason for each in answer.presentation_contexts] == [result]
    assert [each.abstract_syntax for each in end.contexts.values()] == [KNOWN] * (result == 0)


def test_of_two_results_for_one_context_the_first_counts() -> None:
    rejected = PresentationContextItemAC(1, 3)
    accepted = PresentationContextItemAC(1, 0, TransferSyntaxSubItem(SYNTAX))
    assert list(requesting(rejected, accepted).contexts) == []
    assert list(requesting(accepted, rejected).contexts) == [1]


def test_a_role_is_answered_once_and_for_what_is_proposed() -> None:
    roles = [(KNOWN, 1, 1), (KNOWN, 0, 1), (OTHER, 1, 1)]
    items = [SCPSCURoleSelectionSubItem(*each) for each in roles]
    policy = Policy(contexts={KNOWN: [SYNTAX], OTHER: [SYNTAX]}, roles={KNOWN: (True, True)})
    end, answer = accepting(asked(user=information(*items)), policy)
    assert answer.user_information is not None
    # Of two for one SOP class, the last counts, as for other implementations.
    assert answer.user_information.role_selections == (SCPSCURoleSelectionSubItem(KNOWN, 0, 1),)
    assert (end.contexts[1].as_scu, end.contexts[1].as_scp) == (True, False)


@pytest.mark.parametrize(
    ("offered", "answered", "agreed"),
    [
        ((2, 3), (9, 9), (2, 3)),
        ((2, 3), (0, 0), (2, 3)),
        ((2, 3), (1, 2), (1, 2)),
        ((0, 0), (5, 0), (5, 0)),
        (None, (9, 9), (1, 1)),
        ((2, 3), None, (1, 1)),
    ],
)
def test_no_more_operations_than_were_offered(
    offered: tuple[int, int] | None,
    answered: tuple[int, int] | None,
    agreed: tuple[int, int],
) -> None:
    asks, gets = (
        [] if each is None else [AsynchronousOperationsWindowSubItem(*each)]
        for each in (offered, answered)
    )
    end = requesting(asks=asks, user=information(*gets))
    assert end.maximum_operations == agreed


@pytest.mark.parametrize("length", range(1, 8))
def test_who_takes_no_fragment_gets_no_message(length: int) -> None:
    end = requesting(user=information(length=length))
    with pytest.raises(LocalProtocolError, match=rf"takes {length} bytes.*PS3\.8 D\.1\.1"):
        end.send(C_ECHO(AffectedSOPClassUID=KNOWN, MessageID=1))
    assert sent(end) == b""
    acceptor = Association.acceptor(accept=Policy(contexts={KNOWN: [SYNTAX]}))
    acceptor.receive_data(asked(user=information(length=length)))
    assert decode_pdu(sent(acceptor)).pdu == A_ASSOCIATE_RJ(1, 1, 1)


def test_who_takes_the_least_fragment_gets_a_message() -> None:
    end = requesting(user=information(length=8))
    end.send(C_ECHO(AffectedSOPClassUID=KNOWN, MessageID=1))
    assert len(sent(end)) % 14 == 0


def test_a_response_that_cannot_be_sent_changes_nothing() -> None:
    end = Association.acceptor()
    (event,) = end.receive_data(asked())
    assert isinstance(event, AssociateRequested)
    lacking = event.request.respond(result=0, user_information=information(length=8).user_data)
    with pytest.raises(InvalidPrimitiveError, match="presentation context definition list result"):
        end.respond(lacking)
    assert (end.response, end.state, sent(end)) == (None, State.Sta3, b"")
    whole = event.request.respond(
        result=0,
        user_information=information(length=0).user_data,
        presentation_context_definition_list_result=[(1, 0, SYNTAX)],
    )
    end.respond(whole)
    assert (end.response, end.state) == (whole, State.Sta6)
    # The limit is not that of the response that was not sent.
    (event,) = end.receive_data(b"\x04\0\0\0\0\x09")
    assert isinstance(event, Accepted)


@pytest.mark.parametrize("title", ["ECHO_SCU", " ECHO_SCU "])
def test_spaces_around_a_title_that_is_recognized_say_nothing(title: str) -> None:
    policy = Policy(contexts={KNOWN: [SYNTAX]}, calling_ae_titles=[title], ae_title="ECHO_SCP ")
    accepting(asked(), policy)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (b"\x04\0\xff\xff\xff\xff", AbortReason.INVALID_PDU_PARAMETER_VALUE),
        (b"\x09\0\xff\xff\xff\xff", AbortReason.UNRECOGNIZED_PDU),
        (b"\x09\0\0\0\0\0", AbortReason.UNRECOGNIZED_PDU),
    ],
)
def test_a_pdu_of_no_type_is_unrecognized_however_long(header: bytes, reason: int) -> None:
    end, _ = accepting(asked())
    (event,) = end.receive_data(header)
    assert isinstance(event, Aborted)
    assert decode_pdu(sent(end)).pdu == A_ABORT_PDU(2, reason)
    assert end.state is State.Sta13
