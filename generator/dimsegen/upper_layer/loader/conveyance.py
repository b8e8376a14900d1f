"""Check what a PDU conveys: every parameter that its receiver needs comes from somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...reading.position import Position
from ...reading.problems import Report, listed
from ..model import PARTS, Field, Row, Service, Structure, ValueKind
from ..model.pdu_choice import pdus_of, telling_row
from .services import enumerations_of


def check_conveyed(
    structures: Mapping[str, Structure], services: Iterable[Service], report: Report
) -> None:
    """Report what a PDU conveys and no service has, and what nothing conveys."""
    known = {service.name: service for service in services}
    for structure in structures.values():
        for field in structure.fields:
            _check_without(structure, field, report)
        for name in structure.becomes:
            if name not in known:
                report.add_unknown(structure.position, "unknown-service", name, known)
        conveyed = [known[name] for name in structure.becomes if name in known]
        if conveyed and len(conveyed) == len(structure.becomes):
            _check_names(structure, conveyed, structures, report)
            _check_chosen(structure, conveyed, report)
            for service in conveyed:
                _check_column(structure, service, report)
    for service in known.values():
        _check_items(service, structures, report)
        _check_choice(service, structures, report)


def _check_items(service: Service, structures: Mapping[str, Structure], report: Report) -> None:
    """Report a parameter that is what items say, and that no PDU has an item for."""
    pdus = [each for each in structures.values() if service.name in each.becomes]
    attributes = {each.attribute for pdu in pdus for each in pdu.contains}
    for row in service.rows:
        if row.kind is ValueKind.USER_DATA and row.attribute not in attributes:
            report.add(row.position, "no-items", row=row.name, service=service.name)


def _check_choice(service: Service, structures: Mapping[str, Structure], report: Report) -> None:
    """Report a service of which nothing tells which PDU its primitive becomes."""
    pdus = pdus_of(service, structures.values())
    if len(pdus) > 1 and telling_row(service, pdus) is None:
        facts = {"service": service.name, "pdus": listed(sorted(pdu.name for pdu in pdus))}
        report.add(service.position, "several-pdus", **facts)


def _check_chosen(structure: Structure, services: list[Service], report: Report) -> None:
    """Report a PDU that is one primitive or another, and does not say which."""
    names = [{row.name for row in service.rows} for service in services]
    telling = [
        each.conveys
        for each in structure.fields
        if each.only_when and sum(each.conveys in rows for rows in names) == 1
    ]
    if len(services) - 1 > len(telling):
        report.add(structure.position, "one-of-several", name=structure.class_name)


def _check_without(structure: Structure, field: Field, report: Report) -> None:
    """Report a value that is sent without a parameter, and that its field has not."""
    names = {value.name for value in structure.values.get(field.name, ()) if value.name}
    if field.without and field.without not in names:
        facts: dict[str, object] = {"field": field.name}
        report.add_unknown(field.position, "unknown-value", field.without, names, facts)


def _check_names(
    structure: Structure,
    services: list[Service],
    structures: Mapping[str, Structure],
    report: Report,
) -> None:
    rows = {row.name: row for service in services for row in service.rows}
    named = [each for each in _conveyed(structure) if each[0]]
    named += [(name, structure.position) for name in (*structure.sets, *structure.takes)]
    for name, position in named:
        if name not in rows:
            facts: dict[str, object] = {"row": structure.name}
            report.add_unknown(position, "unknown-parameter", name, rows, facts)
    for name, value in structure.sets.items():
        if name in rows:
            _check_set(structure, rows[name], value, services, structures, report)
    for each in structure.contains:
        inside = structures.get(each.class_name)
        if each.conveys in rows and inside is not None:
            _check_parts(inside, PARTS.get(rows[each.conveys].kind, ()), report)


def _conveyed(structure: Structure) -> list[tuple[str, Position]]:
    """Return what each field and item of a structure conveys, and where that is written."""
    found = [(each.conveys, each.position) for each in structure.fields]
    return [*found, *((each.conveys, each.position) for each in structure.contains)]


def _check_set(
    structure: Structure,
    row: Row,
    value: str,
    services: list[Service],
    structures: Mapping[str, Structure],
    report: Report,
) -> None:
    values = [each.values[row.name] for each in services if row.name in each.values]
    if not values and row.enumeration in (known := enumerations_of(structures)):
        class_name, field = known[row.enumeration]
        values = [structures[class_name].values[field]]
    names = {each.name for each in (values[0] if values else ()) if each.name}
    if value not in names:
        facts: dict[str, object] = {"field": row.name}
        report.add_unknown(structure.position, "unknown-value", value, names, facts)


def _check_parts(inside: Structure, parts: tuple[str, ...], report: Report) -> None:
    """Report the parts of a parameter of which an item says nothing, and what is none of them."""
    conveyed = _conveyed(inside)
    for name, position in conveyed:
        if name and name not in parts:
            facts: dict[str, object] = {"row": inside.name}
            report.add_unknown(position, "unknown-parameter", name, parts, facts)
    names = [name for name, _ in conveyed]
    for name in parts:
        if name not in names:
            report.add(inside.position, "not-conveyed", name=inside.name, row=name)


def _check_column(structure: Structure, service: Service, report: Report) -> None:
    column = structure.received_as
    if column not in service.columns:
        report.add_unknown(structure.position, "unknown-column", column, service.columns)
        return
    carried = {name for name, _ in _conveyed(structure)}
    given = carried | {*structure.sets, *structure.takes}
    for row in service.rows:
        usage = row.usage(column)
        # What a carried value excuses, such as a result that rejects, need not be there.
        is_excused = row.value or row.same_as or carried & set(row.unless)
        is_needed = usage.is_mandatory and not is_excused
        if is_needed and row.name not in given:
            report.add(structure.position, "not-conveyed", name=structure.name, row=row.name)
