"""Build a service table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...reading.position import Position
from ...reading.problems import Report, listed
from ...reading.values import Fields
from ...table.usage import EQUAL_TO_LEFT
from ..family import CELLS, USAGES
from ..model import Row, Service, Structure, ValueKind
from .diagnostics import diagnostics_of
from .issuers import issued_of, requestor_of
from .named_values import check_codes, condition, values_of


def build_service(document: Fields, report: Report) -> Service:
    """Return the service that `document` describes."""
    reference = document.fields("reference")
    columns = document.fields("columns")
    tables = reference.texts("tables") if reference else ()
    headings = {key: columns.text(key) for key in columns.keys} if columns else {}
    rows = []
    for table, position, fields in document.records("parameters"):
        if table not in tables:
            report.add(position, "other-table", table=table)
        for name, place, row in fields.records():
            rows.append(_row(name, table, row, place, tuple(headings), report))
    word, values = document.word("service"), values_of(document)
    check_codes(values, report)
    kind = document.fields("type")
    return Service(
        document.text("service"),
        kind.text("text") if kind else "",
        kind.text("see") if kind else "",
        document.text("summary"),
        reference.text("section") if reference else "",
        tables,
        headings,
        requestor_of(document, report),
        issued_of(document, tuple(headings), report),
        tuple(rows),
        values,
        word.position if word else document.position,
    )


def _row(
    name: str, table: str, row: Fields, position: Position, columns: Sequence[str], report: Report
) -> Row:
    cells = {column: row.text(column) for column in columns}
    for number, (column, cell) in enumerate(cells.items()):
        if column not in row.keys:
            report.add(position, "missing-cell", row=name, column=column)
        elif cell not in CELLS:
            known = listed(f'"{usage.value}"' for usage in USAGES)
            report.add(row.place(column), "unknown-cell-text", row=name, text=cell, known=known)
        elif number == 0 and EQUAL_TO_LEFT in cell:
            report.add(row.place(column), "equal-in-first", row=name, column=column)
    built = Row(
        name,
        table,
        cells,
        ValueKind(row.text("is") or ValueKind.UNUSED.value),
        row.text("of"),
        row.text("value"),
        row.text("same_as"),
        "repeats" in row.keys,
        condition(row, "unless"),
        condition(row, "only_when"),
        row.text("see"),
        position,
        {column: row.place(column) for column in columns if column in row.keys},
    )
    if all(cell in CELLS for cell in cells.values()):
        _check_value(built, row, report)
    return built


def _check_value(built: Row, row: Fields, report: Report) -> None:
    fixed = next((built.cells[each] for each in built.cells if built.usage(each).is_fixed), "")
    given = [key for key in ("value", "same_as") if key in row.keys]
    if fixed and not given:
        report.add(built.position, "fixed-value", row=built.name, cell=fixed)
    elif given and not fixed:
        report.add(row.keys[given[0]], "idle-value", row=built.name, key=given[0])
    elif len(given) > 1:
        report.add(row.keys[given[1]], "value-twice", row=built.name)
    if built.kind is ValueKind.CODE and not built.enumeration:
        report.add(built.position, "code-of", row=built.name)


def check_services(
    services: Iterable[Service], structures: Mapping[str, Structure], report: Report
) -> None:
    """Report what a row names and nothing knows."""
    services = tuple(services)
    enumerations = set(enumerations_of(structures)) | {
        row.enumeration
        for service in services
        for row in service.rows
        if row.name in service.values
    }
    for service in services:
        names = {row.name for row in service.rows}
        attributes: set[str] = set()
        for row in service.rows:
            for other in (*row.unless, *row.only_when, *([row.same_as] if row.same_as else ())):
                if other not in names:
                    facts = {"row": row.name}
                    report.add_unknown(row.position, "unknown-parameter", other, names, facts)
            if row.enumeration and row.enumeration not in enumerations:
                facts, rule = {"row": row.name}, "unknown-enumeration"
                report.add_unknown(row.position, rule, row.enumeration, enumerations, facts)
            if row.attribute in attributes:
                facts = {"row": row.name, "attribute": row.attribute}
                report.add(row.position, "duplicate-attribute", **facts)
            attributes.add(row.attribute)
        _check_diagnostics(service, structures, report)


def _check_diagnostics(
    service: Service, structures: Mapping[str, Structure], report: Report
) -> None:
    """Report a diagnostic whose codes depend on what no row has."""
    sources = {row.enumeration for row in service.rows if row.kind is ValueKind.CODE}
    for row in service.rows:
        found = diagnostics_of(service, structures)
        if row.kind is ValueKind.DIAGNOSTIC and (found is None or found[0] not in sources):
            what = found[0] if found else "another field of its PDU"
            report.add(row.position, "diagnostic-source", row=row.name, what=what)


def enumerations_of(structures: Mapping[str, Structure]) -> dict[str, tuple[str, str]]:
    """Return the structure and the field that each enumeration is made of."""
    return {
        field.of: (structure.class_name, field.name)
        for structure in structures.values()
        for field in structure.fields
        if field.of and field.name in structure.values
    }
