"""N-GET: what a primitive costs to make, to check, and to ask whether it is valid.

Invariant: both sides get the same values, given as a caller has them (numbers and plain strings),
and both look at the length and the syntax of the UIDs. pynetdicom does so when a UID is set. Ours
checks the length there and the syntax in `request_violations`, which is therefore timed with it.
pynetdicom is as it comes: like ours, it refuses a UID that is too long and keeps a malformed one,
which it reports with a warning. For well-formed UIDs it logs nothing, so nothing is silenced.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat

from dimse_primitives import N_GET
from pynetdicom.dimse_primitives import N_GET as THEIR_N_GET

from .measure import Batch, fastest
from .result import Measure, Result, Unit

MESSAGE_ID = 7
SOP_CLASS = "1.2.840.10008.3.1.2.3.3"
SOP_INSTANCE = "1.2.826.0.1.3680043.8.498.45787841905188114249679014262163034441"
TAGS = [0x00100010, 0x00400244]


def measure_construct() -> Iterator[Result]:
    """Make an N-GET request of four parameters, in every way there is."""
    cases: tuple[tuple[str, Batch, float | None], ...] = (
        ("construct: set 4, check", set_and_check, 5),
        ("construct: keywords, check", pass_and_check, 5),
        ("construct: N_GET.request(), check", request_and_check, None),
        ("construct: set 4, no check", set_ours, None),
        ("construct: keywords, no check", pass_ours, None),
    )
    theirs, *ours = fastest([set_theirs, *(batch for _, batch, _ in cases)])
    for (name, _, limit), each in zip(cases, ours, strict=True):
        yield Result(name, each, theirs, Unit.NANOSECONDS, Measure.TIMES, limit)


def measure_valid() -> Iterator[Result]:
    """Ask a valid N-GET request whether it is one."""
    theirs, ours = fastest([ask_theirs(), ask_ours()])
    yield Result("valid: is_valid_request", ours, theirs, Unit.NANOSECONDS, Measure.TIMES, 3)


def set_theirs(count: int) -> THEIR_N_GET:
    primitive = THEIR_N_GET()
    for _ in repeat(None, count):
        primitive = THEIR_N_GET()
        primitive.MessageID = MESSAGE_ID
        primitive.RequestedSOPClassUID = SOP_CLASS
        primitive.RequestedSOPInstanceUID = SOP_INSTANCE
        primitive.AttributeIdentifierList = TAGS  # type: ignore[assignment]  # it takes int
    return primitive


def set_ours(count: int) -> N_GET:
    primitive = N_GET()
    for _ in repeat(None, count):
        primitive = N_GET()
        primitive.MessageID = MESSAGE_ID
        primitive.RequestedSOPClassUID = SOP_CLASS
        primitive.RequestedSOPInstanceUID = SOP_INSTANCE
        primitive.AttributeIdentifierList = TAGS
    return primitive


def set_and_check(count: int) -> N_GET:
    primitive = N_GET()
    for _ in repeat(None, count):
        primitive = N_GET()
        primitive.MessageID = MESSAGE_ID
        primitive.RequestedSOPClassUID = SOP_CLASS
        primitive.RequestedSOPInstanceUID = SOP_INSTANCE
        primitive.AttributeIdentifierList = TAGS
        primitive.request_violations()
    return primitive


def pass_ours(count: int) -> N_GET:
    primitive = N_GET()
    for _ in repeat(None, count):
        primitive = N_GET(
            MessageID=MESSAGE_ID,
            RequestedSOPClassUID=SOP_CLASS,
            RequestedSOPInstanceUID=SOP_INSTANCE,
            AttributeIdentifierList=TAGS,
        )
    return primitive


def pass_and_check(count: int) -> N_GET:
    primitive = N_GET()
    for _ in repeat(None, count):
        primitive = N_GET(
            MessageID=MESSAGE_ID,
            RequestedSOPClassUID=SOP_CLASS,
            RequestedSOPInstanceUID=SOP_INSTANCE,
            AttributeIdentifierList=TAGS,
        )
        primitive.request_violations()
    return primitive


def request_and_check(count: int) -> N_GET:
    primitive = N_GET()
    for _ in repeat(None, count):
        primitive = N_GET.request(
            MessageID=MESSAGE_ID,
            RequestedSOPClassUID=SOP_CLASS,
            RequestedSOPInstanceUID=SOP_INSTANCE,
            AttributeIdentifierList=TAGS,
        )
        primitive.request_violations()
    return primitive


def ask_ours() -> Batch:
    primitive = set_ours(1)

    def asked(count: int) -> bool:
        answer = False
        for _ in repeat(None, count):
            answer = primitive.is_valid_request
        return answer

    return asked


# Not one function for both: the interpreter specializes its code for the type that it meets.
def ask_theirs() -> Batch:
    primitive = set_theirs(1)

    def asked(count: int) -> bool:
        answer = False
        for _ in repeat(None, count):
            answer = primitive.is_valid_request
        return answer

    return asked
