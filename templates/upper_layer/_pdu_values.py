"""What the constructors of PDUs and items take, and how it is checked.

This file is copied as it is from `templates/upper_layer/_pdu_values.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, TypeVar

from pydicom.uid import UID

from .._codec import Buffer, as_buffer
from .._coercion import UIDLike, to_uid
from ._facts import AE_TITLE_LENGTH, CONTEXT_ID_WORDS, CONTEXT_IDS
from ._pdu import NAMES

_Self = TypeVar("_Self")
_new_uid: Final = str.__new__


@lru_cache(maxsize=NAMES)
def encode_ae_title(value: str) -> bytes:
    """Return `value` in as many bytes as its field has."""
    return value.encode("latin-1").ljust(AE_TITLE_LENGTH)


def setters(cls: type) -> tuple[Callable[[Any, Any], None], ...]:
    """Return what sets each slot of `cls`, in order: how a frozen structure gets its values."""
    return tuple(vars(cls)[name].__set__ for name in vars(cls)["__slots__"])


def whole(value: int, name: str, maximum: int) -> int:
    """Return `value`, an integer from 0 to `maximum`."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} must be an int, not {type(value).__name__}")
    if not 0 <= value <= maximum:
        raise ValueError(f"{name} must be from 0 to {maximum}, not {value}")
    return int(value)


def to_context_id(value: int, name: str) -> int:
    """Return `value`, a presentation context ID."""
    if whole(value, name, CONTEXT_IDS[-1]) not in CONTEXT_IDS:
        raise ValueError(f"{name} must be {CONTEXT_ID_WORDS}, not {value}")
    return int(value)


def to_name(value: UIDLike, name: str) -> UID:
    """Return `value` as a UID that is not too long."""
    text = to_uid(value, name)
    if text is None:
        raise TypeError(f"{name} must be a UID, str or bytes that is not empty, not {value!r}")
    return _new_uid(UID, text)


def to_text(value: str, name: str, most: int) -> str:
    """Return `value`, a text of at most `most` ASCII characters, without spaces at the end."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str, not {type(value).__name__}")
    if len(value) > most:
        raise ValueError(f"{name} must have at most {most} characters, not {len(value)}")
    if not value.isascii():
        raise ValueError(f"{name} must be ASCII, not {value!r}")
    return value.rstrip(" ")


def to_echoed(value: str, name: str, most: int) -> str:
    """Return `value`, a text of at most `most` characters of one byte each, as it was received."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str, not {type(value).__name__}")
    if len(value) > most:
        raise ValueError(f"{name} must have at most {most} characters, not {len(value)}")
    value.encode("latin-1")
    return value.rstrip(" ")


def to_octets(value: Buffer, name: str, size: int | None = None) -> bytes:
    """Return `value` as bytes, of which there must be `size` if that is given."""
    value = bytes(as_buffer(value, name))
    if size is not None and len(value) != size:
        raise ValueError(f"{name} must have {size} bytes, not {len(value)}")
    return value


def to_fragment(value: Buffer, name: str) -> Buffer:
    """Return `value`, which is sent as it is and not copied."""
    return as_buffer(value, name)


def to_item(value: object, name: str, kind: type[_Self]) -> _Self | None:
    """Return `value`, an item of `kind` or None."""
    if value is not None and not isinstance(value, kind):
        raise TypeError(f"{name} must be a {kind.__name__} or None, not {type(value).__name__}")
    return value


def to_items(value: object, name: str, kind: type | tuple[type, ...]) -> tuple[Any, ...]:
    """Return `value`, any number of items of `kind`, as a tuple."""
    try:
        items: tuple[object, ...] = tuple(value)  # type: ignore[arg-type]
    except TypeError:
        kind_of = type(value).__name__
        raise TypeError(f"{name} must be a sequence of items, not {kind_of}") from None
    for item in items:
        if not isinstance(item, kind):
            kinds = kind if isinstance(kind, tuple) else (kind,)
            expected = " or ".join(each.__name__ for each in kinds)
            raise TypeError(f"{name} must hold {expected}, not {type(item).__name__}")
    return items


def first_of(items: tuple[object, ...], kind: type[_Self]) -> _Self | None:
    """Return the first of `items` that is of `kind`, None if there is none."""
    return next((item for item in items if isinstance(item, kind)), None)


def all_of(items: tuple[object, ...], kind: type[_Self]) -> tuple[_Self, ...]:
    """Return those of `items` that are of `kind`."""
    return tuple(item for item in items if isinstance(item, kind))


def too_long(name: str) -> ValueError:
    """Return the error of a structure whose length does not fit its length field."""
    return ValueError(f"{name} is longer than its length field can say: send less in it")
