"""Read an encoded data set into nested dictionaries: as much of it as the tables need.

Invariant: whatever the bytes, the only exception is `DataSetError`, with an offset. Every byte is
looked at once, nesting costs no stack, and what is kept grows with the bytes and no faster.

This file is copied as it is from `templates/sop_classes/_data_set.py`. Do not edit the copy.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from pydicom._dicom_dict import DicomDictionary
from pydicom.tag import BaseTag
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ImplicitVRLittleEndian,
)

MOST_INFLATED: Final = 1 << 26
"""How many bytes a deflated data set may become."""

# An item, or a whole data set: tag to value. A value is as it was encoded, numbers in little
# endian, or text where it was taken from an object of pydicom; a sequence is the list of its items.
Value: TypeAlias = "bytes | str | list[Item]"
Item: TypeAlias = "dict[int, Value]"

_UNDEFINED: Final = 0xFFFFFFFF
_ITEM: Final = 0xFFFEE000
_ITEM_DELIMITATION: Final = 0xFFFEE00D
_SEQUENCE_DELIMITATION: Final = 0xFFFEE0DD
# PS3.5 7.1.2: after these VRs come two reserved bytes and a length of four.
_LONG: Final = frozenset(
    (b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV")
)
_FRAGMENTS: Final = frozenset((b"OB", b"OW"))
# How many bytes a number has.
_SIZES: Final = {
    **dict.fromkeys((b"AT", b"OW", b"SS", b"US"), 2),
    **dict.fromkeys((b"FL", b"OF", b"OL", b"SL", b"UL"), 4),
    **dict.fromkeys((b"FD", b"OD", b"OV", b"SV", b"UV"), 8),
}
# Only little endian goes without VRs (PS3.5 A.1, 6.2.2).
_unpack_implicit: Final[Callable[..., tuple[int, int, int]]] = struct.Struct("<HHL").unpack_from


class DataSetError(ValueError):
    """A data set that cannot be read.

    Attributes
    ----------
    offset : int
        Where in the data set, after inflating it if it is deflated.
    """

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(f"{reason} at offset {offset}")
        self.reason = reason
        self.offset = offset

    def __reduce__(self) -> tuple[type[DataSetError], tuple[str, int]]:
        return type(self), (self.reason, self.offset)


def read_data_set(data: bytes, transfer_syntax: str = ImplicitVRLittleEndian) -> Item:
    """Return what a data set holds.

    Parameters
    ----------
    data : bytes
        The encoded data set, without a preamble or File Meta Information.
    transfer_syntax : str, optional
        UID of its transfer syntax; any that is not Implicit VR, Big Endian or deflated is Explicit
        VR Little Endian (PS3.5 A.4).

    Returns
    -------
    dict
        Tag to value: bytes, or a list of such dictionaries.

    Raises
    ------
    DataSetError
        If it is no such data set, or inflates to more than `MOST_INFLATED` bytes.
    """
    if transfer_syntax == DeflatedExplicitVRLittleEndian:
        data = inflated(data)
    is_implicit = transfer_syntax == ImplicitVRLittleEndian
    return DataSetReader(data, transfer_syntax == ExplicitVRBigEndian).read(is_implicit)


def read_value(value: bytes, vr: str, *, is_implicit: bool, big: bool) -> Value:
    """Return the value of an element, of which the bytes are there.

    Raises
    ------
    DataSetError
        If it is a sequence that cannot be read.
    """
    if vr == "SQ":
        return DataSetReader(value, big).items(is_implicit)
    size = _SIZES.get(vr.encode()) if big else None
    return _swapped(value, size) if size else value


def inflated(data: bytes) -> bytes:
    """Return the data set that `data` is when inflated (PS3.5 A.5)."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        whole = inflater.decompress(data, MOST_INFLATED + 1)
    except zlib.error as error:
        raise DataSetError(f"no deflated data set: {error}", 0) from None
    if len(whole) > MOST_INFLATED:
        raise DataSetError(f"inflates to more than {MOST_INFLATED} bytes", MOST_INFLATED)
    if not inflater.eof:
        raise DataSetError("the deflated data set has no end", len(whole))
    return whole


@dataclass(slots=True)
class _Open:
    """A data set, item or sequence that is being read.

    Attributes
    ----------
    into : dict or list
        What it becomes; None for the fragments of encapsulated Pixel Data, which are not kept.
    end : int
        Where it ends; -1 if a delimiter says so.
    is_implicit : bool
        Whether what is in it has no VR.
    """

    into: Item | list[Item] | None
    end: int
    is_implicit: bool


class DataSetReader:
    """Reads one data set; `big` says in which order its bytes are.

    Attributes
    ----------
    places : list of tuple of int
        Tag of each element that is in no sequence, and where it starts.
    """

    def __init__(self, data: bytes, big: bool) -> None:
        self._data = data
        self._big = big
        order = ">" if big else "<"
        self._tag: Callable[..., tuple[Any, ...]] = struct.Struct(f"{order}HH").unpack_from
        self._short: Callable[..., tuple[Any, ...]] = struct.Struct(f"{order}H").unpack_from
        self._long: Callable[..., tuple[Any, ...]] = struct.Struct(f"{order}L").unpack_from
        self._item: Callable[..., tuple[Any, ...]] = struct.Struct(f"{order}HHL").unpack_from
        self._position = 0
        self._open: list[_Open] = []
        self.places: list[tuple[int, int]] = []

    def read(self, is_implicit: bool) -> Item:
        """Return the data set."""
        whole: Item = {}
        self._read_into(whole, is_implicit)
        return whole

    def items(self, is_implicit: bool) -> list[Item]:
        """Return the items of a sequence: the data is the value of its element."""
        items: list[Item] = []
        self._read_into(items, is_implicit)
        return items

    def _read_into(self, into: Item | list[Item], is_implicit: bool) -> None:
        self._open = [_Open(into, len(self._data), is_implicit)]
        try:
            while self._open:
                inside = self._open[-1]
                if type(inside.into) is dict:
                    self._elements(inside, inside.into)
                else:
                    self._items(inside)
        except struct.error:
            raise DataSetError("the data set ends in an element", self._position) from None

    def _elements(self, inside: _Open, into: Item) -> None:
        """Read elements up to the end of their item, or to a sequence among them."""
        data, size, big = self._data, len(self._data), self._big
        dictionary = DicomDictionary
        position, end = self._position, inside.end
        is_outside = len(self._open) == 1
        while position != end:
            self._position = position
            if inside.is_implicit:
                group, element, length = _unpack_implicit(data, position)
                tag = group << 16 | element
                known = dictionary.get(tag)
                vr = b"SQ" if known is not None and known[0] == "SQ" else b""
                position += 8
            else:
                group, element = self._tag(data, position)
                tag = group << 16 | element
                vr, length, position = self._explicit(tag, position + 4)
            if is_outside:
                self.places.append((tag, self._position))
            if group == 0xFFFE:
                self._delimit(tag, length, position)
                return
            if vr == b"SQ" or length == _UNDEFINED:
                self._position = position
                self._enter(inside, into, tag, vr, length)
                return
            after = position + length
            if after > size or (after > end >= 0):
                raise DataSetError(_too_long(tag, length), self._position)
            value = data[position:after]
            into[tag] = _swapped(value, _SIZES[vr]) if big and vr in _SIZES else value
            position = after
        self._position = position
        self._open.pop()

    def _explicit(self, tag: int, position: int) -> tuple[bytes, int, int]:
        """Return VR and length of an element, and where its value is."""
        if tag >> 16 == 0xFFFE:
            return b"", self._long(self._data, position)[0], position + 4
        vr = self._data[position : position + 2]
        if vr in _LONG:
            return vr, self._long(self._data, position + 4)[0], position + 8
        if not (vr.isalpha() and vr.isupper()):
            raise DataSetError(f"{BaseTag(tag)} has no VR but {vr.hex(' ')}", self._position)
        return vr, self._short(self._data, position + 2)[0], position + 4

    def _enter(self, inside: _Open, into: Item, tag: int, vr: bytes, length: int) -> None:
        """Go on with the items of a sequence, or with fragments of Pixel Data."""
        start = self._position
        items: list[Item] | None = []
        if length == _UNDEFINED:
            end = -1
            if vr in _FRAGMENTS:
                items = None
        else:
            end = start + length
            if end > len(self._data) or end > inside.end >= 0:
                raise DataSetError(_too_long(tag, length), start)
        into[tag] = b"\0" if items is None else items
        # PS3.5 6.2.2: UN of undefined length is encoded as Implicit VR.
        is_implicit = inside.is_implicit or vr == b"UN"
        self._open.append(_Open(items, end, is_implicit))

    def _items(self, inside: _Open) -> None:
        """Read the next item of a sequence, or its end."""
        position = self._position
        if position == inside.end:
            self._open.pop()
            return
        unpack = _unpack_implicit if inside.is_implicit else self._item
        group, element, length = unpack(self._data, position)
        tag = group << 16 | element
        self._position = start = position + 8
        if tag == _SEQUENCE_DELIMITATION and inside.end < 0:
            self._open.pop()
            return
        if tag != _ITEM:
            raise DataSetError(f"{BaseTag(tag)} where an item shall be", position)
        end = -1 if length == _UNDEFINED else start + length
        if end > len(self._data) or end > inside.end >= 0:
            raise DataSetError(_too_long(tag, length), position)
        if type(inside.into) is list:
            item: Item = {}
            inside.into.append(item)
            self._open.append(_Open(item, end, inside.is_implicit))
        elif end < 0:
            raise DataSetError("a fragment of undefined length", position)
        else:
            self._position = end

    def _delimit(self, tag: int, length: int, position: int) -> None:
        """End an item of undefined length."""
        if tag != _ITEM_DELIMITATION or self._open[-1].end >= 0 or length:
            raise DataSetError(f"{BaseTag(tag)} where an element shall be", self._position)
        self._position = position
        self._open.pop()


def _swapped(value: bytes, size: int) -> bytes:
    """Return numbers of `size` bytes in little endian."""
    numbers = bytearray(len(value))
    for place in range(size):
        kept = len(value[size - 1 - place :: size])
        numbers[place : place + kept * size : size] = value[size - 1 - place :: size]
    return bytes(numbers)


def _too_long(tag: int, length: int) -> str:
    return f"{BaseTag(tag)} announces {length} bytes, more than there are"
