"""The SOP classes and well-known instances of the exchanges, by the keywords of PS3.6 Annex A."""

from __future__ import annotations

from pydicom._uid_dict import UID_dictionary
from pydicom.uid import UID, SecondaryCaptureImageStorage

_BY_KEYWORD = {entry[4]: UID(uid) for uid, entry in UID_dictionary.items()}

SECONDARY_CAPTURE = SecondaryCaptureImageStorage
VERIFICATION = _BY_KEYWORD["Verification"]
WORKLIST_FIND = _BY_KEYWORD["ModalityWorklistInformationModelFind"]
PATIENT_FIND = _BY_KEYWORD["PatientRootQueryRetrieveInformationModelFind"]
STUDY_FIND = _BY_KEYWORD["StudyRootQueryRetrieveInformationModelFind"]
STUDY_GET = _BY_KEYWORD["StudyRootQueryRetrieveInformationModelGet"]
STUDY_MOVE = _BY_KEYWORD["StudyRootQueryRetrieveInformationModelMove"]
COMMITMENT = _BY_KEYWORD["StorageCommitmentPushModel"]
COMMITMENT_INSTANCE = _BY_KEYWORD["StorageCommitmentPushModelInstance"]
PRINT_META = _BY_KEYWORD["BasicGrayscalePrintManagementMeta"]
FILM_SESSION = _BY_KEYWORD["BasicFilmSession"]
FILM_BOX = _BY_KEYWORD["BasicFilmBox"]
IMAGE_BOX = _BY_KEYWORD["BasicGrayscaleImageBox"]
PRINTER = _BY_KEYWORD["Printer"]
PRINTER_INSTANCE = _BY_KEYWORD["PrinterInstance"]
PRESENTATION_LUT = _BY_KEYWORD["PresentationLUT"]
MPPS = _BY_KEYWORD["ModalityPerformedProcedureStep"]
