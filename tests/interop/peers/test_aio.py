"""`dimse_primitives.aio` with DCMTK and Orthanc, in both roles, every service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
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
from dimse_primitives.aio import Operation
from pydicom.dataset import Dataset

from ..aio_peers import encoded
from . import printing, programs
from .aio_tools import (
    ASK,
    CANCELED,
    HOST,
    PENDING,
    SUCCESS,
    answer,
    ask,
    echo,
    find,
    run,
    store,
    succeed,
    tool,
)
from .dcmtk import Dcmtk
from .orthanc import Orthanc
from .ours import ARCHIVE, TITLE
from .samples import instance_uid, query, save_images
from .sop_classes import (
    COMMITMENT,
    COMMITMENT_INSTANCE,
    FILM_BOX,
    FILM_SESSION,
    PRINT_META,
    PRINTER,
    PRINTER_INSTANCE,
    SECONDARY_CAPTURE,
    STUDY_FIND,
    STUDY_GET,
    STUDY_MOVE,
    VERIFICATION,
)

pytestmark = pytest.mark.peers


@pytest.mark.parametrize("name", ["storescp", "dcmrecv", "dcmqrscp", "wlmscpfs"])
def test_its_servers_answer_our_echo(name: str, dcmtk: Dcmtk) -> None:
    async def test(port: int) -> None:
        async with await ask(port, VERIFICATION) as association:
            assert (await association.exchange(echo())).Status == SUCCESS

    with dcmtk.serve(name) as port:
        run(lambda: test(port))


@pytest.mark.parametrize("name", ["storescp", "dcmrecv", "dcmqrscp"])
def test_its_servers_store_our_images(name: str, dcmtk: Dcmtk) -> None:
    async def test(port: int) -> None:
        async with await ask(port, SECONDARY_CAPTURE) as association:
            for number in (1, 2, 3):
                assert (await association.exchange(store(number))).Status == SUCCESS

    with dcmtk.serve(name) as port:
        run(lambda: test(port))


def test_echoscu_and_storescu_get_our_answers(dcmtk: Dcmtk, tmp_path: Path) -> None:
    stored: list[str] = []

    async def keep(request: C_STORE) -> C_STORE:
        stored.append(str(request.AffectedSOPInstanceUID))
        return request.respond(Status=SUCCESS)

    async def test() -> None:
        handlers = {C_ECHO: succeed, C_STORE: keep}
        async with await answer(handlers, VERIFICATION, SECONDARY_CAPTURE) as server:
            await tool(dcmtk, "echoscu", HOST, server.port)
            paths = save_images(tmp_path / "images", 2)
            await tool(dcmtk, "storescu", "-xi", HOST, server.port, *paths)

    run(test)
    assert stored == [instance_uid(1), instance_uid(2)]


def test_dcmqrscp_finds_and_ends_what_we_cancel(dcmtk: Dcmtk, tmp_path: Path) -> None:
    async def test(port: int) -> None:
        async with await ask(port, STUDY_FIND) as association:
            found = [response.Status async for response in association.responses(find())]
            assert found == [PENDING, SUCCESS]
            request, found = find("IMAGE"), []
            async for response in association.responses(request):
                found.append(response.Status)
                if len(found) == 1:
                    await association.cancel(request)
            assert found[-1] in (CANCELED, SUCCESS)

    with dcmtk.archive(save_images(tmp_path / "images", 30)) as port:
        run(lambda: test(port))


@pytest.mark.parametrize("cancel", [False, True])
def test_findscu_gets_our_matches(cancel: bool, dcmtk: Dcmtk) -> None:
    told: list[int] = []

    async def matches(request: C_FIND, operation: Operation) -> AsyncIterator[C_FIND]:
        for number in range(500 if cancel else 3):
            told.append(number)
            yield request.respond(Status=PENDING, Identifier=encoded(query("STUDY")))
            await asyncio.sleep(0.005 if cancel else 0)

    async def test() -> None:
        async with await answer({C_FIND: matches}, STUDY_FIND) as server:
            options = ("--cancel", 2) if cancel else ()
            await tool(dcmtk, "findscu", *options, *ASK, HOST, server.port)

    run(test)
    assert len(told) < 500
    assert cancel or len(told) == 3


def test_dcmqrscp_gives_what_we_get(dcmtk: Dcmtk, tmp_path: Path) -> None:
    stored: list[str] = []

    async def keep(request: C_STORE) -> C_STORE:
        stored.append(str(request.AffectedSOPInstanceUID))
        return request.respond(Status=SUCCESS)

    async def test(port: int) -> None:
        roles = {SECONDARY_CAPTURE: (False, True)}
        async with await ask(
            port, STUDY_GET, SECONDARY_CAPTURE, roles=roles, handlers={C_STORE: keep}
        ) as association:
            request = C_GET(
                AffectedSOPClassUID=STUDY_GET, Priority=0, Identifier=encoded(query("STUDY"))
            )
            assert (await association.exchange(request)).Status == SUCCESS

    with dcmtk.archive(save_images(tmp_path / "images", 2)) as port:
        run(lambda: test(port))
    assert sorted(stored) == [instance_uid(1), instance_uid(2)]


def test_getscu_gets_what_we_have(dcmtk: Dcmtk) -> None:
    async def give(request: C_GET, operation: Operation) -> AsyncIterator[C_GET]:
        for number in (1, 2):
            assert (await operation.association.exchange(store(number))).Status == SUCCESS
            yield request.respond(
                Status=PENDING,
                NumberOfRemainingSuboperations=2 - number,
                NumberOfCompletedSuboperations=number,
                NumberOfFailedSuboperations=0,
                NumberOfWarningSuboperations=0,
            )

    async def test() -> str:
        roles = {SECONDARY_CAPTURE: (True, True)}
        handlers = {C_GET: give}
        async with await answer(handlers, STUDY_GET, SECONDARY_CAPTURE, roles=roles) as server:
            return await tool(dcmtk, "getscu", "-v", *ASK, HOST, server.port)

    assert run(test).count("Received C-STORE Request") == 2


def test_dcmqrscp_moves_to_our_server(dcmtk: Dcmtk, tmp_path: Path) -> None:
    stored: list[str] = []

    async def keep(request: C_STORE) -> C_STORE:
        stored.append(str(request.AffectedSOPInstanceUID))
        return request.respond(Status=SUCCESS)

    async def test() -> None:
        async with await answer({C_STORE: keep}, SECONDARY_CAPTURE) as server:
            with dcmtk.serve("dcmqrscp", destination=server.port) as port:
                paths = save_images(tmp_path / "images", 2)
                await tool(dcmtk, "storescu", "-aec", ARCHIVE, HOST, port, *paths)
                async with await ask(port, STUDY_MOVE) as association:
                    request = C_MOVE(
                        AffectedSOPClassUID=STUDY_MOVE,
                        Priority=0,
                        MoveDestination=TITLE,
                        Identifier=encoded(query("STUDY")),
                    )
                    assert (await association.exchange(request)).Status == SUCCESS

    run(test)
    assert sorted(stored) == [instance_uid(1), instance_uid(2)]


def test_movescu_takes_what_we_move_to_it(dcmtk: Dcmtk) -> None:
    its_port = programs.free_port()

    async def move(request: C_MOVE) -> C_MOVE:
        async with await ask(its_port, SECONDARY_CAPTURE, title="MOVESCU") as association:
            assert (await association.exchange(store())).Status == SUCCESS
        return request.respond(Status=SUCCESS, NumberOfCompletedSuboperations=1)

    async def test() -> str:
        async with await answer({C_MOVE: move}, STUDY_MOVE) as server:
            to = ("-aem", "MOVESCU", "+P", its_port, HOST, server.port)
            return await tool(dcmtk, "movescu", "-v", *ASK, *to)

    assert "Received Store Request" in run(test)


def test_dcmprscp_prints_what_we_create(dcmtk: Dcmtk) -> None:
    port = programs.free_port()
    options = printing.configure(dcmtk.folder, port, False)

    async def test() -> None:
        async with await ask(port, PRINT_META, title=printing.NAME) as association:
            context_id = next(iter(association.contexts))

            async def exchange(request: Any) -> Any:
                return await association.exchange(request, context_id=context_id)

            got = await exchange(
                N_GET(RequestedSOPClassUID=PRINTER, RequestedSOPInstanceUID=PRINTER_INSTANCE)
            )
            assert (got.Status, bool(got.AttributeList)) == (SUCCESS, True)
            session = instance_uid(500)
            created = await exchange(
                N_CREATE(
                    AffectedSOPClassUID=FILM_SESSION,
                    AffectedSOPInstanceUID=session,
                    AttributeList=encoded(printing.film_session()),
                )
            )
            assert created.Status == SUCCESS
            box = await exchange(
                N_CREATE(
                    AffectedSOPClassUID=FILM_BOX,
                    AffectedSOPInstanceUID=instance_uid(502),
                    AttributeList=encoded(printing.film_box(session)),
                )
            )
            assert box.Status == SUCCESS
            changed = Dataset()
            changed.NumberOfCopies = "1"
            set_ = await exchange(
                N_SET(
                    RequestedSOPClassUID=FILM_SESSION,
                    RequestedSOPInstanceUID=session,
                    ModificationList=encoded(changed),
                )
            )
            assert set_.Status == SUCCESS
            acted = await exchange(
                N_ACTION(
                    RequestedSOPClassUID=FILM_SESSION,
                    RequestedSOPInstanceUID=session,
                    ActionTypeID=1,
                )
            )
            assert acted.Status is not None
            deleted = await exchange(
                N_DELETE(RequestedSOPClassUID=FILM_SESSION, RequestedSOPInstanceUID=session)
            )
            assert deleted.Status == SUCCESS

    with programs.server("dcmprscp", *options, port=port, folder=dcmtk.folder):
        run(test)


def test_orthanc_answers_echo_store_find_and_commitment(orthanc: Orthanc) -> None:
    reported: list[int | None] = []

    async def report(request: N_EVENT_REPORT) -> N_EVENT_REPORT:
        reported.append(request.EventTypeID)
        return request.respond(Status=SUCCESS)

    async def test() -> None:
        async with await answer(
            {N_EVENT_REPORT: report, C_ECHO: succeed},
            COMMITMENT,
            VERIFICATION,
            roles={COMMITMENT: (True, True)},
        ) as server:
            await asyncio.to_thread(orthanc.know_us, server.port)
            await asyncio.to_thread(orthanc.call, "/modalities/us/echo", {})
            classes = (VERIFICATION, SECONDARY_CAPTURE, STUDY_FIND, COMMITMENT)
            async with await ask(orthanc.port, *classes, title="ORTHANC") as association:
                assert (await association.exchange(echo())).Status == SUCCESS
                assert (await association.exchange(store())).Status == SUCCESS
                found = [each.Status async for each in association.responses(find())]
                assert found[-1] == SUCCESS
                assert PENDING in found
                asked, item = Dataset(), Dataset()
                item.ReferencedSOPClassUID = SECONDARY_CAPTURE
                item.ReferencedSOPInstanceUID = instance_uid(1)
                asked.TransactionUID, asked.ReferencedSOPSequence = instance_uid(700), [item]
                request = N_ACTION(
                    RequestedSOPClassUID=COMMITMENT,
                    RequestedSOPInstanceUID=COMMITMENT_INSTANCE,
                    ActionTypeID=1,
                    ActionInformation=encoded(asked),
                )
                assert (await association.exchange(request)).Status == SUCCESS
            for _ in range(200):
                if reported:
                    break
                await asyncio.sleep(0.05)

    run(test)
    assert reported == [1]
