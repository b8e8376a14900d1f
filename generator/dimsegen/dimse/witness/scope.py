"""What both versions say of one direction of one primitive: the room for a search.

A scope decides nothing about validity. It lists what can be set, in table order, and what is worth
setting it to; whether a message is accepted, only the generated code says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ...table.condition import PresentInRequest, parts_of
from ..model import Parameter, Role, Row, Schema
from ..primitives import Direction, Primitive, primitives_of


@dataclass(frozen=True)
class Face:
    """One direction of a primitive in one version."""

    primitive: Primitive
    direction: Direction

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """The rows of the table by keyword."""
        return {row.keyword: row for row in self.primitive.rows}

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """What the class has, by keyword: rows, then status fields without a row."""
        return self.primitive.parameters

    def row(self, keyword: str) -> Row | None:
        """Return the row of a parameter."""
        return self.rows.get(keyword)

    def is_mandatory(self, keyword: str) -> bool:
        """Return whether the parameter can never be absent."""
        row = self.row(keyword)
        return row is not None and self.direction.cell(row).usage.is_mandatory

    def is_forbidden(self, keyword: str) -> bool:
        """Return whether the parameter can never be present."""
        row = self.row(keyword)
        if row is None:
            return keyword not in self.parameters or not self.direction.is_answer
        permitted = self.direction.permitted(keyword)
        return self.direction.cell(row).usage.is_forbidden and not permitted

    def decides(self, row: Row) -> bool:
        """Return whether some condition of `row` decides its cell."""
        return bool(self.direction.conditions(row))

    def fixed(self, keyword: str) -> int | str | None:
        """Return the only value that the cell allows, None if it allows any."""
        row = self.row(keyword)
        if row is None or not self.direction.cell(row).usage.is_fixed:
            return None
        return row.value

    def repeated(self, keyword: str) -> str | None:
        """Return the parameter of the request that this one of the response repeats."""
        row = self.row(keyword)
        source = self.direction.repeats(row) if row else None
        return source if source in self.parameters else None

    def looked_up(self, keyword: str) -> tuple[str, ...]:
        """Return the parameters of the request whose presence decides about this one."""
        row = self.row(keyword)
        conditions = row.conditions.values() if row else ()
        parts = [part for condition in conditions for part in parts_of(condition)]
        return tuple(part.keyword for part in parts if isinstance(part, PresentInRequest))


@dataclass(frozen=True)
class Scope:
    """One direction in both versions; a version that lacks it has None."""

    service: str
    column: str
    old: Face | None
    new: Face | None

    @property
    def any(self) -> Face:
        """One of the faces, the new one if there is one."""
        face = self.new or self.old
        assert face is not None, "a scope is made of a face"
        return face

    @cached_property
    def faces(self) -> tuple[Face, ...]:
        """The faces that there are."""
        return tuple(face for face in (self.old, self.new) if face is not None)

    @property
    def name(self) -> str:
        """The name of the primitive."""
        return self.any.primitive.name

    @property
    def is_response(self) -> bool:
        """Whether it is the direction that answers."""
        return self.any.direction.is_answer

    @cached_property
    def request(self) -> Scope:
        """The direction that this one answers."""
        return Scope(self.service, "", *(_request_of(each) for each in (self.old, self.new)))

    @cached_property
    def keywords(self) -> tuple[str, ...]:
        """Everything that one of the versions can set, in table order."""
        return tuple(dict.fromkeys(key for face in self.faces for key in face.parameters))

    def has(self, keyword: str) -> bool:
        """Return whether a version has the parameter here, or the message carries it."""
        carried = (
            item.parameter.keyword for face in self.faces for item in face.direction.message.fields
        )
        return keyword in self.keywords or keyword in carried

    def variants(self, keyword: str) -> tuple[Parameter, ...]:
        """Return the parameter as each version has it."""
        found = (face.parameters.get(keyword) for face in self.faces)
        return tuple(parameter for parameter in found if parameter is not None)

    def status_of(self, keywords: Collection[str]) -> str:
        """Return the one of `keywords` that holds the status, empty where none does.

        It may have one keyword in one version and another in the other.
        """
        return next((key for key in self._statuses if key in keywords), "")

    @cached_property
    def _statuses(self) -> tuple[str, ...]:
        if not self.is_response:
            return ()
        return tuple(key for key in self.keywords if self.variants(key)[0].role is Role.STATUS)

    def repeated(self, keyword: str) -> tuple[str, ...]:
        """Return what a parameter repeats of the request, in one version or the other."""
        found = (face.repeated(keyword) for face in self.faces)
        return tuple(dict.fromkeys(source for source in found if source))

    def looked_up(self, keyword: str) -> tuple[str, ...]:
        """Return the parameters of the request whose presence decides about this one."""
        return tuple(dict.fromkeys(key for face in self.faces for key in face.looked_up(keyword)))


def scopes_of(old: Schema, new: Schema) -> tuple[Scope, ...]:
    """Return the directions of all services of both versions, in the order of the new one."""
    before, after = dict(_faces(old)), dict(_faces(new))
    keys = dict.fromkeys((*after, *before))
    return tuple(Scope(*key, before.get(key), after.get(key)) for key in keys)


def _faces(schema: Schema) -> Iterator[tuple[tuple[str, str], Face]]:
    for primitive in primitives_of(schema):
        for direction in primitive.directions:
            for service in primitive.services:
                yield (service.name, direction.column), Face(primitive, direction)


def _request_of(face: Face | None) -> Face | None:
    return None if face is None else Face(face.primitive, face.primitive.request)
