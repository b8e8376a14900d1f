"""The primitives that the services make up, one class each.

Invariant: a service gives one primitive for its request and response columns; the further columns
of all services that name the same primitive give one more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..reading.made_once import MadeOnce
from ..table.column import Column
from ..table.direction import Direction as AnyDirection
from ..table.status_codes import difference, union
from .family import PRINTED, statuses_in
from .model import Message, Parameter, Role, Row, Schema, Service, StatusType

_NOTHING: Mapping[str, frozenset[int]] = {}


@dataclass(frozen=True)
class Direction(AnyDirection[Parameter]):
    """One way of using a primitive: a column of its table, and the message that conveys it."""

    message_type: str
    message: Message


@dataclass(frozen=True)
class Primitive:
    """A class to generate.

    Attributes
    ----------
    name : str
        Its name as printed, e.g. ``N-GET``.
    services : tuple of Service
        The services whose tables it is made from; one, but for C-CANCEL.
    rows : tuple of Row
        The rows of its table, in order.
    request, response : Direction
        Its two directions; `response` is None where nothing answers.
    status_fields : tuple of Parameter
        The command elements that some listed status permits, ascending by tag.
    permitted : mapping of str to frozenset of int
        For each keyword, the statuses with which Annex C permits it in a response.
    types : tuple of StatusType
        Every status type of Annex C, listed or not.
    """

    name: str
    summary: str
    services: tuple[Service, ...]
    rows: tuple[Row, ...]
    request: Direction
    response: Direction | None
    statuses: tuple[StatusType, ...]
    status_fields: tuple[Parameter, ...]
    permitted: Mapping[str, frozenset[int]]
    types: tuple[StatusType, ...]

    @property
    def service(self) -> Service:
        """The service whose table is cited."""
        return self.services[0]

    @property
    def is_normalized(self) -> bool:
        """Whether it is for normalized SOP Instances, a DIMSE-N service (PS3.7 7.5.2)."""
        return self.name.startswith("N-")

    @property
    def is_composite(self) -> bool:
        """Whether it is for composite SOP Instances, a DIMSE-C service (PS3.7 7.5.1)."""
        return self.name.startswith("C-")

    @property
    def annex(self) -> str:
        """What permits status fields: ``Annex C``, or the document that has the statuses."""
        origin = next((each.standard for each in (*self.statuses, *self.types)), PRINTED)
        return statuses_in(origin).removeprefix(f"{self.service.standard.name} ")

    @property
    def directions(self) -> tuple[Direction, ...]:
        """The directions that there are."""
        return tuple(each for each in (self.request, self.response) if each is not None)

    @property
    def keywords(self) -> tuple[str, ...]:
        """The keywords of the rows."""
        return tuple(row.keyword for row in self.rows)

    @property
    def extra_fields(self) -> tuple[Parameter, ...]:
        """The status fields that have no row."""
        keywords = self.keywords
        return tuple(p for p in self.status_fields if p.keyword not in keywords)

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Every parameter of the class by keyword: its rows, then the fields without a row."""
        with_row = {row.keyword: row.parameter for row in self.rows}
        return with_row | {p.keyword: p for p in self.extra_fields}

    @property
    def status_row(self) -> Row | None:
        """The row that holds the status."""
        return next((row for row in self.rows if row.parameter.role is Role.STATUS), None)


# Those of a few versions: who compares one edit after another has most services in common.
_PRIMITIVES = MadeOnce[Primitive](64)


def primitives_of(schema: Schema) -> tuple[Primitive, ...]:
    """Return the primitives of `schema`: those of the services, then those of further columns."""
    types = tuple(map(id, schema.status_types))
    own = tuple(_known(service, schema, types) for service in schema.services)
    shared: dict[str, list[tuple[Service, str]]] = {}
    for service in schema.services:
        for column, message in service.messages.items():
            if message.primitive is not None:
                shared.setdefault(message.primitive, []).append((service, column))
    return own + tuple(_of_column(name, parts) for name, parts in shared.items())


def _known(service: Service, schema: Schema, types: tuple[int, ...]) -> Primitive:
    """Return the primitive of a service, the same one for the same objects."""
    # It keeps them, so that no others take their identity.
    return _PRIMITIVES.get((id(service), types), lambda: _of_service(service, schema))


def _of_service(service: Service, schema: Schema) -> Primitive:
    request, *others = [each for each in service.columns.values() if not each.is_apart]
    permitted = _permitted(service, schema)
    return Primitive(
        name=service.name,
        summary=service.summary,
        services=(service,),
        rows=service.rows,
        request=_direction(service, request),
        response=_direction(service, others[0], permitted) if others else None,
        statuses=service.statuses,
        status_fields=_status_fields(service),
        permitted=permitted,
        types=schema.status_types,
    )


def _direction(
    service: Service, column: Column, permitted: Mapping[str, frozenset[int]] = _NOTHING
) -> Direction:
    message = service.messages[column.name]
    side = "response" if column.answers else "request"
    label = f"{service.name} {column.name}"
    return Direction(column, side, label, service.rows, message.name, message, permits=permitted)


def _of_column(name: str, parts: list[tuple[Service, str]]) -> Primitive:
    service, column = parts[0]
    head = service.columns[column]
    rows = tuple(row for row in service.rows if not row.cells[column].usage.is_forbidden)
    message = service.messages[column]
    names = [each.name for each, _ in parts]
    listed = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
    return Primitive(
        name=name,
        summary=f"Ask for an outstanding {listed} to be ended.",
        services=tuple(each for each, _ in parts),
        rows=rows,
        request=Direction(head, "request", f"{name} request", rows, f"{name}-RQ", message),
        response=None,
        statuses=(),
        status_fields=(),
        permitted={},
        types=(),
    )


def _status_fields(service: Service) -> tuple[Parameter, ...]:
    found = {
        item.parameter.keyword: item.parameter
        for status in service.statuses
        for item in status.fields
        if item.is_permitted_in(service.name)
    }
    elements = [p for p in found.values() if p.tag is not None]
    return tuple(sorted(elements, key=lambda parameter: parameter.tag or 0))


def _permitted(service: Service, schema: Schema) -> dict[str, frozenset[int]]:
    """Return by keyword the statuses that permit it.

    A status that the service does not list keeps what Annex C says of it: that it is not listed
    is a violation of its own.
    """
    listed = union(*(status.codes for status in service.statuses))
    own = {status.identifier: status.codes for status in service.statuses}
    found: dict[str, frozenset[int]] = {}
    for status in schema.status_types:
        codes = own.get(status.identifier) or difference(status.codes, listed)
        for item in status.fields:
            if item.is_permitted_in(service.name):
                keyword = item.parameter.keyword
                found[keyword] = union(found.get(keyword, frozenset()), codes)
    return found
