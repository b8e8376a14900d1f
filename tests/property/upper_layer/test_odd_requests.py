"""Whatever bytes of a PDU are others than they should be, an association ends in events."""

from __future__ import annotations

from dimse_primitives import C_ECHO
from dimse_primitives.upper_layer import (
    A_ASSOCIATE,
    A_ASSOCIATE_AC,
    A_ASSOCIATE_RQ,
    AbstractSyntaxSubItem,
    ApplicationContextItem,
    Association,
    AsynchronousOperationsWindowSubItem,
    ImplementationClassUIDSubItem,
    ImplementationVersionNameSubItem,
    LocalProtocolError,
    MaximumLengthSubItem,
    Policy,
    PresentationContextItemAC,
    PresentationContextItemRQ,
    SCPSCURoleSelectionSubItem,
    SOPClassExtendedNegotiationSubItem,
    State,
    TransferSyntaxSubItem,
    UserIdentitySubItemRQ,
    UserInformationItem,
    split_pdus,
)
from hypothesis import given, settings
from hypothesis import strategies as st

NAME, SYNTAX = "1.2.840.10008.1.1", "1.2.840.10008.1.2"
CONTEXT = ApplicationContextItem("1.2.840.10008.3.1.1.1")
ITEMS = (
    MaximumLengthSubItem(16384),
    ImplementationClassUIDSubItem("1.2.3"),
    AsynchronousOperationsWindowSubItem(2, 2),
    SCPSCURoleSelectionSubItem(NAME, 1, 1),
    ImplementationVersionNameSubItem("NAME"),
)
ASKED = (SOPClassExtendedNegotiationSubItem(NAME, b"\1"), UserIdentitySubItemRQ(1, b"me", 1))
SYNTAXES = [TransferSyntaxSubItem(SYNTAX)]
REQUEST = A_ASSOCIATE_RQ(
    "ECHO_SCP",
    "ECHO_SCU",
    CONTEXT,
    [PresentationContextItemRQ(n, AbstractSyntaxSubItem(NAME), SYNTAXES) for n in (1, 3)],
    UserInformationItem((*ITEMS, *ASKED)),
).encode()
ANSWER = A_ASSOCIATE_AC(
    "ECHO_SCP",
    "ECHO_SCU",
    CONTEXT,
    [PresentationContextItemAC(number, 0, SYNTAXES[0]) for number in (1, 3)],
    UserInformationItem(ITEMS),
).encode()
HEADER = 6


def odd(data: bytes) -> st.SearchStrategy[bytes]:
    """Return `data` with one to four bytes after its header exchanged."""
    places = st.integers(HEADER, len(data) - 1)
    likely = st.sampled_from([0, 1, 2, 3, 5, 7, 0x20, 0x2E, 0x50, 0x7F, 0x80, 0xFE, 0xFF])
    changes = st.dictionaries(places, likely | st.integers(0, 255), min_size=1, max_size=4)
    return changes.map(lambda each: bytes(each.get(i, byte) for i, byte in enumerate(data)))


def sent(end: Association) -> bytes:
    return b"".join(bytes(each) for each in end.data_to_send())


def talked(end: Association) -> None:
    """Say what can be said on the association, and read what was sent: it is whole PDUs."""
    if end.state is State.Sta6:
        try:
            end.send(C_ECHO(AffectedSOPClassUID=NAME, MessageID=1))
        except LocalProtocolError:
            # On no context, or to one who takes no fragment.
            assert not end.has_data_to_send
        else:
            data = sent(end)
            assert sum(map(len, split_pdus(data))) == len(data) > 0
    end.receive_data(b"")
    assert end.is_closed


@settings(derandomize=True, max_examples=150)
@given(odd(REQUEST))
def test_an_odd_request_ends_in_events(data: bytes) -> None:
    end = Association.acceptor(accept=Policy(contexts={NAME: [SYNTAX]}, roles={NAME: (True, True)}))
    end.receive_data(data)
    sent(end)
    assert end.state in (State.Sta6, State.Sta13)
    talked(end)


@settings(derandomize=True, max_examples=150)
@given(odd(ANSWER))
def test_an_odd_answer_ends_in_events(data: bytes) -> None:
    request = A_ASSOCIATE.request(
        application_context_name=CONTEXT.application_context_name,
        calling_ae_title="ECHO_SCU",
        called_ae_title="ECHO_SCP",
        user_information=ITEMS,
        calling_presentation_address=("localhost", 1),
        called_presentation_address=("localhost", 104),
        presentation_context_definition_list=[(number, NAME, [SYNTAX]) for number in (1, 3)],
    )
    end = Association.requestor(request)
    sent(end)
    end.receive_data(data)
    sent(end)
    assert end.state in (State.Sta6, State.Sta13)
    talked(end)
