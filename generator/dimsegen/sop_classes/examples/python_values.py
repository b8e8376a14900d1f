"""An example as values of Python, and as a data set of pydicom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from pydicom.config import RAISE
from pydicom.dataset import Dataset
from pydicom.valuerep import validate_value

from ..model import Given

Content: TypeAlias = dict[str, Any]
_BYTES = frozenset(("OB", "OD", "OF", "OL", "OV", "OW", "UN"))
_REALS = frozenset(("FD", "FL"))
_TAG = "AT"
# How many values each integer has.
_INTEGERS = {
    "SS": range(-(2**15), 2**15),
    "US": range(2**16),
    "SL": range(-(2**31), 2**31),
    "UL": range(2**32),
    "SV": range(-(2**63), 2**63),
    "UV": range(2**64),
}
_NUMBERS = frozenset((*_INTEGERS, *_REALS, _TAG, "DS", "IS"))
# What a backslash does not divide.
_ONE_TEXT = frozenset(("LT", "ST", "UR", "UT"))
_EVEN = 2


def content_of(data_set: Sequence[Given]) -> Content:
    """Return the attributes as nested dictionaries; a sequence is a list of such."""
    return {given.keyword: _value(given) for given in data_set}


def _value(given: Given) -> Any:
    if given.vr == "SQ":
        return [content_of(item) for item in given.items]
    if given.vr in _ONE_TEXT:
        return "\\".join(given.values)
    if given.vr in _BYTES:
        return bytes.fromhex("".join(given.values))
    values = [_typed(given.vr, text) for text in given.values]
    if not values:
        return None if given.vr in _NUMBERS else ""
    return values if len(values) > 1 else values[0]


def _typed(vr: str, text: str) -> int | float | str:
    if vr in _INTEGERS:
        return int(text)
    if vr in _REALS:
        return float(text)
    return int(text, 16) if vr == _TAG else text


def fault_in(vr: str, values: Sequence[str]) -> str:
    """Return why these are no values of `vr`, empty if they are."""
    try:
        if vr in _BYTES:
            odd = len(bytes.fromhex("".join(values))) % _EVEN
            return "it has an odd number of bytes" if odd else ""
        for text in values:
            value = _typed(vr, text)
            if vr in _INTEGERS and value not in _INTEGERS[vr]:
                return f"it is not from {_INTEGERS[vr][0]} to {_INTEGERS[vr][-1]}"
            if isinstance(value, str):
                validate_value(vr, value, RAISE)
    except ValueError as error:
        return str(error).partition("\n")[0].rstrip(".")
    return ""


def data_set_of(content: Content) -> Dataset:
    """Return `content` as a data set."""
    made = Dataset()
    for keyword, value in content.items():
        is_sequence = isinstance(value, list) and all(isinstance(each, dict) for each in value)
        setattr(made, keyword, list(map(data_set_of, value)) if is_sequence else value)
    return made
