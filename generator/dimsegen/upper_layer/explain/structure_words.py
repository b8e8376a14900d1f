"""A PDU or an item: its fields, its values, what stands in it and what it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from ...explanation.blocks import Block, Heading, Pairs, Paragraph
from ...table.notation import plain
from ..ends import EndsOf
from ..family import FAMILY
from ..matrices import code_of, holds
from ..model import Field, Structure, UpperLayer
from ..views.structure import where_of
from .asked_service import ends_block


def structure_blocks(words: str, layer: UpperLayer) -> Iterator[Block]:
    """Yield what there is to say of a structure, or of a field of it after a full stop."""
    name, _, rest = words.partition(".")
    for structure in layer.structures.values():
        names = {structure.class_name, structure.name}
        # What is a service, too, is asked for as one; its PDU by its whole name.
        if structure.name.removesuffix(" PDU") not in {each.name for each in layer.services}:
            names.add(structure.name.removesuffix(" PDU"))
        code = structure.type_code
        names |= {f"{code:02X}H"} if code is not None else set()
        if plain(words) in {plain(each) for each in names}:
            yield from _whole(structure, layer)
        elif rest and plain(name) in {plain(each) for each in names}:
            for field in structure.fields:
                if plain(rest) in (plain(field.name), plain(field.attribute)):
                    yield from _field(structure, field)


def _whole(structure: Structure, layer: UpperLayer) -> Iterator[Block]:
    yield Heading(f"{structure.name} ({structure.class_name})", is_title=True)
    yield Paragraph(structure.summary)
    yield Paragraph(f"{where_of(structure)}.")
    rows = [
        (f"{field.octets} {field.name}", f"{field.value} {holds(field, structure)}".strip())
        for field in structure.fields
    ]
    yield Pairs(tuple(rows))
    for name in structure.values:
        yield from _values(structure, name)
    if structure.contains:
        yield Heading("contains")
        yield Pairs(
            tuple(
                (each.class_name, f"{each.occurs.value} ({FAMILY.cited(each.clause)})")
                for each in structure.contains
            )
        )
    inside = [
        each.name
        for each in layer.structures.values()
        if structure.class_name in {item.class_name for item in each.contains}
    ]
    if inside:
        yield Paragraph(f"It stands in {', '.join(inside)}.")
    if structure.becomes:
        yield Paragraph(f"It conveys {' or '.join(structure.becomes)}.")
    yield from ends_block(EndsOf(layer).structure(structure.class_name))


def _values(structure: Structure, name: str) -> Iterator[Block]:
    yield Heading(name)
    yield Pairs(tuple((code_of(value), value.text) for value in structure.values[name]))


def _field(structure: Structure, field: Field) -> Iterator[Block]:
    yield Heading(f"{field.name} of {structure.name}", is_title=True)
    said = f"Bytes {field.octets}: {holds(field, structure)}"
    said += f", always {field.value}" if field.value else ""
    where = FAMILY.cited(field.clause) if field.clause else where_of(structure)
    yield Paragraph(f"{said} ({where}).")
    if field.name in structure.values:
        yield from _values(structure, field.name)
