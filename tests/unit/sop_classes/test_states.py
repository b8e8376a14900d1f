"""What becomes of an instance: MPPS (F.1.5) and UPS (CC.1.1)."""

from __future__ import annotations

from io import BytesIO

import pytest
from dimse_primitives import N_ACTION
from dimse_primitives.sop_classes import check
from pydicom.dataset import Dataset

from .messages import create, encode, mpps, rules, set_

UPS = "1.2.840.10008.5.1.4.34.6.1"
REFUSED = [("state-transition", "PerformedProcedureStepStatus")]


def to(state: str) -> Dataset:
    changes = Dataset()
    changes.PerformedProcedureStepStatus = state
    return changes


@pytest.mark.parametrize(
    ("state", "status"),
    [("", 0x0112), ("IN PROGRESS", None), ("COMPLETED", 0x0110), ("DISCONTINUED", 0x0110)],
)
def test_only_what_is_in_progress_is_completed(state: str, status: int | None) -> None:
    """Table F.1-4."""
    found = check(set_(to("COMPLETED")), state=state)
    assert rules(found) == ([] if status is None else REFUSED)
    assert [each.status for each in found] == ([] if status is None else [status])


def test_what_is_there_is_not_created_again() -> None:
    (violation,) = check(create(mpps()), state="IN PROGRESS")
    assert (violation.rule, violation.status) == ("state-transition", 0x0111)
    assert check(create(mpps()), state="") == ()


def test_a_final_state_wants_values() -> None:
    """Table F.7.2-1, Requirement Type Final State."""
    found = check(set_(to("DISCONTINUED")), state=mpps())
    assert rules(found) == [
        ("missing-attribute-value", "PerformedProcedureStepEndDate"),
        ("missing-attribute-value", "PerformedProcedureStepEndTime"),
        ("missing-attribute-value", "PerformedSeriesSequence"),
    ]
    changes = to("DISCONTINUED")
    changes.PerformedProcedureStepEndDate = "20261128"
    changes.PerformedProcedureStepEndTime = "130000"
    assert rules(check(set_(changes), state=mpps())) == [
        ("missing-attribute-value", "PerformedSeriesSequence")
    ]


def change_state(state: str, transaction: str = "1.2.9") -> N_ACTION:
    """Table CC.2.1-1."""
    information = Dataset()
    information.ProcedureStepState = state
    information.TransactionUID = transaction
    return N_ACTION.request(
        MessageID=1,
        RequestedSOPClassUID=UPS,
        RequestedSOPInstanceUID="1.2.3",
        ActionTypeID=1,
        ActionInformation=BytesIO(encode(information)),
    )


@pytest.mark.parametrize(
    ("state", "asked", "status"),
    [
        ("SCHEDULED", "IN PROGRESS", None),
        ("SCHEDULED", "COMPLETED", 0xC310),
        ("IN PROGRESS", "IN PROGRESS", 0xC302),
        ("IN PROGRESS", "SCHEDULED", 0xC303),
        ("COMPLETED", "COMPLETED", 0xB306),
        ("", "IN PROGRESS", 0xC307),
    ],
)
def test_a_ups_goes_from_state_to_state(state: str, asked: str, status: int | None) -> None:
    """Table CC.1.1-2."""
    found = [each for each in check(change_state(asked), state=state) if each.rule[0] == "s"]
    assert [each.status for each in found] == ([] if status is None else [status])


def test_a_ups_is_locked_by_its_transaction_uid() -> None:
    step = Dataset()
    step.ProcedureStepState = "IN PROGRESS"
    step.TransactionUID = "1.2.1"
    found = check(change_state("CANCELED"), state=step)
    assert [each.status for each in found if each.rule == "state-transition"] == [0xC301]


def test_what_a_final_state_wants_depends_on_it() -> None:
    """CC.2.5.1.1: R, P and X; the status is that of the transition."""
    step = Dataset()
    step.ProcedureStepState = "IN PROGRESS"
    step.TransactionUID = "1.2.9"
    lacking = {
        state: {each.path: each.status for each in check(change_state(state), state=step)}
        for state in ("COMPLETED", "CANCELED")
    }
    performed = "UnifiedProcedureStepPerformedProcedureSequence"
    assert lacking["COMPLETED"][performed] == 0xC304
    assert performed not in lacking["CANCELED"]
    assert "ProcedureStepProgressInformationSequence" in lacking["CANCELED"]


def test_a_state_that_there_is_not() -> None:
    with pytest.raises(ValueError, match="must be one of IN PROGRESS, DISCONTINUED, COMPLETED"):
        check(set_(to("COMPLETED")), state="DONE")
