"""The states of SOP Instances, followed over a capture: who breaks them, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from dimse_primitives import N_ACTION, N_CREATE, N_SET
from dimse_primitives.audit import Audit, audit
from dimse_primitives.audit._timeline import label_of
from pydicom.dataset import Dataset

from tests.unit.sop_classes.messages import MPPS, encode, mpps

from .captures import (
    ACCEPTOR,
    REQUESTOR,
    Wire,
    established,
    frames,
    p_data,
    pcap,
    released,
)

UPS, UPS_PULL = "1.2.840.10008.5.1.4.34.6.1", "1.2.840.10008.5.1.4.34.6.3"
STEP = "1.2.3.4"


class Exchange(NamedTuple):
    """A request, its data set, and the status with which it is answered."""

    request: Any
    data_set: Dataset
    status: int | None = 0


def create(data_set: Dataset, status: int | None = 0, sop_class: str = MPPS) -> Exchange:
    request = N_CREATE.request(
        MessageID=1,
        AffectedSOPClassUID=sop_class,
        AffectedSOPInstanceUID=STEP,
        AttributeList=BytesIO(b"\0\0"),
    )
    return Exchange(request, data_set, status)


def set_(status: int | None = 0, sop_class: str = MPPS, **values: object) -> Exchange:
    request = N_SET.request(
        MessageID=1,
        RequestedSOPClassUID=sop_class,
        RequestedSOPInstanceUID=STEP,
        ModificationList=BytesIO(b"\0\0"),
    )
    return Exchange(request, data_set(**values), status)


def change_state(state: str, transaction: str = "1.2.9", status: int | None = 0) -> Exchange:
    request = N_ACTION.request(
        MessageID=1,
        RequestedSOPClassUID=UPS,
        RequestedSOPInstanceUID=STEP,
        ActionTypeID=1,
        ActionInformation=BytesIO(b"\0\0"),
    )
    wanted = data_set(ProcedureStepState=state, TransactionUID=transaction)
    return Exchange(request, wanted, status)


def data_set(**values: object) -> Dataset:
    made = Dataset()
    for keyword, value in values.items():
        setattr(made, keyword, value)
    return made


def dialogue(exchanges: Iterable[Exchange], number: int = 0, context: str = MPPS) -> Wire:
    """Return an association in which all of them are exchanged, one after the other."""
    wire = Wire(first_seq=1000 + number * 100_000)
    wire.time += number * 10_000_000
    established(wire, (1, context))
    for request, data, status in exchanges:
        wire.send(REQUESTOR, p_data(request.encode_request(), encode(data)))
        if status is not None:
            wire.send(ACCEPTOR, p_data(request.respond(Status=status).encode_response()))
    return released(wire)


def found_in(*several: Iterable[Exchange], context: str = MPPS) -> Audit:
    """Audit a capture of associations that follow one another."""
    wires = [dialogue(each, number, context) for number, each in enumerate(several)]
    return audit(pcap(frame for wire in wires for frame in frames(wire)))


def broken(found: Audit) -> Iterator[tuple[str, str, str]]:
    """Yield the message that breaks a rule, the rule, and what it is about."""
    for association in found.associations:
        for message in association.messages:
            for each in message.violations:
                yield message.kind, each.rule, getattr(each, "path", "") or each.parameter


def series() -> list[Dataset]:
    return [
        data_set(
            PerformingPhysicianName="",
            ProtocolName="Chest",
            OperatorsName="",
            SeriesInstanceUID="1.2.3.5",
            SeriesDescription="",
            RetrieveAETitle="",
            ReferencedImageSequence=[],
            ReferencedNonImageCompositeSOPInstanceSequence=[],
        )
    ]


COMPLETED: dict[str, Any] = {
    "PerformedProcedureStepStatus": "COMPLETED",
    "PerformedProcedureStepEndDate": "20261128",
    "PerformedProcedureStepEndTime": "130000",
    "PerformedSeriesSequence": series(),
}
STATUS = "PerformedProcedureStepStatus"
ONLY_COMPLETED: dict[str, Any] = {STATUS: "COMPLETED"}


def test_a_step_that_goes_through_its_states_breaks_nothing() -> None:
    """In two associations, as a modality does it."""
    found = found_in([create(mpps())], [set_(**COMPLETED)])
    assert found.summary.is_faultless
    assert found.files[0].not_checked == {}
    states = [[each.state for each in one.messages] for one in found.associations]
    assert states == [["", "IN PROGRESS"], ["", "COMPLETED"]]


def test_what_is_completed_takes_no_change() -> None:
    """Table F.1-4; F.7.2.2.2: it is the requestor's, if it is refused."""
    changes = [set_(**COMPLETED), set_(0x0110, PerformedProcedureStepDescription="CT")]
    found = found_in([create(mpps()), *changes])
    assert list(broken(found)) == [("N-SET-RQ", "state-transition", STATUS)]
    (violation,) = found.associations[0].messages[4].violations
    assert "F.7.2.2.2" in violation.reference
    assert "is COMPLETED; it is answered 0110H" in violation.message


def test_whoever_does_not_refuse_it_is_told_so() -> None:
    changes = [set_(**COMPLETED), set_(0x0000, PerformedProcedureStepDescription="CT")]
    found = found_in([create(mpps()), *changes])
    assert list(broken(found)) == [
        ("N-SET-RQ", "state-transition", STATUS),
        ("N-SET-RSP", "state-transition", "Status"),
    ]
    (violation,) = found.associations[0].messages[5].violations
    assert "answered 0000H, though the SOP Instance is COMPLETED; answer 0110H" in violation.message


def test_what_a_final_state_wants_is_asked_of_the_whole_instance() -> None:
    """Table F.7.2-1: values of the N-CREATE count, empty ones do not."""
    step = mpps()
    step.PerformedProcedureStepEndDate = "20261128"
    found = found_in([create(step), set_(**ONLY_COMPLETED)])
    assert list(broken(found)) == [
        ("N-SET-RQ", "missing-attribute-value", "PerformedProcedureStepEndTime"),
        ("N-SET-RQ", "missing-attribute-value", "PerformedSeriesSequence"),
    ]


def test_what_was_created_before_is_unknown_and_said_to_be() -> None:
    found = found_in([set_(PerformedProcedureStepDescription="CT")])
    assert list(broken(found)) == []
    (what,) = found.files[0].not_checked
    assert "created before the capture" in what


def test_what_a_response_tells_is_known_from_then_on() -> None:
    """Only what is IN PROGRESS is completed, and then it is."""
    found = found_in([set_(**COMPLETED), set_(0x0110, PerformedProcedureStepDescription="CT")])
    assert list(broken(found)) == [("N-SET-RQ", "state-transition", STATUS)]


def test_not_all_attributes_are_known_of_what_was_created_before() -> None:
    found = found_in([set_(PerformedProcedureStepDescription="CT"), set_(**ONLY_COMPLETED)])
    assert list(broken(found)) == []
    assert any("what a final state wants" in what for what in found.files[0].not_checked)


@pytest.mark.parametrize(
    ("status", "rule"), [(0x0120, "state-transition"), (0x0111, ""), (0xB300, "")]
)
def test_what_was_not_created_is_not_changed(status: int, rule: str) -> None:
    found = found_in(
        [create(mpps(), status)], [set_(0x0112, PerformedProcedureStepDescription="CT")]
    )
    changed = [each for kind, each, _ in broken(found) if kind == "N-SET-RQ"]
    assert changed == ([rule] if rule else [])


def test_what_is_there_is_not_created_again() -> None:
    found = found_in([create(mpps()), create(mpps(), 0x0111)])
    assert list(broken(found)) == [("N-CREATE-RQ", "state-transition", STATUS)]


def test_another_server_has_other_instances() -> None:
    """A broker sends the same step to two."""
    wires = [dialogue([create(mpps())], 0), dialogue([create(mpps())], 1)]
    this, other = b"\x0a\0\0\x02", b"\x0a\0\0\x03"
    second = [(time, packet.replace(this, other)) for time, packet in frames(wires[1])]
    found = audit(pcap([*frames(wires[0]), *second]))
    assert len(found.associations) == 2
    assert list(broken(found)) == []


def test_where_bytes_are_missing_nothing_is_known() -> None:
    exchanges = [create(mpps()), set_(**COMPLETED), set_(PerformedProcedureStepDescription="CT")]
    wire = dialogue(exchanges)
    (lost,) = [each for each in wire.packets if b"COMPLETED" in each.data]
    wire.packets.remove(lost)
    found = audit(pcap(frames(wire)))
    assert list(broken(found)) == []
    assert any("created before the capture" in what for what in found.files[0].not_checked)


def test_what_is_never_answered_may_have_been_done() -> None:
    exchanges = [create(mpps()), set_(None, **COMPLETED)]
    found = found_in(exchanges, [set_(0x0110, PerformedProcedureStepDescription="CT")])
    assert list(broken(found)) == []
    assert any("unknown" in what for what in found.files[0].not_checked)


def ups() -> Dataset:
    """Return what an N-CREATE of UPS shall have."""
    made = data_set(
        TransactionUID="",
        ScheduledProcedureStepPriority="MEDIUM",
        ProcedureStepLabel="Read",
        WorklistLabel="W",
        ScheduledProcessingParametersSequence=[],
        ScheduledStationNameCodeSequence=[],
        ScheduledStationClassCodeSequence=[],
        ScheduledStationGeographicLocationCodeSequence=[],
        ScheduledProcedureStepStartDateTime="20261128120000",
        ScheduledWorkitemCodeSequence=[],
        CommentsOnTheScheduledProcedureStep="",
        InputReadinessState="READY",
        InputInformationSequence=[],
        PatientName="Doe^Jane",
        PatientID="P1",
        IssuerOfPatientID="",
        IssuerOfPatientIDQualifiersSequence=[],
        OtherPatientIDsSequence=[],
        PatientBirthDate="",
        PatientSex="",
        AdmissionID="",
        IssuerOfAdmissionIDSequence=[],
        AdmittingDiagnosesDescription="",
        AdmittingDiagnosesCodeSequence=[],
        ReferencedRequestSequence=[],
        ProcedureStepState="SCHEDULED",
        ProcedureStepProgressInformationSequence=[],
        UnifiedProcedureStepPerformedProcedureSequence=[],
    )
    return made


def of_states(found: Audit) -> list[tuple[str, str]]:
    return [(kind, rule) for kind, rule, _ in broken(found) if rule.startswith("state-")]


def test_a_ups_that_goes_through_its_states() -> None:
    """Table CC.1.1-2; what the SCP adds itself is not missed."""
    code = data_set(CodeValue="1", CodingSchemeDesignator="99X", CodeMeaning="Read")
    performed = data_set(
        PerformedStationNameCodeSequence=[code],
        PerformedProcedureStepStartDateTime="20261128120000",
        PerformedWorkitemCodeSequence=[code],
        PerformedProcedureStepEndDateTime="20261128130000",
        OutputInformationSequence=[data_set(TypeOfInstances="DICOM")],
    )
    exchanges = [
        create(ups(), sop_class=UPS),
        change_state("IN PROGRESS"),
        set_(
            sop_class=UPS,
            TransactionUID="1.2.9",
            UnifiedProcedureStepPerformedProcedureSequence=[performed],
        ),
        change_state("COMPLETED"),
    ]
    found = found_in(exchanges, context=UPS)
    assert of_states(found) == []
    states = [each.state for each in found.associations[0].messages if each.state]
    assert states == ["SCHEDULED", "IN PROGRESS", "IN PROGRESS", "COMPLETED"]
    assert [each for each in broken(found) if each[0].startswith("N-ACTION")] == []


@pytest.mark.parametrize(
    ("exchange", "rules"),
    [
        (change_state("COMPLETED", "1.2.8", 0xC301), [("N-ACTION-RQ", "state-transition")]),
        (
            change_state("COMPLETED", "1.2.8", 0x0000),
            [("N-ACTION-RQ", "state-transition"), ("N-ACTION-RSP", "state-transition")],
        ),
        (change_state("COMPLETED", "1.2.9", 0x0000), [("N-ACTION-RSP", "state-transition")]),
        (change_state("COMPLETED", "1.2.9", 0xC304), []),
        (change_state("IN PROGRESS", "1.2.9", 0xC302), [("N-ACTION-RQ", "state-transition")]),
    ],
)
def test_a_ups_is_its_owners(exchange: Exchange, rules: list[tuple[str, str]]) -> None:
    """Only with the Transaction UID, and complete only with what COMPLETED wants (C304)."""
    before = [create(ups(), sop_class=UPS), change_state("IN PROGRESS")]
    assert of_states(found_in([*before, exchange], context=UPS)) == rules


def test_whether_there_is_an_instance_its_server_knows_better() -> None:
    """An N-CREATE was refused, and the instance may be there from before."""
    exchanges = [create(mpps(), 0x0110), set_(0, PerformedProcedureStepDescription="CT")]
    assert list(broken(found_in(exchanges))) == [("N-SET-RQ", "state-transition", STATUS)]


def test_the_state_is_told_with_the_response() -> None:
    exchanges = [create(mpps()), set_(0x0110, **ONLY_COMPLETED)]
    labels = [label_of(each) for each in found_in(exchanges).associations[0].messages]
    assert labels[1] == "N-CREATE-RSP 1, 0000H Success, now IN PROGRESS, 0.5 ms"
    assert ", still IN PROGRESS, " in labels[3]
