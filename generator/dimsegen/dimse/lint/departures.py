"""Hold the rows against the errata: whoever departs from the printed table says why.

What departs is read off the schema. An equality that only prose states, a parameter that no message
carries, and a field that Annex C gives to a cell that forbids it need an erratum; an erratum needs
something in the row, or in its place in a message, to be about.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...reading.order import misplaced
from ...reading.problems import Report
from ...table.satisfiable import can_hold
from ...table.status_codes import show
from ..model import Row, Schema, Service
from ..primitives import Primitive, primitives_of

_LAST = 1 << 32


def check(schema: Schema, report: Report) -> None:
    """Report departures without an erratum, and errata without a departure."""
    primitives = {primitive.name: primitive for primitive in primitives_of(schema)}
    for service in schema.services:
        primitive = primitives[service.name]
        for row in service.rows:
            cell = f"{service.name}.{row.keyword}"
            departures = list(_departures(row, primitive))
            if departures and not row.errata:
                facts = {"what": departures[0], "cell": cell}
                report.add(row.position, "missing-erratum", keyword=row.keyword, **facts)
            if row.errata and not departures and not _is_special(row, service):
                for identifier in row.errata:
                    position = schema.errata[identifier].position
                    assert position is not None, "what was loaded has a place"
                    report.add(position, "idle-erratum", identifier=identifier, cell=cell)


def _departures(row: Row, primitive: Primitive) -> Iterator[str]:
    """Yield what the schema says otherwise than the printed cells do."""
    if row.equals is not None:
        yield f"equals {row.equals}, which its cells do not say"
    for column, cell in row.cells.items():
        message = primitive.service.messages.get(column)
        carried = [field.parameter.keyword for field in message.fields] if message else []
        if not cell.usage.is_forbidden and row.keyword not in carried and message:
            yield f"{cell} in the {column} column, and {message.name} does not carry it"
    listed = frozenset[int]().union(*(status.codes for status in primitive.statuses))
    permitted = primitive.permitted.get(row.keyword, frozenset()) & listed
    response = primitive.response
    if permitted and response and response.cell(row).usage.is_forbidden:
        dash = f"a dash in the {response.column} column"
        yield f"{dash}, and {primitive.annex} permits it with {show(permitted)}"
    elif permitted and row.forbidden_when and can_hold(row.forbidden_when, permitted):
        yield f"forbidden by its condition, and {primitive.annex} permits it with {show(permitted)}"


def _is_special(row: Row, service: Service) -> bool:
    """Return whether something about `row` may want an explanation."""
    apart = [row.cells[each.name] for each in service.columns.values() if each.is_apart]
    is_apart = any(not cell.usage.is_forbidden for cell in apart)
    has_equal = any(cell.is_equal_to_left for cell in row.cells.values())
    is_decided = bool(row.conditions) or row.value is not None
    return is_apart or has_equal or is_decided or _is_out_of_order(row, service)


def _is_out_of_order(row: Row, service: Service) -> bool:
    for message in service.messages.values():
        tags = {
            field.parameter.keyword: _LAST if field.parameter.tag is None else field.parameter.tag
            for field in message.fields
        }
        if row.keyword in misplaced(tags):
            return True
    return False
