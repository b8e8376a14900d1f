"""Command sets to bytes and back: what the generated encoders and decoders share.

Invariant: the regular way through a message is straight-line code in the module of its primitive;
what is here is called from there, for one value, or is what comes out.

This file is copied as it is from `templates/_codec.py`. Do not edit the copy.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final, TypeAlias

from pydicom.tag import BaseTag

from ._rows import Violation
from ._runtime import DIMSEPrimitive

if TYPE_CHECKING:
    from . import DimsePrimitiveType

Buffer: TypeAlias = bytes | bytearray | memoryview
Elements: TypeAlias = Iterable[tuple[int, bytes]]


class DecodeError(ValueError):
    """No primitive can be made from the bytes or, when strict, they are irregular.

    Attributes
    ----------
    message : str
        The reason, in words.
    offset : int
        Where in the command set the reason is.
    """

    __module__ = __package__  # tracebacks name it as it is imported

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message, offset)
        self.message = message
        self.offset = offset

    def __str__(self) -> str:
        return f"{self.message} (at offset {self.offset})"


@dataclass(frozen=True)
class Anomaly:
    """An irregularity of a command set that did not keep it from being read.

    Attributes
    ----------
    kind : str
        What it is, e.g. ``order`` or ``odd-length``.
    keyword : str or None
        DICOM keyword of the element, None if it has none.
    tag : pydicom.tag.BaseTag or None
        Tag of the element, None where no element is concerned.
    offset : int
        Where the element starts in the command set.
    message : str
        What is wrong, in words.
    reference : str
        The clause that is broken.
    raw : bytes
        The value as it was sent.
    """

    kind: str
    keyword: str | None
    tag: BaseTag | None
    offset: int
    message: str
    reference: str
    raw: bytes

    def __str__(self) -> str:
        return f"{self.kind} at offset {self.offset}: {self.message} ({self.reference})"


@dataclass(slots=True)
class Message:
    """A decoded command set.

    Attributes
    ----------
    message_type : str
        Name of the message, e.g. ``N-GET-RQ``.
    primitive : DimsePrimitiveType
        The primitive that the message conveys.
    has_data_set : bool
        Whether a data set follows the command set.
    anomalies : tuple of Anomaly
        What is irregular, in the order of the bytes.
    unknown : tuple of (int, bytes)
        Tag and value of every element that the primitive has no parameter for.
    """

    message_type: str
    primitive: DimsePrimitiveType
    has_data_set: bool
    anomalies: tuple[Anomaly, ...] = ()
    unknown: tuple[tuple[int, bytes], ...] = ()


# Command elements are Implicit VR Little Endian (PS3.7 6.3.1). Read as one number, the tag
# (0000,eeee) is 0xeeee0000, because the group comes first.
unpack_header: Final = struct.Struct("<2I").unpack_from
unpack_us: Final = struct.Struct("<H").unpack_from
unpack_ul: Final = struct.Struct("<I").unpack_from
# Makes a primitive, all of whose slots are set then.
new: Final = object.__new__
# What stands for the next element where there is none.
NO_ELEMENT: Final = (0xFFFF, 0)

_pack_tag: Final = struct.Struct("<2H").pack
_unpack_tags: Final = struct.Struct("<2H").iter_unpack
# The length field of every value of at most 64 bytes.
_SIZES: Final = tuple(size.to_bytes(4, "little") for size in range(66))


class IrregularError(Exception):
    """The regular way through a message ends here; the other way reads it."""


def encode_ui(tag: bytes, value: str) -> bytes:
    """Return an UI element, padded with NUL (PS3.5 9.1)."""
    # Beyond ASCII there is no UID; one that is sent back all the same shall have its bytes.
    raw = value.encode("latin-1")
    size = len(raw)
    if size & 1:
        return tag + _SIZES[size + 1] + raw + b"\0"
    return tag + _SIZES[size] + raw


def encode_text(tag: bytes, value: str) -> bytes:
    """Return an AE or LO element, padded with a space (PS3.5 6.2)."""
    raw = value.encode()
    size = len(raw)
    if size & 1:
        return tag + _SIZES[size + 1] + raw + b" "
    return tag + _SIZES[size] + raw


def encode_at(tag: bytes, value: list[BaseTag]) -> bytes:
    """Return an AT element: group and element number of each tag, nothing for an empty list."""
    raw = b"".join([_pack_tag(item >> 16, item & 0xFFFF) for item in value])
    return tag + len(raw).to_bytes(4, "little") + raw if raw else b""


def missing(primitive: DIMSEPrimitive, violations: tuple[Violation, ...]) -> tuple[Violation, ...]:
    """Return those of `violations` whose parameter is absent or an empty data set."""
    return tuple(
        violation
        for violation in violations
        if (value := getattr(primitive, violation.parameter)) is None
        or (isinstance(value, BytesIO) and not value.getvalue())
    )


def decode_ui(raw: Buffer) -> str | None:
    """Return an UI value without the one NUL that may pad it, None if it is empty (PS3.5 9.1)."""
    text = str(raw, "ascii").removesuffix("\0")
    if len(text) > 64 or "\\" in text or " " in text or "\0" in text or not (text or not raw):
        raise IrregularError
    return text or None


def decode_ae(raw: Buffer) -> str | None:
    """Return an AE value without the spaces around it, None if it is empty (PS3.5 6.2)."""
    text = str(raw, "ascii").strip(" ")
    if len(text) > 16 or "\\" in text or "\0" in text or not (text or not raw):
        raise IrregularError
    return text or None


def decode_lo(raw: Buffer) -> str | None:
    """Return a LO value without the spaces at its end, None if it is empty (PS3.5 6.2)."""
    text = str(raw, "ascii").rstrip(" ")
    if len(text) > 64 or "\\" in text or "\0" in text:
        raise IrregularError
    return text or None


def decode_at(raw: Buffer) -> list[BaseTag] | None:
    """Return an AT value as a list of tags, None if it is empty."""
    return [BaseTag(group << 16 | element) for group, element in _unpack_tags(raw)] or None


def as_buffer(data: Buffer, what: str = "a command set") -> Buffer:
    """Return `data` as one that is indexed byte by byte; `what` is its name in the error.

    Raises
    ------
    TypeError
        If it is not bytes, bytearray or memoryview.
    """
    if isinstance(data, memoryview):
        plain = data.ndim == 1 and data.format == "B" and data.contiguous
        return data if plain else data.tobytes()
    if isinstance(data, bytes | bytearray):
        return data
    kind = type(data).__name__
    raise TypeError(f"{what} must be bytes, bytearray or memoryview, not {kind}")
