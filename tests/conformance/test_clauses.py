"""Sentences of PS3.7, each as a test: what the clause demands is what the generated rule says."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from dimse_primitives import (
    C_CANCEL,
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
    Violation,
    decode,
    status_class,
)

from ..printed import private

PRINTER_CLASS, PRINTER = "1.2.840.10008.5.1.1.16", "1.2.840.10008.5.1.1.17"
COUNTS = (
    "NumberOfRemainingSuboperations",
    "NumberOfCompletedSuboperations",
    "NumberOfFailedSuboperations",
    "NumberOfWarningSuboperations",
)


def rules(violations: tuple[Violation, ...]) -> list[tuple[str, str]]:
    return [(violation.rule, violation.parameter) for violation in violations]


def data_set() -> BytesIO:
    return BytesIO(b"\x10\x00\x10\x00\x02\x00\x00\x00A ")


def test_message_id_may_be_in_a_c_service_response_and_not_in_an_n_service_response() -> None:
    # 9.1.5.1.1 (U), 10.1.6.1.1 (-)
    echo = C_ECHO(MessageID=1, MessageIDBeingRespondedTo=1, Status=0)
    assert rules(echo.response_violations()) == []
    delete = N_DELETE(MessageID=1, MessageIDBeingRespondedTo=1, Status=0)
    assert rules(delete.response_violations()) == [("must-be-absent", "MessageID")]


@pytest.mark.parametrize("service", [C_STORE, C_FIND, C_GET, C_MOVE, C_ECHO])
def test_c_service_affected_sop_class_uid_shall_equal_that_of_the_request(service: Any) -> None:
    # 9.1.1.1.3, 9.1.2.1.3, 9.1.3.1.3, 9.1.4.1.3, 9.1.5.1.3
    request = service(MessageID=1, AffectedSOPClassUID="1.2.3")
    values: dict[str, Any] = {"MessageIDBeingRespondedTo": 1, "Status": 0}
    assert rules(service(**values).response_violations(request)) == []
    equal = service(**values, AffectedSOPClassUID="1.2.3")
    assert rules(equal.response_violations(request)) == []
    other = service(**values, AffectedSOPClassUID="1.2.4")
    assert rules(other.response_violations(request)) == [("not-equal", "AffectedSOPClassUID")]
    assert rules(other.response_violations()) == []


def test_c_find_identifier_shall_be_sent_if_and_only_if_pending() -> None:  # 9.1.2.1.5
    values: dict[str, Any] = {"MessageIDBeingRespondedTo": 1}
    for pending in (0xFF00, 0xFF01):
        without = C_FIND(**values, Status=pending)
        assert rules(without.response_violations()) == [("missing-conditional", "Identifier")]
        assert (
            rules(C_FIND(**values, Status=pending, Identifier=data_set()).response_violations())
            == []
        )
    for final in (0x0000, 0x0122, 0xA700, 0xC001, 0xFE00):
        assert rules(C_FIND(**values, Status=final).response_violations()) == []
        with_one = C_FIND(**values, Status=final, Identifier=data_set())
        assert rules(with_one.response_violations()) == [("forbidden-conditional", "Identifier")]


@pytest.mark.parametrize("service", [C_GET, C_MOVE])
def test_counts_shall_be_included_if_pending_and_may_be_in_any_response(service: Any) -> None:
    # 9.1.3.1.7 to 9.1.3.1.10, 9.1.4.1.8 to 9.1.4.1.11, erratum S8
    pending = service(MessageIDBeingRespondedTo=1, Status=0xFF00)
    assert rules(pending.response_violations()) == [("missing-conditional", k) for k in COUNTS]
    for status in (0x0000, 0xB000, 0xA702, 0xFE00, 0xFF00):
        counted = service(MessageIDBeingRespondedTo=1, Status=status, **dict.fromkeys(COUNTS, 0))
        assert rules(counted.response_violations()) == []


def test_event_type_id_shall_be_included_with_an_event_reply() -> None:  # 10.1.1.1.5
    response = N_EVENT_REPORT(MessageIDBeingRespondedTo=1, Status=0, EventReply=data_set())
    assert rules(response.response_violations()) == [("missing-conditional", "EventTypeID")]
    response.EventTypeID = 1
    assert rules(response.response_violations()) == []


def test_event_reply_may_only_be_in_the_success_response() -> None:  # 10.1.1.1.7
    reply = N_EVENT_REPORT(MessageIDBeingRespondedTo=1, EventTypeID=1, EventReply=data_set())
    assert rules(reply.response_violations()) == [("missing-mandatory", "Status")]
    reply.Status = 0x0110
    assert ("forbidden-conditional", "EventReply") in rules(reply.response_violations())
    reply.Status = 0x0000
    assert rules(reply.response_violations()) == []


def test_n_get_success_response_shall_include_attribute_list() -> None:  # 10.1.2.1.8
    response = N_GET(MessageIDBeingRespondedTo=1, Status=0x0000)
    assert rules(response.response_violations()) == [("missing-conditional", "AttributeList")]
    for status in (0x0107, 0x0112, 0xB001):
        response.Status = status
        assert rules(response.response_violations()) == []


@pytest.mark.parametrize("service", [N_GET, N_SET, N_ACTION, N_DELETE])
def test_affected_uids_shall_equal_the_requested_ones(service: Any) -> None:
    # 10.1.2.1.6, .7, 10.1.3.1.7, .8, 10.1.4.1.7, .8, 10.1.6.1.5, .6, erratum S1
    request = service(
        MessageID=1, RequestedSOPClassUID=PRINTER_CLASS, RequestedSOPInstanceUID=PRINTER
    )
    absent = service(MessageIDBeingRespondedTo=1, Status=0x0110)
    assert rules(absent.response_violations(request)) == []
    other = service(
        MessageIDBeingRespondedTo=1,
        Status=0x0110,
        AffectedSOPClassUID=PRINTER,
        AffectedSOPInstanceUID=PRINTER_CLASS,
    )
    found = other.response_violations(request)
    assert rules(found) == [
        ("not-equal", "AffectedSOPClassUID"),
        ("not-equal", "AffectedSOPInstanceUID"),
    ]
    assert all("erratum S1" in violation.reference for violation in found)
    assert PRINTER in found[0].message


def test_action_type_id_shall_be_included_with_an_action_reply() -> None:  # 10.1.4.1.5
    response = N_ACTION(MessageIDBeingRespondedTo=1, Status=0, ActionReply=data_set())
    assert rules(response.response_violations()) == [("missing-conditional", "ActionTypeID")]


def test_action_reply_may_be_in_the_success_response_and_is_forbidden_nowhere() -> None:
    # 10.1.4.1.9: a plain "may be included"
    reply = N_ACTION(
        MessageIDBeingRespondedTo=1, Status=0x0110, ActionTypeID=1, ActionReply=data_set()
    )
    assert rules(reply.response_violations()) == []


def test_action_type_id_shall_equal_that_of_the_request() -> None:  # Table 10.1-4, C(=)
    request = N_ACTION(MessageID=1, ActionTypeID=1)
    response = N_ACTION(MessageIDBeingRespondedTo=1, Status=0, ActionTypeID=2)
    assert rules(response.response_violations(request)) == [("not-equal", "ActionTypeID")]


def test_n_create_success_response_shall_include_the_uid_that_the_request_left_out() -> None:
    # 10.1.5.1.4; pynetdicom 995, 996
    request = N_CREATE(MessageID=1, AffectedSOPClassUID="1.2.3")
    response = N_CREATE(MessageIDBeingRespondedTo=1, Status=0x0000)
    assert rules(response.response_violations()) == []
    assert rules(response.response_violations(request)) == [
        ("missing-conditional", "AffectedSOPInstanceUID")
    ]
    request.AffectedSOPInstanceUID = "1.2.3.4"
    assert rules(response.response_violations(request)) == []
    response.Status = 0x0110
    request.AffectedSOPInstanceUID = None
    assert rules(response.response_violations(request)) == []


def test_n_create_uid_may_only_be_in_the_success_response_or_where_annex_c_permits_it() -> None:
    # 10.1.5.1.4, erratum S4
    response = N_CREATE(MessageIDBeingRespondedTo=1, AffectedSOPInstanceUID="1.2.3.4")
    for status in (0x0000, 0x0001, 0x0107, 0x0110, 0x0111, 0x0116, 0x0117, 0xB300):
        response.Status = status
        assert rules(response.response_violations()) == []
    for status in (0x0106, 0x0120, 0x0213, 0xC000):
        response.Status = status
        (violation,) = response.response_violations()
        assert (violation.rule, violation.parameter) == (
            "forbidden-conditional",
            "AffectedSOPInstanceUID",
        )
        assert "erratum S4" in violation.reference


@pytest.mark.parametrize(
    ("service", "keyword"), [(N_EVENT_REPORT, "EventInformation"), (N_ACTION, "ActionInformation")]
)
def test_information_comes_back_with_0115_only(service: Any, keyword: str) -> None:
    # C.5.10 against Tables 10.1-1 and 10.1-4, erratum S7
    response = service(MessageIDBeingRespondedTo=1, Status=0x0115, **{keyword: data_set()})
    assert rules(response.response_violations()) == []
    response.Status = 0x0114
    (violation,) = response.response_violations()
    assert (violation.rule, violation.parameter) == ("must-be-absent", keyword)
    assert "erratum S7" in violation.reference


def test_rejected_values_come_back_in_n_set_and_n_create() -> None:  # C.4.3, C.5.11, C.5.14, S6
    for status in (0x0106, 0x0116, 0x0121):
        change = N_SET(MessageIDBeingRespondedTo=1, Status=status, ModificationList=data_set())
        assert rules(change.response_violations()) == []
        create = N_CREATE(MessageIDBeingRespondedTo=1, Status=status, AttributeList=data_set())
        assert rules(create.response_violations()) == []
    change.Status = 0x0000
    assert rules(change.response_violations()) == [("must-be-absent", "ModificationList")]


def test_attribute_identifier_list_comes_back_with_the_statuses_that_permit_it() -> None:
    # C.4.2, C.5.13, C.5.17
    response = N_CREATE(MessageIDBeingRespondedTo=1, AttributeIdentifierList=["PatientName"])
    for status in (0x0105, 0x0107, 0x0120):
        response.Status = status
        assert rules(response.response_violations()) == []
    response.Status = 0x0106
    assert rules(response.response_violations()) == [
        ("status-field-not-permitted", "AttributeIdentifierList")
    ]
    got = N_GET(MessageIDBeingRespondedTo=1, Status=0x0107, AttributeIdentifierList=[0x00100010])
    assert rules(got.response_violations()) == []


def test_error_comment_is_not_permitted_with_0115() -> None:  # C.5.10; dcm4chee-arc-light 3660
    response = N_ACTION(MessageIDBeingRespondedTo=1, Status=0x0115, ErrorComment="out of range")
    (violation,) = response.response_violations()
    assert (violation.rule, violation.parameter) == ("status-field-not-permitted", "ErrorComment")
    assert "0110H" in violation.message


def test_a_status_outside_annex_c_is_unknown() -> None:  # Annex C
    response = C_ECHO(MessageIDBeingRespondedTo=1)
    for status in (0x0002, 0x0300, 0x1234, 0xD000, 0xFE01, 0xFF02):
        if private().statuses and status_class(status) is not None:
            continue  # a fork has given it a meaning
        response.Status = status
        (violation,) = response.response_violations()
        assert (violation.rule, violation.parameter) == ("unknown-status", "Status")
        assert f"{status:04X}H" in violation.message


def test_a_status_of_annex_c_that_the_service_does_not_list() -> None:
    # C.4.2 is not in 9.1.2.1.6; S14: 0112H is no C-STORE status any more
    for service, status in (
        (C_FIND, 0x0107),
        (C_STORE, 0x0112),
        (N_DELETE, 0xC000),
        (N_GET, 0xFF00),
    ):
        found = service(MessageIDBeingRespondedTo=1, Status=status).response_violations()
        assert rules(found) == [("status-not-listed", "Status")]


def test_c_find_may_end_with_a_warning() -> None:  # 9.1.2.1.6, since 2024a; before: dcm4che 586
    ended = C_FIND(MessageIDBeingRespondedTo=1, Status=0xB001)
    assert ended.response_violations() == ()
    ended.Identifier = BytesIO(b"\x10\x00\x20\x00\x00\x00\x00\x00")
    assert rules(ended.response_violations()) == [("forbidden-conditional", "Identifier")]


def test_error_comment_has_the_default_character_repertoire() -> None:  # E.1, C.4.1, since 2024c
    failed = N_GET(MessageIDBeingRespondedTo=1, Status=0x0110)
    with pytest.raises(ValueError, match="Error Comment must be ASCII"):
        failed.ErrorComment = "Größe"
    failed.ErrorComment = "size"
    assert failed.response_violations() == ()


def test_a_command_set_has_no_element_of_another_group() -> None:  # 6.3.1, Notes since 2024c
    echo = C_ECHO(MessageID=1, AffectedSOPClassUID="1.2.840.10008.1.1").encode_request()
    patient = b"\x10\x00\x20\x00\x02\x00\x00\x001 "
    found = decode(echo + patient)
    assert [(each.kind, each.tag) for each in found.anomalies] == [("other-group", 0x00100020)]
    assert found.unknown == ((0x00100020, b"1 "),)


def test_message_id_being_responded_to_shall_be_that_of_the_request() -> None:  # 9.3.1.2, E.1
    request = C_ECHO(MessageID=7, AffectedSOPClassUID="1.2.840.10008.1.1")
    response = C_ECHO(MessageIDBeingRespondedTo=8, Status=0)
    assert rules(response.response_violations(request)) == [
        ("not-equal", "MessageIDBeingRespondedTo")
    ]
    request.MessageID = None
    assert rules(response.response_violations(request)) == []


def test_c_cancel_has_one_mandatory_parameter() -> None:  # Tables 9.1-2 to 9.1-4, erratum S12
    assert rules(C_CANCEL().request_violations()) == [
        ("missing-mandatory", "MessageIDBeingRespondedTo")
    ]
    assert C_CANCEL(MessageIDBeingRespondedTo=1).request_violations() == ()


def test_every_broken_rule_is_reported_in_table_order() -> None:
    request = N_GET(
        RequestedSOPClassUID="1.02", Status=0, ErrorComment="x", AttributeList=data_set()
    )
    assert rules(request.request_violations()) == [
        ("missing-mandatory", "MessageID"),
        ("invalid-value", "RequestedSOPClassUID"),
        ("missing-mandatory", "RequestedSOPInstanceUID"),
        ("must-be-absent", "AttributeList"),
        ("must-be-absent", "Status"),
        ("must-be-absent", "ErrorComment"),
    ]
