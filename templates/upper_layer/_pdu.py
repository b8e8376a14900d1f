"""What the generated PDUs and items share: base classes, and what decoding finds.

Invariant: nothing here knows a PDU, an item or a type code; those are generated. Decoding ends in a
structure with the anomalies listed or in a `DecodeError`, and reads every byte a bounded number
of times.

This file is copied as it is from `templates/upper_layer/_pdu.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from pydicom.uid import UID

from .._codec import Anomaly, Buffer, DecodeError
from .._coercion import UID_LENGTH, is_valid_uid
from .._fragments import COMMAND, LAST
from .._json import JSONForm
from ._facts import CONTEXT_ID_WORDS, ITEM_HEADER
from ._serial import structure_from_json, structure_to_json
from ._states import Event

if TYPE_CHECKING:
    from ._primitive import UpperLayerPrimitive

_Self = TypeVar("_Self")

#: How many anomalies and unknown items are listed one by one; a PDU that is meant well has fewer.
MOST_NOTES: Final = 256
#: How many different names the encoders and decoders remember.
NAMES: Final = 512
# A longer one is none, and not remembered.
LONGEST_UID: Final = UID_LENGTH
#: How many items right below a PDU the decoders remember, and how many bytes those have at most.
KNOWN_ITEMS: Final = 1024
LONGEST_KNOWN: Final = 512
# Makes a structure, all of whose slots are set then.
new: Final = object.__new__
# What the header of an item is: type, a reserved byte, length of what follows.
unpack_item: Final = ITEM_HEADER.unpack_from
pack_item: Final = ITEM_HEADER.pack
_new_uid = str.__new__


class Structure(JSONForm):
    """Base of the PDUs and of the items in them."""

    __slots__ = ()

    #: Its name, as printed.
    NAME: ClassVar[str] = ""

    def encode(self) -> bytes:
        """Return the structure as bytes."""
        raise NotImplementedError

    def to_json_dict(self) -> dict[str, Any]:
        """Return the class as ``type``, and one key an attribute; see `to_json`."""
        return structure_to_json(self)

    @classmethod
    def _from(cls: type[_Self], content: Mapping[str, Any]) -> _Self:
        found: _Self = structure_from_json(cls, content)
        return found


class PDU(Structure):
    """Base of the Protocol Data Units (PS3.8 9.3)."""

    __slots__ = ()

    #: The PDU-type.
    TYPE: ClassVar[int] = 0
    #: The event of Table 9-10 that its arrival is.
    RECEIVED: ClassVar[Event]

    def to_primitive(self) -> UpperLayerPrimitive:
        """Return the primitive that the PDU conveys, as its receiver sees it."""
        raise NotImplementedError


class Item(Structure):
    """Base of the items and sub-items in a PDU."""

    __slots__ = ()

    #: The Item-type; 0 for those that have none.
    TYPE: ClassVar[int] = 0


class FragmentItem(Item):
    """Base of the item with a fragment of a message (PS3.8 Annex E)."""

    __slots__ = ()

    message_control_header: int
    fragment: Buffer

    @property
    def is_command(self) -> bool:
        """Whether the fragment is of the command set, not of the data set (PS3.8 E.2)."""
        return self.message_control_header & COMMAND != 0

    @property
    def is_last(self) -> bool:
        """Whether it is the last fragment of the command set or of the data set (PS3.8 E.2)."""
        return self.message_control_header & LAST != 0

    @property
    def presentation_data_value(self) -> bytes:
        """The Message Control Header and the fragment, copied."""
        return bytes((self.message_control_header,)) + self.fragment


@dataclass(frozen=True, slots=True)
class UnknownItem:
    """An item that was skipped: its type is unknown, or it cannot be read.

    Attributes
    ----------
    item_type : int
        Its type.
    data : bytes
        What follows its header.
    offset : int
        Where in the PDU it starts.
    within : str
        Name of the structure that contains it.
    """

    item_type: int
    data: bytes
    offset: int
    within: str


@dataclass(slots=True)
class DecodedPDU:
    """A PDU as it was received.

    Attributes
    ----------
    pdu : PDU
        The PDU.
    anomalies : tuple of Anomaly
        What is irregular, in the order of the bytes.
    unknown : tuple of UnknownItem
        The items that were skipped, in the order of the bytes.
    """

    pdu: PDU
    anomalies: tuple[Anomaly, ...] = ()
    unknown: tuple[UnknownItem, ...] = ()


class Notes(list[Anomaly | UnknownItem]):
    """What is irregular or unknown, collected while a PDU is read; empty most often.

    After `MOST_NOTES` it only counts: a megabyte may hold more than two hundred thousand items.
    """

    # Set with the first that is not listed: how many there are of each kind, and where they start.
    __slots__ = ("_further", "_offset")

    def _is_full(self, kind: str, offset: int) -> bool:
        """Count what there is no more room for, and return whether that is so."""
        if len(self) < MOST_NOTES:
            return False
        if not hasattr(self, "_further"):
            self._further: dict[str, int] = {}
            self._offset = offset
        self._further[kind] = self._further.get(kind, 0) + 1
        return True

    def summed_up(self) -> list[Anomaly | UnknownItem]:
        """Return the notes in the order of the bytes, and last how many are not among them."""
        found = sorted(self, key=lambda note: note.offset)
        if hasattr(self, "_further"):
            counts = ", ".join(f"{count} {kind}" for kind, count in sorted(self._further.items()))
            text = f"{sum(self._further.values())} more are not listed: {counts}"
            offset = max(self._offset, found[-1].offset)
            found.append(Anomaly("further", None, None, offset, text, "PS3.8 9.3.1", b""))
        return found

    def add(
        self, kind: str, field: str | None, offset: int, text: str, where: str, raw: bytes = b""
    ) -> None:
        """Note an anomaly of `field`, as printed, at `offset`."""
        if not self._is_full(kind, offset):
            self.append(Anomaly(kind, field, None, offset, text, where, raw))

    def skip(self, item_type: int, data: bytes, first: int, end: int, within: str) -> None:
        """Keep an item of an unknown type (PS3.8 9.3.1)."""
        start = first - ITEM_HEADER.size
        if not self._is_full("unknown item", start):
            self.append(UnknownItem(item_type, data[first:end], start, within))

    def short(self, name: str, data: bytes, first: int, end: int, where: str) -> None:
        """Note an item that ends before its fields do, and keep it."""
        text = f"{name} has {end - first} bytes, fewer than its fields need"
        self.add("length", name, first, text, where, data[first:end])

    def trailing(self, name: str, data: bytes, position: int, end: int, where: str) -> None:
        """Note the bytes after the last field."""
        text = f"{end - position} bytes follow the last field of {name}"
        self.add("trailing-bytes", name, position, text, where, data[position:end])

    def order(self, name: str, first: int, where: str) -> None:
        """Note an item that follows one of a higher type."""
        text = f"{name} follows an item of a higher type"
        self.add("order", name, first - ITEM_HEADER.size, text, where)

    def again(self, name: str, data: bytes, first: int, end: int, where: str) -> None:
        """Note an item that stands once, and is here a second time."""
        text = f"a second {name}, where one is allowed"
        start = first - ITEM_HEADER.size
        self.add("duplicate", name, start, text, where, data[first:end])

    def missing(self, name: str, end: int, where: str) -> None:
        """Note an item that is not there."""
        self.add("missing", name, end, f"no {name}", where)

    def context_id(self, field: str, value: int, offset: int, where: str) -> None:
        """Note a presentation context ID that is none."""
        text = f"{field} {value} is not {CONTEXT_ID_WORDS}"
        self.add("invalid-value", field, offset, text, where, bytes((value,)))

    def code(self, field: str, value: int, offset: int, where: str) -> None:
        """Note a code that is not among the values of `field`."""
        text = f"{field} {value} is not one of its values"
        self.add("invalid-value", field, offset, text, where, bytes((value,)))

    def version(self, field: str, raw: bytes, bit: int, offset: int, where: str) -> None:
        """Note a protocol version without the one bit that is tested."""
        text = f"{field} 0x{raw.hex().upper()} does not have bit {bit} set"
        self.add("protocol-version", field, offset, text, where, raw)

    def uid(self, field: str, raw: bytes, offset: int, where: str) -> UID:
        """Return the UID in `raw`, and note what is wrong with it."""
        stripped = raw.rstrip(b"\0 ")
        if len(stripped) != len(raw):
            text = f"{field} is padded, which a UID in a PDU never is"
            self.add("padding", field, offset + len(stripped), text, where, raw)
        value = _new_uid(UID, stripped, "latin-1")
        if not is_valid_uid(value) or len(value) > LONGEST_UID:
            self.add("invalid-value", field, offset, f"{field} is no UID", where, raw)
        return value

    def text(self, field: str, raw: bytes, offset: int, where: str) -> str:
        """Return the text in `raw`, and note what is wrong with it."""
        if not _is_printable(raw):
            text = f"{field} has characters outside the basic G0 set of ISO 646"
            self.add("invalid-value", field, offset, text, where, raw)
        return raw.decode("latin-1")

    def ae_title(self, field: str, raw: bytes, offset: int, where: str) -> str:
        """Return the AE title in `raw`, and note what is wrong with it."""
        stripped = raw.rstrip(b"\0 ")
        if b"\0" in raw[len(stripped) :]:
            text = f"{field} is padded with NUL, not with spaces"
            self.add("padding", field, offset + len(stripped), text, where, raw)
        elif not stripped:
            self.add("invalid-value", field, offset, f"{field} is all spaces", where, raw)
        return self.text(field, stripped, offset, where)

    def text_length(
        self, field: str, raw: bytes, offset: int, least: int, most: int, where: str
    ) -> str:
        """Return the text in `raw`, which should have from `least` to `most` characters."""
        if not least <= len(raw) <= most:
            text = f"{field} has {len(raw)} characters, not {least} to {most}"
            self.add("length", field, offset, text, where, raw)
        return self.text(field, raw, offset, where)


def _is_printable(raw: bytes) -> bool:
    return raw.isascii() and raw.decode("ascii").isprintable()


def cut(name: str, offset: int) -> DecodeError:
    """Return the error of an item that is longer than what contains it."""
    return DecodeError(f"{name} ends within an item", offset)


@lru_cache(maxsize=NAMES)
def regular_uid(raw: bytes) -> UID | None:
    """Return the UID in `raw`, None if anything is wrong with it."""
    value = _new_uid(UID, raw, "latin-1")
    return value if raw.isascii() and is_valid_uid(value) else None


@lru_cache(maxsize=NAMES)
def regular_ae_title(raw: bytes) -> str | None:
    """Return the AE title in all the bytes of its field, None if anything is wrong with it."""
    return raw.decode("ascii").rstrip(" ") or None if _is_printable(raw) else None
