"""A condition is compared by evaluation: by what it says, not by how it is written.

The edits are made in the text of the real files, and what is expected was worked out by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from dimsegen.dimse.compare import compare
from dimsegen.sets.finding import Finding

from .schema_edits import base, edited, load

N_GET = "services/n_get.yaml"
N_CREATE = "services/n_create.yaml"


def found(*texts: dict[str, str]) -> tuple[Finding, ...]:
    changed: dict[str, str] = {}
    for each in texts:
        changed |= each
    return compare(base(), load(changed))


def verdicts(finding: Finding) -> str:
    return f"{finding.senders.value}/{finding.receivers.value}"


def cell(finding: Finding) -> tuple[str, str, str, str]:
    return finding.rule, finding.service, finding.direction, finding.keyword


def test_equal_schemas_have_no_finding() -> None:
    assert compare(base(), load()) == ()


@dataclass(frozen=True)
class Change:
    """One edit, and the one finding about it."""

    name: str
    edit: tuple[str, str]
    cell: tuple[str, str, str, str]
    verdicts: str
    old: str
    new: str


CONDITIONS = [
    pytest.param(
        Change(
            N_GET,
            ("required_when: {status: success}", "required_when: {status: [success, warning]}"),
            ("condition-changed", "N-GET", "response", "AttributeList"),
            "breaks/ok",
            "required when the status is Success",
            "required when the status is Success or Warning",
        ),
        id="what is required more often",
    ),
    pytest.param(
        Change(
            N_GET,
            ("required_when: {status: success}", "required_when: {status: warning}"),
            ("condition-changed", "N-GET", "response", "AttributeList"),
            "breaks/breaks",
            "required when the status is Success",
            "required when the status is Warning",
        ),
        id="what is required at other times",
    ),
    pytest.param(
        Change(
            N_GET,
            ("required_when: {status: success}", "required_when: {status: 0x0000}"),
            ("condition-changed", "N-GET", "response", "AttributeList"),
            "ok/ok",
            "required when the status is Success",
            "required when the status is 0000H",
        ),
        id="another way to write the same",
    ),
    pytest.param(
        Change(
            N_GET,
            ("required_when: {status: success}", "required_when: {status: [success, pending]}"),
            ("condition-changed", "N-GET", "response", "AttributeList"),
            "ok/ok",
            "required when the status is Success",
            "required when the status is Success or Pending",
        ),
        id="a status that the service does not list",
    ),
    pytest.param(
        Change(
            N_CREATE,
            ("only_when: {status: [success, warning]}", "only_when: {status: success}"),
            ("condition-changed", "N-CREATE", "response", "AffectedSOPInstanceUID"),
            "breaks/ok",
            "required when the status is Success and the request has none, not allowed when the "
            "status is not Success or Warning",
            "required when the status is Success and the request has none, not allowed when the "
            "status is not Success",
        ),
        id="what is allowed less often: 0001 and Bxxx, but 0107 is permitted by Annex C",
    ),
    pytest.param(
        Change(
            N_CREATE,
            ("only_when: {status: [success, warning]}", "only_when: {status: [success, 0x0001]}"),
            ("condition-changed", "N-CREATE", "response", "AffectedSOPInstanceUID"),
            "breaks/ok",
            "required when the status is Success and the request has none, not allowed when the "
            "status is not Success or Warning",
            "required when the status is Success and the request has none, not allowed when the "
            "status is not Success or 0001H",
        ),
        id="what is allowed for one code of a class: Bxxx is lost",
    ),
    pytest.param(
        Change(
            N_CREATE,
            (
                "only_when: {status: [success, warning]}",
                "only_when: {status: [success, warning, 0x0110]}",
            ),
            ("condition-changed", "N-CREATE", "response", "AffectedSOPInstanceUID"),
            "ok/ok",
            "required when the status is Success and the request has none, not allowed when the "
            "status is not Success or Warning",
            "required when the status is Success and the request has none, not allowed when the "
            "status is not Success, Warning or 0110H",
        ),
        id="what Annex C permits already",
    ),
    pytest.param(
        Change(
            N_CREATE,
            ("{status: success, request: absent}", "{status: success}"),
            ("condition-changed", "N-CREATE", "response", "AffectedSOPInstanceUID"),
            "breaks/ok",
            "required when the status is Success and the request has none, not allowed when the "
            "status is not Success or Warning",
            "required when the status is Success, not allowed when the status is not Success or "
            "Warning",
        ),
        id="what is required whatever the request has",
    ),
    pytest.param(
        Change(
            N_CREATE,
            ("permitted_when: {status: success}", "permitted_when: {status: warning}"),
            ("condition-changed", "N-CREATE", "response", "AttributeList"),
            "ok/ok",
            "may be included when the status is Success",
            "may be included when the status is Warning",
        ),
        id="what is merely mentioned",
    ),
    pytest.param(
        Change(
            N_CREATE,
            ("permitted_when: {status: success}", "only_when: {status: success}"),
            ("condition-changed", "N-CREATE", "response", "AttributeList"),
            "breaks/ok",
            "may be included when the status is Success",
            "not allowed when the status is not Success",
        ),
        id="what was mentioned and is now decided, in a U cell",
    ),
    pytest.param(
        Change(
            "services/n_event_report.yaml",
            ("required_when: {present: EventReply}", "required_when: {absent: EventReply}"),
            ("condition-changed", "N-EVENT-REPORT", "response", "EventTypeID"),
            "breaks/breaks",
            "required when Event Reply is present, may be included when the status is Success",
            "required when Event Reply is absent, may be included when the status is Success",
        ),
        id="the presence of another parameter",
    ),
    pytest.param(
        Change(
            "services/n_event_report.yaml",
            (
                "required_when: {present: EventReply}",
                "required_when: {present: EventReply, status: [success, warning]}",
            ),
            ("condition-changed", "N-EVENT-REPORT", "response", "EventTypeID"),
            "ok/ok",
            "required when Event Reply is present, may be included when the status is Success",
            "required when the status is Success or Warning and Event Reply is present, may be "
            "included when the status is Success",
        ),
        id="what cannot be otherwise: Event Reply is in no other response",
    ),
    pytest.param(
        Change(
            N_GET,
            (
                "required_when: {status: success}",
                "required_when: {not: {any: [{not: {status: success}}]}}",
            ),
            ("condition-changed", "N-GET", "response", "AttributeList"),
            "ok/ok",
            "required when the status is Success",
            "required when it is not so that it is not so that the status is Success",
        ),
        id="what is denied twice",
    ),
]


@pytest.mark.parametrize("change", CONDITIONS)
def test_a_condition_is_compared_by_evaluation(change: Change) -> None:
    (one,) = found(edited(change.name, change.edit))
    assert cell(one) == change.cell
    assert (verdicts(one), one.old) == (change.verdicts, change.old)
    if "it is not so" not in change.new:
        assert one.new == change.new
