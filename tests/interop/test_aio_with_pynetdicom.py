"""`dimse_primitives.aio` with pynetdicom at the other end: every service, both roles, TCP and TLS.

pynetdicom's associations have threads, and wait a tenth of a second here and there: an association
of each kind does all services, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from dimse_primitives import (
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
)
from dimse_primitives.aio import AsyncAssociation, connect, serve
from pydicom.uid import ImplicitVRLittleEndian

from .aio_peers import (
    CANCEL,
    CLASSES,
    FILM_SESSION,
    HOST,
    INSTANCE,
    MANY,
    PENDING,
    SECONDARY_CAPTURE,
    STUDY_FIND,
    STUDY_GET,
    STUDY_MOVE,
    SUCCESS,
    VERIFICATION,
    Theirs,
    client_tls,
    data_set,
    encoded,
    identifier,
    patient,
    run,
    stored,
)

# pynetdicom answers, ours asks.


def query(kind: Any, sop_class: str, name: str = "Some", **values: Any) -> Any:
    asked = identifier(name)
    return kind(AffectedSOPClassUID=sop_class, Priority=0, Identifier=asked, **values)


async def asks(association: AsyncAssociation) -> None:
    """Exchange every service, and see what comes back."""
    exchange = association.exchange
    assert (await exchange(C_ECHO(AffectedSOPClassUID=VERIFICATION))).Status == SUCCESS
    store = C_STORE(
        AffectedSOPClassUID=SECONDARY_CAPTURE,
        AffectedSOPInstanceUID=INSTANCE,
        Priority=0,
        DataSet=encoded(data_set()),
    )
    assert (await exchange(store)).Status == SUCCESS
    found = [each async for each in association.responses(query(C_FIND, STUDY_FIND))]
    assert [each.Status for each in found] == [PENDING, PENDING, SUCCESS]
    assert patient(found[0].Identifier) == "Peer^Of"
    got = await exchange(query(C_GET, STUDY_GET))
    assert (got.Status, got.NumberOfCompletedSuboperations) == (SUCCESS, 2)
    moved = await exchange(query(C_MOVE, STUDY_MOVE, MoveDestination="US"))
    assert (moved.Status, moved.NumberOfCompletedSuboperations) == (SUCCESS, 2)
    affected: dict[str, Any] = {
        "AffectedSOPClassUID": FILM_SESSION,
        "AffectedSOPInstanceUID": INSTANCE,
    }
    requested: dict[str, Any] = {
        "RequestedSOPClassUID": FILM_SESSION,
        "RequestedSOPInstanceUID": INSTANCE,
    }
    created = await exchange(N_CREATE(**affected, AttributeList=encoded(data_set())))
    assert (created.Status, patient(created.AttributeList)) == (SUCCESS, "Peer^Of")
    read = await exchange(N_GET(**requested, AttributeIdentifierList=[0x00100010]))
    assert (read.Status, patient(read.AttributeList)) == (SUCCESS, "Peer^Of")
    changed = await exchange(N_SET(**requested, ModificationList=encoded(data_set())))
    assert (changed.Status, patient(changed.AttributeList)) == (SUCCESS, "Peer^Of")
    assert (await exchange(N_ACTION(**requested, ActionTypeID=1))).Status == SUCCESS
    assert (await exchange(N_EVENT_REPORT(**affected, EventTypeID=1))).Status == SUCCESS
    assert (await exchange(N_DELETE(**requested))).Status == SUCCESS


async def cancels(association: AsyncAssociation) -> None:
    """Cancel each service that can be, after its first response or sub-operation."""
    for kind, sop_class in ((C_FIND, STUDY_FIND), (C_GET, STUDY_GET), (C_MOVE, STUDY_MOVE)):
        further: dict[str, Any] = {"MoveDestination": "US"} if kind is C_MOVE else {}
        request: Any = query(kind, sop_class, "All", **further)
        statuses = []
        async for response in association.responses(request):
            statuses.append(response.Status)
            if len(statuses) == 1:
                await association.cancel(request)
        assert statuses[-1] == CANCEL
        assert len(statuses) < MANY


@pytest.mark.parametrize("tls", [False, True], ids=["TCP", "TLS"])
@pytest.mark.parametrize("does", [asks, cancels])
def test_pynetdicom_answers(does: Callable[[AsyncAssociation], Any], tls: bool) -> None:
    theirs = Theirs()

    async def test(port: int) -> None:
        contexts = [(each, [ImplicitVRLittleEndian]) for each in CLASSES]
        async with await serve({C_STORE: stored}, HOST, 0, contexts=contexts) as destination:
            theirs.destination = destination.port
            roles = {SECONDARY_CAPTURE: (True, True)}
            async with await connect(
                HOST,
                port,
                contexts=contexts,
                roles=roles,
                handlers={C_STORE: stored},
                ssl=client_tls() if tls else None,
            ) as association:
                await does(association)

    with theirs.listening(tls) as port:
        run(lambda: test(port))
    assert theirs.stored == (["Peer^Of"] if does is asks else [])


# Ours answers, pynetdicom asks.
