"""What a PDU conveys of a primitive: each parameter, and the expressions for either way."""

from __future__ import annotations

from dataclasses import dataclass

from ...code import layout
from ...code.fit import fitted
from ..model import (
    PARTS,
    Contained,
    Contents,
    Field,
    Row,
    Service,
    Structure,
    UpperLayer,
    snake_class,
)
from .attributes import is_mixed, resolved
from .enumerations import enumeration_of
from .runs import is_name
from .value_types import VALUE_TYPES


@dataclass(frozen=True)
class Conveyed:
    """A parameter that a field or an item of a PDU conveys.

    Attributes
    ----------
    row : Row
        The parameter.
    argument : str
        What the constructor of the PDU calls it.
    sent : str
        The expression for that, of the parameter in a variable of the name of its attribute.
    without : str
        The expression for the parameter where it is absent; empty if it has to be there.
    received : str
        The expression for the parameter, of the PDU in the variable ``pdu``.
    """

    row: Row
    argument: str
    sent: str
    without: str
    received: str


def conveyed_by(structure: Structure, service: Service, layer: UpperLayer) -> tuple[Conveyed, ...]:
    """Return what a PDU conveys of the primitive of a service, in the order of its bytes."""
    rows = {row.name: row for row in service.rows}
    fields = (
        _by_field(structure, each, rows[each.conveys], layer)
        for each in structure.fields
        if each.conveys in rows
    )
    items = (
        _by_item(each, rows[each.conveys], layer)
        for each in structure.contains
        if each.conveys in rows
    )
    return (*fields, *items)


def _by_field(structure: Structure, field: Field, row: Row, layer: UpperLayer) -> Conveyed:
    actual = resolved(field, layer)
    name = actual.attribute
    without = member(structure, field, field.without) if field.without else ""
    is_title = actual.contents is Contents.AE_TITLE
    received = f'pdu.{name}.strip(" ")' if is_title else f"pdu.{name}"
    return Conveyed(row, name, row.attribute, without, received)


def _by_item(each: Contained, row: Row, layer: UpperLayer) -> Conveyed:
    inside, name = layer.structures[each.class_name], each.attribute
    sent, received = row.attribute, f"pdu.{name}"
    if row.kind in PARTS:
        sent = f"[{to_item(inside)}(each) for each in {row.attribute}]"
        received = f"tuple(map({to_record(inside)}, pdu.{name}))"
    elif is_name(inside):
        (field,) = [field for field in inside.fields if field.contents is Contents.UID]
        sent, received = f"{each.class_name}({row.attribute})", f"pdu.{field.attribute}"
    elif is_mixed(inside):
        (field,) = [field for field in inside.fields if field.contents is Contents.ITEMS]
        sent = f"{each.class_name}({row.attribute})"
        received = f"None if pdu.{name} is None else pdu.{name}.{field.attribute}"
    return Conveyed(row, name, sent, "", received)


def to_item(inside: Structure) -> str:
    """Return the function that makes an item of a part of a parameter."""
    return f"_to_{snake_class(inside.class_name)}"


def to_record(inside: Structure) -> str:
    """Return the function that makes a part of a parameter of an item."""
    return f"_from_{snake_class(inside.class_name)}"


def member(structure: Structure, field: Field, name: str) -> str:
    """Return a value of a field by its name, with the enumeration that has it."""
    values = structure.values[field.name]
    value = next(each for each in values if each.name == name)
    return f"{enumeration_of(structure, field, value)}.{name}"


def member_of(structure: Structure, field: Field, code: str) -> str:
    """Return the value of a field that has a code."""
    values = structure.values[field.name]
    return member(structure, field, next(each.name for each in values if str(each.first) == code))


def record_of(row: Row) -> str:
    """Return the class of the parts of a parameter."""
    return VALUE_TYPES[row.kind].type.removeprefix("tuple[").removesuffix(", ...]")


def assigned(name: str, value: str, indent: int) -> tuple[str, ...]:
    """Return ``name = value``, in several lines if it is too long for one."""
    line = f"{name} = {value}"
    if indent + len(line) > layout.WIDTH and " if " in value:
        return f"{name} = (", f"    {value}", ")"
    return fitted([line], indent)
