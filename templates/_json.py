"""Primitives as JSON: for logs, for test data, for tools in other languages.

Invariant: what `to_json` writes, `from_json` reads into an equal primitive, and the JSON Schema in
``primitives.schema.json`` accepts. An absent parameter is an absent key.

This file is copied as it is from `templates/_json.py`. Do not edit the copy.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any, ClassVar, TypeVar

_Self = TypeVar("_Self", bound="JSONForm")
_SERVICE = "service"


class JSONForm:
    """What can be written as JSON and read back."""

    __slots__ = ()

    def to_json_dict(self) -> dict[str, Any]:
        """Return what it is and what is set in it, as JSON has it.

        Returns
        -------
        dict
            One key an attribute: UIDs and titles as text, codes and other numbers as numbers, tags
            as eight hexadecimal digits, bytes and data sets in Base64, items as objects, several of
            them as an array.
        """
        raise NotImplementedError

    def to_json(self) -> str:
        """Return `to_json_dict` as text."""
        return json.dumps(self.to_json_dict())

    @classmethod
    def from_json(cls: type[_Self], source: str | bytes | Mapping[str, Any]) -> _Self:
        """Return what `to_json` or `to_json_dict` wrote.

        Parameters
        ----------
        source : str, bytes or mapping
            JSON text, or what it holds.

        Raises
        ------
        ValueError
            If it is no JSON, is something else, has a key twice, or has a value that the class does
            not take.
        """
        try:
            if isinstance(source, str | bytes):
                source = json.loads(source, object_pairs_hook=_each_once)
            if not isinstance(source, Mapping):
                raise ValueError(f"{cls.__name__} is a JSON object, not {type(source).__name__}")
            return cls._from(source)
        except (TypeError, binascii.Error) as error:
            raise ValueError(f"{cls.__name__}: {error}") from None
        except RecursionError:
            raise ValueError(f"nested too deeply for {cls.__name__}") from None

    @classmethod
    def _from(cls: type[_Self], content: Mapping[str, Any]) -> _Self:
        raise NotImplementedError


class Serializable(JSONForm):
    """A primitive that can be written as JSON and read back."""

    __slots__ = ()

    _KEYWORDS: ClassVar[tuple[str, ...]] = ()

    @property
    def msg_type(self) -> str:
        """Name of the service, e.g. ``N-GET``."""
        raise NotImplementedError

    def to_json_dict(self) -> dict[str, Any]:
        """Return the service and the parameters that are set, as JSON has them.

        Returns
        -------
        dict
            ``service`` and one key a parameter, its DICOM keyword: numbers as numbers, tags as
            eight hexadecimal digits, data sets in Base64.
        """
        values = ((keyword, getattr(self, keyword)) for keyword in self._KEYWORDS)
        shown = {keyword: _to_json(value) for keyword, value in values if value is not None}
        return {_SERVICE: self.msg_type, **shown}

    @classmethod
    def _from(cls: type[_Self], content: Mapping[str, Any]) -> _Self:
        primitive: Any = cls()
        if content.get(_SERVICE) != primitive.msg_type:
            message = f"service is {content.get(_SERVICE)!r}, not {primitive.msg_type!r}"
            raise ValueError(message)
        for keyword, value in content.items():
            if keyword != _SERVICE:
                _set(primitive, keyword, value)
        made: _Self = primitive
        return made


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return `pairs` as a dictionary; of two values of one key, JSON does not say which counts."""
    content: dict[str, Any] = {}
    for key, value in pairs:
        if key in content:
            raise ValueError(f"{key!r} stands there twice")
        content[key] = value
    return content


def _to_json(value: object) -> object:
    if isinstance(value, BytesIO):
        return base64.b64encode(value.getvalue()).decode("ascii")
    if isinstance(value, list):
        return [f"{tag:08X}" for tag in value]
    return value if isinstance(value, int) else str(value)


def _set(primitive: Any, keyword: str, value: Any) -> None:
    if keyword not in primitive._KEYWORDS:
        raise ValueError(f"{keyword} is no parameter of {primitive.msg_type}")
    parameter = primitive.PARAMETERS.get(keyword)
    try:
        if parameter is not None and parameter.tag is None:
            value = BytesIO(base64.b64decode(value, validate=True))
        setattr(primitive, keyword, value)
    except (TypeError, binascii.Error) as error:
        raise ValueError(f"{keyword}: {error}") from None
