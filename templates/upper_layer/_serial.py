"""PDUs, items and primitives of the Upper Layer as JSON, as the DIMSE primitives have it.

Invariant: what `to_json` writes, `from_json` reads into an equal object. What is absent has no
key; bytes are in Base64; a structure says in ``type`` what it is, a primitive in ``service``.

This file is copied as it is from `templates/upper_layer/_serial.py`. Do not edit the copy.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

_TYPE: Final = "type"
_BYTES: Final = ("bytes", "Buffer")
# What an item keeps of its own bytes is made again.
_MADE: Final = "encoded"


def structure_to_json(structure: Any) -> dict[str, Any]:
    """Return a PDU, an item or a record as JSON has it; what is None is left out."""
    values = ((field.name, getattr(structure, field.name)) for field in fields(structure))
    shown = {name: to_json(value) for name, value in values if value is not None and name != _MADE}
    return {_TYPE: type(structure).__name__, **shown}


def to_json(value: object) -> object:
    """Return a value of an attribute as JSON has it."""
    if isinstance(value, int | str):
        return int(value) if isinstance(value, int) else str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, tuple | list):
        return [to_json(each) for each in value]
    return structure_to_json(value)


def structure_from_json(base: type[Any] | tuple[type[Any], ...], content: object) -> Any:
    """Return the structure that `structure_to_json` wrote; its class is `base`, or made of it."""
    if not isinstance(content, Mapping):
        raise ValueError(f"a structure is a JSON object, not {type(content).__name__}")
    # Only now: the package is made of this module.
    from .. import upper_layer

    name = content.get(_TYPE)
    kind = getattr(upper_layer, name, None) if isinstance(name, str) else None
    if not (isinstance(kind, type) and issubclass(kind, base) and is_dataclass(kind)):
        raise ValueError(f"type is {name!r}, which is none that can be here")
    return kind(**dict(_attributes(kind, content)))


def _attributes(kind: type[Any], content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    known = {field.name: str(field.type) for field in fields(kind) if field.name != _MADE}
    for name, value in content.items():
        if name == _TYPE:
            continue
        if name not in known:
            raise ValueError(f"{name} is no attribute of {kind.__name__}")
        try:
            yield name, _value(value, is_bytes=known[name] in _BYTES)
        except (TypeError, binascii.Error) as error:
            raise ValueError(f"{kind.__name__}.{name}: {error}") from None


def _value(value: Any, *, is_bytes: bool) -> Any:
    if is_bytes:
        return base64.b64decode(value, validate=True)
    return from_json(value)


def from_json(value: Any) -> Any:
    """Return the value of an attribute that `to_json` wrote, but for bytes."""
    if isinstance(value, list):
        return tuple(from_json(each) for each in value)
    return structure_from_json(object, value) if isinstance(value, Mapping) else value
