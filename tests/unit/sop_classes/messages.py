"""Messages and data sets that tests of SOP classes share."""

from __future__ import annotations

from io import BytesIO

from dimse_primitives import N_CREATE, N_SET
from dimse_primitives._rows import Violation
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_dataset

MPPS = "1.2.840.10008.3.1.2.3.3"
COMMITMENT = "1.2.840.10008.1.20.1"


def encode(data_set: Dataset) -> bytes:
    """Return a data set in Implicit VR Little Endian."""
    stream = DicomBytesIO()
    stream.is_implicit_VR, stream.is_little_endian = True, True
    write_dataset(stream, data_set)
    return stream.getvalue()


def mpps() -> Dataset:
    """Return what an N-CREATE of MPPS shall have, and nothing else."""
    step = Dataset()
    step.StudyInstanceUID = "1.2.3"
    step.ReferencedStudySequence = []
    step.AccessionNumber = "A1"
    step.RequestedProcedureID = "R1"
    step.RequestedProcedureDescription = ""
    step.ScheduledProcedureStepID = "S1"
    step.ScheduledProcedureStepDescription = ""
    step.ScheduledProtocolCodeSequence = []
    made = Dataset()
    made.ScheduledStepAttributesSequence = [step]
    made.PatientName = "Doe^Jane"
    made.PatientID = "P1"
    made.PatientBirthDate = ""
    made.PatientSex = ""
    made.ReferencedPatientSequence = []
    made.PerformedProcedureStepID = "PPS1"
    made.PerformedStationAETitle = "CT1"
    made.PerformedStationName = ""
    made.PerformedLocation = ""
    made.PerformedProcedureStepStartDate = "20261128"
    made.PerformedProcedureStepStartTime = "120000"
    made.PerformedProcedureStepStatus = "IN PROGRESS"
    made.PerformedProcedureStepDescription = ""
    made.PerformedProcedureTypeDescription = ""
    made.ProcedureCodeSequence = []
    made.PerformedProcedureStepEndDate = ""
    made.PerformedProcedureStepEndTime = ""
    made.Modality = "CT"
    made.StudyID = ""
    made.PerformedProtocolCodeSequence = []
    made.PerformedSeriesSequence = []
    return made


def create(data_set: Dataset, sop_class: str = MPPS) -> N_CREATE:
    """Return an N-CREATE request with `data_set`."""
    return N_CREATE.request(
        MessageID=1, AffectedSOPClassUID=sop_class, AttributeList=BytesIO(encode(data_set))
    )


def set_(data_set: Dataset, sop_class: str = MPPS) -> N_SET:
    """Return an N-SET request with `data_set`."""
    return N_SET.request(
        MessageID=2,
        RequestedSOPClassUID=sop_class,
        RequestedSOPInstanceUID="1.2.3.4",
        ModificationList=BytesIO(encode(data_set)),
    )


def rules(violations: tuple[Violation, ...]) -> list[tuple[str, str]]:
    """Return the rule and the path of each."""
    return [(each.rule, getattr(each, "path", "")) for each in violations]
