"""What the value of an element says: whether there is one, and which.

This file is copied as it is from `templates/sop_classes/_element_values.py`. Do not edit the copy.
"""

from __future__ import annotations

import struct
from typing import Final

from pydicom._dicom_dict import DicomDictionary

from ._data_set import Item, Value

# PS3.5 6.2: what a value is padded with that it does not mean.
_PADDING: Final = " \0"
_BYTES: Final = _PADDING.encode()
# The VRs whose values are numbers or bytes, in which a zero is no padding.
BINARY: Final = frozenset(
    (
        *("AT", "FD", "FL", "OB", "OD", "OF", "OL", "OV", "OW"),
        *("SL", "SS", "SV", "UL", "UN", "US", "UV"),
    )
)
_NUMBERS: Final = {
    vr: struct.Struct(form)
    for vr, form in {
        **{"US": "<H", "SS": "<h", "UL": "<L", "SL": "<l", "UV": "<Q", "SV": "<q"},
        **{"FL": "<f", "FD": "<d"},
    }.items()
}
# PS3.5 6.1.2.2: the VRs of text that Specific Character Set is about.
_TEXT: Final = frozenset(("LO", "LT", "PN", "SH", "ST", "UC", "UT"))
_ESCAPE: Final = 0x1B


def is_empty(value: Value, vr: str) -> bool:
    """Return whether an element has no value: zero length, nothing but padding, or no item."""
    if not value:
        return True
    if type(value) is bytes:
        return vr not in BINARY and not value.strip(_BYTES)
    return type(value) is str and not value.strip(_PADDING)


def texts(value: Value, vr: str) -> tuple[str, ...]:
    """Return each of the values of an element as text; none for a sequence."""
    if type(value) is bytes:
        if vr in _NUMBERS:
            number = _NUMBERS[vr]
            whole = value[: len(value) // number.size * number.size]
            return tuple(str(each) for (each,) in number.iter_unpack(whole))
        value = value.decode("latin-1")
    if type(value) is not str:
        return ()
    return tuple(each.strip(_PADDING) for each in value.split("\\"))


def is_zero(value: Value, vr: str) -> bool:
    """Return whether every number that an element has is 0; also if it has none."""
    return all(_number(text) == 0 for text in texts(value, vr) if text)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def has_extended_characters(whole: Item) -> bool:
    """Return whether any text in a data set has what the default repertoire lacks (PS3.5 6.1.2)."""
    left = [whole]
    while left:
        for tag, value in left.pop().items():
            if type(value) is list:
                left += value
            elif _is_extended(value) and _is_text(tag):
                return True
    return False


def _is_extended(value: Value) -> bool:
    if type(value) is bytes:
        return not value.isascii() or _ESCAPE in value
    return type(value) is str and (not value.isascii() or chr(_ESCAPE) in value)


def _is_text(tag: int) -> bool:
    known = DicomDictionary.get(tag)
    return known is not None and known[0] in _TEXT
