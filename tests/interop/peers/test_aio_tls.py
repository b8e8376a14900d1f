"""`dimse_primitives.aio` over TLS: every service with Orthanc and DCMTK, in the roles they have."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from dimse_primitives import C_ECHO, C_FIND, C_GET, C_MOVE, C_STORE, N_ACTION, N_EVENT_REPORT
from dimse_primitives.aio import Operation
from pydicom.dataset import Dataset

from ..aio_peers import encoded
from . import tls
from .aio_tools import (
    ASK,
    HOST,
    PENDING,
    SUCCESS,
    answer,
    ask,
    echo,
    run,
    store,
    succeed,
    tool,
)
from .aio_tools import find as finding
from .dcmtk import Dcmtk
from .orthanc import Orthanc, running
from .ours import TITLE
from .samples import STUDY, instance_uid, query, save_images
from .sop_classes import (
    COMMITMENT,
    COMMITMENT_INSTANCE,
    SECONDARY_CAPTURE,
    STUDY_FIND,
    STUDY_GET,
    STUDY_MOVE,
    VERIFICATION,
)
from .test_aio_further import ROLES, asking

pytestmark = pytest.mark.peers


@pytest.fixture(scope="module")
def orthanc_tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orthanc]:
    """Give an Orthanc that speaks TLS, and nothing else, on its port."""
    with running(tmp_path_factory.mktemp("orthanc-tls"), tls.ORTHANC) as made:
        yield made


class Kept:
    """A handler that keeps the instance UIDs of what is stored, and tells when there are enough."""

    def __init__(self) -> None:
        self.uids: list[str] = []

    async def __call__(self, request: C_STORE) -> C_STORE:
        self.uids.append(str(request.AffectedSOPInstanceUID))
        return request.respond(Status=SUCCESS)


def test_orthanc_performs_every_service_for_us(orthanc_tls: Orthanc) -> None:
    kept, reported = Kept(), asyncio.Event()

    async def report(request: N_EVENT_REPORT) -> N_EVENT_REPORT:
        assert request.EventTypeID == 1
        reported.set()
        return request.respond(Status=SUCCESS)

    async def test() -> None:
        server = await answer(
            {C_STORE: kept, N_EVENT_REPORT: report},
            SECONDARY_CAPTURE,
            COMMITMENT,
            roles={COMMITMENT: (True, True)},
            ssl=tls.as_server(),
        )
        async with server:
            port = server.port
            await asyncio.to_thread(lambda: orthanc_tls.know_us(port, over_tls=True))
            us = await ask(
                orthanc_tls.port,
                *(VERIFICATION, SECONDARY_CAPTURE, STUDY_FIND, STUDY_GET, STUDY_MOVE, COMMITMENT),
                title="ORTHANC",
                roles=ROLES,
                handlers={C_STORE: kept},
                ssl=tls.as_client(),
            )
            async with us:
                assert (await us.exchange(echo())).Status == SUCCESS
                assert (await us.exchange(store())).Status == SUCCESS
                found = [each.Status async for each in us.responses(finding())]
                assert found == [PENDING, SUCCESS]
                assert (await us.exchange(asking(C_GET, STUDY_GET))).Status == SUCCESS
                assert kept.uids == [instance_uid(1)]
                request = asking(C_MOVE, STUDY_MOVE, MoveDestination=TITLE)
                assert (await us.exchange(request)).Status == SUCCESS
                assert kept.uids == [instance_uid(1)] * 2
                assert (await us.exchange(_commitment())).Status == SUCCESS
            await reported.wait()

    run(test)


def _commitment() -> N_ACTION:
    asked, item = Dataset(), Dataset()
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = SECONDARY_CAPTURE, instance_uid(1)
    asked.TransactionUID, asked.ReferencedSOPSequence = instance_uid(701), [item]
    return N_ACTION(
        RequestedSOPClassUID=COMMITMENT,
        RequestedSOPInstanceUID=COMMITMENT_INSTANCE,
        ActionTypeID=1,
        ActionInformation=encoded(asked),
    )


async def _one_match(request: C_FIND) -> AsyncIterator[C_FIND]:
    yield request.respond(Status=PENDING, Identifier=encoded(query("STUDY")))


def test_orthanc_invokes_every_service_with_us(orthanc_tls: Orthanc) -> None:
    kept, asked = Kept(), asyncio.Event()

    async def moved(request: C_MOVE, operation: Operation) -> C_MOVE:
        there = await ask(orthanc_tls.port, SECONDARY_CAPTURE, title="ORTHANC", ssl=tls.as_client())
        async with there:
            assert (await there.exchange(store(77))).Status == SUCCESS
        return request.respond(Status=SUCCESS, NumberOfCompletedSuboperations=1)

    async def commit(request: N_ACTION) -> N_ACTION:
        asked.set()
        return request.respond(Status=SUCCESS)

    async def test() -> None:
        handlers: dict[type[Any], Any] = {C_ECHO: succeed, C_STORE: kept, C_FIND: _one_match}
        handlers |= {C_MOVE: moved, N_ACTION: commit}
        classes = (VERIFICATION, SECONDARY_CAPTURE, STUDY_FIND, STUDY_MOVE, COMMITMENT)
        async with await answer(handlers, *classes, ssl=tls.as_server()) as server:
            port = server.port
            await asyncio.to_thread(lambda: orthanc_tls.know_us(port, over_tls=True))
            async with await ask(
                orthanc_tls.port, SECONDARY_CAPTURE, title="ORTHANC", ssl=tls.as_client()
            ) as us:
                assert (await us.exchange(store(76))).Status == SUCCESS
            call = orthanc_tls.call
            await asyncio.to_thread(call, "/modalities/us/echo", {})
            wanted = {"Level": "Instance", "Query": {"SOPInstanceUID": instance_uid(76)}}
            instances = await asyncio.to_thread(call, "/tools/find", wanted)
            await asyncio.to_thread(call, "/modalities/us/store", instances)
            assert kept.uids == [instance_uid(76)]
            study = {"Level": "Study", "Query": {"StudyInstanceUID": STUDY}}
            said: Any = await asyncio.to_thread(call, "/modalities/us/query", study)
            await asyncio.to_thread(call, f"{said['Path']}/retrieve", "ORTHANC")
            wanted["Query"] = {"SOPInstanceUID": instance_uid(77)}
            assert await asyncio.to_thread(call, "/tools/find", wanted)
            items = [{"SOPClassUID": SECONDARY_CAPTURE, "SOPInstanceUID": instance_uid(76)}]
            body = {"DicomInstances": items}
            await asyncio.to_thread(call, "/modalities/us/storage-commitment", body)
            await asked.wait()

    run(test)


def test_dcmtk_invokes_what_its_tools_have_over_tls(dcmtk: Dcmtk, tmp_path: Path) -> None:
    kept = Kept()

    async def test() -> None:
        handlers: dict[type[Any], Any] = {C_ECHO: succeed, C_STORE: kept, C_FIND: _one_match}
        classes = (VERIFICATION, SECONDARY_CAPTURE, STUDY_FIND)
        async with await answer(handlers, *classes, ssl=tls.as_server()) as server:
            trusting = ("+tla", "+cf", tls.CERTIFICATE)
            await tool(dcmtk, "echoscu", *trusting, HOST, server.port)
            paths = save_images(tmp_path / "images", 2)
            await tool(dcmtk, "storescu", *trusting, "-xi", HOST, server.port, *paths)
            said = await tool(dcmtk, "findscu", "-v", *trusting, *ASK, HOST, server.port)
            assert STUDY in said

    run(test)
    assert kept.uids == [instance_uid(1), instance_uid(2)]


@pytest.mark.parametrize("name", ["storescp", "dcmrecv"])
def test_dcmtk_performs_what_its_servers_have_over_tls(name: str, dcmtk: Dcmtk) -> None:
    async def test(port: int) -> None:
        async with await ask(port, VERIFICATION, SECONDARY_CAPTURE, ssl=tls.as_client()) as us:
            assert (await us.exchange(echo())).Status == SUCCESS
            assert (await us.exchange(store())).Status == SUCCESS

    with dcmtk.serve(name, "+tls", tls.KEY, tls.CERTIFICATE, "-ic") as port:
        run(lambda: test(port))
