"""Print management: what DCMTK's printer and spooler need, and a printer of ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from dimse_primitives.contrib.pynetdicom import refusal
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, ImplicitVRLittleEndian
from pynetdicom import evt
from pynetdicom.association import Association

from .samples import image, instance_uid
from .sop_classes import FILM_BOX, FILM_SESSION, IMAGE_BOX, PRINT_META, PRINTER, PRINTER_INSTANCE

NAME = "PRINTER"
_CONFIGURATION = r"""
[[GENERAL]]
[APPLICATION]
LogDirectory = log
[PRINT]
Directory = spool
DeletePrintJobs = true
[DATABASE]
Directory = database
[LUT]
Directory = lut
[NETWORK]
aetitle = SPOOLER
[[COMMUNICATION]]
[{name}]
Aetitle = {name}
Description = Printer
Hostname = 127.0.0.1
Port = {port}
Type = LOCALPRINTER
DisplayFormat = 1,1\1,2
FilmSizeID = 8INX10IN\14INX17IN
FilmDestination = MAGAZINE\PROCESSOR
MediumType = PAPER\CLEAR FILM
MagnificationType = REPLICATE\BILINEAR
MaxDensity = 320
OmitSOPClassUIDFromCreateResponse = {omit}
SupportsPresentationLUT = true
PresentationLUTinFilmSession = false
PresentationLUTMatchRequired = false
"""


def configure(folder: Path, port: int, omit_sop_class: bool = False) -> tuple[str, ...]:
    """Write what a program that prints needs into `folder`; return its options."""
    for name in ("database", "spool", "log", "lut"):
        (folder / name).mkdir(exist_ok=True)
    words = {"name": NAME, "port": port, "omit": str(omit_sop_class).lower()}
    (folder / "print.cfg").write_text(_CONFIGURATION.format(**words), "ascii")
    return ("-c", "print.cfg", "-p", NAME)


def film_session() -> Dataset:
    """Return the attributes of a film session."""
    made = Dataset()
    made.NumberOfCopies, made.PrintPriority, made.MediumType = 1, "LOW", "PAPER"
    return made


def film_box(session: UID | str) -> Dataset:
    """Return the attributes of a film box of one image in `session`."""
    made = Dataset()
    made.ImageDisplayFormat, made.FilmOrientation = "STANDARD\\1,1", "PORTRAIT"
    made.FilmSizeID, made.MagnificationType = "8INX10IN", "REPLICATE"
    made.ReferencedFilmSessionSequence = [reference(FILM_SESSION, session)]
    return made


def image_box() -> Dataset:
    """Return the attributes that put an image on the film."""
    shown = image()
    kept = ("SamplesPerPixel", "PhotometricInterpretation", "Rows", "Columns", "BitsAllocated")
    more = ("BitsStored", "HighBit", "PixelRepresentation", "PixelData")
    item = Dataset()
    for keyword in (*kept, *more):
        setattr(item, keyword, shown[keyword].value)
    made = Dataset()
    made.ImageBoxPosition, made.Polarity = 1, "NORMAL"
    made.BasicGrayscaleImageSequence = [item]
    return made


def reference(sop_class: UID, instance: UID | str) -> Dataset:
    """Return the item of a sequence that refers to an instance."""
    made = Dataset()
    made.ReferencedSOPClassUID, made.ReferencedSOPInstanceUID = sop_class, instance
    return made


def printer_status() -> Dataset:
    """Return the attributes of a printer that works."""
    made = Dataset()
    made.PrinterStatus, made.PrinterStatusInfo, made.PrinterName = "NORMAL", "NORMAL", NAME
    return made


Answer: TypeAlias = tuple[int, Dataset | None]


@dataclass
class Printer:
    """A printer of ours, which reports an event of itself before it answers `reports_before`.

    One that `checks` holds what it is sent against the tables of PS3.4, and refuses it by them; it
    takes the attribute `loses` out of that before.
    """

    reports_before: str = ""
    reported: list[int] = field(default_factory=list)
    checks: bool = False
    loses: str = ""
    checked: list[str] = field(default_factory=list)
    refused: list[Dataset] = field(default_factory=list)

    @property
    def handlers(self) -> list[tuple[Any, Callable[..., Any]]]:
        """What it does for the services of print management."""
        return [
            (evt.EVT_N_CREATE, self._create),
            (evt.EVT_N_SET, self._set),
            (evt.EVT_N_GET, self._get),
            (evt.EVT_N_ACTION, self._action),
            (evt.EVT_N_DELETE, self._delete),
        ]

    def _refuses(self, event: Any) -> tuple[Dataset, None] | None:
        """Return the refusal of a request that is not as its SOP class wants it."""
        if not self.checks:
            return None
        request = event.request
        self.checked.append(request.msg_type)
        if self.loses and getattr(request, "AttributeList", None):
            implicit = event.context.transfer_syntax == ImplicitVRLittleEndian
            attributes = event.attribute_list
            if self.loses in attributes:
                delattr(attributes, self.loses)
            request.AttributeList = BytesIO()
            attributes.save_as(request.AttributeList, implicit_vr=implicit, little_endian=True)
        refused = refusal(event)
        self.refused += [refused[0]] if refused else []
        return refused

    def _create(self, event: Any) -> Answer | tuple[Dataset, None]:
        self._report("N-CREATE", event.assoc)
        if refused := self._refuses(event):
            return refused
        made: Dataset = event.attribute_list
        if event.request.AffectedSOPClassUID == FILM_BOX:
            made.ReferencedImageBoxSequence = Sequence([reference(IMAGE_BOX, instance_uid(501))])
        if event.request.AffectedSOPInstanceUID is None:
            # The number of the message is one of this association, as an instance is.
            made.AffectedSOPInstanceUID = instance_uid(600 + event.request.MessageID)
        return 0x0000, made

    def _set(self, event: Any) -> Answer | tuple[Dataset, None]:
        self._report("N-SET", event.assoc)
        if refused := self._refuses(event):
            return refused
        return 0x0000, event.modification_list

    def _get(self, event: Any) -> Answer:
        return 0x0000, printer_status()

    def _action(self, event: Any) -> Answer | tuple[Dataset, None]:
        self._report("N-ACTION", event.assoc)
        if refused := self._refuses(event):
            return refused
        return 0x0000, None

    def _delete(self, event: Any) -> int:
        return 0x0000

    def _report(self, service: str, peer: Association) -> None:
        if service == self.reports_before:
            status, _ = peer.send_n_event_report(
                printer_status(), 1, PRINTER, PRINTER_INSTANCE, meta_uid=PRINT_META
            )
            self.reported.append(status.Status)
