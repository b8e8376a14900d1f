"""Build the status classes and types from `statuses.yaml`.

Invariant: every code has at most one class, and every exact code at most one type.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..model.schema import Parameter, Position, StatusClass, StatusField, StatusType
from ..model.status_codes import codes_of_all, show
from .problems import Report, hint, listed
from .reader import Fields


def build_classes(document: Fields, report: Report) -> tuple[StatusClass, ...]:
    """Return the status classes of `document`, in its order."""
    classes: list[StatusClass] = []
    for identifier, position, fields in document.records("classes"):
        patterns = tuple(word.text for word in fields.words("codes"))
        left_out = tuple(word.text for word in fields.words("except"))
        codes = codes_of_all(patterns) - codes_of_all(left_out)
        for other in classes:
            if shared := codes & other.codes:
                report.add(
                    position,
                    "class-overlap",
                    name=identifier,
                    codes=show(shared),
                    other=other.identifier,
                )
        classes.append(StatusClass(identifier, fields.text("name"), codes, fields.text("see")))
    return tuple(classes)


def build_types(
    document: Fields,
    classes: tuple[StatusClass, ...],
    parameters: Mapping[str, Parameter],
    report: Report,
) -> tuple[StatusType, ...]:
    """Return the status types of `document`, in its order."""
    by_identifier = {status_class.identifier: status_class for status_class in classes}
    types: list[StatusType] = []
    for identifier, position, entry in document.records("types"):
        head = entry.fields("type")
        word = head.word("class") if head else None
        if head is None or word is None:
            continue
        if word.text not in by_identifier:
            close = hint(word.text, by_identifier)
            known = listed(by_identifier)
            report.add(word.position, "unknown-class", name=word.text, hint=close, known=known)
            continue
        patterns = tuple(word.text for word in head.words("codes"))
        status_type = StatusType(
            identifier,
            head.text("name"),
            by_identifier[word.text],
            patterns,
            codes_of_all(patterns),
            _fields(entry, parameters, report),
            head.text("see"),
        )
        _check_codes(position, status_type, types, report)
        types.append(status_type)
    return tuple(types)


def _fields(
    entry: Fields, parameters: Mapping[str, Parameter], report: Report
) -> tuple[StatusField, ...]:
    found: list[StatusField] = []
    for keyword, position, fields in entry.records("fields"):
        if keyword not in parameters:
            close = hint(keyword, parameters)
            report.add(position, "unknown-keyword", keyword=keyword, hint=close)
            continue
        names = tuple(word.text for word in fields.words("response"))
        found.append(StatusField(parameters[keyword], None if "any" in names else names))
    return tuple(found)


def _check_codes(
    position: Position, status_type: StatusType, before: list[StatusType], report: Report
) -> None:
    name = status_type.identifier
    if outside := status_type.codes - status_type.status_class.codes:
        report.add(
            position,
            "type-outside-class",
            name=name,
            codes=show(outside),
            status_class=status_type.status_class.identifier,
        )
    for other in before:
        for code in sorted(set(status_type.exact_codes) & set(other.exact_codes)):
            report.add(
                position, "duplicate-code", name=name, code=f"{code:04X}H", other=other.identifier
            )


def check_response_names(document: Fields, services: tuple[str, ...], report: Report) -> None:
    """Report every service that a status field names and that no file describes."""
    for _, _, entry in document.records("types"):
        for _, _, fields in entry.records("fields"):
            for word in fields.words("response"):
                if word.text != "any" and word.text not in services:
                    close = hint(word.text, services)
                    report.add(word.position, "unknown-service", name=word.text, hint=close)
