"""Identifiers of C-FIND: the keys of each level, and what is returned."""

from __future__ import annotations

from io import BytesIO

import pytest
from dimse_primitives import C_FIND
from dimse_primitives.sop_classes import check
from pydicom.dataset import Dataset

from .messages import encode, rules

PATIENT_ROOT = "1.2.840.10008.5.1.4.1.2.1.1"
STUDY_ROOT = "1.2.840.10008.5.1.4.1.2.2.1"
WORKLIST = "1.2.840.10008.5.1.4.31"


def find(identifier: Dataset, sop_class: str = PATIENT_ROOT) -> C_FIND:
    return C_FIND.request(
        MessageID=1,
        AffectedSOPClassUID=sop_class,
        Priority=0,
        Identifier=BytesIO(encode(identifier)),
    )


def identifier(level: str, **keys: str) -> Dataset:
    made = Dataset()
    made.QueryRetrieveLevel = level
    for keyword, value in keys.items():
        setattr(made, keyword, value)
    return made


@pytest.mark.parametrize("level", ["", "STUDIES"])
def test_the_level_is_one_of_the_model(level: str) -> None:
    """C.4.1.1.3."""
    (violation,) = check(find(identifier(level)))
    assert (violation.rule, violation.path) == ("missing-key", "QueryRetrieveLevel")
    assert violation.status == 0xA900
    assert "PATIENT, STUDY, SERIES, IMAGE" in violation.message


def test_study_root_has_no_level_patient() -> None:
    assert rules(check(find(identifier("PATIENT"), STUDY_ROOT)))[0][0] == "missing-key"


def test_unique_keys_above_have_a_value() -> None:
    """C.4.1.2.1."""
    made = identifier("SERIES", PatientID="", SeriesInstanceUID="")
    assert rules(check(find(made))) == [
        ("missing-key", "PatientID"),
        ("missing-key", "StudyInstanceUID"),
    ]
    made = identifier("SERIES", PatientID="P", StudyInstanceUID="1.2", SeriesInstanceUID="")
    assert check(find(made)) == ()


def test_the_unique_key_of_the_level_is_there() -> None:
    assert rules(check(find(identifier("STUDY", PatientID="P")))) == [
        ("missing-key", "StudyInstanceUID")
    ]


def test_keys_of_other_levels_are_for_relational_queries() -> None:
    made = identifier("PATIENT", PatientID="", StudyDate="")
    (violation,) = check(find(made))
    assert (violation.rule, violation.path) == ("key-not-allowed", "StudyDate")
    assert "relational queries" in violation.message
    made = identifier("STUDY", PatientID="P", PatientName="", StudyInstanceUID="")
    assert rules(check(find(made))) == [("key-not-allowed", "PatientName")]
    # In Study Root, what is about the patient belongs to the study.
    del made.PatientID
    assert check(find(made, STUDY_ROOT)) == ()


def test_what_was_asked_for_is_returned() -> None:
    """Table K.6-1: Return Key Type 1 and 2."""
    step = Dataset()
    step.Modality, step.ScheduledStationAETitle = "", ""
    asked = Dataset()
    asked.PatientName, asked.AccessionNumber = "", ""
    asked.ScheduledProcedureStepSequence = [step]
    request = find(asked, WORKLIST)
    assert check(request) == ()
    response = request.respond(Status=0xFF00)
    match = Dataset()
    match.PatientName = ""
    match.ScheduledProcedureStepSequence = [Dataset()]
    match.ScheduledProcedureStepSequence[0].Modality = ""
    found = check(response, match, request=request)
    assert sorted(rules(found)) == [
        ("missing-attribute", "AccessionNumber"),
        ("missing-attribute", "ScheduledProcedureStepSequence[1].ScheduledStationAETitle"),
        ("missing-attribute-value", "PatientName"),
        ("missing-attribute-value", "ScheduledProcedureStepSequence[1].Modality"),
    ]
    assert {each.status for each in found} == {None}


def test_without_the_request_nobody_knows_what_was_asked() -> None:
    response = C_FIND(MessageIDBeingRespondedTo=1, AffectedSOPClassUID=WORKLIST, Status=0xFF00)
    assert check(response, Dataset()) == ()
