"""What a message carries, ascending by tag (PS3.7 6.3.1), and how tags and lengths are sent."""

from __future__ import annotations

from dataclasses import dataclass

from ...table.notation import tag_in_words
from ...table.vr import vr_of
from ..model import MessageField, Parameter, Role
from ..primitives import Direction, Primitive


@dataclass(frozen=True)
class Step:
    """A comment and the code below it."""

    comment: str
    code: str


@dataclass(frozen=True)
class Carried:
    """An element of a message: its cell in words, and whether it cannot be absent."""

    parameter: Parameter
    field: MessageField | None
    usage: str
    is_mandatory: bool


def carried_by(primitive: Primitive, direction: Direction) -> tuple[Carried, ...]:
    """Return the elements that can follow the group length, ascending by tag."""
    rows = {row.keyword: row for row in direction.rows}
    found: dict[str, Carried] = {}
    for item in direction.message.fields:
        parameter = item.parameter
        row = rows.get(parameter.keyword)
        usage = str(direction.cell(row)) if row else item.usage.value if item.usage else ""
        is_mandatory = direction.cell(row).usage.is_mandatory if row else bool(item.usage)
        found[parameter.keyword] = Carried(parameter, item, usage, is_mandatory)
    if direction.carries_status:
        for parameter in primitive.status_fields:
            known = Carried(parameter, None, "with the statuses that permit it", False)
            found.setdefault(parameter.keyword, known)
    elements = [
        item
        for item in found.values()
        if item.parameter.tag is not None and item.parameter.role is not Role.GROUP_LENGTH
    ]
    return tuple(sorted(elements, key=lambda item: item.parameter.tag or 0))


def group_length_of(direction: Direction) -> Parameter:
    """Return the first element, which counts the bytes of all others."""
    roles = {item.parameter.role: item.parameter for item in direction.message.fields}
    return roles[Role.GROUP_LENGTH]


def fixed_value(item: Carried) -> int | None:
    """Return the value that the message table fixes, None if it fixes none."""
    return (
        item.field.value if item.field and item.field.usage and item.field.usage.is_fixed else None
    )


def comment_of(item: Carried) -> str:
    """Return name, tag, VR and usage, for the comment above a step."""
    fixed = fixed_value(item)
    value = f" {fixed:04X}H" if fixed is not None else ""
    parameter = item.parameter
    return f"{parameter.name} {tag_in_words(parameter.tag)} {parameter.vr}: {item.usage}{value}"


def size_of(item: Carried) -> int | None:
    """Return the size of the value if a regular message has it and it never varies, else None."""
    return vr_of(item.parameter.vr).size if item.is_mandatory else None


def group_length_comment(direction: Direction) -> str:
    """Return name, tag, VR and usage of the first element."""
    parameter = group_length_of(direction)
    return f"{parameter.name} {tag_in_words(parameter.tag)} {parameter.vr}: M"


def bytes_literal(value: bytes) -> str:
    """Return `value` as a literal with every byte in hexadecimal: a tag is spelled in one way."""
    escaped = "".join(f"\\x{byte:02x}" for byte in value)
    return f'b"{escaped}"'


def tag_bytes(parameter: Parameter) -> bytes:
    """Return the tag as it is sent."""
    tag = parameter.tag or 0
    return (tag >> 16).to_bytes(2, "little") + (tag & 0xFFFF).to_bytes(2, "little")


def header(parameter: Parameter, size: int) -> bytes:
    """Return tag and length as they are sent."""
    return tag_bytes(parameter) + size.to_bytes(4, "little")


def wire_number(parameter: Parameter) -> str:
    """Return the tag as it reads from the bytes, as one number."""
    return f"0x{int.from_bytes(tag_bytes(parameter), 'little'):08X}"
