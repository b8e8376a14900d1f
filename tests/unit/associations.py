"""Associations in every state of Table 9-10, brought there by what an application and a peer do;
messages to send on them.
"""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import Any

from dimse_primitives import (
    C_ECHO,
    C_STORE,
)
from dimse_primitives.upper_layer import (
    A_ABORT_PDU,
    A_ASSOCIATE,
    A_RELEASE_RP,
    A_RELEASE_RQ,
    Accepted,
    Association,
    AssociationEvent,
    LocalProtocolError,
    MessageReceived,
    Policy,
    State,
    user_information,
)

VERIFICATION = "1.2.840.10008.1.1"
FIND = "1.2.840.10008.5.1.4.1.2.1.1"
UID = "1.2.826.0.1.3680043.9.1"
CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2"
IMPLICIT = "1.2.840.10008.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"
APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1"
POLICY = Policy(contexts={VERIFICATION: [IMPLICIT], CT_IMAGE_STORAGE: [IMPLICIT, EXPLICIT]})
CONTEXTS = ((1, VERIFICATION, [IMPLICIT]), (3, CT_IMAGE_STORAGE, [EXPLICIT, IMPLICIT]))


def associate(
    contexts: tuple[tuple[int, str, list[str]], ...] = CONTEXTS, **information: object
) -> A_ASSOCIATE:
    """Return an A-ASSOCIATE request."""
    return A_ASSOCIATE.request(
        application_context_name=APPLICATION_CONTEXT,
        calling_ae_title="ASKER",
        called_ae_title="ANSWERER",
        user_information=user_information(**information),  # type: ignore[arg-type]
        calling_presentation_address=("127.0.0.1", 49152),
        called_presentation_address=("127.0.0.1", 11112),
        presentation_context_definition_list=contexts,
    )


def sent(association: Association) -> bytes:
    """Return all that an association has to send."""
    data = b""
    while buffers := association.data_to_send():
        data += b"".join(buffers)
    return data


REQUEST = associate().to_pdu().encode()
ACCEPTANCE = POLICY(associate()).to_pdu().encode()
RELEASE, RELEASED, ABORT = A_RELEASE_RQ().encode(), A_RELEASE_RP().encode(), A_ABORT_PDU(0).encode()


def requestor_in(state: State) -> Association | None:
    """Return the requestor's end in a state, None where it is never there."""
    association = Association.requestor(associate())
    if state is State.Sta4:
        return association
    if state is State.Sta1:
        association.abort()
        association.receive_data(b"")
        return association
    sent(association)
    if state is State.Sta5:
        return association
    association.receive_data(ACCEPTANCE)
    return _beyond(association, state)


def acceptor_in(state: State) -> Association | None:
    """Return the acceptor's end in a state, None where it is never there."""
    association = Association.acceptor()
    if state is State.Sta2:
        return association
    if state is State.Sta1:
        association.receive_data(b"")
        return association
    association.receive_data(REQUEST)
    if state is State.Sta3:
        return association
    association.respond(POLICY(associate()))
    sent(association)
    return _beyond(association, state)


def _beyond(association: Association, state: State) -> Association | None:
    """Take an established association to a state, if its end is ever in it."""
    for step in _STEPS.get(state, ()):
        if step is None:
            with suppress(LocalProtocolError):
                association.release()
        elif step is ABORT:
            association.abort()
        else:
            association.receive_data(step)
        sent(association)
    return association if association.state is state else None


# What brings an established association into a state: None is a release of this end.
_STEPS: dict[State, tuple[bytes | None, ...]] = {
    State.Sta7: (None,),
    State.Sta8: (RELEASE,),
    State.Sta9: (None, RELEASE),
    State.Sta10: (None, RELEASE),
    State.Sta11: (None, RELEASE, None),
    State.Sta12: (None, RELEASE, RELEASED),
    State.Sta13: (ABORT,),
}


def established(
    policy: Policy = POLICY, request: object = None, **options: object
) -> tuple[Association, Association]:
    """Return requestor and acceptor of an association."""
    asking = Association.requestor(request or associate(), **options)  # type: ignore[arg-type]
    answering = Association.acceptor(accept=policy, **options)  # type: ignore[arg-type]
    (accepted,) = answering.receive_data(sent(asking))
    assert isinstance(accepted, Accepted)
    (accepted,) = asking.receive_data(sent(answering))
    assert isinstance(accepted, Accepted)
    return asking, answering


def echo(message_id: int = 1) -> C_ECHO:
    return C_ECHO.request(MessageID=message_id, AffectedSOPClassUID=VERIFICATION)


def store(data_set: bytes | None = b"\0\0", message_id: int = 1) -> C_STORE:
    return C_STORE(
        MessageID=message_id,
        AffectedSOPClassUID=CT_IMAGE_STORAGE,
        AffectedSOPInstanceUID=UID,
        Priority=0,
        DataSet=None if data_set is None else BytesIO(data_set),
    )


def received(association: Association, data: bytes) -> Any:
    (event,) = association.receive_data(data)
    return message_of(event)


def message_of(event: AssociationEvent) -> Any:
    assert isinstance(event, MessageReceived)
    return event.message.primitive
