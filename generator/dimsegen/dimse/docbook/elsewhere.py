"""What of a schema other documents print: the standard cannot have it, nor lack it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...table.standard import Standard
from ..family import PRINTED
from ..model import Schema, Service, StatusType


def of_standard(schema: Schema) -> Schema:
    """Return what of `schema` the standard is said to print."""
    types = {
        each.identifier: _type(each, schema)
        for each in schema.status_types
        if each.standard == PRINTED
    }
    return replace(
        schema,
        parameters={k: each for k, each in schema.parameters.items() if each.standard == PRINTED},
        status_classes=tuple(each for each in schema.status_classes if each.standard == PRINTED),
        status_types=tuple(types.values()),
        services=tuple(_service(s, types) for s in schema.services if s.standard == PRINTED),
    )


def _type(status: StatusType, schema: Schema) -> StatusType:
    """Return a status without the fields, and the services, that are another document's."""
    others = {each.name for each in schema.services if each.standard != PRINTED}
    fields = [
        replace(each, services=tuple(s for s in each.services if s not in others))
        if each.services is not None
        else each
        for each in status.fields
        if each.parameter.standard == PRINTED
    ]
    return replace(status, fields=tuple(each for each in fields if each.services != ()))


def _service(service: Service, types: Mapping[str, StatusType]) -> Service:
    return replace(
        service,
        rows=tuple(row for row in service.rows if row.parameter.standard == PRINTED),
        messages={
            column: replace(
                message,
                fields=tuple(f for f in message.fields if f.parameter.standard == PRINTED),
            )
            for column, message in service.messages.items()
        },
        statuses=tuple(types[s.identifier] for s in service.statuses if s.identifier in types),
        listings={name: each for name, each in service.listings.items() if name in types},
    )


def elsewhere(schema: Schema) -> Iterator[str]:
    """Yield what other documents print, each with the document, in the order of the schemas."""
    named: list[tuple[str, Standard]] = [
        *((each.name, each.standard) for each in schema.services),
        *((keyword, each.standard) for keyword, each in schema.parameters.items()),
        *((each.name, each.standard) for each in schema.status_classes),
        *((each.name, each.standard) for each in schema.status_types),
    ]
    for name, standard in named:
        if standard != PRINTED:
            yield f"{name} ({standard.name})"
