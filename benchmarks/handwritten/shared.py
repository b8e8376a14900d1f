"""What the hand-written functions have in common: layouts that every message has, odd values.

Invariant: nothing on the way of a usual message is called from here; the functions for the
messages have their UIDs and numbers inline. Numbers read from a tag have the group in their lower
half, because it comes first: (0000,eeee) is 0xeeee0000.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

from pydicom.tag import BaseTag

# Command Group Length (tag, size, value), and tag and size of the element after it
pack_start: Final = Struct("<5I").pack
unpack_start: Final = Struct("<5I").unpack_from
# Command Group Length alone
pack_group_length: Final = Struct("<3I").pack
# Tag and size
pack_header: Final = Struct("<2I").pack
unpack_header: Final = Struct("<2I").unpack_from
# Tag, size and value of an US element, and its value alone
pack_us: Final = Struct("<2IH").pack
unpack_us: Final = Struct("<H").unpack_from

# What stands for the next tag and size where there is no element
NOTHING: Final = (0xFFFF, 0)

new_uid: Final = str.__new__
new: Final = object.__new__

_pack_tag: Final = Struct("<2H").pack
_unpack_tags: Final = Struct("<2H").iter_unpack


def text_element(tag: int, value: str) -> bytes:
    """Return an AE or LO element, padded with a space."""
    raw = value.encode()
    if len(raw) & 1:
        raw += b" "
    return pack_header(tag, len(raw)) + raw


def tags_element(tag: int, value: list[BaseTag]) -> bytes:
    """Return an AT element."""
    raw = b"".join([_pack_tag(item >> 16, item & 0xFFFF) for item in value])
    return pack_header(tag, len(raw)) + raw


def text(raw: bytes) -> str | None:
    """Return a LO value without the padding at its end."""
    return raw.rstrip(b" \0").decode("ascii") or None


def title(raw: bytes) -> str | None:
    """Return an AE value without the padding."""
    return raw.strip(b" \0").decode("ascii") or None


def tags(raw: bytes) -> list[BaseTag] | None:
    """Return an AT value."""
    return [BaseTag(group << 16 | element) for group, element in _unpack_tags(raw)] or None


def incomplete(message: str) -> ValueError:
    """Return the error for a primitive that lacks a mandatory parameter of `message`."""
    return ValueError(f"a mandatory parameter of {message} is missing")


def refused(message: str) -> ValueError:
    """Return the error for bytes that are not a regular `message`."""
    return ValueError(f"not a regular {message}")
