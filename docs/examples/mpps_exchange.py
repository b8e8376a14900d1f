"""A modality creates an MPPS at a server that takes only what the SOP class asks.

Run this file

    python -m dimse_primitives.contrib.pynetdicom docs/examples/mpps_exchange.py
"""

import logging
from datetime import datetime

from dimse_primitives.contrib.pynetdicom import refusal
from pydicom.dataset import Dataset
from pynetdicom import AE, evt
from pynetdicom.sop_class import ModalityPerformedProcedureStep

logging.basicConfig(format="%(name)s: %(message)s")
STEPS: dict[str, Dataset] = {}


def on_create(event: evt.Event) -> tuple[object, Dataset | None]:
    """Create a step, if there is nothing against it."""
    uid = event.request.AffectedSOPInstanceUID
    refused = refusal(event, state=STEPS.get(uid, ""))
    if refused is not None:
        return refused
    STEPS[uid] = event.attribute_list
    return 0x0000, event.attribute_list


def on_set(event: evt.Event) -> tuple[object, Dataset | None]:
    """Change a step, if there is nothing against it."""
    uid = event.request.RequestedSOPInstanceUID
    refused = refusal(event, state=STEPS.get(uid, ""))
    if refused is not None:
        return refused
    STEPS[uid].update(event.modification_list)
    return 0x0000, event.modification_list


HANDLERS = [(evt.EVT_N_CREATE, on_create), (evt.EVT_N_SET, on_set)]


def step() -> Dataset:
    """Return what an N-CREATE shall have: Table F.7.2-1, the rows with 1 and 2."""
    scheduled = Dataset()
    scheduled.StudyInstanceUID = "1.2.3"
    scheduled.ReferencedStudySequence = []
    scheduled.AccessionNumber = "A1"
    scheduled.RequestedProcedureID = "R1"
    scheduled.RequestedProcedureDescription = ""
    scheduled.ScheduledProcedureStepID = "S1"
    scheduled.ScheduledProcedureStepDescription = ""
    scheduled.ScheduledProtocolCodeSequence = []
    now = datetime(2026, 11, 28, 12, 0)
    made = Dataset()
    made.ScheduledStepAttributesSequence = [scheduled]
    made.PatientName = "Doe^Jane"
    made.PatientID = "P1"
    made.PatientBirthDate = ""
    made.PatientSex = ""
    made.ReferencedPatientSequence = []
    made.PerformedProcedureStepID = "PPS1"
    made.PerformedStationAETitle = "CT1"
    made.PerformedStationName = ""
    made.PerformedLocation = ""
    made.PerformedProcedureStepStartDate = now.strftime("%Y%m%d")
    made.PerformedProcedureStepStartTime = now.strftime("%H%M%S")
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


def main() -> None:
    """Let a modality try three requests."""
    ris = AE(ae_title="RIS")
    ris.add_supported_context(ModalityPerformedProcedureStep)
    server = ris.start_server(("127.0.0.1", 0), block=False, evt_handlers=HANDLERS)
    modality = AE(ae_title="CT1")
    modality.add_requested_context(ModalityPerformedProcedureStep)
    assoc = modality.associate("127.0.0.1", server.socket.getsockname()[1])

    first = step()
    del first.PatientID
    status, _ = assoc.send_n_create(first, ModalityPerformedProcedureStep, "1.2.3.4")
    print("without Patient ID:", f"{status.Status:04X}H", status.get("AttributeIdentifierList"))
    status, _ = assoc.send_n_create(step(), ModalityPerformedProcedureStep, "1.2.3.4")
    print("with it:", f"{status.Status:04X}H")

    done = Dataset()
    done.PerformedProcedureStepStatus = "COMPLETED"
    status, _ = assoc.send_n_set(done, ModalityPerformedProcedureStep, "1.2.3.4")
    print("completed without an end:", f"{status.Status:04X}H")
    assoc.release()
    server.shutdown()


if __name__ == "__main__":
    main()
