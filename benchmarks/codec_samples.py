"""One typical primitive for every message, and the same one of pynetdicom.

Invariant: every sample keeps the rules of PS3.7 and has the parameters that such a message usually
has: the SOP Class (and Instance) in a response although they are optional there, the numbers of
sub-operations in a response that is pending, no field for an error that did not happen. Both
primitives have the same values, set from the same arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from dimse_primitives import (
    C_CANCEL,
    C_ECHO,
    C_FIND,
    C_GET,
    C_MOVE,
    C_STORE,
    N_ACTION,
    N_CREATE,
    N_DELETE,
    N_EVENT_REPORT,
    N_GET,
    N_SET,
    Priority,
)
from pydicom.uid import UID
from pynetdicom import dimse_messages, dimse_primitives

SUCCESS = 0x0000
PENDING = 0xFF00
MESSAGE_ID = 7
VERIFICATION = "1.2.840.10008.1.1"
CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2"
CT_IMAGE = "1.2.826.0.1.3680043.8.498.45787841905188114249679014262163034441"
STUDY_ROOT_FIND = "1.2.840.10008.5.1.4.1.2.2.1"
STUDY_ROOT_MOVE = "1.2.840.10008.5.1.4.1.2.2.2"
STUDY_ROOT_GET = "1.2.840.10008.5.1.4.1.2.2.3"
STORAGE_COMMITMENT = "1.2.840.10008.1.20.1"
STORAGE_COMMITMENT_INSTANCE = "1.2.840.10008.1.20.1.1"
PROCEDURE_STEP = "1.2.840.10008.3.1.2.3.3"
PROCEDURE_STEP_INSTANCE = "1.2.826.0.1.3680043.8.498.1291784190518811424967901426216303444"
FILM_BOX = "1.2.840.10008.5.1.1.2"
FILM_BOX_INSTANCE = "1.2.826.0.1.3680043.8.498.662578784190518811424967901426216303"
TAGS = [0x00100010, 0x00400244]


# An encoded data set: Patient ID (0010,0020).
DATA_SET = b"\x10\x00\x20\x00\x08\x00\x00\x00PATIENT1"


@dataclass(frozen=True)
class Sample:
    """A message to encode, and the same one of pynetdicom.

    Attributes
    ----------
    message_type : str
        Its name, e.g. ``N-GET-RQ``.
    primitive : DIMSEPrimitive
        What it conveys.
    encode : callable
        The method that encodes it, not bound to `primitive`.
    elements : tuple of str
        The elements it can carry.
    theirs : pynetdicom.dimse_primitives.DIMSEPrimitive
        The primitive of pynetdicom.
    their_message : type
        The class of pynetdicom for the message.
    """

    message_type: str
    primitive: Any
    encode: Callable[[Any], bytes]
    elements: tuple[str, ...]
    theirs: Any
    their_message: type[dimse_messages.DIMSEMessage]

    @property
    def uids(self) -> tuple[str, ...]:
        """The UIDs that it has."""
        return tuple(
            key for key in self.elements if isinstance(getattr(self.primitive, key, None), UID)
        )


def samples() -> Iterator[Sample]:
    """Yield a new sample of every message: of each service, the request and the response."""
    yield _request(C_CANCEL(MessageIDBeingRespondedTo=MESSAGE_ID))
    for make in (
        _echo,
        _store,
        _find,
        _get,
        _move,
        _event_report,
        _n_get,
        _set,
        _action,
        _create,
        _delete,
    ):
        request, response = make()
        yield _request(request)
        yield _response(response)


def _request(primitive: Any) -> Sample:
    kind = type(primitive)
    return Sample(
        message_type=f"{primitive.msg_type}-RQ",
        primitive=primitive,
        encode=kind.encode_request,
        elements=kind.REQUEST_ELEMENTS,
        theirs=_same(primitive),
        their_message=_class_of(f"{kind.__name__}_RQ"),
    )


def _response(primitive: Any) -> Sample:
    kind = type(primitive)
    return Sample(
        message_type=f"{primitive.msg_type}-RSP",
        primitive=primitive,
        encode=kind.encode_response,
        elements=kind.RESPONSE_ELEMENTS,
        theirs=_same(primitive),
        their_message=_class_of(f"{kind.__name__}_RSP"),
    )


def _class_of(name: str) -> type[dimse_messages.DIMSEMessage]:
    found: type[dimse_messages.DIMSEMessage] = getattr(dimse_messages, name)
    return found


def _same(primitive: Any) -> Any:
    theirs = getattr(dimse_primitives, type(primitive).__name__)()
    for keyword in primitive.PARAMETERS:
        value = getattr(primitive, keyword)
        if value is not None:
            setattr(theirs, keyword, value)
    return theirs


def _echo() -> tuple[C_ECHO, C_ECHO]:
    request = C_ECHO.request(MessageID=MESSAGE_ID, AffectedSOPClassUID=VERIFICATION)
    return request, request.respond(Status=SUCCESS)


def _store() -> tuple[C_STORE, C_STORE]:
    request = C_STORE.request(
        MessageID=MESSAGE_ID,
        AffectedSOPClassUID=CT_IMAGE_STORAGE,
        AffectedSOPInstanceUID=CT_IMAGE,
        Priority=Priority.MEDIUM,
        DataSet=BytesIO(DATA_SET),
    )
    return request, request.respond(Status=SUCCESS)


def _find() -> tuple[C_FIND, C_FIND]:
    request = C_FIND.request(
        MessageID=MESSAGE_ID,
        AffectedSOPClassUID=STUDY_ROOT_FIND,
        Priority=Priority.MEDIUM,
        Identifier=BytesIO(DATA_SET),
    )
    return request, request.respond(Status=PENDING, Identifier=BytesIO(DATA_SET))


def _get() -> tuple[C_GET, C_GET]:
    request = C_GET.request(
        MessageID=MESSAGE_ID,
        AffectedSOPClassUID=STUDY_ROOT_GET,
        Priority=Priority.MEDIUM,
        Identifier=BytesIO(DATA_SET),
    )
    response = request.respond(
        Status=PENDING,
        NumberOfRemainingSuboperations=120,
        NumberOfCompletedSuboperations=380,
        NumberOfFailedSuboperations=0,
        NumberOfWarningSuboperations=0,
    )
    return request, response


def _move() -> tuple[C_MOVE, C_MOVE]:
    request = C_MOVE.request(
        MessageID=MESSAGE_ID,
        AffectedSOPClassUID=STUDY_ROOT_MOVE,
        Priority=Priority.MEDIUM,
        MoveDestination="STORE_SCP",
        Identifier=BytesIO(DATA_SET),
    )
    response = request.respond(
        Status=PENDING,
        NumberOfRemainingSuboperations=120,
        NumberOfCompletedSuboperations=380,
        NumberOfFailedSuboperations=0,
        NumberOfWarningSuboperations=0,
    )
    return request, response


def _event_report() -> tuple[N_EVENT_REPORT, N_EVENT_REPORT]:
    request = N_EVENT_REPORT.request(
        MessageID=MESSAGE_ID,
        AffectedSOPClassUID=STORAGE_COMMITMENT,
        AffectedSOPInstanceUID=STORAGE_COMMITMENT_INSTANCE,
        EventTypeID=1,
        EventInformation=BytesIO(DATA_SET),
    )
    return request, request.respond(Status=SUCCESS)


def _n_get() -> tuple[N_GET, N_GET]:
    request = N_GET.request(
        MessageID=MESSAGE_ID,
        RequestedSOPClassUID=PROCEDURE_STEP,
        RequestedSOPInstanceUID=PROCEDURE_STEP_INSTANCE,
        AttributeIdentifierList=TAGS,
    )
    return request, request.respond(Status=SUCCESS, AttributeList=BytesIO(DATA_SET))


def _set() -> tuple[N_SET, N_SET]:
    request = N_SET.request(
        MessageID=MESSAGE_ID,
        RequestedSOPClassUID=PROCEDURE_STEP,
        RequestedSOPInstanceUID=PROCEDURE_STEP_INSTANCE,
        ModificationList=BytesIO(DATA_SET),
    )
    return request, request.respond(Status=SUCCESS, AttributeList=BytesIO(DATA_SET))


def _action() -> tuple[N_ACTION, N_ACTION]:
    request = N_ACTION.request(
        MessageID=MESSAGE_ID,
        RequestedSOPClassUID=STORAGE_COMMITMENT,
        RequestedSOPInstanceUID=STORAGE_COMMITMENT_INSTANCE,
        ActionTypeID=1,
        ActionInformation=BytesIO(DATA_SET),
    )
    return request, request.respond(Status=SUCCESS)


def _create() -> tuple[N_CREATE, N_CREATE]:
    request = N_CREATE.request(
        MessageID=MESSAGE_ID,
        AffectedSOPClassUID=PROCEDURE_STEP,
        AffectedSOPInstanceUID=PROCEDURE_STEP_INSTANCE,
        AttributeList=BytesIO(DATA_SET),
    )
    response = request.respond(
        Status=SUCCESS,
        AffectedSOPInstanceUID=PROCEDURE_STEP_INSTANCE,
        AttributeList=BytesIO(DATA_SET),
    )
    return request, response


def _delete() -> tuple[N_DELETE, N_DELETE]:
    request = N_DELETE.request(
        MessageID=MESSAGE_ID,
        RequestedSOPClassUID=FILM_BOX,
        RequestedSOPInstanceUID=FILM_BOX_INSTANCE,
    )
    return request, request.respond(Status=SUCCESS)
