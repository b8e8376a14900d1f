"""Build one service from its file.

Invariant: the three layers are built apart and only then held against one another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.schema import Parameter, Position, Role, Row, Service, StatusClass, StatusType
from .messages import build_messages
from .problems import Report, hint
from .reader import Fields, Word
from .rows import Table, build_rows


@dataclass(frozen=True)
class Vocabulary:
    """What every service file may name."""

    parameters: Mapping[str, Parameter]
    classes: Mapping[str, StatusClass]
    types: Mapping[str, StatusType]
    errata: Mapping[tuple[str, str], tuple[str, ...]]


def build_service(document: Fields, vocabulary: Vocabulary, report: Report) -> Service:
    """Return the service that `document`, read as `documents.DOCUMENT`, describes."""
    name = document.text("service")
    reference = document.fields("reference")
    headings = document.fields("columns")
    columns = {key: headings.text(key) for key in headings.values} if headings else {}
    if headings is not None and not columns:
        report.add(headings.position, "too-few-columns")
    section = reference.text("section") if reference else ""
    descriptions = document.fields("descriptions")
    table = Table(
        columns,
        section,
        vocabulary.parameters,
        vocabulary.classes,
        {key: descriptions.text(key) for key in descriptions.values} if descriptions else {},
        {key: errata for (service, key), errata in vocabulary.errata.items() if service == name},
    )
    written = document.fields("parameters")
    rows = build_rows(written, table, report) if written is not None and columns else ()
    statuses = _statuses(document, rows, vocabulary.types, report)
    if descriptions is not None:
        _check_descriptions(descriptions, rows, statuses, report)
    return Service(
        name=name,
        summary=document.text("summary"),
        section=section,
        table=reference.text("table") if reference else "",
        columns=columns,
        rows=rows,
        messages=build_messages(document, columns, rows, vocabulary.parameters, report),
        statuses=statuses,
        position=_name_position(document),
    )


def _name_position(document: Fields) -> Position:
    word = document.word("service")
    return word.position if isinstance(word, Word) else document.position


def _statuses(
    document: Fields, rows: tuple[Row, ...], types: Mapping[str, StatusType], report: Report
) -> tuple[StatusType, ...]:
    found: dict[str, StatusType] = {}
    for word in document.words("statuses"):
        if word.text in found:
            report.add(word.position, "duplicate-status", name=word.text)
        elif word.text not in types:
            close = hint(word.text, types)
            report.add(word.position, "unknown-status-type", name=word.text, hint=close)
        else:
            found[word.text] = types[word.text]
    has_status = any(row.parameter.role is Role.STATUS for row in rows)
    if "statuses" in document.values and rows:
        place = document.keys["statuses"]
        if found and not has_status:
            report.add(place, "statuses-without-status")
        if has_status and not document.words("statuses"):
            report.add(place, "no-statuses")
    return tuple(found.values())


def _check_descriptions(
    descriptions: Fields,
    rows: tuple[Row, ...],
    statuses: tuple[StatusType, ...],
    report: Report,
) -> None:
    known = {row.keyword for row in rows}
    known |= {item.parameter.keyword for status in statuses for item in status.fields}
    for keyword in descriptions.values:
        if keyword not in known:
            place = descriptions.keys[keyword]
            report.add(place, "idle-description", keyword=keyword, hint=hint(keyword, known))
