"""The facts that PS3.7 prints as a sentence: fixed values, codes, who may have a field.

What a sentence does not say is None; nothing is guessed from what is likely.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..model import DEFAULT_REPERTOIRE, Parameter

_CODE = r"([0-9A-F]{4})H"
# "shall be set to 0020H", "shall be set to a value of 0101H (Null)", but not "... if no Data Set".
_FIXED = re.compile(rf"set to (?:(?:the|a) )?(?:value (?:of )?)?{_CODE}(?! ?(?:\(\w+\) ?)?if\b)")
_EXCLUDED = re.compile(rf"value other than {_CODE}")
_NONE = re.compile(_CODE)
_DEFAULT = re.compile(r"[Oo]nly characters from the Default Character Repertoire")
_NAMED = re.compile(rf"([A-Z]{{2,}}) ?= ?{_CODE}")
_TAG = re.compile(r"\(([0-9A-Fa-f]{4}),([0-9A-Fa-f]{4})\)")
_REPEATED = re.compile(r"set to the value of the .*?(\([0-9A-Fa-f]{4}, ?[0-9A-Fa-f]{4}\)) field")
_SERVICE_CLASS = re.compile(r"is Service Class specific")
_ONLY_IN = re.compile(r"[Pp]ermitted only in the ([A-Z]+(?:-[A-Z]+)*?) ?-RSP")


def fixed_value(text: str) -> int | None:
    """Return the only value that a field may have."""
    found = _FIXED.search(text)
    return int(found[1], 16) if found else None


def excluded_value(text: str) -> int | None:
    """Return the only value that a field may not have."""
    found = _EXCLUDED.search(text)
    return int(found[1], 16) if found else None


def first_value(text: str) -> int | None:
    """Return the first value that a text has."""
    found = _NONE.search(text)
    return int(found[1], 16) if found else None


def named_values(text: str) -> Mapping[str, int]:
    """Return the values that a text gives as ``NAME = 0000H``."""
    return {name: int(code, 16) for name, code in _NAMED.findall(text)}


def repertoire(text: str) -> str:
    """Return the characters to which a text restricts a field; nothing if it does not."""
    return DEFAULT_REPERTOIRE if _DEFAULT.search(text) else ""


def tag(text: str) -> int | None:
    """Return a printed tag as a number."""
    found = _TAG.fullmatch(text)
    return int(found[1] + found[2], 16) if found else None


def repeated_tag(text: str) -> int | None:
    """Return the tag of the element of the request whose value is repeated."""
    found = _REPEATED.search(text)
    return tag(found[1].replace(" ", "")) if found else None


def is_left_to_service_classes(text: str) -> bool:
    """Return whether a status code is said to be specific to the Service Class."""
    return _SERVICE_CLASS.search(text) is not None


def services_with(text: str, parameter: Parameter) -> tuple[str, ...] | None:
    """Return the services whose responses may have the field; None where any may."""
    named = re.compile(rf"{re.escape(parameter.name)} of the ([A-Z]+(?:-[A-Z]+)*?) ?-RQ")
    found = [*_ONLY_IN.findall(text), *named.findall(text)]
    return tuple(dict.fromkeys(found)) or None
