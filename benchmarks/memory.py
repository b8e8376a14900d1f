"""What an N-GET primitive with four parameters holds, in bytes.

Invariant: a figure is the growth of all traced memory over `COUNT` instances kept alive. Values
that the caller keeps anyway (constants) count for nobody unless a primitive copies them.

The figure of pynetdicom is its best: CPython keeps attributes without a dict as long as the first
thirty instances of a class set the same ones. In a process that made thirty responses first, a
request of pynetdicom takes some 190 bytes more; ours, with slots, has no history.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator

from dimse_primitives import N_GET
from pydicom.tag import Tag
from pydicom.uid import UID
from pynetdicom.dimse_primitives import N_GET as THEIR_N_GET

from .measure import undisturbed
from .primitives import MESSAGE_ID, SOP_CLASS, SOP_INSTANCE, TAGS
from .result import Measure, Result, Unit

COUNT = 20_000
SHARED_CLASS = UID(SOP_CLASS)
SHARED_INSTANCE = UID(SOP_INSTANCE)
SHARED_TAGS = [Tag(tag) for tag in TAGS]


def measure_memory() -> Iterator[Result]:
    """Make many primitives, of values that are shared and of values of their own."""
    shared = bytes_each(lambda _: _shared(N_GET())), bytes_each(lambda _: _shared(THEIR_N_GET()))
    yield _result("memory: shared UID and tag objects", *shared, 0.5)
    plain = bytes_each(lambda _: _plain(N_GET())), bytes_each(lambda _: _plain(THEIR_N_GET()))
    yield _result("memory: shared str and int", *plain, 0.5)
    own = bytes_each(lambda n: _own(N_GET(), n)), bytes_each(lambda n: _own(THEIR_N_GET(), n))
    yield _result("memory: own values", *own)


def bytes_each(make: Callable[[int], object], count: int = COUNT) -> float:
    """Return the bytes that one of `count` objects takes; `make` gets numbers from 1000 on."""
    kept: list[object] = [None] * count
    with undisturbed():
        tracemalloc.start()
        try:
            before, _ = tracemalloc.get_traced_memory()
            for number in range(count):
                kept[number] = make(1000 + number)
            after, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    return (after - before) / count


def _result(name: str, ours: float, theirs: float, limit: float | None = None) -> Result:
    return Result(name, ours, theirs, Unit.BYTES, Measure.SHARE, limit)


def _shared(primitive: N_GET | THEIR_N_GET) -> N_GET | THEIR_N_GET:
    primitive.MessageID = MESSAGE_ID
    primitive.RequestedSOPClassUID = SHARED_CLASS
    primitive.RequestedSOPInstanceUID = SHARED_INSTANCE
    primitive.AttributeIdentifierList = SHARED_TAGS
    return primitive


def _plain(primitive: N_GET | THEIR_N_GET) -> N_GET | THEIR_N_GET:
    primitive.MessageID = MESSAGE_ID
    primitive.RequestedSOPClassUID = SOP_CLASS
    primitive.RequestedSOPInstanceUID = SOP_INSTANCE
    primitive.AttributeIdentifierList = TAGS
    return primitive


def _own(primitive: N_GET | THEIR_N_GET, number: int) -> N_GET | THEIR_N_GET:
    primitive.MessageID = number
    primitive.RequestedSOPClassUID = _class(number)
    primitive.RequestedSOPInstanceUID = _instance(number)
    primitive.AttributeIdentifierList = TAGS
    return primitive


def _class(number: int) -> str:
    return f"{SOP_CLASS}.{10_000 + number}"


def _instance(number: int) -> str:
    return f"{SOP_INSTANCE[:-5]}{10_000 + number}"
