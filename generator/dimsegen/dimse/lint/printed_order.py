"""Hold the order of things against that of the printed standard, as far as it can be told.

What has no order of its own (cells of Annex C's class table, the statuses that a service lists) is
left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...reading.order import misplaced
from ...reading.position import Position
from ...reading.problems import Report
from ...reading.values import Fields
from ..model import Message, Schema, Service
from .written import Document, services_in

_LAST = 1 << 32


def check(schema: Schema, documents: Sequence[Document], report: Report) -> None:
    """Report what is out of order."""
    fields = services_in(documents)
    for service in schema.services:
        _check_rows(service, report)
        columns = list(service.columns)
        ranks = {column: columns.index(column) for column in service.messages}
        for column, place in misplaced(ranks).items():
            _add(
                service.messages[column].position,
                "message-order",
                report,
                column=column,
                place=place,
            )
        for message in service.messages.values():
            _check_fields(service, message, report)
        described = [*(row.keyword for row in service.rows), *schema.parameters]
        _check_descriptions(fields[service.name], described, report)
    for standard in schema.standards:
        types = {each.identifier: each for each in schema.status_types if each.standard == standard}
        numbers = {name: _number(each.clause) for name, each in types.items()}
        for name, place in misplaced(numbers).items():
            _add(types[name].position, "status-order", report, name=name, place=place)
        errata = {name: each for name, each in schema.errata.items() if each.standard == standard}
        for identifier, place in misplaced({each: _number(each) for each in errata}).items():
            position = errata[identifier].position
            _add(position, "erratum-order", report, identifier=identifier, place=place)
    for document in documents:
        if document.kind == "elements":
            _check_descriptions(document.fields, list(schema.parameters), report)


def _check_rows(service: Service, report: Report) -> None:
    rows = {row.keyword: row for row in service.rows if row.clause != service.section}
    for keyword, place in misplaced({k: _number(row.clause) for k, row in rows.items()}).items():
        report.add(rows[keyword].position, "row-order", keyword=keyword, place=place)


def _check_fields(service: Service, message: Message, report: Report) -> None:
    """Report fields out of order; one whose printed place an erratum explains may stay there."""
    explained = {row.keyword for row in service.rows if row.errata}
    fields = {field.parameter.keyword: field for field in message.fields}
    tags = {key: _tag(field.parameter.tag) for key, field in fields.items()}
    for keyword, place in misplaced(tags).items():
        if keyword not in explained:
            facts = {"keyword": keyword, "place": place}
            _add(fields[keyword].position, "field-order", report, **facts)


def _check_descriptions(fields: Fields, described: Sequence[str], report: Report) -> None:
    written = fields.fields("descriptions")
    places: Mapping[str, Position] = written.keys if written else {}
    ranks = {keyword: described.index(keyword) for keyword in places}
    for keyword, place in misplaced(ranks).items():
        report.add(places[keyword], "description-order", keyword=keyword, place=place)


def _tag(tag: int | None) -> int:
    # A data set follows the command set.
    return _LAST if tag is None else tag


def _number(clause: str) -> tuple[tuple[bool, int, str], ...]:
    """Return what `clause`, or the name of an erratum, is sorted by."""
    parts = re.findall(r"\d+|[A-Z]+", clause)
    return tuple((part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts)


def _add(position: Position | None, rule: str, report: Report, **facts: object) -> None:
    assert position is not None, "what was loaded has a place"
    report.add(position, rule, **facts)
