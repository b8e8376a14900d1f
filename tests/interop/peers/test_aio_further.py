"""`dimse_primitives.aio`: what Orthanc asks of us and we of it, and what is cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from dimse_primitives import C_ECHO, C_FIND, C_GET, C_MOVE, C_STORE, N_ACTION, N_EVENT_REPORT
from dimse_primitives.aio import Operation
from pydicom.dataset import Dataset
from pydicom.filereader import read_dataset

from ..aio_peers import encoded
from .aio_tools import CANCELED, PENDING, SUCCESS, answer, ask, run, store, succeed
from .dcmtk import Dcmtk
from .orthanc import Orthanc
from .ours import TITLE
from .samples import PATIENT, STUDY, instance_uid, query, save_images
from .sop_classes import (
    COMMITMENT,
    COMMITMENT_INSTANCE,
    SECONDARY_CAPTURE,
    STUDY_FIND,
    STUDY_GET,
    STUDY_MOVE,
    VERIFICATION,
)

pytestmark = pytest.mark.peers
IMAGES = 40
ROLES = {SECONDARY_CAPTURE: (True, True)}


def asking(kind: Any, sop_class: str, level: str = "STUDY", **further: Any) -> Any:
    identifier = encoded(query(level))
    return kind(AffectedSOPClassUID=sop_class, Priority=0, Identifier=identifier, **further)


def decoded(data: BytesIO | None) -> Dataset:
    assert data is not None
    return read_dataset(data, is_implicit_VR=True, is_little_endian=True)


async def cancelled(association: Any, request: Any) -> list[int]:
    """Return the statuses of a request that is cancelled after its first response."""
    statuses = []
    async for response in association.responses(request):
        statuses.append(response.Status)
        if len(statuses) == 1:
            await association.cancel(request)
    return statuses


async def slowly(request: C_STORE) -> C_STORE:
    await asyncio.sleep(0.01)
    return request.respond(Status=SUCCESS)


def test_dcmqrscp_ends_a_get_and_a_move_that_we_cancel(dcmtk: Dcmtk, tmp_path: Path) -> None:
    async def test() -> None:
        async with await answer({C_STORE: slowly}, SECONDARY_CAPTURE) as server:
            paths = save_images(tmp_path / "images", IMAGES)
            with dcmtk.archive(paths, destination=server.port) as port:
                classes = (STUDY_GET, STUDY_MOVE, SECONDARY_CAPTURE)
                handlers = {C_STORE: slowly}
                async with await ask(port, *classes, roles=ROLES, handlers=handlers) as us:
                    for request in (
                        asking(C_GET, STUDY_GET),
                        asking(C_MOVE, STUDY_MOVE, MoveDestination=TITLE),
                    ):
                        statuses = await cancelled(us, request)
                        assert statuses[-1] == CANCELED
                        assert len(statuses) < IMAGES

    run(test)


def test_orthanc_gives_and_moves_what_we_stored_and_ends_what_we_cancel(orthanc: Orthanc) -> None:
    moved: list[str] = []

    async def keep(request: C_STORE) -> C_STORE:
        moved.append(str(request.AffectedSOPInstanceUID))
        return request.respond(Status=SUCCESS)

    async def test() -> None:
        async with await answer({C_STORE: keep}, SECONDARY_CAPTURE) as server:
            await asyncio.to_thread(orthanc.know_us, server.port)
            classes = (SECONDARY_CAPTURE, STUDY_GET, STUDY_MOVE, STUDY_FIND)
            us = await ask(
                orthanc.port, *classes, title="ORTHANC", roles=ROLES, handlers={C_STORE: keep}
            )
            async with us:
                for number in range(1, IMAGES + 1):
                    assert (await us.exchange(store(number))).Status == SUCCESS
                got = await us.exchange(asking(C_GET, STUDY_GET))
                assert got.Status == SUCCESS
                assert len(set(moved)) >= IMAGES
                moved.clear()
                request = asking(C_MOVE, STUDY_MOVE, MoveDestination=TITLE)
                assert (await us.exchange(request)).Status == SUCCESS
                assert len(set(moved)) >= IMAGES
                for kind, sop_class, further in (
                    (C_FIND, STUDY_FIND, {"level": "IMAGE"}),
                    (C_GET, STUDY_GET, {}),
                    (C_MOVE, STUDY_MOVE, {"MoveDestination": TITLE}),
                ):
                    statuses = await cancelled(us, asking(kind, sop_class, **further))
                    # What it had answered before it saw the cancel is told to the end.
                    assert statuses[-1] in (CANCELED, SUCCESS)

    run(test)


def test_orthanc_stores_finds_and_moves_with_us(orthanc: Orthanc) -> None:
    stored: list[str] = []

    async def keep(request: C_STORE) -> C_STORE:
        stored.append(str(request.AffectedSOPInstanceUID))
        return request.respond(Status=SUCCESS)

    async def found(request: C_FIND) -> AsyncIterator[C_FIND]:
        asked = decoded(request.Identifier)
        match = query(asked.QueryRetrieveLevel)
        match.PatientName = PATIENT
        yield request.respond(Status=PENDING, Identifier=encoded(match))

    async def moved(request: C_MOVE, operation: Operation) -> AsyncIterator[C_MOVE]:
        assert request.MoveDestination == "ORTHANC"
        async with await ask(orthanc.port, SECONDARY_CAPTURE, title="ORTHANC") as there:
            assert (await there.exchange(store(77))).Status == SUCCESS
        yield request.respond(
            Status=SUCCESS,
            NumberOfCompletedSuboperations=1,
            NumberOfFailedSuboperations=0,
            NumberOfWarningSuboperations=0,
        )

    async def test() -> None:
        handlers: dict[type[Any], Any] = {C_ECHO: succeed, C_STORE: keep}
        handlers |= {C_FIND: found, C_MOVE: moved}
        classes = (VERIFICATION, SECONDARY_CAPTURE, STUDY_FIND, STUDY_MOVE)
        async with await answer(handlers, *classes) as server:
            call = orthanc.call
            await asyncio.to_thread(orthanc.know_us, server.port)
            await asyncio.to_thread(call, "/modalities/us/echo", {})
            async with await ask(orthanc.port, SECONDARY_CAPTURE, title="ORTHANC") as us:
                assert (await us.exchange(store(76))).Status == SUCCESS
            wanted = {"Level": "Instance", "Query": {"SOPInstanceUID": instance_uid(76)}}
            instances = await asyncio.to_thread(call, "/tools/find", wanted)
            await asyncio.to_thread(call, "/modalities/us/store", instances)
            assert stored == [instance_uid(76)]
            asked = {"Level": "Study", "Query": {"StudyInstanceUID": STUDY}}
            said: Any = await asyncio.to_thread(call, "/modalities/us/query", asked)
            await asyncio.to_thread(call, f"{said['Path']}/retrieve", "ORTHANC")
            wanted["Query"] = {"SOPInstanceUID": instance_uid(77)}
            assert await asyncio.to_thread(call, "/tools/find", wanted)

    run(test)


def test_orthanc_asks_us_for_commitment_and_hears_of_it(orthanc: Orthanc) -> None:
    asked: list[Any] = []

    async def take(request: N_ACTION) -> N_ACTION:
        asked.append(decoded(request.ActionInformation))
        return request.respond(Status=SUCCESS)

    async def test() -> None:
        async with await answer({N_ACTION: take}, COMMITMENT) as server:
            await asyncio.to_thread(orthanc.know_us, server.port)
            instances = [{"SOPClassUID": SECONDARY_CAPTURE, "SOPInstanceUID": instance_uid(1)}]
            said: Any = await asyncio.to_thread(
                orthanc.call, "/modalities/us/storage-commitment", {"DicomInstances": instances}
            )
            while not asked:
                await asyncio.sleep(0.02)
            told, item = Dataset(), Dataset()
            item.ReferencedSOPClassUID = SECONDARY_CAPTURE
            item.ReferencedSOPInstanceUID = instance_uid(1)
            told.TransactionUID, told.ReferencedSOPSequence = asked[0].TransactionUID, [item]
            roles = {COMMITMENT: (False, True)}
            async with await ask(orthanc.port, COMMITMENT, title="ORTHANC", roles=roles) as us:
                report = N_EVENT_REPORT(
                    AffectedSOPClassUID=COMMITMENT,
                    AffectedSOPInstanceUID=COMMITMENT_INSTANCE,
                    EventTypeID=1,
                    EventInformation=encoded(told),
                )
                assert (await us.exchange(report)).Status == SUCCESS
            found: Any = await asyncio.to_thread(orthanc.call, said["Path"], "", "GET")
            assert found["Status"] == "Success"

    run(test)
