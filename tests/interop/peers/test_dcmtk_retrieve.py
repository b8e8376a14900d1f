"""C-GET and C-MOVE with DCMTK, their C-STORE sub-operations, and their C-CANCEL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pynetdicom import evt
from pynetdicom.events import Event

from .answers import (
    CANCELED,
    PENDING,
    SUCCESS,
    fail,
    images,
    images_to,
    images_until_canceled,
    store,
)
from .conftest import Wire
from .dcmtk import Dcmtk
from .ours import TITLE, associate, serve
from .programs import free_port
from .proxy import C_CANCEL
from .samples import STUDY, query, save_images
from .sop_classes import SECONDARY_CAPTURE, STUDY_GET, STUDY_MOVE

pytestmark = pytest.mark.peers
ASK = ("-S", "-k", "QueryRetrieveLevel=STUDY", "-k", f"StudyInstanceUID={STUDY}")


def get(
    port: int, on_store: Callable[[Event], int], cancel: bool = False
) -> list[tuple[int, bool]]:
    """Return the statuses of our C-GET and whether a data set came with each."""

    def stored(event: Event) -> int:
        if cancel and event.request.MoveOriginatorMessageID is None:  # type: ignore[union-attr]
            event.assoc.send_c_cancel(21, query_model=STUDY_GET)
        return on_store(event)

    handlers: list[tuple[Any, Any]] = [(evt.EVT_C_STORE, stored)]
    with associate(port, STUDY_GET, performs=[SECONDARY_CAPTURE], handlers=handlers) as us:
        responses = us.send_c_get(query("STUDY"), STUDY_GET, msg_id=21)
        return [(status.Status, identifier is not None) for status, identifier in responses]


def test_dcmqrscp_gives_what_we_get(dcmtk: Dcmtk, wire: Wire, tmp_path: Path) -> None:
    with dcmtk.archive(save_images(tmp_path / "images", 2)) as port:
        found = get(wire.to(dcmtk["dcmqrscp"], port), store)
    assert [status for status, _ in found] == [PENDING, PENDING, SUCCESS]
    assert wire.said().count("C-STORE-RQ") == 2


def test_dcmqrscp_tells_what_we_could_not_get(dcmtk: Dcmtk, wire: Wire, tmp_path: Path) -> None:
    with dcmtk.archive(save_images(tmp_path / "images", 2)) as port:
        found = get(wire.to(dcmtk["dcmqrscp"], port), fail)
    assert found[-1][0] != SUCCESS


def test_dcmqrscp_ends_a_get_that_we_cancel(dcmtk: Dcmtk, wire: Wire, tmp_path: Path) -> None:
    with dcmtk.archive(save_images(tmp_path / "images", 4)) as port:
        found = get(wire.to(dcmtk["dcmqrscp"], port), store, cancel=True)
    assert found[-1][0] == CANCELED
    assert "C-CANCEL-RQ" in wire.said()


@pytest.mark.parametrize(("count", "on_store"), [(2, store), (1, fail)])
def test_getscu_gets_what_we_have(count: int, on_store: object, dcmtk: Dcmtk, wire: Wire) -> None:
    handlers = [(evt.EVT_C_GET, images(count))]
    with serve(STUDY_GET, SECONDARY_CAPTURE, handlers=handlers) as port:
        dcmtk.run("getscu", *ASK, "127.0.0.1", wire.back(dcmtk["getscu"], port))
        assert wire.said().count("C-STORE-RSP") == count


def move(
    dcmtk: Dcmtk,
    wire: Wire,
    paths: list[Path],
    on_store: Callable[[Event], int] = store,
    to: str = TITLE,
    cancel: bool = False,
) -> list[int]:
    """Return the statuses of our C-MOVE from dcmqrscp to a server of ours."""
    program = dcmtk["dcmqrscp"]
    canceled: list[Callable[[], None]] = []

    def stored(event: Event) -> int:
        if canceled:
            canceled.pop()()
            wire.wait_for(C_CANCEL)
        return on_store(event)

    with (
        serve(SECONDARY_CAPTURE, handlers=[(evt.EVT_C_STORE, stored)]) as ours,
        dcmtk.archive(paths, destination=wire.back(program, ours)) as port,
    ):
        with associate(wire.to(program, port), STUDY_MOVE) as us:
            if cancel:
                canceled.append(lambda: us.send_c_cancel(31, query_model=STUDY_MOVE))
            responses = us.send_c_move(query("STUDY"), to, STUDY_MOVE, msg_id=31)
            found = [status.Status for status, _ in responses]
        wire.messages()
    return found


def test_dcmqrscp_moves_to_us(dcmtk: Dcmtk, wire: Wire, tmp_path: Path) -> None:
    assert move(dcmtk, wire, save_images(tmp_path / "images", 2))[-1] == SUCCESS
    assert wire.said().count("C-STORE-RQ") == 2


def test_dcmqrscp_tells_what_it_could_not_move(dcmtk: Dcmtk, wire: Wire, tmp_path: Path) -> None:
    assert move(dcmtk, wire, save_images(tmp_path / "images", 2), fail)[-1] != SUCCESS


def test_dcmqrscp_moves_to_nobody_it_does_not_know(
    dcmtk: Dcmtk, wire: Wire, tmp_path: Path
) -> None:
    assert move(dcmtk, wire, save_images(tmp_path / "images", 1), to="NOBODY") == [0xA801]


def test_dcmqrscp_ends_a_move_that_we_cancel(dcmtk: Dcmtk, wire: Wire, tmp_path: Path) -> None:
    assert move(dcmtk, wire, save_images(tmp_path / "images", 4), cancel=True)[-1] == CANCELED
    assert "C-CANCEL-RQ" in wire.said()


def run_movescu(dcmtk: Dcmtk, wire: Wire, answer: Callable[..., Any], *options: object) -> None:
    program, its_port = dcmtk["movescu"], free_port()
    handlers = [(evt.EVT_C_MOVE, answer(wire.to(program, its_port)))]
    with serve(STUDY_MOVE, handlers=handlers) as port:
        through = wire.back(program, port)
        to = ("-aem", "MOVESCU", "+P", its_port, "127.0.0.1", through)
        dcmtk.run("movescu", *options, *ASK, *to)
        wire.messages()


def test_movescu_takes_what_we_move_to_it(dcmtk: Dcmtk, wire: Wire) -> None:
    run_movescu(dcmtk, wire, lambda port: images_to(port, 2))
    assert sorted(set(wire.said())) == ["C-MOVE-RQ", "C-MOVE-RSP", "C-STORE-RQ", "C-STORE-RSP"]


def test_movescu_cancels_after_one_response(dcmtk: Dcmtk, wire: Wire) -> None:
    run_movescu(dcmtk, wire, images_until_canceled, "--cancel", 1)
    assert "C-CANCEL-RQ" in wire.said()
