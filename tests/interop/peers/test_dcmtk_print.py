"""Print management with DCMTK: N-CREATE, N-SET, N-GET, N-ACTION, N-DELETE and N-EVENT-REPORT."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pydicom.datadict import tag_for_keyword
from pydicom.dataset import Dataset
from pydicom.tag import BaseTag
from pydicom.uid import UID
from pynetdicom.association import Association

from . import printing, programs
from .answers import SUCCESS
from .conftest import Wire
from .dcmtk import Dcmtk
from .ours import associate, serve
from .printing import Printer
from .samples import instance_uid, save_images
from .sop_classes import (
    FILM_BOX,
    FILM_SESSION,
    IMAGE_BOX,
    PRESENTATION_LUT,
    PRINT_META,
    PRINTER,
    PRINTER_INSTANCE,
    VERIFICATION,
)

pytestmark = pytest.mark.peers
NOBODY = instance_uid(999)
PRINTER_STATUS = [BaseTag(0x21100010)]


@contextmanager
def dcmprscp(dcmtk: Dcmtk, wire: Wire, omit_sop_class: bool = False) -> Iterator[Association]:
    """Run DCMTK's printer and associate with it."""
    port = programs.free_port()
    options = printing.configure(dcmtk.folder, port, omit_sop_class)
    classes = (PRINT_META, PRESENTATION_LUT, VERIFICATION)
    with (
        programs.server("dcmprscp", *options, port=port, folder=dcmtk.folder),
        associate(wire.to(dcmtk["dcmprscp"], port), *classes, title=printing.NAME) as us,
    ):
        yield us


def session_and_box(us: Association) -> tuple[UID, UID, UID]:
    """Create a film session and a film box; return their UIDs and that of the image box."""
    session = create(us, printing.film_session(), FILM_SESSION)
    status, attributes = us.send_n_create(
        printing.film_box(session), FILM_BOX, instance_uid(502), meta_uid=PRINT_META
    )
    assert status.Status == SUCCESS
    assert attributes is not None
    (item,) = attributes.ReferencedImageBoxSequence
    return session, UID(instance_uid(502)), item.ReferencedSOPInstanceUID


def create(us: Association, attributes: Dataset, sop_class: UID) -> UID:
    """Create an instance whose UID we choose."""
    uid = UID(instance_uid(500))
    status, _ = us.send_n_create(attributes, sop_class, uid, meta_uid=PRINT_META)
    assert status.Status == SUCCESS
    return uid


@pytest.mark.parametrize("omit_sop_class", [False, True])
def test_dcmprscp_prints_our_film(omit_sop_class: bool, dcmtk: Dcmtk, wire: Wire) -> None:
    with dcmprscp(dcmtk, wire, omit_sop_class) as us:
        session, box, shown = session_and_box(us)
        for done in (
            us.send_n_set(printing.image_box(), IMAGE_BOX, shown, meta_uid=PRINT_META),
            us.send_n_set(printing.film_session(), FILM_SESSION, session, meta_uid=PRINT_META),
            us.send_n_action(None, 1, FILM_BOX, box, meta_uid=PRINT_META),
        ):
            assert done[0].Status == SUCCESS
        for sop_class, uid in ((FILM_BOX, box), (FILM_SESSION, session)):
            assert us.send_n_delete(sop_class, uid, meta_uid=PRINT_META).Status == SUCCESS
    assert wire.said().count("N-CREATE-RSP") == 2


def test_dcmprscp_warns_of_a_film_without_images(dcmtk: Dcmtk, wire: Wire) -> None:
    with dcmprscp(dcmtk, wire) as us:
        _, box, _ = session_and_box(us)
        assert us.send_n_action(None, 1, FILM_BOX, box, meta_uid=PRINT_META)[0].Status == 0xB603
    assert wire.said()[-1] == "N-ACTION-RSP"


def test_dcmprscp_names_what_we_create_without_a_name(dcmtk: Dcmtk, wire: Wire) -> None:
    with dcmprscp(dcmtk, wire) as us:
        made = us.send_n_create(printing.film_session(), FILM_SESSION, None, meta_uid=PRINT_META)
        assert made[0].Status == SUCCESS
    assert wire.said() == ["N-CREATE-RQ", "N-CREATE-RSP"]


def test_dcmprscp_tells_how_it_is(dcmtk: Dcmtk, wire: Wire) -> None:
    # Without a list it tells everything: `send_n_get` takes that, though its signature does not.
    asked: Any
    with dcmprscp(dcmtk, wire) as us:
        for asked in (PRINTER_STATUS, [*PRINTER_STATUS, BaseTag(0x21100020)], None):
            status, told = us.send_n_get(asked, PRINTER, PRINTER_INSTANCE, meta_uid=PRINT_META)
            assert status.Status == SUCCESS
            assert told is not None
            assert told.PrinterStatus == "NORMAL"
    assert wire.said() == ["N-GET-RQ", "N-GET-RSP"] * 3


def test_dcmprscp_takes_a_presentation_lut(dcmtk: Dcmtk, wire: Wire) -> None:
    lut = Dataset()
    lut.PresentationLUTShape = "IDENTITY"
    with dcmprscp(dcmtk, wire) as us:
        status, _ = us.send_n_create(lut, PRESENTATION_LUT, instance_uid(503))
        assert status.Status == SUCCESS
        assert us.send_n_delete(PRESENTATION_LUT, instance_uid(503)).Status == SUCCESS
    assert wire.said() == ["N-CREATE-RQ", "N-CREATE-RSP", "N-DELETE-RQ", "N-DELETE-RSP"]


def test_dcmprscp_refuses_what_it_cannot_do(dcmtk: Dcmtk, wire: Wire) -> None:
    wrong = Dataset()
    wrong.MagnificationType = "LARGER"
    upside_down = printing.image_box()
    upside_down.Polarity = "UPSIDE DOWN"
    foreign = Dataset()
    foreign.PatientName = "Nobody"
    with dcmprscp(dcmtk, wire) as us:
        session, box, shown = session_and_box(us)
        refused = [
            us.send_n_set(upside_down, IMAGE_BOX, shown, meta_uid=PRINT_META)[0],
            us.send_n_get(PRINTER_STATUS, PRINTER, NOBODY, meta_uid=PRINT_META)[0],
            us.send_n_get([BaseTag(0x00100010)], PRINTER, PRINTER_INSTANCE, meta_uid=PRINT_META)[0],
            us.send_n_set(wrong, FILM_BOX, box, meta_uid=PRINT_META)[0],
            us.send_n_set(foreign, FILM_BOX, box, meta_uid=PRINT_META)[0],
            us.send_n_set(wrong, FILM_BOX, NOBODY, meta_uid=PRINT_META)[0],
            us.send_n_action(None, 7, FILM_BOX, box, meta_uid=PRINT_META)[0],
            us.send_n_action(None, 1, FILM_BOX, NOBODY, meta_uid=PRINT_META)[0],
            us.send_n_create(wrong, FILM_BOX, None, meta_uid=PRINT_META)[0],
            us.send_n_create(printing.film_session(), FILM_SESSION, session, meta_uid=PRINT_META)[
                0
            ],
            us.send_n_create(printing.film_session(), IMAGE_BOX, None, meta_uid=PRINT_META)[0],
            us.send_n_delete(FILM_BOX, NOBODY, meta_uid=PRINT_META),
            us.send_n_delete(PRINTER, PRINTER_INSTANCE, meta_uid=PRINT_META),
        ]
    assert SUCCESS not in [status.Status for status in refused if status]
    assert wire.said().count("N-DELETE-RSP") == 2


@pytest.mark.parametrize("options", [("--label", "Films", "--copies", 1), ("--session-print",)])
def test_dcmprscu_prints_on_our_printer(
    options: tuple[object, ...], dcmtk: Dcmtk, wire: Wire
) -> None:
    assert spool(dcmtk, wire, Printer(), *options)[-1] == "N-DELETE-RSP"


@pytest.mark.parametrize("service", ["N-CREATE", "N-SET", "N-ACTION"])
def test_dcmprscu_takes_the_events_of_our_printer(service: str, dcmtk: Dcmtk, wire: Wire) -> None:
    printer = Printer(reports_before=service)
    said = spool(dcmtk, wire, printer)
    assert "N-EVENT-REPORT-RSP" in said
    assert set(printer.reported) == {SUCCESS}


def test_dcmprscu_prints_on_our_printer_that_checks_by_the_tables(dcmtk: Dcmtk, wire: Wire) -> None:
    printer = Printer(checks=True)
    assert spool(dcmtk, wire, printer, "--label", "Films")[-1] == "N-DELETE-RSP"
    assert printer.refused == []
    assert {"N-CREATE", "N-SET", "N-ACTION"} == set(printer.checked)


def test_dcmprscu_prints_no_film_whose_box_our_printer_refuses(dcmtk: Dcmtk, wire: Wire) -> None:
    printer = Printer(checks=True, loses="ImageDisplayFormat")
    said = spool(dcmtk, wire, printer, "--label", "Films")
    (refused,) = printer.refused
    assert refused.Status == 0x0120
    assert refused.AttributeIdentifierList == tag_for_keyword("ImageDisplayFormat")
    assert "N-ACTION-RQ" not in said


def spool(dcmtk: Dcmtk, wire: Wire, printer: Printer, *options: object) -> list[str]:
    """Have dcmprscu print an image on our printer; return the messages."""
    with serve(PRINT_META, PRESENTATION_LUT, handlers=printer.handlers) as port:
        chosen = printing.configure(dcmtk.folder, wire.back(dcmtk["dcmprscu"], port))
        dcmtk.run("dcmpsprt", *chosen, *save_images(dcmtk.folder / "images", 1))
        (job,) = (dcmtk.folder / "database").glob("SP_*.dcm")
        dcmtk.run("dcmprscu", *chosen, *options, job)
        return wire.said()
