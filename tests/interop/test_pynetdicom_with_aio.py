"""`aio` answers every service that pynetdicom asks for, and what it cancels."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
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
from dimse_primitives.aio import AsyncAssociation, Operation, Server, connect, serve
from pydicom.uid import ImplicitVRLittleEndian
from pynetdicom import build_role, evt

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
    Theirs,
    changed,
    client_tls,
    created,
    data_set,
    encoded,
    entity,
    found,
    patient,
    read,
    run,
    server_tls,
    stored,
    succeed,
)


async def _stores(
    request: Any, operation: Operation, association: AsyncAssociation
) -> AsyncIterator[Any]:
    count = MANY if patient(request.Identifier) == "All" else 2
    for number in range(count):
        store = C_STORE(
            AffectedSOPClassUID=SECONDARY_CAPTURE,
            AffectedSOPInstanceUID=f"{INSTANCE}.{number}",
            Priority=0,
            DataSet=encoded(data_set(number)),
        )
        assert (await association.exchange(store)).Status == SUCCESS
        yield request.respond(
            Status=PENDING,
            NumberOfRemainingSuboperations=count - 1 - number,
            NumberOfCompletedSuboperations=number + 1,
            NumberOfFailedSuboperations=0,
            NumberOfWarningSuboperations=0,
        )


async def gotten(request: C_GET, operation: Operation) -> AsyncIterator[C_GET]:
    async for each in _stores(request, operation, operation.association):
        yield each


class Mover:
    """Performs C-MOVE: stores at a server of pynetdicom."""

    port = 0

    async def move(self, request: C_MOVE, operation: Operation) -> AsyncIterator[C_MOVE]:
        contexts = [(SECONDARY_CAPTURE, [ImplicitVRLittleEndian])]
        async with await connect(HOST, self.port, contexts=contexts) as association:
            async for each in _stores(request, operation, association):
                yield each


def they_ask(association: Any) -> None:
    """Let pynetdicom send every service, and look at what it gets."""
    asked, image = data_set(), data_set()
    asked.PatientName = "Some"
    assert association.send_c_echo().Status == SUCCESS
    assert association.send_c_store(image).Status == SUCCESS
    pending, *_, last = association.send_c_find(asked, STUDY_FIND)
    assert (pending[0].Status, last[0].Status) == (PENDING, SUCCESS)
    assert pending[1].PatientName == "Peer^Of"
    got = [status.Status for status, _ in association.send_c_get(asked, STUDY_GET)]
    assert got == [PENDING, PENDING, SUCCESS]
    moved = association.send_c_move(asked, "THEM", STUDY_MOVE)
    assert [status.Status for status, _ in moved] == [PENDING, PENDING, SUCCESS]
    status, attributes = association.send_n_create(image, FILM_SESSION, INSTANCE)
    assert (status.Status, attributes.PatientName) == (SUCCESS, "Peer^Of")
    status, attributes = association.send_n_get([0x00100010], FILM_SESSION, INSTANCE)
    assert (status.Status, attributes.PatientName) == (SUCCESS, "Peer^Of")
    status, attributes = association.send_n_set(image, FILM_SESSION, INSTANCE)
    assert (status.Status, attributes.PatientName) == (SUCCESS, "Peer^Of")
    assert association.send_n_action(None, 1, FILM_SESSION, INSTANCE)[0].Status == SUCCESS
    assert association.send_n_event_report(None, 1, FILM_SESSION, INSTANCE)[0].Status == SUCCESS
    assert association.send_n_delete(FILM_SESSION, INSTANCE).Status == SUCCESS


def they_cancel(association: Any) -> None:
    """Let pynetdicom cancel each service that can be, after its first response."""
    asked = data_set()
    asked.PatientName = "All"
    for number, (send, words) in enumerate(
        (
            (association.send_c_find, (STUDY_FIND,)),
            (association.send_c_get, (STUDY_GET,)),
            (association.send_c_move, ("THEM", STUDY_MOVE)),
        ),
        start=7,
    ):
        statuses = []
        responses = (
            send(asked, *words, msg_id=number)
            if len(words) == 1
            else send(asked, words[0], words[1], msg_id=number)
        )
        for status, _ in responses:
            statuses.append(status.Status)
            if len(statuses) == 1:
                association.send_c_cancel(number, query_model=words[-1])
        assert statuses[-1] == CANCEL
        assert len(statuses) < MANY


@pytest.mark.parametrize("tls", [False, True], ids=["TCP", "TLS"])
@pytest.mark.parametrize("do", [they_ask, they_cancel])
def test_pynetdicom_asks(do: Callable[[Any], None], tls: bool) -> None:
    theirs, mover = Theirs(), Mover()

    def asking(port: int) -> None:
        association = entity().associate(
            HOST,
            port,
            ext_neg=[build_role(SECONDARY_CAPTURE, scu_role=True, scp_role=True)],
            evt_handlers=[(evt.EVT_C_STORE, theirs.keep)],
            tls_args=(client_tls(), "localhost") if tls else None,
        )
        assert association.is_established
        try:
            do(association)
        finally:
            association.release()

    async def test(port: int) -> None:
        mover.port = port
        handlers: dict[type[Any], Any] = dict.fromkeys(
            (C_ECHO, N_ACTION, N_EVENT_REPORT, N_DELETE), succeed
        )
        handlers |= {C_STORE: stored, C_FIND: found, C_GET: gotten, C_MOVE: mover.move}
        handlers |= {N_CREATE: created, N_GET: read, N_SET: changed}
        server: Server
        async with await serve(
            handlers,
            HOST,
            0,
            contexts=[(each, [ImplicitVRLittleEndian]) for each in CLASSES],
            roles={SECONDARY_CAPTURE: (True, True)},
            ssl=server_tls() if tls else None,
        ) as server:
            await asyncio.to_thread(asking, server.port)

    with theirs.listening(tls=False) as port:
        run(lambda: test(port))
    if do is they_ask:
        # Two of the C-GET, two of the C-MOVE.
        assert theirs.stored == ["Peer^Of"] * 4
