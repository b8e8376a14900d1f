"""What is known of command elements and of messages before they are read, and what needs it.

Here a command set is written element by element, where the straight-line code of its primitive does
not do: with values that the message does not carry, or elements that nobody knows.

This file is copied as it is from `templates/_dictionary.py`. Do not edit the copy.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from ._codec import (
    Anomaly,
    Buffer,
    Elements,
    Message,
    as_buffer,
    encode_at,
    encode_text,
    encode_ui,
    unpack_header,
)
from ._runtime import DIMSEPrimitive

_AFTER_GROUP_LENGTH: Final = 12
_GROUP_LENGTH: Final = b"\0\0\0\0\4\0\0\0"
_pack_tag: Final = struct.Struct("<2H").pack


# What is made when the package is imported is a named tuple: a dataclass takes five times as long.
class Element(NamedTuple):
    """A command element of Annex E."""

    keyword: str
    name: str
    tag: int
    vr: str
    vm: str


class Dictionary(NamedTuple):
    """The command elements, and the tags and values that the protocol itself needs.

    Attributes
    ----------
    elements : mapping of int to Element
        The elements by tag.
    group_length, command_field, data_set_type : int
        Tags of the elements that every message has.
    none, present : int
        The data set type that says no data set follows, and the one to write where one does.
    retired : mapping of int to Element
        The retired elements by tag; no message has them.
    allowed : frozenset of int
        Tags of those that a sender may write nevertheless.
    """

    elements: Mapping[int, Element]
    group_length: int
    command_field: int
    data_set_type: int
    none: int
    present: int
    retired: Mapping[int, Element] = MappingProxyType({})
    allowed: frozenset[int] = frozenset()

    def named(self, tag: int) -> Element | None:
        """Return the element with a tag, retired or not; None if there is none."""
        return self.elements.get(tag) or self.retired.get(tag)


class MessageType(NamedTuple):
    """What is known of a message before it is read.

    Attributes
    ----------
    name : str
        Its name, e.g. ``N-GET-RQ``.
    make : callable
        Makes an empty primitive.
    elements : tuple of str
        Keywords of the elements that it can carry.
    data_set : str or None
        Keyword of the parameter that is its data set.
    status : str or None
        Keyword of the parameter that is its status.
    data_set_with : mapping of int to str
        Keyword of the parameter that is its data set with a status, where it is another.
    """

    name: str
    make: Callable[[], Any]
    elements: tuple[str, ...]
    data_set: str | None
    status: str | None
    data_set_with: Mapping[int, str]


def encode_all(
    primitive: DIMSEPrimitive,
    dictionary: Dictionary,
    command_field: int,
    has_data_set: bool,
) -> bytes:
    """Return a command set with every element that `primitive` has a value for."""
    parts: list[tuple[int, bytes]] = []
    for element in dictionary.elements.values():
        value = getattr(primitive, element.keyword, None)
        if value is not None:
            parts.append((element.tag, encode_element(element, value)))
    data_set_type = dictionary.present if has_data_set else dictionary.none
    for tag, number in (
        (dictionary.command_field, command_field),
        (dictionary.data_set_type, data_set_type),
    ):
        parts.append((tag, encode_element(dictionary.elements[tag], number)))
    return command_set(parts)


def encode_element(element: Element, value: Any) -> bytes:
    """Return `element` with a value that it can have."""
    tag = _sent(element.tag)
    match element.vr:
        case "US" | "UL" as vr:
            return _element(element.tag, value.to_bytes(2 if vr == "US" else 4, "little"))
        case "UI":
            return encode_ui(tag, value)
        case "AT":
            return encode_at(tag, value)
    return encode_text(tag, value)


def _sent(tag: int) -> bytes:
    return _pack_tag(tag >> 16, tag & 0xFFFF)


def _element(tag: int, raw: bytes) -> bytes:
    return _sent(tag) + len(raw).to_bytes(4, "little") + raw


def with_unknown(encoded: bytes, unknown: Elements) -> bytes:
    """Return a command set with the elements of `encoded` and the (tag, value) of `unknown`."""
    parts: list[tuple[int, bytes]] = []
    position = _AFTER_GROUP_LENGTH
    while position < len(encoded):
        number, size = unpack_header(encoded, position)
        tag = (number & 0xFFFF) << 16 | number >> 16
        parts.append((tag, encoded[position : position + 8 + size]))
        position += 8 + size
    parts += ((tag, _element(tag, raw)) for tag, raw in unknown)
    return command_set(parts)


def command_set(parts: Iterable[tuple[int, bytes]]) -> bytes:
    """Return the Command Group Length and the elements, ascending by tag."""
    body = b"".join([part for _, part in sorted(parts, key=lambda part: part[0])])
    return _GROUP_LENGTH + len(body).to_bytes(4, "little") + body


def attach(message: Message, data_set: Buffer | BytesIO, message_type: MessageType) -> Message:
    """Return `message` with `data_set` as the parameter that is its data set.

    Where there is none, the anomaly keeps the data set.
    """
    if isinstance(data_set, BytesIO):
        stream = data_set
    else:
        stream = BytesIO(as_buffer(data_set, "a data set"))
    keyword = message_type.data_set
    status = getattr(message.primitive, message_type.status or "", None)
    if status is not None:
        keyword = message_type.data_set_with.get(status, keyword)
    if keyword is None or not message.has_data_set:
        text = "a data set came with the message"
        text += ", which has none" if keyword is None else ", which says that none follows"
        raw = stream.getvalue() if keyword is None else b""
        anomaly = Anomaly("data-set", keyword, None, 0, text, "PS3.7 E.1", raw)
        message.anomalies = (*message.anomalies, anomaly)
    if keyword is not None:
        setattr(message.primitive, keyword, stream)
    return message
