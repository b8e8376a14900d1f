"""From a primitive to bytes and back, every message: ours, by hand, pynetdicom, pydicom alone.

Invariant: all of them write the same bytes, and read them to the same values; that is looked at
before anything is timed. Each is called in the same loop, with what it needs and nothing else; the
code of the loop is not shared, because the interpreter specializes it for the function it calls.

Ours makes a UID of pydicom when it is read, the others make it when they decode. So "decode" is to
decode and then to read every UID of the message, for all but pydicom alone: what is compared ends
with the same objects in the hands of the caller. To decode and not to look is a line of its own.

pynetdicom's path is what `DIMSEMessage.encode_msg` and `decode_msg` do, less fragments and data
set: a message is made, filled from the primitive, and its command set encoded; a command set is
decoded, its Command Field says which message it is, and that makes the primitive. Its logging is
off. pydicom alone writes such a command set, and reads one without looking at its values.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import repeat
from operator import attrgetter
from types import FunctionType
from typing import Any

from dimse_primitives import decode
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.filereader import read_dataset
from pydicom.filewriter import write_dataset
from pynetdicom import dsutils
from pynetdicom.dimse_messages import _MESSAGE_TYPES, DIMSEMessage

from .codec_samples import Sample, samples
from .handwritten import HANDWRITTEN, Decode
from .measure import Batch, fastest
from .result import Measure, Result, Unit

ROUNDS = 80


def measure_encode() -> Iterator[Result]:
    """Encode a primitive of every message."""
    with _silent():
        for sample in samples():
            by_hand, _ = HANDWRITTEN[sample.message_type]
            batches = (
                _encodes(sample),
                _calls(by_hand, sample.primitive),
                _calls(encode_theirs, sample),
                _calls(write, _message(sample).command_set),
            )
            _require_equal(sample, [batch(1) for batch in batches])
            ours, *others = fastest(batches, ROUNDS)
            name = f"encode: {sample.message_type}"
            yield _by_hand(f"{name}, by hand", ours, others[0], 1.5)
            yield _times(f"{name}, pynetdicom", ours, others[1], 100)
            yield _times(f"{name}, pydicom alone", ours, others[2])


def measure_decode() -> Iterator[Result]:
    """Decode the command set of every message, and read its UIDs."""
    with _silent():
        for sample in samples():
            _, by_hand = HANDWRITTEN[sample.message_type]
            data = sample.encode(sample.primitive)
            alone = (_calls(decode, data), _calls(by_hand, data), _calls(decode_theirs, data))
            decoded = [
                decode(data).primitive,
                by_hand(data).primitive,
                decode_theirs(data),
                read(data),
            ]
            _require_equal(sample, [_values(sample, each) for each in decoded])
            name, uids = f"decode: {sample.message_type}", sample.uids
            and_uids = alone
            if uids:
                and_uids = (
                    _ours_and_uids(data, uids),
                    _by_hand_and_uids(by_hand, data, uids),
                    _theirs_and_uids(data, uids),
                )
            times = fastest([*and_uids, *alone[:2], _calls(read, data)], ROUNDS)
            ours, by_hand_time, theirs, ours_alone, by_hand_alone, pydicom = times
            yield _by_hand(f"{name}, by hand", ours, by_hand_time, 1.6)
            yield _times(f"{name}, pynetdicom", ours, theirs, 30)
            if uids:
                yield _by_hand(f"{name}, by hand, UIDs not read", ours_alone, by_hand_alone)
            yield _times(f"{name}, pydicom alone", ours_alone, pydicom)


def encode_theirs(sample: Sample) -> bytes | None:
    """Encode the primitive of pynetdicom as it does itself."""
    return dsutils.encode(_message(sample).command_set, True, True)


def decode_theirs(data: bytes) -> Any:
    """Decode to a primitive of pynetdicom as it does itself."""
    message = DIMSEMessage()
    message.encoded_command_set.write(data)
    message.command_set = dsutils.decode(message.encoded_command_set, True, True)
    message.__class__ = _MESSAGE_TYPES[message.command_set.CommandField][1]
    return message.message_to_primitive()


def write(command_set: Dataset) -> bytes:
    """Encode with pydicom alone."""
    stream = DicomBytesIO()
    stream.is_implicit_VR = True
    stream.is_little_endian = True
    write_dataset(stream, command_set)
    return stream.getvalue()


def read(data: bytes) -> Dataset:
    """Decode with pydicom alone; it converts a value when somebody asks for it."""
    return read_dataset(BytesIO(data), True, True)


def _message(sample: Sample) -> DIMSEMessage:
    message = sample.their_message()
    message.primitive_to_message(sample.theirs)
    return message


def _calls(function: Callable[[Any], object], argument: object) -> Batch:
    def batch(count: int) -> object:
        result = None
        for _ in repeat(None, count):
            result = function(argument)
        return result

    return _with_own_code(batch)


def _encodes(sample: Sample) -> Batch:
    """Return the batch that calls the method as its user does."""
    primitive = sample.primitive

    def requests(count: int) -> object:
        result = None
        for _ in repeat(None, count):
            result = primitive.encode_request()
        return result

    def responses(count: int) -> object:
        result = None
        for _ in repeat(None, count):
            result = primitive.encode_response()
        return result

    return _with_own_code(requests if sample.message_type.endswith("-RQ") else responses)


def _ours_and_uids(data: bytes, uids: tuple[str, ...]) -> Batch:
    """Return the batch that decodes, and reads `uids`; so do the two below."""
    read_uids = attrgetter(*uids)

    def batch(count: int) -> object:
        result = None
        for _ in repeat(None, count):
            result = read_uids(decode(data).primitive)
        return result

    return _with_own_code(batch)


def _by_hand_and_uids(by_hand: Decode, data: bytes, uids: tuple[str, ...]) -> Batch:
    read_uids = attrgetter(*uids)

    def batch(count: int) -> object:
        result = None
        for _ in repeat(None, count):
            result = read_uids(by_hand(data).primitive)
        return result

    return _with_own_code(batch)


def _theirs_and_uids(data: bytes, uids: tuple[str, ...]) -> Batch:
    read_uids = attrgetter(*uids)

    def batch(count: int) -> object:
        result = None
        for _ in repeat(None, count):
            result = read_uids(decode_theirs(data))
        return result

    return _with_own_code(batch)


def _with_own_code(batch: Batch) -> Batch:
    """Return `batch` with a copy of its code, which nothing else has called anything with."""
    return FunctionType(
        batch.__code__.replace(), batch.__globals__, batch.__name__, None, batch.__closure__
    )


@contextmanager
def _silent() -> Iterator[None]:
    """Keep pynetdicom from logging, as an application does that has no use for it."""
    logger = logging.getLogger("pynetdicom")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _require_equal(sample: Sample, results: Sequence[object]) -> None:
    if any(result != results[0] for result in results):
        raise AssertionError(f"{sample.message_type}: these differ: {results}")


def _values(sample: Sample, decoded: object) -> dict[str, object]:
    """Return the values of the command elements, in a primitive or in a data set of pydicom."""
    return {
        keyword: getattr(decoded, keyword, None)
        for keyword in sample.elements
        if hasattr(sample.primitive, keyword)
    }


def _by_hand(name: str, ours: float, theirs: float, limit: float | None = None) -> Result:
    return Result(name, ours, theirs, Unit.NANOSECONDS, Measure.SHARE, limit)


def _times(name: str, ours: float, theirs: float, limit: float | None = None) -> Result:
    return Result(name, ours, theirs, Unit.NANOSECONDS, Measure.TIMES, limit)
