"""The responses that `refuse` makes, and that they break nothing themselves."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from dimse_primitives import C_FIND, N_ACTION, N_CREATE, N_EVENT_REPORT, N_SET
from dimse_primitives.sop_classes import check, refuse
from pydicom.dataset import Dataset

from .messages import COMMITMENT, MPPS, create, encode, mpps, set_


def refused(request: Any, **given: Any) -> Any:
    response = refuse(request, check(request, **given))
    assert response.response_violations(request) == ()
    assert check(response, request=request) == ()
    return response


def test_what_is_missing_is_named() -> None:
    """0120H with Attribute Identifier List: 5.4.2.1 and PS3.7 C.5.25."""
    made = mpps()
    del made.PatientID
    del made.ScheduledStepAttributesSequence[0].StudyInstanceUID
    made.Modality = ""
    response = refused(create(made))
    assert response.Status == 0x0120
    assert response.AttributeIdentifierList == [0x0020000D, 0x00100020]
    assert response.MessageIDBeingRespondedTo == 1
    assert response.AffectedSOPClassUID == MPPS


def test_what_has_no_value_is_sent_back() -> None:
    """0121H with Attribute List."""
    made = mpps()
    made.Modality = ""
    response = refused(create(made))
    assert response.Status == 0x0121
    assert response.AttributeList.getvalue() == bytes.fromhex("08006000 00000000")


def test_the_data_set_that_is_sent_back_has_the_whole_sequence() -> None:
    made = mpps()
    made.ScheduledStepAttributesSequence[0].StudyInstanceUID = ""
    sent = encode(made)
    response = refused(create(made))
    data = response.AttributeList.getvalue()
    assert data[:4] == bytes.fromhex("40007002")
    assert data in sent


def test_a_value_that_is_not_allowed() -> None:
    made = mpps()
    made.PerformedProcedureStepStatus = "COMPLETED"
    assert refused(create(made)).Status == 0x0106


def test_a_state_that_is_final_has_the_comment_of_the_table() -> None:
    """Table F.7.2-2."""
    changes = Dataset()
    changes.PerformedProcedureStepDescription = "late"
    response = refused(set_(changes), state="COMPLETED")
    assert (response.Status, response.ErrorID) == (0x0110, 0xA710)
    assert response.ErrorComment == "Performed Procedure Step Object may no longer be updated"


def test_a_status_that_the_service_does_not_list_is_told_in_the_comment() -> None:
    """N-SET has no 0120H in PS3.7: 10.1.3.1.9."""
    changes = Dataset()
    changes.PerformedSeriesSequence = [Dataset()]
    response = refused(set_(changes))
    assert response.Status == 0x0110
    assert str(response.ErrorComment).startswith("missing-attribute (0120H): ")
    assert len(response.ErrorComment) <= 64


@pytest.mark.parametrize(
    ("request_", "status", "keyword"),
    [
        (N_ACTION(RequestedSOPClassUID=COMMITMENT, ActionTypeID=7), 0x0123, "ActionTypeID"),
        (N_EVENT_REPORT(AffectedSOPClassUID=COMMITMENT, EventTypeID=7), 0x0113, "EventTypeID"),
    ],
)
def test_a_type_that_is_not_there(request_: Any, status: int, keyword: str) -> None:
    request_.MessageID = 3
    if isinstance(request_, N_ACTION):
        request_.RequestedSOPInstanceUID = "1.2"
    else:
        request_.AffectedSOPInstanceUID = "1.2"
    response = refused(request_)
    assert (response.Status, getattr(response, keyword)) == (status, 7)


def test_an_identifier_without_level() -> None:
    """A900H with Offending Element: Table C.4-1."""
    request = C_FIND.request(
        MessageID=1,
        AffectedSOPClassUID="1.2.840.10008.5.1.4.1.2.1.1",
        Priority=0,
        Identifier=BytesIO(encode(Dataset())),
    )
    response = refused(request)
    assert (response.Status, response.OffendingElement) == (0xA900, [0x00080052])
    assert response.ErrorComment == "missing-key: QueryRetrieveLevel"


def test_rules_of_ps3_7_are_refused_too() -> None:
    request = N_SET(MessageID=1, RequestedSOPClassUID=MPPS)
    response = refuse(request, request.request_violations())
    assert response.Status == 0x0110
    assert str(response.ErrorComment).startswith("missing-mandatory: RequestedSOPInstanceUID")


def test_a_data_set_that_cannot_be_read_is_not_sent_back() -> None:
    request = create(mpps())
    violations = check(request, Dataset())
    request.AttributeList = BytesIO(b"\1")
    assert refuse(request, violations).AttributeList is None


def test_there_is_something_to_refuse() -> None:
    with pytest.raises(ValueError, match="nothing to refuse"):
        refuse(N_CREATE(MessageID=1), ())
