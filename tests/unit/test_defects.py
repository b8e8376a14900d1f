"""The defects of hand-written primitives, one test each.

Invariant: every check passes on the generated classes and fails on those of pynetdicom 3.0.4, so
that none of these tests can pass by checking nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from io import BytesIO
from types import ModuleType
from typing import Any

import dimse_primitives as new
import pydicom.uid
import pynetdicom.dimse_primitives as old
import pytest
from pydicom.tag import Tag

Check = Callable[[Any], None]


def defect(check: Check) -> Callable[[], None]:
    """Make a test of `check`: true of the generated package, and not of the old one."""

    # Not functools.wraps: pytest would take the parameter for a fixture.
    def test() -> None:
        check(new)
        with pytest.raises((Exception, pytest.fail.Exception)):
            check(old)

    functools.update_wrapper(test, check, assigned=("__module__", "__name__", "__qualname__"))
    del test.__wrapped__  # type: ignore[attr-defined]
    return test


def rules(violations: tuple[new.Violation, ...]) -> list[tuple[str, str]]:
    return [(violation.rule, violation.parameter) for violation in violations]


@defect
def test_defect_01_error_names_the_wrong_parameter(primitives: Any) -> None:
    with pytest.raises(TypeError, match="Requested SOP Class UID"):
        primitives.N_GET().RequestedSOPClassUID = 5


@defect
def test_defect_02_empty_attribute_identifier_list_is_stored(primitives: Any) -> None:
    primitive = primitives.N_GET()
    primitive.AttributeIdentifierList = []
    assert primitive.AttributeIdentifierList is None


@defect
def test_defect_03_n_action_names_a_status_field_that_it_lacks(primitives: Any) -> None:
    for keyword in primitives.N_ACTION.STATUS_OPTIONAL_KEYWORDS:
        assert getattr(primitives.N_ACTION(), keyword) is None


@defect
def test_defect_04_n_create_loses_the_attribute_identifier_list(primitives: Any) -> None:
    primitive = primitives.N_CREATE()
    primitive.AttributeIdentifierList = ["PatientName"]
    assert primitive.AttributeIdentifierList == [Tag("PatientName")]
    assert "AttributeIdentifierList" in primitives.N_CREATE.STATUS_OPTIONAL_KEYWORDS


@defect
def test_defect_05_status_fields_of_annex_c_never_reach_the_caller(primitives: Any) -> None:
    assert "ActionTypeID" in primitives.N_ACTION.STATUS_OPTIONAL_KEYWORDS
    assert "AffectedSOPInstanceUID" in primitives.C_STORE.STATUS_OPTIONAL_KEYWORDS


@defect
def test_defect_06_one_slot_for_the_data_sets_of_both_directions(primitives: Any) -> None:
    information, reply = BytesIO(b"information"), BytesIO(b"reply")
    action = primitives.N_ACTION()
    action.ActionInformation = information
    action.ActionReply = reply
    assert action.ActionInformation is information
    assert action.ActionReply is reply
    change = primitives.N_SET()
    change.ModificationList = information
    assert change.AttributeList is None


@defect
def test_defect_09_c_cancel_is_outside_the_class_hierarchy(primitives: Any) -> None:
    cancel = primitives.C_CANCEL()
    assert isinstance(cancel, primitives.DIMSEPrimitive)
    assert not cancel.is_valid_request
    cancel.MessageIDBeingRespondedTo = 7
    assert cancel.is_valid_request
    assert cancel.msg_type == "C-CANCEL"


@defect
def test_defect_10_priority_has_a_default(primitives: Any) -> None:
    for name in ("C_STORE", "C_FIND", "C_GET", "C_MOVE"):
        assert getattr(primitives, name)().Priority is None


@defect
def test_defect_11_bool_and_float_pass_for_integers(primitives: Any) -> None:
    for value in (1.0, True):
        with pytest.raises(TypeError, match="Priority"):
            primitives.C_FIND().Priority = value
    with pytest.raises(TypeError, match="Message ID"):
        primitives.C_FIND().MessageID = True


RESPONSES_THAT_ARE_NOT_ONE: list[tuple[str, dict[str, Any]]] = [
    ("N_GET", {"Status": 0x0000}),
    ("C_GET", {"Status": 0xFF00}),
    ("C_FIND", {"Status": 0xFF00}),
    ("C_FIND", {"Status": 0x0000, "Identifier": BytesIO(b"x")}),
]


@defect
def test_defect_12_one_two_keyword_test_for_all_responses(primitives: Any) -> None:
    for name, values in RESPONSES_THAT_ARE_NOT_ONE:
        response = getattr(primitives, name)()
        response.MessageIDBeingRespondedTo = 1
        for keyword, value in values.items():
            setattr(response, keyword, value)
        assert response.response_violations() != ()


@defect
def test_defect_14_parameters_that_shall_be_absent_are_accepted(primitives: Any) -> None:
    request = primitives.N_GET()
    request.MessageID = 1
    request.RequestedSOPClassUID = request.RequestedSOPInstanceUID = "1.2.3"
    with pytest.raises(AttributeError):
        request.Priority = 1
    request.Status = 0x0000
    assert rules(request.request_violations()) == [("must-be-absent", "Status")]


OUT_OF_RANGE = [
    ("C_GET", "NumberOfRemainingSuboperations", 70000),
    ("C_GET", "NumberOfRemainingSuboperations", 170251),
    ("C_GET", "Status", 0x12345),
    ("C_GET", "Status", -1),
    ("N_ACTION", "ActionTypeID", 99999),
    ("N_EVENT_REPORT", "EventTypeID", 65536),
]


@defect
def test_defect_15_no_upper_bounds(primitives: Any) -> None:
    for name, keyword, value in OUT_OF_RANGE:
        with pytest.raises(ValueError, match="65535"):
            setattr(getattr(primitives, name)(), keyword, value)


@defect
def test_defect_16_status_fields_are_plain_attributes(primitives: Any) -> None:
    response = primitives.N_GET()
    with pytest.raises(ValueError, match="Error Comment must have at most 64"):
        response.ErrorComment = "x" * 200
    with pytest.raises(ValueError, match="Error ID"):
        response.ErrorID = 65536
    with pytest.raises(ValueError, match="Offending Element"):
        primitives.C_STORE().OffendingElement = "no such keyword"


@defect
def test_defect_17_no_slots_no_equality_no_repr(primitives: Any) -> None:
    with pytest.raises(AttributeError, match="MesageID"):
        primitives.N_GET().MesageID = 5
    one, two = primitives.N_GET(), primitives.N_GET()
    one.MessageID = two.MessageID = 7
    assert one == two
    assert repr(one) == "N_GET(MessageID=7)"


@defect
def test_defect_18_request_or_response_is_guessed(primitives: Any) -> None:
    request = primitives.C_ECHO.request(MessageID=1, AffectedSOPClassUID="1.2.840.10008.1.1")
    request.MessageIDBeingRespondedTo = 1
    assert rules(request.request_violations()) == [("must-be-absent", "MessageIDBeingRespondedTo")]


def doc_of(primitives: ModuleType, name: str, keyword: str) -> str:
    return str(getattr(getattr(primitives, name), keyword).__doc__)


@defect
def test_defect_19_docstrings_are_copied(primitives: Any) -> None:
    services = (name for name in dir(primitives) if name[:2] in ("C_", "N_"))
    for name in services:
        for keyword in ("AffectedSOPInstanceUID", "AffectedSOPClassUID"):
            if not hasattr(getattr(primitives, name), keyword):
                continue
            doc = doc_of(primitives, name, keyword)
            assert ("Affected SOP Class UID" in doc) == (keyword == "AffectedSOPClassUID")
            assert "for storage" not in doc
    statuses = primitives.N_CREATE.__doc__
    assert "0111H" in statuses
    assert "Duplicate SOP Instance" in statuses


@defect
def test_defect_20_an_invalid_move_originator_silently_becomes_none(primitives: Any) -> None:
    request = primitives.C_STORE()
    request.MoveOriginatorApplicationEntityTitle = "MOVER"
    with pytest.raises(ValueError, match="Move Originator Application Entity Title"):
        request.MoveOriginatorApplicationEntityTitle = "seventeen letters"
    assert request.MoveOriginatorApplicationEntityTitle == "MOVER"


def test_a_uid_is_one_of_pydicom() -> None:
    primitive = new.N_GET(RequestedSOPClassUID=b"1.2.840.10008.5.1.1.16\0")
    assert type(primitive.RequestedSOPClassUID) is pydicom.uid.UID
    assert primitive.RequestedSOPClassUID == "1.2.840.10008.5.1.1.16"
    assert primitive.RequestedSOPClassUID.name == "Printer SOP Class"
