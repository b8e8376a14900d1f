"""Whatever the bytes, reading a data set gives what it holds or a `DataSetError`."""

from __future__ import annotations

import random
import struct
import time
import tracemalloc
import zlib

import pytest
from dimse_primitives.sop_classes import DataSetError
from dimse_primitives.sop_classes._data_set import MOST_INFLATED, read_data_set
from dimse_primitives.sop_classes._objects import from_dataset
from dimse_primitives.sop_classes._private import with_known_blocks
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from .data_sets import SCHEMA, SYNTAXES, data_set, encoded

TABLES = [table for file in SCHEMA.files for table in file.tables if table.rows]
SYNTAX = st.sampled_from(list(SYNTAXES))
# Wherever it is, it is taken for one within the data set.
PLACE = st.integers(0, 2**16)
ITEM = struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF)


def read_or_refused(data: bytes, syntax: str) -> DataSetError | None:
    try:
        read_data_set(data, syntax)
    except DataSetError as error:
        return error
    return None


@given(st.binary(max_size=200), SYNTAX)
def test_any_bytes(data: bytes, syntax: str) -> None:
    error = read_or_refused(data, syntax)
    assert error is None or 0 <= error.offset <= max(len(data), 200_000)


@settings(max_examples=150)
@given(
    st.sampled_from(TABLES),
    st.integers(0, 2**32),
    SYNTAX,
    st.booleans(),
    st.lists(st.tuples(PLACE, st.integers(0, 255)), min_size=1, max_size=4),
    PLACE,
)
def test_damaged_data_sets(table, seed, syntax, undefined, damages, end) -> None:  # type: ignore[no-untyped-def]
    made = data_set(table.rows, random.Random(seed), 0.5)
    data = bytearray(encoded(made, syntax, undefined=undefined))
    for place, byte in damages if data else []:
        data[place % len(data)] = byte
    read_or_refused(bytes(data[: end % (len(data) + 1)]), syntax)


@settings(max_examples=100)
@given(st.sampled_from(TABLES), st.integers(0, 2**32), SYNTAX, st.booleans())
def test_bytes_and_object_have_the_same_attributes(table, seed, syntax, undefined) -> None:  # type: ignore[no-untyped-def]
    made = data_set(table.rows, random.Random(seed), 0.6)
    read = read_data_set(encoded(made, syntax, undefined=undefined), syntax)
    # Of a private attribute, implicit VR does not tell that it is a sequence: the tables do.
    read, held = map(with_known_blocks, (read, from_dataset(made)))
    assert shape(read) == shape(held)


def shape(item: dict) -> dict:  # type: ignore[type-arg]
    return {
        tag: list(map(shape, value)) if type(value) is list else None for tag, value in item.items()
    }


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian])
def test_a_hundred_thousand_levels(syntax: str) -> None:
    sequence = struct.pack("<HH", 0x0040, 0x0270)
    if syntax == ExplicitVRLittleEndian:
        sequence += b"SQ\0\0"
    level = sequence + struct.pack("<L", 0xFFFFFFFF) + ITEM
    error = read_or_refused(level * 100_000, syntax)
    assert error is not None
    assert "ends" in str(error)


def test_time_and_memory_grow_with_the_bytes() -> None:
    """Each byte is looked at once: ten times the items take about ten times as long."""

    def seconds(count: int) -> float:
        items = struct.pack("<HHL", 0xFFFE, 0xE000, 0) * count
        data = struct.pack("<HHL", 0x0008, 0x1115, len(items)) + items
        started = time.process_time()
        read_data_set(data)
        return time.process_time() - started

    seconds(2000)
    small = min(seconds(2_000) for _ in range(5))
    large = min(seconds(20_000) for _ in range(3))
    assert large < 40 * small
    data = struct.pack("<HHL", 0xFFFE, 0xE000, 0) * 20_000
    data = struct.pack("<HHL", 0x0008, 0x1115, len(data)) + data
    tracemalloc.start()
    read_data_set(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * len(data)


def test_a_deflated_data_set_does_not_inflate_without_end() -> None:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    bomb = deflater.compress(bytes(MOST_INFLATED + 1)) + deflater.flush()
    with pytest.raises(DataSetError, match="inflates to more than"):
        read_data_set(bomb, DeflatedExplicitVRLittleEndian)


@pytest.mark.parametrize(
    ("data", "syntax", "reason", "offset"),
    [
        ("08006000 10000000 4d52", ImplicitVRLittleEndian, "announces 16 bytes", 0),
        ("0800", ImplicitVRLittleEndian, "ends in an element", 0),
        ("08006000 6373 0200 4d52", ExplicitVRLittleEndian, "has no VR but 63 73", 0),
        ("40007002 ffffffff 08006000 00000000", ImplicitVRLittleEndian, "where an item", 8),
        ("feff0de0 00000000", ImplicitVRLittleEndian, "where an element shall be", 0),
        ("00080060 4353 0004 4d52", ExplicitVRBigEndian, "announces 4 bytes", 0),
    ],
)
def test_an_error_says_where(data: str, syntax: str, reason: str, offset: int) -> None:
    with pytest.raises(DataSetError, match=reason) as caught:
        read_data_set(bytes.fromhex(data), syntax)
    assert caught.value.offset == offset
