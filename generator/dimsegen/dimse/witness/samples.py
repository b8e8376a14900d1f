"""Values to try: real ones, simple ones first.

What to try follows from the VR of a parameter, from what the schemas fix or list, and from its name
as printed; no parameter is known by its keyword.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from pydicom.datadict import keyword_for_tag
from pydicom.tag import Tag

from ...code import layout
from ...table.notation import hex4
from ..model import Parameter, Role
from .scope import Face, Scope

Value: TypeAlias = int | str | bytes | tuple[int, ...]
"""What a parameter is set to; bytes are a data set, and a tuple holds tags."""

# PS3.6 Annex A: Verification; Printer and Printer Configuration Retrieval with their instances.
_LONE_CLASSES = ("1.2.840.10008.1.1", "1.2.840.10008.5.1.1.16")
_CLASSES = ("1.2.840.10008.5.1.1.16", "1.2.840.10008.5.1.1.16.376")
_INSTANCES = ("1.2.840.10008.5.1.1.17", "1.2.840.10008.5.1.1.17.376")

_SAMPLES: dict[str | None, tuple[Value, ...]] = {
    "AE": ("STORE_SCP", "MOVE_SCP", "STORE_SCP_ROOM_4"),
    "AT": ((0x00100010,), (0x00080018, 0x00100020)),
    "LO": ("Out of memory", "Disk full", "Out of memory while storing the SOP Instance"),
    "UL": (1, 2, 0x00010000),
    "US": (1, 2, 0xFFFF),
    # One element of Implicit VR Little Endian without a value: (0008,0018), (0008,0005).
    None: (bytes.fromhex("0800180000000000"), bytes.fromhex("0800050000000000")),
}
"""By VR, None for data sets: two simple values, and one that only this VR can hold."""


def usual(scope: Scope, face: Face, keyword: str) -> Value:
    """Return the value that a parameter has where nothing depends on it.

    Parameters
    ----------
    face : Face
        That of the version which is to accept the value.
    """
    fixed = (each.fixed(keyword) for each in (face, *scope.faces))
    return next((value for value in fixed if value is not None), _simple(scope, keyword)[0])


def alternatives(scope: Scope, keyword: str) -> tuple[Value, ...]:
    """Return every value of a parameter that is worth trying."""
    fixed = [face.fixed(keyword) for face in scope.faces]
    found: list[Value] = [value for value in fixed if value is not None]
    return tuple(dict.fromkeys((*found, *_simple(scope, keyword))))


def _simple(scope: Scope, keyword: str) -> tuple[Value, ...]:
    return tuple(value for each in scope.variants(keyword) for value in _of(scope, each))


def _of(scope: Scope, parameter: Parameter) -> Iterator[Value]:
    if parameter.values:
        yield from sorted(parameter.values.values())
    elif parameter.vr == "UI":
        yield from _uids(scope, parameter)
    else:
        yield from _SAMPLES[parameter.vr]


def _uids(scope: Scope, parameter: Parameter) -> tuple[str, ...]:
    if not _is_class(parameter):
        return _INSTANCES
    elements = (each for key in scope.keywords for each in scope.variants(key))
    has_instance = any(each.vr == "UI" and not _is_class(each) for each in elements)
    return _CLASSES if has_instance else _LONE_CLASSES


def _is_class(parameter: Parameter) -> bool:
    return "Class" in parameter.name


def literal(parameter: Parameter, value: Value) -> str:
    """Return `value` as Python source."""
    if isinstance(value, bytes):
        return f"BytesIO(bytes.fromhex({_quoted(value.hex(' '))}))"
    if isinstance(value, tuple):
        return f"[{', '.join(f'0x{tag:08X}' for tag in value)}]"
    if isinstance(value, str):
        return _quoted(value)
    return hex4(value) if parameter.role is Role.STATUS else str(value)


def _quoted(text: str) -> str:
    return f'"{text}"'


def literal_of_example(parameter: Parameter, value: int | str) -> str:
    """Return a value that a service has under `examples` as Python, as a person would write it."""
    if isinstance(value, int):
        names = [name for name, each in parameter.values.items() if each == value]
        if names:
            return f"{parameter.keyword}.{names[0]}"
        return hex4(value) if parameter.role is Role.STATUS else str(value)
    if parameter.is_data_set:
        return f'BytesIO(bytes.fromhex("{value}"))'
    if value.startswith("("):
        return f"[{', '.join(_tag(word) for word in value.split())}]"
    return layout.literal(value)


def _tag(text: str) -> str:
    tag = Tag(int(text.strip("()").replace(",", ""), 16))
    keyword = keyword_for_tag(tag)
    return f'"{keyword}"' if keyword else f"0x{tag:08X}"
