"""A service or one of its primitives: who issues it, to whom, and what the state machine does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...explanation.blocks import Block, Heading, Pairs, Paragraph
from ...reading.problems import listed
from ..ends import EndsOf
from ..family import FAMILY
from ..model import Primitive, Service, UpperLayer
from ..views.primitive import type_words
from .asked_service import ends_rows


def service_blocks(service: Service, columns: Sequence[str], layer: UpperLayer) -> Iterator[Block]:
    """Yield what there is to say of a service, or of the primitives of some `columns` of it."""
    is_whole = len(columns) == len(service.columns)
    yield Heading(service.name if is_whole else f"{service.name} {columns[0]}", is_title=True)
    where = FAMILY.cited(service.section, " and ".join(service.tables))
    yield Paragraph(f"{service.summary} {where}.")
    yield Paragraph(type_words(service))
    for column in columns:
        if is_whole:
            yield Heading(f"{service.name} {column}")
        yield Pairs(tuple(_facts(service, column, layer)))
    rows = [row.name for row in service.rows if any(not row.usage(c).is_forbidden for c in columns)]
    if rows:
        yield Paragraph(f"Its parameters: {', '.join(rows)}.")


def _facts(service: Service, column: str, layer: UpperLayer) -> Iterator[tuple[str, str]]:
    issued = service.issued.get(column)
    clause = FAMILY.cited(issued.clause) if issued else ""
    yield from ends_rows(EndsOf(layer).primitive(service.name, column), clause)
    machine, primitive = layer.machine, Primitive(service.name, column)
    events = [each.name for each in machine.events if each.primitive == primitive]
    actions = [each.name for each in machine.actions if primitive in each.issues]
    if events:
        yield "event", listed(events)
    if actions:
        yield "actions", ", ".join(actions)
    needed = [row.name for row in service.rows if row.usage(column).is_mandatory]
    yield "mandatory", ", ".join(needed) or "nothing"
