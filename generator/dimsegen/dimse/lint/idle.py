"""Find what nobody needs, and what is missing for whoever reads a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...reading.problems import Report
from ...reading.values import Fields
from ..model import Schema
from .written import Document, services_in


def check(schema: Schema, documents: Sequence[Document], report: Report) -> None:
    """Report what is unused, rows without a clause, and descriptions that say nothing new."""
    _check_use(schema, report)
    general: Mapping[str, str] = {}
    for document in documents:
        if document.kind == "elements":
            general = _descriptions(document.fields)
            _check_descriptions(document.fields, {}, report)
    for fields in services_in(documents).values():
        _check_descriptions(fields, general, report)
        for keyword, position, row in fields.records("parameters"):
            if "see" not in row.keys:
                report.add(position, "missing-clause", keyword=keyword)


def _check_use(schema: Schema, report: Report) -> None:
    used = {item.parameter.keyword for status in schema.status_types for item in status.fields}
    listed: set[str] = set()
    for service in schema.services:
        used.update(row.keyword for row in service.rows)
        for message in service.messages.values():
            used.update(field.parameter.keyword for field in message.fields)
        listed.update(status.identifier for status in service.statuses)
    for keyword, parameter in schema.parameters.items():
        if keyword not in used and parameter.position:
            report.add(parameter.position, "unused-element", keyword=keyword)
    for status in schema.status_types:
        if status.identifier not in listed and status.position:
            report.add(status.position, "unused-status-type", name=status.identifier)


def _check_descriptions(fields: Fields, general: Mapping[str, str], report: Report) -> None:
    owners: dict[str, str] = {}
    written = fields.fields("descriptions")
    for keyword, text in _descriptions(fields).items():
        assert written is not None
        place, other = written.keys[keyword], owners.setdefault(text, keyword)
        if other != keyword:
            report.add(place, "duplicate-description", keyword=keyword, other=other)
        if general.get(keyword) == text:
            report.add(place, "repeated-description", keyword=keyword)


def _descriptions(fields: Fields) -> dict[str, str]:
    written = fields.fields("descriptions")
    return {keyword: written.text(keyword) for keyword in written.values} if written else {}
