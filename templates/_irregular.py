"""Read a command set that is not regular: slowly, completely, and in linear time.

Invariant: every byte is accounted for. It is in the value of a parameter, in `Message.unknown`, in
the `raw` of an anomaly, or in the header of one of these. Nothing is allocated that is larger
than the input, whatever lengths the input claims, and what is said of it has a bounded length.

This file is copied as it is from `templates/_irregular.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydicom.tag import BaseTag

from ._anomalies import STRUCTURE, Anomalies
from ._codec import Buffer, DecodeError, Message, decode_at, unpack_header
from ._dictionary import Dictionary, Element, MessageType
from ._looks_like import looks_like

_DICTIONARY = "PS3.7 E.1"
_LONGEST_REASON = 200


class _Found(NamedTuple):
    """An element as it was sent."""

    tag: int
    offset: int
    raw: bytes


class IrregularDecoder:
    """Decodes one command set and collects what is wrong with it.

    It reads the bytes twice, first for what the protocol itself needs, and keeps no list of their
    elements: a megabyte may hold more than a hundred thousand.
    """

    def __init__(
        self, data: Buffer, dictionary: Dictionary, messages: Mapping[int, MessageType]
    ) -> None:
        self._data = data
        self._dictionary = dictionary
        self._messages = messages
        self._anomalies = Anomalies(data, dictionary)
        self._unknown: list[tuple[int, bytes]] = []

    def decode(self) -> Message:
        """Return the message, with every anomaly.

        Raises
        ------
        DecodeError
            If there is no Command Field that names a message.
        """
        elements, group_end = self._look()
        message_type = self._message_type(elements)
        self._check_group_length(elements, group_end)
        primitive = message_type.make()
        has_data_set = self._has_data_set(elements, message_type)
        seen: set[int] = set()
        for found in self._split():
            if found.tag in seen:
                self._note("duplicate", found, "occurs more than once; the first is used")
            else:
                seen.add(found.tag)
                self._take(found, message_type, primitive)
        return Message(
            message_type.name,
            primitive,
            has_data_set,
            self._anomalies.in_order(),
            tuple(self._unknown),
        )

    def _look(self) -> tuple[dict[int, _Found], int]:
        """Return the first of each element that the protocol needs, and where their group ends."""
        dictionary = self._dictionary
        wanted = (dictionary.group_length, dictionary.command_field, dictionary.data_set_type)
        data, end = self._data, len(self._data)
        elements: dict[int, _Found] = {}
        position, group_end = 0, end
        while end - position >= 8:
            number, size = unpack_header(data, position)
            following = position + 8 + size
            if following > end:
                break
            tag = (number & 0xFFFF) << 16 | number >> 16
            if tag in wanted and tag not in elements:
                elements[tag] = _Found(tag, position, bytes(data[position + 8 : following]))
            elif group_end == end and tag >> 16 and dictionary.group_length in elements:
                group_end = position
            position = following
        return elements, group_end

    def _split(self) -> Iterator[_Found]:
        """Yield the elements in the order of the bytes."""
        data, end = self._data, len(self._data)
        position, last = 0, -1
        while end - position >= 8:
            number, size = unpack_header(data, position)
            tag = (number & 0xFFFF) << 16 | number >> 16
            raw = bytes(data[position + 8 : position + 8 + size])
            element = _Found(tag, position, raw)
            if len(raw) < size:
                text = f"has {len(raw)} bytes of the {size} it announces"
                self._note("truncated", element, text)
                return
            if size & 1:
                self._note("odd-length", element, f"has an odd length, {size}")
            if tag < last:
                self._note("order", element, "stands after an element with a greater tag")
            last = max(last, tag)
            yield element
            position += 8 + size
        if position < end:
            raw = bytes(data[position:])
            text = f"{len(raw)} bytes after the last element"
            self._anomalies.note("trailing-bytes", None, position, text, raw, STRUCTURE)

    def _message_type(self, elements: Mapping[int, _Found]) -> MessageType:
        field = elements.get(self._dictionary.command_field)
        if field is None:
            raise self._unreadable()
        if len(field.raw) < 2:
            raise DecodeError("the Command Field has no value", field.offset)
        code = int.from_bytes(field.raw[:2], "little")
        if code not in self._messages:
            raise DecodeError(f"Command Field {code:04X}H names no message", field.offset)
        if len(field.raw) > 3:
            self._note_count(field)
        return self._messages[code]

    def _unreadable(self) -> DecodeError:
        """Return the error that says why there is no Command Field."""
        if looks := looks_like(self._data):
            return DecodeError(looks, 0)
        for _ in self._split():
            # Only what ends the reading matters.
            self._anomalies = Anomalies(self._data, self._dictionary)
        end = self._anomalies.last
        if end is None or end.kind not in ("truncated", "trailing-bytes"):
            return DecodeError("no readable Command Field", 0)
        return DecodeError(f"no readable Command Field: {end.message}", end.offset)

    def _check_group_length(self, elements: Mapping[int, _Found], group_end: int) -> None:
        tag = self._dictionary.group_length
        first = elements.get(tag)
        if first is None:
            text = "is missing"
            self._anomalies.note("group-length-missing", tag, 0, text, b"", _DICTIONARY)
            return
        # PS3.7 E.1 counts to the beginning of the next group. There shall be none; where there is,
        # to count to the end is as good.
        start = first.offset + 8 + len(first.raw)
        expected = len(self._data) - start
        right = (expected, group_end - start)
        if len(first.raw) != 4 or int.from_bytes(first.raw, "little") not in right:
            shown = int.from_bytes(first.raw[:4], "little")
            text = f"says {shown} bytes follow, {expected} do"
            self._anomalies.note("group-length", tag, first.offset, text, first.raw, _DICTIONARY)

    def _has_data_set(self, elements: Mapping[int, _Found], message_type: MessageType) -> bool:
        tag = self._dictionary.data_set_type
        field = elements.get(tag)
        if field is None or len(field.raw) < 2:
            offset = field.offset if field else 0
            raw = field.raw if field else b""
            text = "is missing: no data set is taken to follow"
            self._anomalies.note("missing-element", tag, offset, text, raw, _DICTIONARY)
            return False
        if len(field.raw) > 3:
            self._note_count(field)
        has_data_set = int.from_bytes(field.raw[:2], "little") != self._dictionary.none
        if has_data_set and message_type.data_set is None:
            text = f"says that a data set follows, and {message_type.name} has none"
            self._anomalies.note("data-set", tag, field.offset, text, field.raw, _DICTIONARY)
        return has_data_set

    def _take(self, found: _Found, message_type: MessageType, primitive: Any) -> None:
        """Put the value of `found` where it belongs."""
        dictionary = self._dictionary
        if found.tag in (
            dictionary.group_length,
            dictionary.command_field,
            dictionary.data_set_type,
        ):
            return
        element = dictionary.elements.get(found.tag)
        if element is None:
            self._keep(found)
            return
        if element.keyword not in message_type.elements:
            self._note("unexpected-element", found, f"is not one of {message_type.name}")
        if not hasattr(primitive, element.keyword):
            self._unknown.append((found.tag, found.raw))
        elif found.raw:
            self._set(found, element, primitive)

    def _keep(self, found: _Found) -> None:
        """Keep an element that no message has, and tell it unless a sender may write it."""
        if found.tag in self._dictionary.retired:
            if found.tag not in self._dictionary.allowed:
                self._note("retired-element", found, "is retired", "PS3.7 E.2")
        elif found.tag < 0x10000:
            self._note("unknown-element", found, "is no command element")
        else:
            self._note("other-group", found, "is not of group 0000")
        self._unknown.append((found.tag, found.raw))

    def _set(self, found: _Found, element: Element, primitive: Any) -> None:
        try:
            setattr(primitive, element.keyword, self._value(found, element))
        except (ValueError, TypeError) as error:
            self._note("out-of-range", found, f"is left out: {_shortened(str(error))}")

    def _value(self, found: _Found, element: Element) -> int | str | list[BaseTag] | None:
        raw = found.raw
        if element.vr in ("US", "UL"):
            size = 2 if element.vr == "US" else 4
            if len(raw) < size:
                raise ValueError(f"{len(raw)} bytes are no {element.vr}")
            if len(raw) > size + 1:
                self._note_count(found)
            return int.from_bytes(raw[:size], "little")
        if element.vr == "AT":
            if len(raw) & 3:
                raise ValueError(f"{len(raw)} bytes are no list of tags")
            return decode_at(raw)
        first, backslash, _ = raw.partition(b"\\")
        # Spaces before a comment are a part of it.
        value = first.rstrip(b"\0 ") if element.vr == "LO" else first.strip(b"\0 ")
        if backslash:
            self._note_count(found, _quoted(raw))
        else:
            self._check_padding(found, element.vr, value)
        if not value and element.vr == "AE":
            raise ValueError("an AE title of spaces")
        # Beyond ASCII the setter refuses it, and its message says so.
        return value.decode("latin-1") or None

    def _check_padding(self, found: _Found, vr: str, value: bytes) -> None:
        """Note what pads `value` and is not what PS3.5 wants there."""
        if vr == "UI":
            if found.raw not in (value, value + b"\0"):
                text = f"is padded otherwise than with one NUL at its end: {_quoted(found.raw)}"
                self._note("padding", found, text, "PS3.5 9.1")
        elif value not in (found.raw.strip(b" "), found.raw.rstrip(b" ")):
            text = f"is padded otherwise than with spaces: {_quoted(found.raw)}"
            self._note("padding", found, text, "PS3.5 6.2")

    def _note_count(self, found: _Found, shown: str = "") -> None:
        whole = f": {shown}" if shown else ""
        self._note("multiplicity", found, f"has more than one value; the first is used{whole}")

    def _note(self, kind: str, found: _Found, text: str, reference: str = "") -> None:
        if kind in ("multiplicity", "out-of-range", "unknown-element", "unexpected-element"):
            reference = _DICTIONARY
        self._anomalies.note(kind, found.tag, found.offset, text, found.raw, reference or STRUCTURE)


def _quoted(raw: bytes) -> str:
    """Return `raw` as text in one line of ASCII, and not at length."""
    return _shortened(ascii(raw[:_LONGEST_REASON].decode("latin-1")))


def _shortened(reason: str) -> str:
    """Return `reason`, cut where it repeats a long value; the anomaly has that anyway."""
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[:_LONGEST_REASON]}..."
