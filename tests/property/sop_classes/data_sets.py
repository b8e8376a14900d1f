"""Data sets with the attributes of a table: some there, some empty, some with a value."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from pathlib import Path

from dimsegen.sop_classes.loader import load_schema
from dimsegen.sop_classes.model import Row
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_dataset
from pydicom.tag import Tag
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

SCHEMA = load_schema(Path(__file__).parents[3] / "schemas")
# Transfer syntax: implicit, little endian.
SYNTAXES: dict[str, tuple[bool, bool]] = {
    ImplicitVRLittleEndian: (True, True),
    ExplicitVRLittleEndian: (False, True),
    DeflatedExplicitVRLittleEndian: (False, True),
    ExplicitVRBigEndian: (False, False),
}
VALUES: dict[str, Sequence[object]] = {
    "AS": ["045Y"],
    "AT": [0x00100010],
    "DA": ["20261128"],
    "DS": ["0", "1.5"],
    "DT": ["20261128120000"],
    "FD": [0.0, 1.5],
    "FL": [0.0, 1.5],
    "IS": ["0", "7"],
    "SL": [0, -7],
    "SS": [0, -7],
    "SV": [0, -7],
    "TM": ["1200"],
    "UI": ["1.2.3"],
    "UL": [0, 7],
    "UR": ["urn:x"],
    "US": [0, 7],
    "UV": [0, 7],
    "OB": [b"\1\2"],
    "OW": [b"\1\2"],
    "UN": [b"\1\2"],
}


def element(item: Dataset, keyword: str) -> DataElement | None:
    """Return an attribute, None if it is not there; a private one from its creator's block."""
    own = SCHEMA.private.get(keyword)
    tag = SCHEMA.dictionary.tag(keyword)
    if own is not None:
        try:
            tag = item.private_block(own.group, own.creator).get_tag(own.element)
        except KeyError:
            return None
    assert tag is not None, keyword
    return item.get(Tag(tag))


def put(item: Dataset, row: Row, value: object) -> None:
    """Give `item` the attribute of `row`; a private one in its creator's block."""
    own = SCHEMA.private.get(row.keyword)
    if own is None:
        item.add_new(row.tag, _vr(row.vr), value)
    else:
        block = item.private_block(own.group, own.creator, create=True)
        block.add_new(own.element, own.vr, value)


def _precede(item: Dataset, row: Row, chance: random.Random) -> None:
    """Now and then, give another creator the next block of a private attribute."""
    own = SCHEMA.private.get(row.keyword)
    if own is not None and chance.random() < 0.5:
        name = f"OTHER {len(item)}"
        item.private_block(own.group, name, create=True).add_new(own.element, "LO", "X")


def data_set(rows: Sequence[Row], chance: random.Random, how_full: float) -> Dataset:
    """Return a data set with some of what `rows` name."""
    made = Dataset()
    for row in rows:
        if chance.random() > how_full:
            continue
        _precede(made, row, chance)
        if row.vr == "SQ":
            count = chance.choice((0, 1, 1, 1, 2))
            items = [data_set(row.rows, chance, how_full) for _ in range(count)]
            put(made, row, items)
        elif chance.random() < 0.1:
            put(made, row, None)
        else:
            put(made, row, _value(row, chance))
    return made


def _vr(vr: str) -> str:
    return vr.partition(" ")[0]


def _value(row: Row, chance: random.Random) -> object:
    if row.keyword == "SpecificCharacterSet":
        return "ISO_IR 100"
    known = [value for cell in row.cells.values() for value in cell.values]
    if known and chance.random() < 0.8:
        value = chance.choice(known)
        return int(value) if _vr(row.vr) in ("US", "UL", "SS", "SL") else value
    if row.vr in ("LO", "PN", "SH", "UC", "UT", "LT", "ST"):
        return chance.choice(("X", "X", "X", "X", "\xe9"))
    return chance.choice(VALUES.get(_vr(row.vr), ("X", "Y")))


def encoded(made: Dataset, syntax: str, *, undefined: bool = False) -> bytes:
    """Return the bytes of a data set; `undefined` gives sequences and items no length."""
    implicit, little = SYNTAXES[syntax]
    if undefined:
        for element in made.iterall():
            if element.VR == "SQ":
                element.is_undefined_length = True
                for item in element.value:
                    item.is_undefined_length_sequence_item = True
    stream = DicomBytesIO()
    stream.is_implicit_VR, stream.is_little_endian = implicit, little
    write_dataset(stream, made, "iso8859")
    data = stream.getvalue()
    if syntax == DeflatedExplicitVRLittleEndian:
        deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        data = deflater.compress(data) + deflater.flush()
    return data
