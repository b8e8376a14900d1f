"""From a primitive to bytes and back, every message: ours, by hand, pynetdicom, pydicom alone.

Invariant: all of them write the same bytes, and read them to the same values; that is looked at
before anything is timed. Each is called in the same loop, with what it needs and nothing else.

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
from typing import Any

from dimse_primitives import Message, decode
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.filereader import read_dataset
from pydicom.filewriter import write_dataset
from pynetdicom import dsutils
from pynetdicom.dimse_messages import _MESSAGE_TYPES, DIMSEMessage

from .codec_samples import Sample, samples
from .handwritten import HANDWRITTEN
from .measure import Batch, fastest
from .result import Measure, Result, Unit

ROUNDS = 100


def measure_encode() -> Iterator[Result]:
    """Encode a primitive of every message."""
    with _silent():
        for sample in samples():
            command_set = _message(sample).command_set
            batches = (
                _calls(sample.encode, sample.primitive),
                _calls(HANDWRITTEN[sample.message_type][0], sample.primitive),
                _calls(encode_theirs, sample),
                _calls(write, command_set),
            )
            _require_equal(sample, [batch(1) for batch in batches])
            yield from _results(f"encode: {sample.message_type}", batches, 1.5, 100)


def measure_decode() -> Iterator[Result]:
    """Decode the command set of every message."""
    with _silent():
        for sample in samples():
            data = sample.encode(sample.primitive)
            batches = (
                _calls(decode, data),
                _calls(HANDWRITTEN[sample.message_type][1], data),
                _calls(decode_theirs, data),
                _calls(read, data),
            )
            _require_equal(sample, [_values(sample, batch(1)) for batch in batches])
            yield from _results(f"decode: {sample.message_type}", batches, 1.6, 30)


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

    return batch


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


def _values(sample: Sample, decoded: Any) -> dict[str, object]:
    """Return the values of the command elements in what one of the four has decoded."""
    if isinstance(decoded, Message):
        decoded = decoded.primitive
    elif isinstance(decoded, tuple):
        _, decoded, _ = decoded
    return {
        keyword: getattr(decoded, keyword, None)
        for keyword in sample.elements
        if hasattr(sample.primitive, keyword)
    }


def _results(
    name: str, batches: Sequence[Batch], by_hand: float, pynetdicom: float
) -> Iterator[Result]:
    ours, *others = fastest(batches, ROUNDS)
    for what, theirs, measure, limit in zip(
        ("by hand", "pynetdicom", "pydicom alone"),
        others,
        (Measure.SHARE, Measure.TIMES, Measure.TIMES),
        (by_hand, pynetdicom, None),
        strict=True,
    ):
        yield Result(f"{name}, {what}", ours, theirs, Unit.NANOSECONDS, measure, limit)
