"""The properties of a structure: what its codes mean, and what of its items is often wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...code.fit import fitted
from ..model import Contents, Structure, UpperLayer
from .attributes import is_mixed
from .code_tables import key_of
from .runs import is_name


@dataclass(frozen=True)
class Property:
    """A property: its name, its type, what it is, and the lines of its body."""

    name: str
    type: str
    doc: str
    lines: tuple[str, ...]


def properties_of(structure: Structure, layer: UpperLayer) -> Iterator[Property]:
    """Yield the properties of `structure`."""
    yield from _texts(structure)
    if is_mixed(structure):
        yield from _selections(structure)
    else:
        yield from _uids(structure, layer)


def _texts(structure: Structure) -> Iterator[Property]:
    """Yield the texts of the codes."""
    for field in structure.fields:
        values = structure.values.get(field.name, ())
        if values and not any(value.table for value in values):
            key = key_of(values, field, "self.")
            text = f'return _{field.attribute.upper()}.get({key}, "reserved")'
            doc = f"What {field.name} means, as printed; reserved for any other value."
            yield Property(f"{field.attribute}_text", "str", doc, (text,))


def _uids(structure: Structure, layer: UpperLayer) -> Iterator[Property]:
    """Yield the UIDs in items that hold nothing else."""
    for each in structure.contains:
        inside = layer.structures[each.class_name]
        if not (is_name(inside) or _is_bare_name(inside)):
            continue
        (field,) = [f for f in inside.fields if f.contents is Contents.UID]
        value = f"self.{each.attribute}"
        if each.occurs.is_single:
            body = f"return None if {value} is None else {value}.{field.attribute}"
            doc = f"{field.name}, if there is one."
            yield Property(field.attribute, "UID | None", doc, fitted([body], 8))
        else:
            body = f"return tuple(item.{field.attribute} for item in {value})"
            doc = f"Every {field.name}."
            yield Property(f"{field.attribute}s", "tuple[UID, ...]", doc, fitted([body], 8))


def _is_bare_name(structure: Structure) -> bool:
    kinds = [field.contents for field in structure.fields]
    return kinds == [Contents.LENGTH, Contents.UID]


def _selections(structure: Structure) -> Iterator[Property]:
    (field,) = [f for f in structure.fields if f.contents is Contents.ITEMS]
    names = dict.fromkeys(each.attribute for each in structure.contains)
    items = f"self.{field.attribute}"
    for name in names:
        found = [each.class_name for each in structure.contains if each.attribute == name]
        is_single = next(e for e in structure.contains if e.attribute == name).occurs.is_single
        union = " | ".join(found)
        if is_single:
            doc = f"The first {' or '.join(found)}, if there is one."
            lines = [
                line
                for each in found[:-1]
                for line in (
                    f"if (item := first_of({items}, {each})) is not None:",
                    "    return item",
                )
            ]
            lines.append(f"return first_of({items}, {found[-1]})")
            yield Property(name, f"{union} | None", doc, tuple(lines))
        else:
            doc = f"Every {union}."
            yield Property(name, f"tuple[{union}, ...]", doc, (f"return all_of({items}, {union})",))
