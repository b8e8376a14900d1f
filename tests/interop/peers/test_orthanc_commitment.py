"""Storage commitment with Orthanc: N-ACTION asks, N-EVENT-REPORT tells, in both directions."""

from __future__ import annotations

from queue import Queue
from typing import Any

import pytest
from pydicom.dataset import Dataset
from pynetdicom import evt

from .answers import SUCCESS
from .conftest import Wire
from .orthanc import Orthanc
from .ours import associate, serve
from .printing import reference
from .samples import image, instance_uid
from .sop_classes import COMMITMENT, COMMITMENT_INSTANCE, SECONDARY_CAPTURE

pytestmark = pytest.mark.peers
TRANSACTION = instance_uid(700)
ALL_STORED, SOME_NOT_STORED = 1, 2
_PATIENCE = 15.0


def request(*numbers: int, transaction: str = TRANSACTION) -> Dataset:
    """Return what asks for the images with these numbers, and what tells that they are stored."""
    made = Dataset()
    made.TransactionUID = transaction
    made.ReferencedSOPSequence = [
        reference(SECONDARY_CAPTURE, instance_uid(number)) for number in numbers
    ]
    return made


@pytest.mark.parametrize(
    ("numbers", "event_type"), [((1,), ALL_STORED), ((1, 404), SOME_NOT_STORED)]
)
def test_it_tells_us_what_it_has_stored(
    numbers: tuple[int, ...], event_type: int, orthanc: Orthanc, wire: Wire
) -> None:
    told: Queue[tuple[int, str]] = Queue()

    def listen(event: Any) -> tuple[int, None]:
        told.put((event.event_type, event.event_information.TransactionUID))
        return SUCCESS, None

    with serve(COMMITMENT, handlers=[(evt.EVT_N_EVENT_REPORT, listen)]) as port:
        orthanc.know_us(wire.back(orthanc.program, port))
        through = wire.to(orthanc.program, orthanc.port)
        with associate(through, SECONDARY_CAPTURE, COMMITMENT, title="ORTHANC") as us:
            assert us.send_c_store(image(1)).Status == SUCCESS
            status, _ = us.send_n_action(request(*numbers), 1, COMMITMENT, COMMITMENT_INSTANCE)
            assert status.Status == SUCCESS
        assert told.get(timeout=_PATIENCE) == (event_type, TRANSACTION)
        said = wire.said()
    assert sorted(set(said)) == [
        *("C-STORE-RQ", "C-STORE-RSP", "N-ACTION-RQ", "N-ACTION-RSP"),
        *("N-EVENT-REPORT-RQ", "N-EVENT-REPORT-RSP"),
    ]


def test_it_asks_us_and_hears_what_we_have_stored(orthanc: Orthanc, wire: Wire) -> None:
    asked: Queue[Dataset] = Queue()

    def take(event: Any) -> tuple[int, None]:
        asked.put(event.action_information)
        return SUCCESS, None

    with serve(COMMITMENT, handlers=[(evt.EVT_N_ACTION, take)]) as port:
        orthanc.know_us(wire.back(orthanc.program, port))
        instances = [{"SOPClassUID": SECONDARY_CAPTURE, "SOPInstanceUID": instance_uid(1)}]
        answer: Any = orthanc.call(
            "/modalities/us/storage-commitment", {"DicomInstances": instances}
        )
        wanted = asked.get(timeout=_PATIENCE)
        through = wire.to(orthanc.program, orthanc.port)
        with associate(through, performs=[COMMITMENT], title="ORTHANC") as us:
            status, _ = us.send_n_event_report(
                request(1, transaction=wanted.TransactionUID),
                ALL_STORED,
                COMMITMENT,
                COMMITMENT_INSTANCE,
            )
            assert status.Status == SUCCESS
        said = wire.said()
    assert said == ["N-ACTION-RQ", "N-ACTION-RSP", "N-EVENT-REPORT-RQ", "N-EVENT-REPORT-RSP"]
    report: Any = orthanc.call(answer["Path"], "", "GET")
    assert report["Status"] == "Success"
