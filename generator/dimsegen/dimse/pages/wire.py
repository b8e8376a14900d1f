"""An encoded command set, element by element (PS3.7 6.3.1: Implicit VR Little Endian)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from struct import unpack_from

from pydicom.tag import Tag
from pydicom.uid import UID

from ...table.vr import vr_of
from ..model import Parameter, Role

_HEADER = 8


@dataclass(frozen=True)
class Element:
    """One element: where it stands, its bytes in hexadecimal, and what they mean."""

    offset: int
    tag: str
    length: str
    value: str
    name: str
    meaning: str


def elements_of(data: bytes, parameters: Mapping[int, Parameter]) -> tuple[Element, ...]:
    """Return the elements of a command set that the package has encoded.

    Parameters
    ----------
    data : bytes
        The command set.
    parameters : mapping of int to Parameter
        What its elements are, by tag.
    """
    found: list[Element] = []
    offset = 0
    while offset < len(data):
        group, element, length = unpack_from("<HHL", data, offset)
        start, end = offset + _HEADER, offset + _HEADER + length
        parameter = parameters[(group << 16) | element]
        found.append(
            Element(
                offset,
                data[offset : offset + 4].hex(" "),
                data[offset + 4 : start].hex(" "),
                data[start:end].hex(" "),
                parameter.name,
                _meaning(parameter, data[start:end]),
            )
        )
        offset = end
    return tuple(found)


def _meaning(parameter: Parameter, value: bytes) -> str:
    vr = vr_of(parameter.vr)
    if vr.size is not None:
        return _number(parameter, int.from_bytes(value, "little"))
    if vr.length is None:
        pairs = range(0, len(value), 4)
        return ", ".join(str(Tag(*unpack_from("<HH", value, start))) for start in pairs)
    text = value.decode("ascii").rstrip("\0 ")
    known = UID(text).name if vr.read_type == UID.__name__ else text
    return f"{text} ({known})" if known != text else text


def _number(parameter: Parameter, number: int) -> str:
    names = [name for name, value in parameter.values.items() if value == number]
    match parameter.role:
        case Role.GROUP_LENGTH:
            return f"{number} bytes follow"
        case Role.COMMAND_FIELD | Role.STATUS:
            return f"{number:04X}H"
        case Role.DATA_SET_TYPE:
            follows = "no data set follows" if number == parameter.none else "a data set follows"
            return f"{number:04X}H: {follows}"
    return f"{number} ({names[0]})" if names else str(number)
