"""What `check` says of messages, rule by rule."""

from __future__ import annotations

from io import BytesIO

import pytest
from dimse_primitives import (
    C_CANCEL,
    C_ECHO,
    C_MOVE,
    C_STORE,
    N_ACTION,
    N_CREATE,
    N_DELETE,
    N_EVENT_REPORT,
    N_GET,
)
from dimse_primitives.sop_classes import DataSetError, check
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian

from .messages import COMMITMENT, MPPS, create, encode, mpps, rules, set_


def test_an_mpps_with_everything_it_shall_have_is_right() -> None:
    assert check(create(mpps())) == ()


def test_an_mpps_lacks_what_table_f_7_2_1_wants() -> None:
    """The table's 1/1 and 2/2: F.7.2.1.1."""
    made = mpps()
    del made.PatientID
    (violation,) = check(create(made))
    assert violation.rule == "missing-attribute"
    assert violation.parameter == violation.path == "PatientID"
    assert violation.status == 0x0120
    assert violation.tags == (0x00100020,)
    assert violation.reference == "PS3.4 F.7.2.1.1, Table F.7.2-1"
    said = "Patient ID is missing: it is 2/2 in an N-CREATE request; add PatientID"
    assert violation.message == said
    assert str(violation) == f"missing-attribute: {said} (PS3.4 F.7.2.1.1, Table F.7.2-1)"


def test_the_path_says_which_item() -> None:
    made = mpps()
    made.ScheduledStepAttributesSequence.append(Dataset())
    made.ScheduledStepAttributesSequence[1].update(made.ScheduledStepAttributesSequence[0])
    del made.ScheduledStepAttributesSequence[1].StudyInstanceUID
    path = "ScheduledStepAttributesSequence[2].StudyInstanceUID"
    assert rules(check(create(made))) == [("missing-attribute", path)]


def test_a_type_1_attribute_has_a_value() -> None:
    """5.4.2.1: Missing Attribute Value."""
    made = mpps()
    made.Modality = ""
    made.ScheduledStepAttributesSequence = []
    found = check(create(made))
    assert rules(found) == [
        ("missing-attribute-value", "ScheduledStepAttributesSequence"),
        ("missing-attribute-value", "Modality"),
    ]
    assert {each.status for each in found} == {0x0121}


def test_spaces_are_no_value() -> None:
    made = mpps()
    made.PerformedStationAETitle = "  "
    assert rules(check(create(made))) == [("missing-attribute-value", "PerformedStationAETitle")]


def test_what_shall_not_be_set_is_not_allowed() -> None:
    changes = Dataset()
    changes.PatientID = "P2"
    (violation,) = check(set_(changes))
    assert (violation.rule, violation.path) == ("attribute-not-allowed", "PatientID")


def test_only_in_progress_is_created() -> None:
    """F.7.2.1.2."""
    made = mpps()
    made.PerformedProcedureStepStatus = "COMPLETED"
    (violation,) = check(create(made))
    assert violation.rule == "attribute-value"
    assert violation.status == 0x0106
    assert "shall be IN PROGRESS in an N-CREATE request, not COMPLETED" in violation.message


def test_the_message_has_the_uids() -> None:
    """5.4.2.3."""
    made = mpps()
    made.SOPClassUID, made.SOPInstanceUID = MPPS, "1.2.3"
    assert rules(check(create(made))) == [
        ("sop-uid-in-data-set", "SOPClassUID"),
        ("sop-uid-in-data-set", "SOPInstanceUID"),
    ]


def test_extended_characters_need_specific_character_set() -> None:
    made = mpps()
    made.SpecificCharacterSet = "ISO_IR 100"
    made.PatientName = "M\xfcller"
    assert check(create(made)) == ()
    data = encode(made).replace(b"ISO_IR 100", b"          ")
    assert rules(check(create(made), data)) == [("missing-attribute-value", "SpecificCharacterSet")]
    del made["SpecificCharacterSet"]
    assert rules(check(create(mpps()), made)) == [("missing-attribute", "SpecificCharacterSet")]


def test_one_identifier_or_the_other() -> None:
    made = mpps()
    made.IssuerOfAdmissionIDSequence = [Dataset()]
    path = "IssuerOfAdmissionIDSequence[1]"
    assert rules(check(create(made))) == [
        ("missing-attribute", f"{path}.LocalNamespaceEntityID"),
        ("missing-attribute", f"{path}.UniversalEntityID"),
    ]
    made.IssuerOfAdmissionIDSequence[0].UniversalEntityID = "1.2"
    (violation,) = check(create(made))
    assert violation.path == f"{path}.UniversalEntityIDType"
    assert "required when Universal Entity ID is present" in violation.message


def test_what_a_sop_class_does_not_list_is_fine() -> None:
    """SOP classes may be extended."""
    made = mpps()
    made.InstitutionName = "General"
    made.add_new(0x00091001, "LO", "private")
    assert check(create(made)) == ()


def test_services_of_another_sop_class() -> None:
    request = N_DELETE.request(
        MessageID=1, RequestedSOPClassUID=MPPS, RequestedSOPInstanceUID="1.2"
    )
    (violation,) = check(request)
    assert violation.rule == "service-not-used"
    assert violation.status == 0x0211
    assert "it has N-CREATE, N-SET" in violation.message


@pytest.mark.parametrize(
    ("make", "keyword", "uid", "rule", "status"),
    [
        (N_ACTION, "ActionTypeID", "Requested", "unknown-action-type", 0x0123),
        (N_EVENT_REPORT, "EventTypeID", "Affected", "unknown-event-type", 0x0113),
    ],
)
def test_types_that_the_tables_do_not_have(
    make: type, keyword: str, uid: str, rule: str, status: int
) -> None:
    request = make(MessageID=1, **{f"{uid}SOPClassUID": COMMITMENT, keyword: 7})
    (violation,) = check(request)
    assert (violation.rule, violation.parameter, violation.status) == (rule, keyword, status)


def test_each_event_type_has_rows_of_its_own() -> None:
    """Table J.3-2."""
    event = N_EVENT_REPORT(MessageID=1, AffectedSOPClassUID=COMMITMENT, EventTypeID=2)
    assert ("missing-attribute", "FailedSOPSequence") in rules(check(event))
    event.EventTypeID = 1
    assert ("missing-attribute", "FailedSOPSequence") not in rules(check(event))


@pytest.mark.parametrize(("status", "is_listed"), [(0xA801, True), (0xA803, False), (0, True)])
def test_statuses_that_a_sop_class_does_not_define(status: int, is_listed: bool) -> None:
    move = C_MOVE(
        MessageIDBeingRespondedTo=1,
        AffectedSOPClassUID="1.2.840.10008.5.1.4.1.2.2.2",
        Status=status,
    )
    found = rules(check(move))
    assert found == ([] if is_listed else [("sop-class-status", "")])


def test_a_response_is_known_by_its_request() -> None:
    request = create(mpps())
    response = N_CREATE(MessageIDBeingRespondedTo=1, Status=0xC123)
    assert check(response) == ()
    (violation,) = check(response, request=request)
    assert (violation.rule, violation.status) == ("sop-class-status", None)


def test_an_n_get_returns_what_was_asked_for() -> None:
    """5.4.2.2, Table H.4-17."""
    printer = "1.2.840.10008.5.1.1.16"
    request = N_GET.request(
        MessageID=1, RequestedSOPClassUID=printer, RequestedSOPInstanceUID="1.2.840.10008.5.1.1.17"
    )
    response = request.respond(Status=0)
    assert check(response) == ()
    status = [("missing-attribute", "PrinterStatus"), ("missing-attribute", "PrinterStatusInfo")]
    assert rules(check(response, request=request)) == status
    request.AttributeIdentifierList = ["PrinterStatus", "PrinterName"]
    assert rules(check(response, request=request)) == status[:1]


def test_a_failure_has_nothing_to_check() -> None:
    response = N_CREATE(MessageIDBeingRespondedTo=1, Status=0x0106, AttributeList=BytesIO(b"x"))
    assert check(response, request=create(mpps())) == ()


def test_bytes_in_any_transfer_syntax_and_objects_say_the_same() -> None:
    made = mpps()
    del made.PatientID
    stream = BytesIO()
    made.save_as(stream, implicit_vr=False, little_endian=True)
    request = create(Dataset())
    one = check(request, stream.getvalue(), transfer_syntax=ExplicitVRLittleEndian)
    assert one == check(request, made) == check(create(made))


def test_what_is_stored_is_not_read() -> None:
    """PS3.4 has no table of what an instance has: that is PS3.3."""
    store = C_STORE(MessageID=1, AffectedSOPClassUID="1.2.840.10008.5.1.4.1.1.2")
    assert check(store, b"no data set") == ()


def test_a_data_set_that_cannot_be_read() -> None:
    with pytest.raises(DataSetError) as caught:
        check(create(mpps()), b"\x10\x00\x10\x00\xff\0\0\0")
    assert caught.value.offset == 0


@pytest.mark.parametrize(
    "primitive",
    [
        C_CANCEL(MessageIDBeingRespondedTo=1),
        C_ECHO(MessageID=1, AffectedSOPClassUID="1.2.840.10008.1.1"),
        N_CREATE(MessageID=1, AffectedSOPClassUID="1.2.3"),
        N_CREATE(),
    ],
)
def test_nothing_to_say(primitive: C_CANCEL | C_ECHO | N_CREATE) -> None:
    assert check(primitive) == ()
