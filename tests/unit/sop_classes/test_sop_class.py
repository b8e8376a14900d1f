"""What a SOP class knows of itself."""

from __future__ import annotations

import pytest
from dimse_primitives.sop_classes import SOP_CLASSES, sop_class
from pydicom.uid import UID

MPPS = UID("1.2.840.10008.3.1.2.3.3")
NAMES = [MPPS, str(MPPS), "ModalityPerformedProcedureStep", MPPS.name]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_found_by_uid_keyword_and_name(name: str) -> None:
    found = sop_class(name)
    assert found is SOP_CLASSES["ModalityPerformedProcedureStep"]
    assert (found.uid, found.reference) == (MPPS, "PS3.4 F.7, Table F.7.1-1")
    assert found.services == {"N-CREATE": ("M", "M"), "N-SET": ("M", "M")}


def test_others_are_not_found() -> None:
    assert sop_class("1.2.3") is None
    with pytest.raises(TypeError):
        SOP_CLASSES["x"] = None  # type: ignore[index]


def test_rows_are_as_printed() -> None:
    """Table F.7.2-1: the second row, and what is below it."""
    rows = SOP_CLASSES["ModalityPerformedProcedureStep"].attributes("N-CREATE", "request")
    row = rows[2]
    assert row.path == ("ScheduledStepAttributesSequence", "StudyInstanceUID")
    assert (row.keyword, row.tag, row.vr, row.vm) == ("StudyInstanceUID", 0x0020000D, "UI", "1")
    assert (row.usage, row.scu, row.scp) == ("1/1", "1", "1")
    status = next(each for each in rows if each.keyword == "PerformedProcedureStepStatus")
    assert status.values == ("IN PROGRESS",)
    conditional = next(each for each in rows if each.keyword == "UniversalEntityIDType")
    assert conditional.condition == "required when Universal Entity ID is present"


def test_types_have_names() -> None:
    commitment = SOP_CLASSES["StorageCommitmentPushModel"]
    assert dict(commitment.action_types) == {1: "Request Storage Commitment"}
    assert list(commitment.event_types) == [1, 2]
    assert commitment.attributes("N-ACTION", "request", 9) == ()


def test_statuses_are_found_exactly_then_by_range() -> None:
    """Table C.4-2."""
    statuses = SOP_CLASSES["StudyRootQueryRetrieveInformationModelMove"].statuses("C-MOVE")
    assert statuses[0xA801].meaning == "Refused: Move Destination unknown"
    assert statuses[0xC123].status_class == "Failure"
    assert 0xA803 not in statuses


def test_an_n_message_of_any_ups_names_ups_push() -> None:
    push = SOP_CLASSES["UnifiedProcedureStepPush"]
    assert "N-SET" not in push.services
    assert {"N-SET", "N-ACTION", "N-EVENT-REPORT"} <= set(push.named_in)


def test_every_sop_class_gives_its_tables() -> None:
    for each in SOP_CLASSES.values():
        document, _, _ = each.reference.partition(" ")
        # A private one is printed in another document, and may take a macro from PS3.4.
        assert document == "PS3.4" or not each.uid.startswith("1.2.840.10008.")
        for service in each.named_in:
            for direction in ("request", "response"):
                rows = each.attributes(service, direction)
                assert all(row.reference.startswith((f"{document} ", "PS3.4 ")) for row in rows)
            assert all(status.meaning is not None for status in each.statuses(service).printed)
