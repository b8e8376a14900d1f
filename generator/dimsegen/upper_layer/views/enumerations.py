"""The codes that have names, as enumerations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..family import FAMILY
from ..model import Field, Structure, UpperLayer, Value


@dataclass(frozen=True)
class Enumeration:
    """An enumeration: its members with their printed texts as comments."""

    name: str
    doc: str
    members: tuple[str, ...]


def enumerations_of(layer: UpperLayer) -> tuple[Enumeration, ...]:
    """Return the enumerations of the structures and of the services, by name."""
    return tuple(sorted(_all(layer), key=lambda each: each.name))


def _all(layer: UpperLayer) -> Iterator[Enumeration]:
    for structure in layer.structures.values():
        for field in structure.fields:
            if field.of and field.name in structure.values:
                yield from _of_field(field, structure)
    for service in layer.services:
        for row in service.rows:
            if row.name in service.values:
                doc = f"The {row.name} of {service.name} ({FAMILY.cited(row.clause)})."
                yield Enumeration(row.enumeration, doc, _members(service.values[row.name]))


def _of_field(field: Field, structure: Structure) -> Iterator[Enumeration]:
    """Yield the enumeration of a field; one for each value of another that its codes depend on."""
    values = structure.values[field.name]
    place = f"({structure.places[0].part} Table {structure.places[0].table})."
    if not _depends(values):
        yield Enumeration(field.of, f"{field.name} of {structure.name} {place}", _members(values))
        return
    for when in {tuple(value.when.items()): value.when for value in values}.values():
        ((other, (code,)),) = when.items()
        mine = tuple(value for value in values if value.when == when)
        doc = f"{field.name} of {structure.name} where the {other} is {code} {place}"
        yield Enumeration(enumeration_of(structure, field, mine[0]), doc, _members(mine))


def enumeration_of(structure: Structure, field: Field, value: Value) -> str:
    """Return the enumeration that has a value of a field."""
    if not _depends(structure.values[field.name]):
        return field.of
    ((other, (code,)),) = value.when.items()
    source = next(each for each in structure.values[other] if str(each.first) == code)
    return field.of + "".join(word.capitalize() for word in source.name.split("_"))


def _depends(values: tuple[Value, ...]) -> bool:
    """Return whether what a code means depends on another field."""
    return len({tuple(value.when.items()) for value in values}) > 1


def _members(values: tuple[Value, ...]) -> tuple[str, ...]:
    return tuple(
        line
        for value in values
        if value.name
        for line in (f"#: {value.text}", f"{value.name} = {value.first}")
    )
