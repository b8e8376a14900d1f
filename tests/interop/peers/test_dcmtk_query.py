"""C-FIND with DCMTK, and its C-CANCEL: worklists and the archive."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import UID
from pynetdicom import evt

from .answers import CANCELED, PENDING, SUCCESS, matches, matches_until_canceled, refuse
from .conftest import Wire
from .dcmtk import Dcmtk
from .ours import associate, serve
from .proxy import C_CANCEL
from .samples import PATIENT, query, save_images, save_worklist, scheduled
from .sop_classes import STUDY_FIND, WORKLIST_FIND

pytestmark = pytest.mark.peers
ASK = ("-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=", "-k", "PatientName=")


def statuses(
    port: int, asked: Dataset, model: UID = STUDY_FIND, cancel: bool = False
) -> tuple[list[int], list[Dataset]]:
    """Return the statuses of the responses and the matches."""
    found: list[int] = []
    matched: list[Dataset] = []
    with associate(port, model) as us:
        responses = us.send_c_find(asked, model, msg_id=11)
        if cancel:
            us.send_c_cancel(11, query_model=model)
        for status, identifier in responses:
            found.append(status.Status)
            if identifier is not None:
                matched.append(identifier)
    return found, matched


def test_dcmqrscp_finds_what_it_stores(dcmtk: Dcmtk, wire: Wire, tmp_path: Path) -> None:
    with dcmtk.archive(save_images(tmp_path / "images", 2)) as port:
        through = wire.to(dcmtk["dcmqrscp"], port)
        found, matched = statuses(through, query("STUDY", PatientName=""))
    assert found == [PENDING, SUCCESS]
    assert [str(each.PatientName) for each in matched] == [PATIENT]
    assert wire.said() == ["C-FIND-RQ", "C-FIND-RSP", "C-FIND-RSP"]


def test_dcmqrscp_refuses_a_query_without_a_level(dcmtk: Dcmtk, wire: Wire, tmp_path: Path) -> None:
    asked = Dataset()
    asked.PatientName = PATIENT
    with dcmtk.archive(save_images(tmp_path / "images", 1)) as port:
        found, _ = statuses(wire.to(dcmtk["dcmqrscp"], port), asked)
    assert found[-1] & 0xF000 in (0xA000, 0xC000)


def test_dcmqrscp_ends_a_query_that_we_cancel(dcmtk: Dcmtk, wire: Wire, tmp_path: Path) -> None:
    with dcmtk.archive(save_images(tmp_path / "images", 30)) as port:
        through = wire.to(dcmtk["dcmqrscp"], port, hold=C_CANCEL)
        found, _ = statuses(through, query("IMAGE"), cancel=True)
    assert found[-1] == CANCELED
    assert wire.said().count("C-CANCEL-RQ") == 1


def test_wlmscpfs_finds_what_is_scheduled(dcmtk: Dcmtk, wire: Wire) -> None:
    save_worklist(dcmtk.worklists, 1)
    with dcmtk.serve("wlmscpfs") as port:
        through = wire.to(dcmtk["wlmscpfs"], port)
        found, matched = statuses(through, scheduled(""), WORKLIST_FIND)
    assert found == [PENDING, SUCCESS]
    assert [str(each.PatientName) for each in matched] == [PATIENT]


def test_wlmscpfs_says_that_it_does_not_match_every_attribute(dcmtk: Dcmtk, wire: Wire) -> None:
    save_worklist(dcmtk.worklists, 1)
    asked = scheduled("")
    asked.Occupation = "NOBODY"
    with dcmtk.serve("wlmscpfs") as port:
        found, _ = statuses(wire.to(dcmtk["wlmscpfs"], port), asked, WORKLIST_FIND)
    assert found == [0xFF01, SUCCESS]


def test_wlmscpfs_ends_a_query_that_we_cancel(dcmtk: Dcmtk, wire: Wire) -> None:
    save_worklist(dcmtk.worklists, 3)
    with dcmtk.serve("wlmscpfs") as port:
        through = wire.to(dcmtk["wlmscpfs"], port, hold=C_CANCEL)
        found, _ = statuses(through, scheduled(""), WORKLIST_FIND, cancel=True)
    assert found[-1] == CANCELED


def test_findscu_finds_what_we_have(dcmtk: Dcmtk, wire: Wire) -> None:
    with serve(STUDY_FIND, handlers=[(evt.EVT_C_FIND, matches(2))]) as port:
        dcmtk.run("findscu", "-S", *ASK, "127.0.0.1", wire.back(dcmtk["findscu"], port))
        assert wire.said() == ["C-FIND-RQ", *["C-FIND-RSP"] * 3]


def test_findscu_finds_our_worklist(dcmtk: Dcmtk, wire: Wire) -> None:
    with serve(WORKLIST_FIND, handlers=[(evt.EVT_C_FIND, matches(1))]) as port:
        through = wire.back(dcmtk["findscu"], port)
        dcmtk.run("findscu", "-W", "-k", "PatientName=", "127.0.0.1", through)
        assert wire.said() == ["C-FIND-RQ", *["C-FIND-RSP"] * 2]


def test_findscu_cancels_after_one_match(dcmtk: Dcmtk, wire: Wire) -> None:
    with serve(STUDY_FIND, handlers=[(evt.EVT_C_FIND, matches_until_canceled)]) as port:
        through = wire.back(dcmtk["findscu"], port)
        dcmtk.run("findscu", "-S", "--cancel", 1, *ASK, "127.0.0.1", through)
        assert wire.said() == ["C-FIND-RQ", "C-FIND-RSP", "C-CANCEL-RQ", "C-FIND-RSP"]


def test_findscu_reads_why_we_refuse(dcmtk: Dcmtk, wire: Wire) -> None:
    with serve(STUDY_FIND, handlers=[(evt.EVT_C_FIND, refuse)]) as port:
        through = wire.back(dcmtk["findscu"], port)
        said = dcmtk.run("findscu", "-v", "-S", *ASK, "127.0.0.1", through)
        assert wire.said() == ["C-FIND-RQ", "C-FIND-RSP"]
    assert "OutOfResources" in said
