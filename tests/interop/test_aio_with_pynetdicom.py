"""`dimse_primitives.aio` with pynetdicom at the other end: every service, both roles, TCP and TLS.

pynetdicom's associations have threads, and wait a tenth of a second here and there: an association
of each kind does all services, one after the other.
"""

from __future__ import annotations

import asyncio
import ssl
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pynetdicom
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
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filebase import DicomIO
from pydicom.filereader import read_dataset
from pydicom.filewriter import write_dataset
from pydicom.uid import ImplicitVRLittleEndian
from pynetdicom import AE, build_role, evt

HOST, SUCCESS, PENDING, CANCEL = "127.0.0.1", 0x0000, 0xFF00, 0xFE00
VERIFICATION = "1.2.840.10008.1.1"
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
STUDY_FIND, STUDY_MOVE, STUDY_GET = (f"1.2.840.10008.5.1.4.1.2.2.{n}" for n in (1, 2, 3))
FILM_SESSION = "1.2.840.10008.5.1.1.1"
CLASSES = (VERIFICATION, SECONDARY_CAPTURE, STUDY_FIND, STUDY_MOVE, STUDY_GET, FILM_SESSION)
INSTANCE = "1.2.3.4"
MANY = 200
CERTIFICATES = Path(pynetdicom.__file__).parent / "tests" / "cert_files"
CERTIFICATE, KEY = CERTIFICATES / "server.crt", CERTIFICATES / "server.key"


def server_tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, KEY)
    return context


def client_tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def data_set(number: int = 1) -> Dataset:
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = SECONDARY_CAPTURE, f"{INSTANCE}.{number}"
    made.PatientName, made.QueryRetrieveLevel = "Peer^Of", "STUDY"
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
    return made


def encoded(dataset: Dataset) -> BytesIO:
    data = BytesIO()
    stream = DicomIO(data)
    stream.is_implicit_VR, stream.is_little_endian = True, True
    write_dataset(stream, dataset)
    return BytesIO(data.getvalue())


def patient(data: BytesIO | None) -> str:
    assert data is not None
    data.seek(0)
    return str(read_dataset(data, is_implicit_VR=True, is_little_endian=True).PatientName)


def run(test: Callable[[], Any]) -> None:
    async def limited() -> None:
        await asyncio.wait_for(test(), 60)

    asyncio.run(limited())


def entity() -> AE:
    ae = AE(ae_title="PYNETDICOM")
    ae.acse_timeout = ae.dimse_timeout = ae.network_timeout = 20
    for name in CLASSES:
        ae.add_requested_context(name, ImplicitVRLittleEndian)
        ae.add_supported_context(name, ImplicitVRLittleEndian, scu_role=True, scp_role=True)
    return ae


# pynetdicom answers, ours asks.


class Theirs:
    """The handlers of a server of pynetdicom, and what they were given."""

    def __init__(self) -> None:
        self.destination = 0
        self.stored: list[str] = []

    def keep(self, event: Any) -> int:
        self.stored.append(str(event.dataset.PatientName))
        return SUCCESS

    def find(self, event: Any) -> Iterator[tuple[int, Dataset | None]]:
        for number in range(MANY if event.identifier.PatientName == "All" else 2):
            if event.is_cancelled:
                yield CANCEL, None
                return
            yield PENDING, data_set(number)

    def get(self, event: Any) -> Iterator[Any]:
        count = MANY if event.identifier.PatientName == "All" else 2
        yield count
        for number in range(count):
            if event.is_cancelled:
                yield CANCEL, None
                return
            yield PENDING, data_set(number)

    def move(self, event: Any) -> Iterator[Any]:
        yield HOST, self.destination, {"contexts": entity().requested_contexts[1:2]}
        yield from self.get(event)

    def handlers(self) -> list[Any]:
        return [
            (evt.EVT_C_ECHO, lambda event: SUCCESS),
            (evt.EVT_C_STORE, self.keep),
            (evt.EVT_C_FIND, self.find),
            (evt.EVT_C_GET, self.get),
            (evt.EVT_C_MOVE, self.move),
            (evt.EVT_N_CREATE, lambda event: (SUCCESS, event.attribute_list)),
            (evt.EVT_N_GET, lambda event: (SUCCESS, data_set())),
            (evt.EVT_N_SET, lambda event: (SUCCESS, event.modification_list)),
            (evt.EVT_N_ACTION, lambda event: (SUCCESS, None)),
            (evt.EVT_N_EVENT_REPORT, lambda event: (SUCCESS, None)),
            (evt.EVT_N_DELETE, lambda event: SUCCESS),
        ]

    @contextmanager
    def listening(self, tls: bool) -> Iterator[int]:
        context = server_tls() if tls else None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = entity().start_server(
                (HOST, 0), block=False, evt_handlers=self.handlers(), ssl_context=context
            )
        assert server is not None
        assert server.socket is not None
        try:
            yield server.socket.getsockname()[1]
        finally:
            server.shutdown()


def identifier(name: str) -> BytesIO:
    asked = data_set()
    asked.PatientName = name
    return encoded(asked)


def query(kind: Any, sop_class: str, name: str = "Some", **values: Any) -> Any:
    asked = identifier(name)
    return kind(AffectedSOPClassUID=sop_class, Priority=0, Identifier=asked, **values)


async def stored(request: C_STORE) -> C_STORE:
    assert patient(request.DataSet) == "Peer^Of"
    return request.respond(Status=SUCCESS)


async def succeed(request: Any) -> Any:
    return request.respond(Status=SUCCESS)


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


async def found(request: C_FIND, operation: Operation) -> AsyncIterator[C_FIND]:
    for number in range(MANY if patient(request.Identifier) == "All" else 2):
        yield request.respond(Status=PENDING, Identifier=encoded(data_set(number)))
        await asyncio.sleep(0.005)


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


async def created(request: N_CREATE) -> N_CREATE:
    return request.respond(Status=SUCCESS, AttributeList=request.AttributeList)


async def read(request: N_GET) -> N_GET:
    return request.respond(Status=SUCCESS, AttributeList=encoded(data_set()))


async def changed(request: N_SET) -> N_SET:
    return request.respond(Status=SUCCESS, AttributeList=request.ModificationList)


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
