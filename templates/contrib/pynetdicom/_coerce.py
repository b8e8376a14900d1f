"""Values as the classes of pynetdicom take them, where that is not what the native classes take.

Invariant: a value that pynetdicom accepts from a peer or a handler is never an error here that the
association dies of, if PS3.7 lets it be stored at all.

This file is copied as it is from `templates/contrib/pynetdicom/_coerce.py`. Do not edit the copy.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable
from enum import IntEnum
from io import BytesIO
from typing import Any

from pydicom.tag import BaseTag
from pynetdicom import _config
from pynetdicom._validators import validate_ui
from pynetdicom.utils import decode_bytes, set_ae, set_uid

from ..._coercion import UIDLike, is_valid_uid
from ..._coercion import to_named as native_named
from ..._coercion import to_uid as native_uid
from ._diagnosis import printable

# What pynetdicom logs of values goes where its own classes log it.
_THEIRS = logging.getLogger("pynetdicom.dimse_primitives")
_OURS = logging.getLogger("dimse_primitives")
_LONGEST_TEXT = 64
_NOT_IN_LO = {ord("\\"): "/", 0x7F: " "} | dict.fromkeys(range(0x20), " ")


def to_uid(value: UIDLike | None, name: str) -> str | None:
    """Return `value` as a UID that pynetdicom's configuration accepts; None if it is empty."""
    if _config.ENFORCE_UID_CONFORMANCE or _config.VALIDATORS["UI"] is not validate_ui:
        return set_uid(value, name) or None
    text = native_uid(value, name) if _is_ascii(value) else _beyond_ascii(value, name)
    if text is not None and not is_valid_uid(text):
        _THEIRS.warning(f"Non-conformant '{name}' value '{printable(text)}'")
    return text


def _is_ascii(value: object) -> bool:
    """Return whether `value` is none of the UIDs beyond ASCII that only pynetdicom takes."""
    return not isinstance(value, str | bytes) or value.isascii()


def _beyond_ascii(value: Any, name: str) -> str | None:
    """Return a UID that breaks every rule of UIDs, without a line of log for each way to say so."""
    text = decode_bytes(value) if isinstance(value, bytes) else value
    if len(text) > _LONGEST_TEXT:
        # It raises the error that its own classes raise.
        return set_uid(text, name)
    return text.strip() or None


def to_title(value: str | bytes | None, name: str) -> str | None:
    """Return `value` as an AE title that shall not be blank, with its spaces."""
    return set_ae(_text(value, name), name, allow_empty=False)


def to_optional_title(value: str | bytes | None, name: str, message: str) -> str | None:
    """Return `value` as an AE title, with its spaces; None, and an error is logged, if it is none.

    The title is not needed to act on the `message` it came in.
    """
    try:
        return set_ae(_text(value, name), name)
    except ValueError:
        _THEIRS.error(f"Invalid '{name}' in {message}")
        return None


def _text(value: str | bytes | None, name: str) -> str | None:
    if not isinstance(value, bytes):
        return value
    warnings.warn(
        f"The use of bytes with '{name}' is deprecated, use an ASCII str instead",
        DeprecationWarning,
        stacklevel=4,
    )
    return decode_bytes(value).strip()


def to_comment(value: Any, name: str) -> str | None:
    """Return `value` as the 64 ASCII characters that LO allows; what is changed is logged.

    A peer's comment is worth more than its syntax, and a response is worth more than its comment.
    A backslash, which would end the value there, becomes a slash, a control character a space.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        text = value
    elif isinstance(value, Iterable):
        text = "\\".join(map(str, value))
    else:
        raise TypeError(f"{name} must be a str or None, not {type(value).__name__}")
    allowed = text.encode("ascii", "replace").decode().translate(_NOT_IN_LO)
    kept = allowed[:_LONGEST_TEXT]
    if kept != text:
        _OURS.warning("%s is %r, changed to what LO allows (PS3.5 6.2): %r", name, kept, text)
    return kept


def to_named(value: Any, name: str, values: type[IntEnum]) -> int | None:
    """Return `value`, which must be one of `values`; anything else is a ValueError."""
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise ValueError(f"{name} must be an int, not {value!r}")
    return native_named(value, name, values)


def to_data_set(value: BytesIO | None, keyword: str) -> BytesIO | None:
    """Return `value`, which must be an encoded data set or None."""
    if value is None or isinstance(value, BytesIO):
        return value
    raise TypeError(f"'{keyword}' parameter must be a BytesIO object")


def as_tags(value: list[BaseTag] | None) -> BaseTag | list[BaseTag] | None:
    """Return a single tag as itself, not as a list."""
    return value[0] if value is not None and len(value) == 1 else value
