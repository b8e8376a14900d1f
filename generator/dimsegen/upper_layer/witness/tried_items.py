"""Items to try in what both ends tell of themselves, smallest first.

Invariant: what is tried follows from the tables: how often an item may stand there, what it is one
for, what it answers, and the values of its fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from ..model import Contained, Row, Service, Structure, UpperLayer, ValueKind
from .runner import Example
from .samples import container_of, fragments_of, item_with, needed_items, values_of_field
from .tried_primitives import user_data

# Those that offer, and those that answer.
_OFFERS, _ANSWERS = "request", "response"


def items_in_primitives(name: str, layer: UpperLayer) -> Iterator[Example]:
    """Yield primitives that differ in the items `name`, or in those that it answers.

    Parameters
    ----------
    name : str
        The class of an item that stands in what both ends tell of themselves.
    """
    for service in layer.services:
        for row in service.rows:
            if row.kind is ValueKind.USER_DATA:
                holder = container_of(row, service, layer)
                found = [each for each in holder.contains if each.class_name == name]
                for each in found:
                    pairs = sorted(_pairs(each, holder, layer), key=lambda pair: len("".join(pair)))
                    for offered, answered in pairs:
                        yield user_data(service, layer, _OFFERS, row, ("", answered))
                        yield from _answered(service, layer, row, offered, answered)


def fragments_in_primitives(structure: Structure, layer: UpperLayer) -> Iterator[Example]:
    """Yield primitives whose only item is `structure`, with fragments of several lengths."""
    for service, row in ((each, row) for each in layer.services for row in each.rows):
        if row.kind is ValueKind.DATA_VALUES:
            for item in fragments_of(structure):
                yield user_data(service, layer, _OFFERS, row, ("", f"[{item}]"))


def _answered(
    service: Service, layer: UpperLayer, row: Row, offered: str, answered: str
) -> Iterator[Example]:
    if _ANSWERS in service.columns:
        yield user_data(service, layer, _ANSWERS, row, ("", answered))
        yield user_data(service, layer, _ANSWERS, row, (offered, answered))


def _pairs(each: Contained, holder: Structure, layer: UpperLayer) -> Iterator[tuple[str, str]]:
    """Yield what is offered, and what is answered."""
    others = [
        made for made in needed_items(holder, layer) if not made.startswith(f"{each.class_name}(")
    ]
    answered = layer.structures.get(each.answers)
    offers = ["", *(variants(answered) if answered else ())]
    if answered and each.one_for and each.at_most:
        # Another one before it, of which less was offered.
        field = next(one for one in answered.fields if one.name == each.one_for)
        values = {each.one_for: values_of_field(field)[-1], each.at_most[0]: "0"}
        offers.append(f"{item_with(answered, values)}, {offers[1]}")
    for offer, items in product(offers, _several(variants(layer.structures[each.class_name]))):
        given = [*needed_items(holder, layer), *([offer] if offer else [])]
        yield f"[{', '.join(given)}]", f"[{', '.join([*others, *items])}]"


def _several(made: list[str]) -> Iterator[tuple[str, ...]]:
    yield ()
    yield from ((one,) for one in made)
    yield from ((made[0], other) for other in made)


def variants(structure: Structure) -> list[str]:
    """Return items of a class that differ in one field, or in two."""
    found = [item_with(structure, {})]
    for field in structure.fields:
        found += [item_with(structure, {field.name: each}) for each in values_of_field(field)]
        for name in field.only_when:
            other = next(each for each in structure.fields if each.name == name)
            found += [
                item_with(structure, {field.name: value, name: code})
                for value, code in product(values_of_field(field), values_of_field(other))
            ]
    return list(dict.fromkeys(found))
