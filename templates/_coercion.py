"""The values of parameters: what each VR can be set to, how that is kept, whether it is right.

Setting a value that no message could hold is refused at once; one that breaks a rule of its VR is
kept, and the rules tell it.

This file is copied as it is from `templates/_coercion.py`. Do not edit the copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from io import BytesIO
from typing import Any, Final, SupportsIndex, TypeAlias

from pydicom.tag import BaseTag, Tag
from pydicom.uid import UID

UIDLike: TypeAlias = str | bytes
#: How many characters a UID has at most (PS3.5 9.1).
UID_LENGTH: Final = 64
TagLike: TypeAlias = int | str | tuple[int, int]
TagsLike: TypeAlias = TagLike | Iterable[TagLike]

# PS3.5 9.1: components of digits without leading zero, separated by periods. Digits and periods
# are read in one run, and what must not be among them is looked for first: a third faster than a
# group for each component.
_match_uid: Callable[[str], object] = re.compile(
    r"(?!0[0-9])(?!.*\.(?:0[0-9]|\.|\Z))[0-9][0-9.]*"
).fullmatch
# PS3.5 6.2: no backslash and no control characters; LO, not AE, may have ESC.
_search_not_ae: Callable[[str], object] = re.compile(r"[\x00-\x1f\x7f\\]").search
_search_not_lo: Callable[[str], object] = re.compile(r"[\x00-\x1a\x1c-\x1f\x7f\\]").search
_new_uid = str.__new__


def is_valid_uid(value: str | None) -> bool:
    """Return whether `value` keeps the syntax of PS3.5 Section 9.1; None does."""
    return value is None or _match_uid(value) is not None


def is_valid_ae(value: str | None) -> bool:
    """Return whether `value` has only characters that AE allows (PS3.5 6.2); None does."""
    return value is None or _search_not_ae(value) is None


def is_valid_lo(value: str | None) -> bool:
    """Return whether `value` has only characters that LO allows (PS3.5 6.2); None does."""
    return value is None or _search_not_lo(value) is None


def _whole(value: int | None, name: str, maximum: int) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} must be an int or None, not {type(value).__name__}")
    if not 0 <= value <= maximum:
        raise ValueError(f"{name} must be from 0 to {maximum}, not {value}")
    return int(value)


def to_us(value: int | None, name: str) -> int | None:
    """Return `value` as US: an integer from 0 to 65535."""
    if type(value) is int and 0 <= value <= 0xFFFF:
        return value
    return _whole(value, name, 0xFFFF)


def to_ul(value: int | None, name: str) -> int | None:
    """Return `value` as UL: an integer from 0 to 4294967295."""
    return _whole(value, name, 0xFFFFFFFF)


def to_named(value: int | None, name: str, values: type[IntEnum]) -> int | None:
    """Return `value`, which must be one of `values`."""
    if value is not None and value not in values.__members__.values():
        known = ", ".join(f"{item.value} ({item.name})" for item in values)
        raise ValueError(f"{name} must be one of {known}, not {value}")
    return value


def to_uid(value: UIDLike | None, name: str) -> str | None:
    """Return the text of the UID `value`, None if it is empty.

    Only what no UID can be is refused: other types, more than 64 characters, non-ASCII. A malformed
    UID is kept, for the rules to report.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        if not isinstance(value, bytes):
            kind = type(value).__name__
            raise TypeError(f"{name} must be a UID, str, bytes or None, not {kind}")
        value = value.decode("latin-1")
    if not value.isascii():
        raise ValueError(f"{name} must be ASCII, not {value!r}")
    text = value.strip(" \0")
    if len(text) > UID_LENGTH:
        text = f"at most {UID_LENGTH} characters, not {len(text)}: {text!r}"
        raise ValueError(f"{name} must have {text}")
    if type(value) is UID and len(text) == len(value):
        # A UID that stays as it is is shared, not copied.
        return value or None
    return text or None


def as_uid(value: str | None) -> UID | None:
    """Return what is stored as a UID of pydicom, as it is read.

    Text is stored as text: a UID object takes twice the memory, and few of them are looked at.
    """
    if value is None or type(value) is UID:
        return value
    # pydicom's own constructor would validate once more, and warn.
    return _new_uid(UID, value)


def _text(value: str | None, name: str, length: int) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str or None, not {type(value).__name__}")
    if len(value) > length:
        raise ValueError(f"{name} must have at most {length} characters, not {len(value)}")
    if not value.isascii():
        # A command set has no Specific Character Set: the default repertoire applies (PS3.5 6.1).
        # Of Error Comment, Annex C and E.1 say so themselves.
        raise ValueError(f"{name} must be ASCII, not {value!r}")
    return value


def to_ae(value: str | None, name: str) -> str | None:
    """Return `value` as AE: 1 to 16 characters that are not all spaces."""
    value = _text(value, name, 16)
    if value is not None and not value.strip(" "):
        raise ValueError(f"{name} must not be empty or blank")
    return value


def to_lo(value: str | None, name: str) -> str | None:
    """Return `value` as LO: at most 64 characters; None if it is empty."""
    return _text(value, name, 64) or None


def to_tags(value: TagsLike | None, name: str) -> list[BaseTag] | None:
    """Return `value`, one tag or several in any form that pydicom takes, as a list; None if empty.

    A tuple of two integers, or two strings of up to four hexadecimal digits, is one tag.
    """
    if value is None:
        return None
    try:
        if type(value) is not list:
            if isinstance(value, int | str) or _is_pair(value):
                return [_tag(value)]
            if isinstance(value, bytes | bytearray | memoryview | Mapping):
                raise TypeError(f"{type(value).__name__} is neither")
        # Of a number in range, BaseTag is what Tag() comes to, at a third of the time.
        return [
            BaseTag(item) if type(item) is int and 0 <= item <= 0xFFFFFFFF else _tag(item)
            for item in value
        ] or None
    except (TypeError, ValueError) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        raise kind(f"{name} must be one tag or a list of tags: {error}") from None


def _tag(value: Any) -> BaseTag:
    for part in value if isinstance(value, tuple | list) else (value,):
        # Tag() itself takes a float for the integer before it, and True for 1.
        if isinstance(part, bool) or not isinstance(part, str | SupportsIndex):
            raise TypeError(f"a {type(part).__name__} is no tag")
    if value == "":
        # To Tag() it is the keyword of a retired element that has none.
        raise ValueError("an empty string is no tag")
    try:
        return Tag(value)
    except OverflowError as error:
        raise ValueError(str(error)) from None


def _is_pair(value: TagsLike) -> bool:
    if not isinstance(value, tuple) or len(value) != 2:
        return False
    return all(
        (isinstance(part, int) and not isinstance(part, BaseTag) and part <= 0xFFFF)
        or (isinstance(part, str) and re.fullmatch("[0-9A-Fa-f]{1,4}", part) is not None)
        for part in value
    )


# What a pydicom Dataset lacks is the transfer syntax, which its presentation context decides.
HINT_AT_ENCODING: Final = (
    "; dataset.save_as(stream, implicit_vr=True, little_endian=True) encodes it into an "
    "io.BytesIO in Implicit VR Little Endian"
)


def to_data_set(value: BytesIO | None, name: str) -> BytesIO | None:
    """Return `value`, which must be an encoded data set or None."""
    if value is None or isinstance(value, BytesIO):
        return value
    hint = HINT_AT_ENCODING if hasattr(value, "save_as") else ""
    raise TypeError(f"{name} must be an io.BytesIO or None, not {type(value).__name__}{hint}")
