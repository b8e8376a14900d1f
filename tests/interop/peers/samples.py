"""DICOM objects of nobody: what is stored, searched and printed."""

from __future__ import annotations

from pathlib import Path

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage

from .sop_classes import WORKLIST_FIND

# Below the root that pydicom gives to everybody; constant, so that a run repeats the one before.
_ROOT = "1.2.826.0.1.3680043.8.498.7"
STUDY, SERIES = f"{_ROOT}.1", f"{_ROOT}.2"
PATIENT = "Interop^Peer"


def instance_uid(number: int) -> str:
    """Return the SOP Instance UID of an image."""
    return f"{_ROOT}.3.{number}"


def image(number: int = 1, side: int = 16) -> Dataset:
    """Return an image of one grey ramp, ready to be saved."""
    made = Dataset()
    made.SOPClassUID = SecondaryCaptureImageStorage
    made.SOPInstanceUID = instance_uid(number)
    made.StudyInstanceUID, made.SeriesInstanceUID = STUDY, SERIES
    made.StudyID, made.SeriesNumber, made.InstanceNumber = "1", 1, number
    made.StudyDate = made.StudyTime = made.AccessionNumber = ""
    made.PatientName, made.PatientID = PATIENT, "PEER-1"
    made.PatientBirthDate = made.PatientSex = made.ReferringPhysicianName = ""
    made.Modality, made.ConversionType = "OT", "SYN"
    made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
    made.Rows = made.Columns = side
    made.BitsAllocated = made.BitsStored = 8
    made.HighBit, made.PixelRepresentation = 7, 0
    made.PixelData = bytes(range(side)) * side
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    return made


def save_images(folder: Path, count: int) -> list[Path]:
    """Write images number 1 to `count` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"image{number}.dcm" for number in range(1, count + 1)]
    for number, path in enumerate(paths, 1):
        image(number).save_as(path, enforce_file_format=True)
    return paths


def query(level: str, **keys: str) -> Dataset:
    """Return the Identifier of a query for the study of the images."""
    made = Dataset()
    made.QueryRetrieveLevel = level
    made.StudyInstanceUID = STUDY
    if level in ("SERIES", "IMAGE"):
        made.SeriesInstanceUID = SERIES
    if level == "IMAGE":
        made.SOPInstanceUID = ""
    for keyword, value in keys.items():
        setattr(made, keyword, value)
    return made


def scheduled(patient: str) -> Dataset:
    """Return a scheduled procedure step of `patient`, or the Identifier of a query for them."""
    step = Dataset()
    step.Modality, step.ScheduledStationAETitle = ("OT", "US") if patient else ("", "")
    step.ScheduledProcedureStepStartDate = "20300101" if patient else ""
    step.ScheduledProcedureStepStartTime = "120000" if patient else ""
    step.ScheduledPerformingPhysicianName = ""
    step.ScheduledProcedureStepDescription = step.ScheduledProcedureStepID = "1" if patient else ""
    made = Dataset()
    made.PatientName, made.PatientID = patient, "PEER-1" if patient else ""
    made.AccessionNumber = made.RequestedProcedureID = "1" if patient else ""
    made.RequestedProcedureDescription = "Ramp" if patient else ""
    made.StudyInstanceUID = STUDY if patient else ""
    made.ScheduledProcedureStepSequence = [step]
    return made


def save_worklist(folder: Path, count: int) -> None:
    """Write that many scheduled procedure steps into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        made = scheduled(PATIENT)
        made.SOPClassUID, made.SOPInstanceUID = WORKLIST_FIND, instance_uid(900 + number)
        made.file_meta = FileMetaDataset()
        made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        made.save_as(folder / f"step{number}.wl", enforce_file_format=True)
