"""Find what is asked about: a cell, in one of the ways in which people write it.

What is not known is refused with the name that may be meant; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...explanation.blocks import UnknownSubjectError
from ...reading.problems import listed
from ...reading.spelling import did_you_mean
from ...table.notation import plain
from ..demands import Demand, demand_of, demand_of_field
from ..model import Parameter, Row, Schema
from ..primitives import Direction, Primitive, primitives_of

_SEPARATOR = re.compile(r"[.\s]+")


@dataclass(frozen=True)
class Subject:
    """A parameter of a service in one direction.

    Attributes
    ----------
    service : str
        The service, or the primitive of further columns, as printed.
    primitive : Primitive
        The primitive that conveys the direction.
    row : Row or None
        The row; None for a status field that has none.
    """

    service: str
    primitive: Primitive
    direction: Direction
    parameter: Parameter
    row: Row | None

    @property
    def demand(self) -> Demand:
        """What the cell asks for; of a status field without one, what Annex C asks."""
        if self.row is None:
            return demand_of_field(self.primitive, self.direction, self.parameter)
        return demand_of(self.primitive, self.direction, self.row)

    @property
    def is_carried(self) -> bool:
        """Whether the primitive has the parameter: that of a further column lacks the dashes."""
        return self.parameter.keyword in self.primitive.parameters


def is_cell(text: str, schema: Schema) -> bool:
    """Return whether `text` is about a cell: it has more than one word, or is a service."""
    first, *rest = _SEPARATOR.split(text.strip())
    return bool(rest) or _service(first) in _directions(schema)


def subjects(text: str, schema: Schema) -> tuple[Subject, ...]:
    """Return the cells that `text` is about, one for each direction.

    Parameters
    ----------
    text : str
        E.g. ``N-GET.AttributeList``, ``N_GET response AttributeList`` or ``n-get Attribute List``.
    schema : Schema
        The tables.

    Raises
    ------
    UnknownSubjectError
        If there is no such service or parameter.
    """
    first, *rest = _SEPARATOR.split(text.strip())
    found = _directions(schema)
    service = _service(first)
    if service not in found:
        text = f"{first}: no such service{_hint(service, found)}"
        raise UnknownSubjectError(text, is_sure=False)
    directions = found[service]
    column = rest[0].lower() if rest else ""
    if column in directions:
        rest = rest[1:]
        directions = {column: directions[column]}
    every = list(_of_service(service, directions, schema))
    keyword = _keyword(" ".join(rest), service, [each.parameter for each in every])
    return tuple(each for each in every if each.parameter.keyword == keyword)


def _service(word: str) -> str:
    return word.upper().replace("_", "-")


def _directions(schema: Schema) -> dict[str, dict[str, tuple[Primitive, Direction]]]:
    """Return the directions of everything that has a table, by its name and column."""
    primitives = {primitive.name: primitive for primitive in primitives_of(schema)}
    found: dict[str, dict[str, tuple[Primitive, Direction]]] = {}
    for name, primitive in primitives.items():
        found[name] = {each.column: (primitive, each) for each in primitive.directions}
    for service in schema.services:
        for column, message in service.messages.items():
            if message.primitive is not None:
                shared = primitives[message.primitive]
                found[service.name][column] = (shared, shared.request)
    return found


def _of_service(
    service: str, directions: Mapping[str, tuple[Primitive, Direction]], schema: Schema
) -> Iterator[Subject]:
    tables = {each.name: each.rows for each in schema.services}
    for primitive, direction in directions.values():
        for row in tables.get(service, primitive.rows):
            yield Subject(service, primitive, direction, row.parameter, row)
        if service == primitive.name:
            for field in primitive.extra_fields:
                yield Subject(service, primitive, direction, field, None)


def _keyword(text: str, service: str, parameters: Iterable[Parameter]) -> str:
    """Return the keyword of the parameter that is called `text`, or is printed so."""
    known = list({parameter.keyword: parameter for parameter in parameters}.values())
    names = {parameter.keyword: parameter.keyword for parameter in known}
    names |= {parameter.name: parameter.keyword for parameter in known}
    called = {plain(name): keyword for name, keyword in names.items()}
    if plain(text) in called:
        return called[plain(text)]
    if not text:
        keywords = listed([parameter.keyword for parameter in known])
        raise UnknownSubjectError(f"{service}: which parameter? Add {keywords}")
    raise UnknownSubjectError(f"{text}: no parameter of {service}{_hint(text, list(names))}")


def _hint(name: str, known: Iterable[str]) -> str:
    names = list(known)
    return did_you_mean(name, names, f": use {_some(names)}")


def _some(names: Sequence[str]) -> str:
    return listed(dict.fromkeys(names))
