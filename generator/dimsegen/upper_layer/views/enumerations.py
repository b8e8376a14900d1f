"""The codes that have names, as enumerations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import UpperLayer, Value


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
                doc = f"{field.name} of {structure.name} ({structure.places[0].part} "
                doc += f"Table {structure.places[0].table})."
                yield Enumeration(field.of, doc, _members(structure.values[field.name]))
    for service in layer.services:
        for row in service.rows:
            if row.name in service.values:
                doc = f"The {row.name} of {service.name} (PS3.8 {row.clause})."
                yield Enumeration(row.enumeration, doc, _members(service.values[row.name]))


def _members(values: tuple[Value, ...]) -> tuple[str, ...]:
    return tuple(
        line
        for value in values
        if value.name
        for line in (f"#: {value.text}", f"{value.name} = {value.first}")
    )
