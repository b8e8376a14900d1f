"""C-ECHO, C-STORE, C-FIND, C-GET, C-MOVE and C-CANCEL with Orthanc, in both roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import UID
from pynetdicom import evt
from pynetdicom.events import Event

from .answers import CANCELED, PENDING, SUCCESS, fail, images_to, matches, store
from .conftest import Wire
from .orthanc import Orthanc
from .ours import TITLE, associate, serve
from .proxy import C_CANCEL
from .samples import PATIENT, STUDY, image, query, save_worklist, scheduled
from .sop_classes import (
    PATIENT_FIND,
    SECONDARY_CAPTURE,
    STUDY_FIND,
    STUDY_GET,
    STUDY_MOVE,
    VERIFICATION,
    WORKLIST_FIND,
)

pytestmark = pytest.mark.peers
IMAGES = 12


@pytest.fixture(scope="module")
def archive(orthanc: Orthanc) -> Orthanc:
    """Give Orthanc with the images in it."""
    with associate(orthanc.port, SECONDARY_CAPTURE) as us:
        for number in range(1, IMAGES + 1):
            assert us.send_c_store(image(number)).Status == SUCCESS
    return orthanc


def test_it_answers_our_echo(orthanc: Orthanc, wire: Wire) -> None:
    with associate(wire.to(orthanc.program, orthanc.port), VERIFICATION) as us:
        assert us.send_c_echo().Status == SUCCESS
    assert wire.said() == ["C-ECHO-RQ", "C-ECHO-RSP"]


def test_it_stores_our_image_and_refuses_what_is_none(orthanc: Orthanc, wire: Wire) -> None:
    empty = image()
    for keyword in ("StudyInstanceUID", "SeriesInstanceUID", "PatientID"):
        delattr(empty, keyword)
    with associate(wire.to(orthanc.program, orthanc.port), SECONDARY_CAPTURE) as us:
        assert us.send_c_store(image()).Status == SUCCESS
        assert us.send_c_store(empty).Status != SUCCESS
    assert wire.said() == ["C-STORE-RQ", "C-STORE-RSP"] * 2


def find(port: int, asked: Dataset, model: UID, cancel: bool = False) -> list[int]:
    """Return the statuses of the responses to our C-FIND."""
    with associate(port, model) as us:
        responses = us.send_c_find(asked, model, msg_id=11)
        if cancel:
            us.send_c_cancel(11, query_model=model)
        return [status.Status for status, _ in responses]


def test_it_finds_what_it_stores(archive: Orthanc, wire: Wire) -> None:
    asked = query("STUDY", PatientName=PATIENT)
    found = find(wire.to(archive.program, archive.port), asked, STUDY_FIND)
    assert found == [PENDING, SUCCESS]


def test_it_ends_a_query_that_we_cancel(archive: Orthanc, wire: Wire) -> None:
    through = wire.to(archive.program, archive.port, hold=C_CANCEL)
    assert find(through, query("IMAGE"), STUDY_FIND, cancel=True)[-1] == CANCELED


def test_it_refuses_a_query_without_a_level(archive: Orthanc, wire: Wire) -> None:
    asked = query("STUDY")
    del asked.QueryRetrieveLevel
    found = find(wire.to(archive.program, archive.port), asked, STUDY_FIND)
    assert found[-1] not in (PENDING, SUCCESS)


def test_it_finds_what_is_scheduled(orthanc: Orthanc, wire: Wire) -> None:
    save_worklist(orthanc.worklists, 1)
    found = find(wire.to(orthanc.program, orthanc.port), scheduled(""), WORKLIST_FIND)
    assert found == [PENDING, SUCCESS]


def get(
    port: int, on_store: Callable[[Event], int], cancel: bool = False, study: str = STUDY
) -> list[int]:
    """Return the statuses of the responses to our C-GET."""

    def stored(event: Any) -> int:
        if cancel:
            event.assoc.send_c_cancel(21, query_model=STUDY_GET)
        return on_store(event)

    handlers: list[tuple[Any, Any]] = [(evt.EVT_C_STORE, stored)]
    asked = query("STUDY", StudyInstanceUID=study)
    with associate(port, STUDY_GET, performs=[SECONDARY_CAPTURE], handlers=handlers) as us:
        return [status.Status for status, _ in us.send_c_get(asked, STUDY_GET, msg_id=21)]


def test_it_gives_what_we_get(archive: Orthanc, wire: Wire) -> None:
    assert get(wire.to(archive.program, archive.port), store)[-1] == SUCCESS
    assert wire.said().count("C-STORE-RQ") == IMAGES


def test_it_tells_what_we_could_not_get(archive: Orthanc, wire: Wire) -> None:
    assert get(wire.to(archive.program, archive.port), fail)[-1] != SUCCESS


def test_it_fails_to_give_an_unknown_study(archive: Orthanc, wire: Wire) -> None:
    assert get(wire.to(archive.program, archive.port), store, study=f"{STUDY}.404") == [0xC000]
    assert wire.said()[-1] == "C-GET-RSP"


def test_it_ends_a_get_that_we_cancel(archive: Orthanc, wire: Wire) -> None:
    assert get(wire.to(archive.program, archive.port), store, cancel=True)[-1] == CANCELED


def move(
    orthanc: Orthanc,
    wire: Wire,
    on_store: Callable[[Event], int] = store,
    to: str = TITLE,
    cancel: bool = False,
) -> list[int]:
    """Return the statuses of the responses to our C-MOVE to a server of ours."""
    canceled: list[Callable[[], None]] = []

    def stored(event: Event) -> int:
        if canceled:
            canceled.pop()()
            wire.wait_for(C_CANCEL)
        return on_store(event)

    with serve(SECONDARY_CAPTURE, handlers=[(evt.EVT_C_STORE, stored)]) as ours:
        orthanc.know_us(wire.back(orthanc.program, ours))
        with associate(wire.to(orthanc.program, orthanc.port), STUDY_MOVE) as us:
            if cancel:
                canceled.append(lambda: us.send_c_cancel(31, query_model=STUDY_MOVE))
            responses = us.send_c_move(query("STUDY"), to, STUDY_MOVE, msg_id=31)
            found = [status.Status for status, _ in responses]
        wire.messages()
    return found


def test_it_moves_to_us(archive: Orthanc, wire: Wire) -> None:
    assert move(archive, wire)[-1] == SUCCESS
    assert wire.said().count("C-STORE-RQ") == IMAGES


def test_it_tells_what_it_could_not_move(archive: Orthanc, wire: Wire) -> None:
    assert move(archive, wire, fail)[-1] != SUCCESS


def test_it_moves_to_nobody_it_does_not_know(archive: Orthanc, wire: Wire) -> None:
    assert move(archive, wire, to="NOBODY")[-1] not in (PENDING, SUCCESS)


def test_it_ends_a_move_that_we_cancel(archive: Orthanc, wire: Wire) -> None:
    assert move(archive, wire, cancel=True)[-1] == CANCELED


def test_it_gets_our_answer_to_its_echo(orthanc: Orthanc, wire: Wire) -> None:
    with serve(VERIFICATION) as port:
        orthanc.know_us(wire.back(orthanc.program, port))
        orthanc.call("/modalities/us/echo", {})
        assert wire.said() == ["C-ECHO-RQ", "C-ECHO-RSP"]


def test_it_stores_with_us(archive: Orthanc, wire: Wire) -> None:
    instances = archive.call("/tools/find", {"Level": "Instance", "Query": {}})
    with serve(SECONDARY_CAPTURE, handlers=[(evt.EVT_C_STORE, store)]) as port:
        archive.know_us(wire.back(archive.program, port))
        archive.call("/modalities/us/store", instances)
        assert wire.said() == ["C-STORE-RQ", "C-STORE-RSP"] * IMAGES


@pytest.mark.parametrize("level", ["Patient", "Study", "Series", "Instance"])
def test_it_finds_what_we_have(level: str, orthanc: Orthanc, wire: Wire) -> None:
    with serve(STUDY_FIND, PATIENT_FIND, handlers=[(evt.EVT_C_FIND, matches(2))]) as port:
        orthanc.know_us(wire.back(orthanc.program, port))
        asked = {"Level": level, "Query": {"PatientName": "*"}}
        orthanc.call("/modalities/us/query", asked)
        assert wire.said() == ["C-FIND-RQ", *["C-FIND-RSP"] * 3]


def test_it_takes_what_we_move_to_it(orthanc: Orthanc, wire: Wire) -> None:
    back = wire.to(orthanc.program, orthanc.port)
    handlers = [(evt.EVT_C_FIND, matches(1)), (evt.EVT_C_MOVE, images_to(back, 2))]
    with serve(STUDY_FIND, STUDY_MOVE, handlers=handlers) as port:
        orthanc.know_us(wire.back(orthanc.program, port))
        asked = {"Level": "Study", "Query": {"StudyInstanceUID": STUDY}}
        answer: Any = orthanc.call("/modalities/us/query", asked)
        orthanc.call(f"{answer['Path']}/retrieve", "ORTHANC")
        said = wire.said()
    assert said.count("C-MOVE-RSP") == 3
    assert said.count("C-STORE-RSP") == 2
