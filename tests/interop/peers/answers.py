"""What we answer when a peer asks: handlers for servers of ours, and for our own retrievals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic, sleep
from typing import TypeAlias

from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian
from pynetdicom.events import Event
from pynetdicom.presentation import build_context

from .ours import NOTES
from .samples import PATIENT, image, query
from .sop_classes import SECONDARY_CAPTURE

Answers: TypeAlias = Iterator[tuple[int, Dataset | None]]
PENDING, SUCCESS, CANCELED = 0xFF00, 0x0000, 0xFE00
_PATIENCE = 10.0
_CONTEXTS = [build_context(SECONDARY_CAPTURE, ExplicitVRLittleEndian)]


def store(event: Event) -> int:
    """Answer C-STORE: everything is stored."""
    return SUCCESS


def fail(event: Event) -> int:
    """Answer C-STORE: nothing is stored."""
    return 0xA700


def matches(count: int) -> Callable[[Event], Answers]:
    """Answer C-FIND with that many matches."""

    def handle(event: Event) -> Answers:
        for number in range(1, count + 1):
            yield PENDING, query("STUDY", PatientName=PATIENT, StudyID=str(number))

    return handle


def matches_until_canceled(event: Event) -> Answers:
    """Answer C-FIND with one match; end when the peer cancels."""
    yield PENDING, query("STUDY", PatientName=PATIENT)
    yield wait_for_cancel(event), None


def refuse(event: Event) -> Answers:
    """Answer C-FIND with a failure."""
    yield 0xA700, None


def images(count: int) -> Callable[[Event], Iterator[object]]:
    """Answer C-GET with that many images."""

    def handle(event: Event) -> Iterator[object]:
        yield count
        for number in range(1, count + 1):
            yield PENDING, image(number)

    return handle


def images_to(port: int, count: int) -> Callable[[Event], Iterator[object]]:
    """Answer C-MOVE: that many images to the destination on `port`."""

    def handle(event: Event) -> Iterator[object]:
        yield "127.0.0.1", port, {"contexts": _CONTEXTS, "evt_handlers": NOTES}
        yield from images(count)(event)

    return handle


def images_until_canceled(port: int) -> Callable[[Event], Iterator[object]]:
    """Answer C-MOVE: of three images one to the destination on `port`; end when it is canceled."""

    def handle(event: Event) -> Iterator[object]:
        yield "127.0.0.1", port, {"contexts": _CONTEXTS, "evt_handlers": NOTES}
        yield 3
        yield PENDING, image(1)
        yield wait_for_cancel(event), None

    return handle


def wait_for_cancel(event: Event) -> int:
    """Return the status for a service that its user has canceled, as soon as it is."""
    deadline = monotonic() + _PATIENCE
    while not event.is_cancelled:
        assert monotonic() < deadline, "no C-CANCEL came"
        sleep(0.01)
    return CANCELED
