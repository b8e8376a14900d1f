"""What both sides of an exchange between `aio` and pynetdicom need."""

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
from dimse_primitives import (
    C_FIND,
    C_STORE,
    N_CREATE,
    N_GET,
    N_SET,
)
from dimse_primitives.aio import Operation
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filebase import DicomIO
from pydicom.filereader import read_dataset
from pydicom.filewriter import write_dataset
from pydicom.uid import ImplicitVRLittleEndian
from pynetdicom import AE, evt

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


def identifier(name: str) -> BytesIO:
    asked = data_set()
    asked.PatientName = name
    return encoded(asked)


async def stored(request: C_STORE) -> C_STORE:
    assert patient(request.DataSet) == "Peer^Of"
    return request.respond(Status=SUCCESS)


async def succeed(request: Any) -> Any:
    return request.respond(Status=SUCCESS)


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


async def found(request: C_FIND, operation: Operation) -> AsyncIterator[C_FIND]:
    for number in range(MANY if patient(request.Identifier) == "All" else 2):
        yield request.respond(Status=PENDING, Identifier=encoded(data_set(number)))
        await asyncio.sleep(0.005)


async def created(request: N_CREATE) -> N_CREATE:
    return request.respond(Status=SUCCESS, AttributeList=request.AttributeList)


async def read(request: N_GET) -> N_GET:
    return request.respond(Status=SUCCESS, AttributeList=encoded(data_set()))


async def changed(request: N_SET) -> N_SET:
    return request.respond(Status=SUCCESS, AttributeList=request.ModificationList)
