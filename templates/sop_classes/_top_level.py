"""Cut elements out of an encoded data set, as they are.

This file is copied as it is from `templates/sop_classes/_top_level.py`. Do not edit the copy.
"""

from __future__ import annotations

from itertools import pairwise

from pydicom.uid import ExplicitVRBigEndian, ImplicitVRLittleEndian

from ._data_set import DataSetReader


def elements_in(data: bytes, tags: set[int], transfer_syntax: str) -> bytes:
    """Return the elements of `data` that have one of `tags`, sequences with all that is in them.

    Raises
    ------
    DataSetError
        If it cannot be read.
    """
    reader = DataSetReader(data, transfer_syntax == ExplicitVRBigEndian)
    reader.read(transfer_syntax == ImplicitVRLittleEndian)
    places = [*reader.places, (0, len(data))]
    return b"".join(
        data[start:after] for (tag, start), (_, after) in pairwise(places) if tag in tags
    )
