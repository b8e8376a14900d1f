"""Build the status classes and types from `statuses.yaml`.

Invariant: every code has at most one class, and every exact code at most one type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...reading.names import Names
from ...reading.position import Position
from ...reading.problems import Report
from ...reading.values import Fields
from ...table.status_codes import codes_of_all, difference, show
from ...table.terms import ANY
from ..model import Parameter, StatusClass, StatusField, StatusType
from .origins import Origins
from .service import Description


def build_classes(document: Fields | None, origins: Origins, report: Report) -> Names[StatusClass]:
    """Return the status classes of `document`, in its order.

    Parameters
    ----------
    document : Fields or None
        The file, read as `documents.STATUSES`; None if nobody could read it.
    origins : Origins
        The document that each is printed in.
    report : Report
        Receives what is wrong.
    """
    written = document.fields("classes") if document else None
    if written is None:
        return Names("unknown-class", {}, is_open=True)
    classes: dict[str, StatusClass] = {}
    for identifier, position, fields in written.records():
        if fields.is_whole:
            status_class = _class(identifier, position, fields, origins, report)
            _check_against(status_class, classes.values(), fields, report)
            classes[identifier] = status_class
    return Names("unknown-class", classes, written.keys, written.is_open)


def _class(
    identifier: str, position: Position, fields: Fields, origins: Origins, report: Report
) -> StatusClass:
    codes = codes_of_all(fields.texts("codes"))
    left_out: frozenset[int] = frozenset()
    for word in fields.words("except"):
        these = codes_of_all((word.text,))
        if not these <= codes:
            report.add(word.position, "idle-except", name=identifier, code=word.text)
        left_out |= these
    name, see = fields.text("name"), fields.text("see")
    origin = origins.of(fields, position, report)
    return StatusClass(identifier, name, difference(codes, left_out), see, position, origin)


def _check_against(
    status_class: StatusClass, before: Iterable[StatusClass], fields: Fields, report: Report
) -> None:
    name = status_class.identifier
    for other in before:
        if shared := status_class.codes & other.codes:
            facts = {"codes": show(shared), "other": other.identifier}
            report.add(fields.place("codes"), "class-overlap", name=name, **facts)
        if status_class.name == other.name:
            facts = {"keyword": name, "other": other.identifier}
            report.add(fields.place("name"), "duplicate-name", **facts)


def build_types(
    document: Fields | None,
    classes: Names[StatusClass],
    parameters: Names[Parameter],
    origins: Origins,
    report: Report,
) -> Names[StatusType]:
    """Return the status types of `document`, in its order.

    Parameters
    ----------
    document : Fields or None
        The file, read as `documents.STATUSES`; None if nobody could read it.
    classes : Names of StatusClass
        The status classes.
    parameters : Names of Parameter
        The parameters.
    origins : Origins
        The document that each is printed in.
    report : Report
        Receives what is wrong.
    """
    written = document.fields("types") if document else None
    if written is None:
        return Names("unknown-status-type", {}, is_open=True)
    types: dict[str, StatusType] = {}
    for identifier, position, entry in written.records():
        head = entry.fields("type")
        word = head.word("class") if head else None
        status_class = classes.find(word.text, word.position, report) if word else None
        fields = tuple(_fields(entry, parameters, report))
        is_known = len(fields) == len(entry.records("fields"))
        if head is None or status_class is None or not (entry.is_whole and is_known):
            continue
        patterns = head.texts("codes")
        codes = codes_of_all(patterns)
        name, see = head.text("name"), head.text("see")
        origin = origins.of(head, head.position, report)
        status_type = StatusType(
            identifier, name, status_class, patterns, codes, fields, see, position, origin
        )
        _check_codes(status_type, types.values(), head, report)
        types[identifier] = status_type
    return Names("unknown-status-type", types, written.keys, written.is_open)


def _fields(entry: Fields, parameters: Names[Parameter], report: Report) -> Iterator[StatusField]:
    for keyword, position, fields in entry.records("fields"):
        names = fields.texts("response")
        if ANY in names and len(names) > 1:
            report.add(fields.place("response"), "any-and-others", keyword=keyword, any=ANY)
        parameter = parameters.find(keyword, position, report)
        if parameter is not None and parameter.role is not None:
            role = parameter.role.value
            report.add(position, "status-field-role", keyword=keyword, role=role)
        if parameter is not None:
            yield StatusField(parameter, None if ANY in names else names, position)


def _check_codes(
    status_type: StatusType, before: Iterable[StatusType], head: Fields, report: Report
) -> None:
    name, place = status_type.identifier, head.place("codes")
    if outside := difference(status_type.codes, status_type.status_class.codes):
        facts = {"codes": show(outside), "status_class": status_type.status_class.identifier}
        report.add(place, "type-outside-class", name=name, **facts)
    for other in before:
        for code in sorted(set(status_type.exact_codes) & set(other.exact_codes)):
            facts = {"code": f"{code:04X}H", "other": other.identifier}
            report.add(place, "duplicate-code", name=name, **facts)


def check_response_names(document: Fields, services: Names[Description], report: Report) -> None:
    """Report every service that a status field names and that no file describes."""
    for _, _, entry in document.records("types"):
        for _, _, fields in entry.records("fields"):
            for word in fields.words("response"):
                if word.text != ANY:
                    services.find(word.text, word.position, report)
