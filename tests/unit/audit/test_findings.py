"""A dialogue a rule: what is wrong, who is to mend it, and no word where nothing is."""

from __future__ import annotations

from io import BytesIO

import pytest
from dimse_primitives import N_CREATE
from dimse_primitives.audit import Association, audit
from dimse_primitives.audit._rules import RULES
from pydicom.dataset import Dataset
from pydicom.filebase import DicomIO
from pydicom.filewriter import write_dataset

from .captures import (
    ACCEPTOR,
    CT_STORAGE,
    REQUESTOR,
    VERIFICATION,
    Wire,
    echoes,
    established,
    frames,
    p_data,
    pcap,
    proposal,
    released,
    store_request,
)
from .dialogue_cases import CASES, ELSEWHERE, FAULTLESS, opened


def found_in(wire: Wire) -> tuple[Association, list[tuple[str, str]]]:
    """Return the association, and every finding with who is to mend it."""
    (association,) = audit(pcap(frames(wire))).associations
    findings = [*association.findings]
    for message in association.messages:
        findings += message.findings
    return association, [(each.rule, each.mends) for each in findings]


@pytest.mark.parametrize("name", CASES)
def test_a_dialogue_breaks_the_rule(name: str) -> None:
    make, expected = CASES[name]
    _, found = found_in(make())
    assert sorted(found) == sorted(expected)


def test_every_rule_has_a_dialogue() -> None:
    shown = {rule for _, expected in CASES.values() for rule, _ in expected} | ELSEWHERE
    assert shown == set(RULES)


@pytest.mark.parametrize("name", FAULTLESS)
def test_a_dialogue_without_a_fault(name: str) -> None:
    found = audit(pcap(frames(FAULTLESS[name]())))
    assert found.summary.is_faultless, (found.associations[0].findings, found.summary)
    assert found.summary.associations == 1


def test_the_outcome_says_who_and_why() -> None:
    said = {
        name: (association.outcome.value, association.outcome_text)
        for name in ("rejected", "aborted by the requestor", "aborted by the provider", "echo")
        for association in audit(pcap(frames(FAULTLESS[name]()))).associations
    }
    assert said["echo"] == ("released", "")
    assert said["rejected"][0] == "rejected"
    assert "called-AE-title-not-recognized" in said["rejected"][1]
    assert said["aborted by the requestor"][1].startswith("by the requestor")
    assert "invalid-PDU-parameter value" in said["aborted by the provider"][1]


def test_a_state_is_told_from_both_sides() -> None:
    association, _ = found_in(CASES["unexpected-pdu"][0]())
    (found,) = association.findings
    assert found.message == (
        "A-RELEASE-RP is sent in Sta6 (Association established and ready for data transfer); its "
        "receiver answers with AA-8 in Sta6"
    )
    assert found.reference == "PS3.8 9.2.3, Table 9-10"


def test_a_command_set_is_held_against_its_table_and_its_request() -> None:
    request = store_request()
    response = request.respond(Status=0, AffectedSOPInstanceUID="1.2.99")
    wire = opened((1, CT_STORAGE)).send(0, p_data(request.encode_request(), bytes(4)))
    wire.send(1, p_data(response.encode_response(allow_invalid=True)))
    association, found = found_in(released(wire))
    assert found == []
    (violation,) = association.messages[1].violations
    assert (violation.rule, violation.parameter) == ("not-equal", "AffectedSOPInstanceUID")


def test_an_answer_is_held_against_what_was_proposed() -> None:
    wire = Wire().send(0, proposal((1, VERIFICATION), (3, CT_STORAGE)).to_pdu().encode())
    other = established(Wire(), (1, VERIFICATION))
    answer = next(each.data for each in other.packets if each.direction == ACCEPTOR and each.data)
    association, _ = found_in(released(wire.send(1, answer)))
    ((place, violation),) = association.violations
    assert violation.rule == "no-correspondence"
    assert place.sender == "acceptor"


def test_how_long_a_response_took() -> None:
    association, _ = found_in(released(echoes(opened())))
    request, response = association.messages
    assert response.answers == request.place
    assert response.seconds == pytest.approx(0.0005)
    assert (response.status, response.status_text) == (0, "Success")


def test_the_requestor_is_who_asks_whoever_connected() -> None:
    wire = Wire().send(ACCEPTOR, proposal().to_pdu().encode())
    (association,) = audit(pcap(frames(wire))).associations
    assert association.requestor == "10.0.0.2:104"
    assert association.pdus[0].place.sender == "requestor"
    assert REQUESTOR == 0


MPPS = "1.2.840.10008.3.1.2.3.3"


def test_a_data_set_is_held_against_its_sop_class() -> None:
    request = N_CREATE.request(
        MessageID=1,
        AffectedSOPClassUID=MPPS,
        AffectedSOPInstanceUID="1.2.3",
        AttributeList=BytesIO(b"\0\0"),
    )
    data_set = Dataset()
    data_set.PerformedProcedureStepStatus = "IN PROGRESS"
    stream = BytesIO()
    file = DicomIO(stream)
    file.is_implicit_VR, file.is_little_endian = True, True
    write_dataset(file, data_set)
    response = request.respond(Status=0x0120)
    wire = opened((1, MPPS)).send(0, p_data(request.encode_request(), stream.getvalue()))
    association, found = found_in(released(wire.send(1, p_data(response.encode_response()))))
    assert found == []
    violations = association.messages[0].violations
    missing = {getattr(each, "path", "") for each in violations if each.rule == "missing-attribute"}
    assert "PerformedProcedureStepID" in missing
    assert all(each.reference.startswith("PS3.4 ") for each in violations)
    assert association.messages[1].status_text.startswith("Failure")


def test_a_response_is_not_blamed_for_its_request() -> None:
    image_box = "1.2.840.10008.5.1.1.4"
    request = N_CREATE.request(
        MessageID=1,
        AffectedSOPClassUID=image_box,
        AffectedSOPInstanceUID="1.2.3",
        AttributeList=BytesIO(b"\0\0"),
    )
    wire = opened((1, image_box)).send(0, p_data(request.encode_request(), bytes(8)))
    response = request.respond(Status=0x0000)
    association, _ = found_in(released(wire.send(1, p_data(response.encode_response()))))
    asked, answered = association.messages
    assert [each.rule for each in asked.violations] == ["service-not-used"]
    assert [each.rule for each in answered.violations] == []
