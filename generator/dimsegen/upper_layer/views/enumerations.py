"""The codes that have names, as enumerations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
                doc = f"The {row.name} of {service.name} (PS3.8 {row.clause})."
                yield Enumeration(row.enumeration, doc, _members(service.values[row.name]))


def _of_field(field: Field, structure: Structure) -> Iterator[Enumeration]:
    """Yield the enumeration of a field; one for each value of another that its codes depend on."""
    values = structure.values[field.name]
    place = f"({structure.places[0].part} Table {structure.places[0].table})."
    conditions = {tuple(value.when.items()): value.when for value in values}
    if len(conditions) == 1:
        yield Enumeration(field.of, f"{field.name} of {structure.name} {place}", _members(values))
        return
    for when in conditions.values():
        ((other, (code,)),) = when.items()
        source = next(each for each in structure.values[other] if str(each.first) == code)
        name = field.of + "".join(word.capitalize() for word in source.name.split("_"))
        doc = f"{field.name} of {structure.name} where the {other} is {code} {place}"
        yield Enumeration(name, doc, _members(tuple(v for v in values if v.when == when)))


def _members(values: tuple[Value, ...]) -> tuple[str, ...]:
    return tuple(
        line
        for value in values
        if value.name
        for line in (f"#: {value.text}", f"{value.name} = {value.first}")
    )
