"""What the schemas say, as the standard would print it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...table.standard import other_document
from ..family import FAMILY
from ..model import Field, Machine, Service, Structure, UpperLayer, Value
from .grids import Grid, GridRow, Subject


def grids_of(layer: UpperLayer, part: str) -> tuple[Grid, ...]:
    """Return every table that `part` of the standard prints, in the order of the schemas."""
    found = [
        *_types(layer.services),
        *(grid for each in layer.services for grid in _service(each)),
        *(grid for each in layer.structures.values() for grid in _structure(each)),
        *_machine(layer.machine),
    ]
    return tuple(grid for grid in found if grid.part == part)


def _types(services: Iterable[Service]) -> Iterator[Grid]:
    """Yield the list of services: which of them is confirmed."""
    listed = sorted(services, key=lambda each: each.tables)
    for table in dict.fromkeys(each.type_table for each in listed):
        rows = tuple(
            GridRow(each.name, {"type": each.type}, each.position, {})
            for each in listed
            if each.type_table == table
        )
        section, _, _ = table.partition("-")
        where = table, section, FAMILY.part
        yield Grid(Subject.SERVICE, "services", "", *where, ("type",), rows)


def elsewhere(layer: UpperLayer) -> Iterator[str]:
    """Yield what other documents print than parts of the standard, each with the document."""
    for service in layer.services:
        yield from _others((row.name, row.clause) for row in service.rows)
    for structure in layer.structures.values():
        places = [other_document(f"{each.part} {each.section}") for each in structure.places]
        if all(places):
            yield f"{structure.name} ({places[0]})"
            continue
        yield from _others((each.name, each.clause) for each in structure.fields)
        for name, values in structure.values.items():
            yield from _others((f"{name} {each.text}", each.clause) for each in values)


def _others(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, clause in rows:
        if document := other_document(clause):
            yield f"{name} ({document})"


def _service(service: Service) -> Iterator[Grid]:
    for table in service.tables:
        rows = tuple(
            GridRow(row.name, row.cells, row.position, {})
            for row in service.rows
            if row.table == table and not other_document(row.clause)
        )
        section, columns = service.section, tuple(service.columns)
        name = service.name
        yield Grid(Subject.PARAMETER, name, name, table, section, FAMILY.part, columns, rows)


def _structure(structure: Structure) -> Iterator[Grid]:
    for place in structure.places:
        where = place.table, place.section, place.part
        rows = tuple(_field(each) for each in structure.fields if not other_document(each.clause))
        columns = ("bytes", "field", "value")
        owner = structure.class_name
        yield Grid(Subject.FIELD, structure.name, owner, *where, columns, rows)
        for name, values in structure.values.items():
            printed = [
                each
                for each in values
                if each.table in ("", place.table) and not other_document(each.clause)
            ]
            rows = tuple(_value(each) for each in printed)
            about = f"{structure.name.removesuffix(' PDU')} {name}"
            yield Grid(Subject.VALUE, about, owner, *where, ("meaning",), rows)


def _field(field: Field) -> GridRow:
    cells = {"bytes": field.octets, "field": field.name, "value": field.value}
    return GridRow(f"{field.octets} {field.name}", cells, field.position, {})


def _value(value: Value) -> GridRow:
    depends = "".join(f" of {field} {', '.join(codes)}" for field, codes in value.when.items())
    return GridRow(f"{value.code}{depends}", {"meaning": value.text}, value.position, {})


def _machine(machine: Machine) -> Iterator[Grid]:
    about, where = "state machine", (machine.section, FAMILY.part)
    column = ("definition",)
    for table in dict.fromkeys(each.table for each in machine.states):
        rows = tuple(
            GridRow(each.name, {"definition": each.text}, each.position, {})
            for each in machine.states
            if each.table == table
        )
        yield Grid(Subject.STATE, about, "", table, *where, column, rows)
    for table in dict.fromkeys(each.table for each in machine.actions):
        rows = tuple(
            GridRow(
                each.name,
                {"definition": each.text, "next": _next(each.next)},
                each.position,
                {},
            )
            for each in machine.actions
            if each.table == table
        )
        yield Grid(Subject.ACTION, about, "", table, *where, ("definition", "next"), rows)
    yield _transitions(machine)


def _next(states: tuple[str, ...]) -> str:
    """Return the one state that follows; where there are two, the text says when."""
    return states[0] if len(states) == 1 else ""


def _transitions(machine: Machine) -> Grid:
    cells = {(each.event, each.state): each for each in machine.transitions}
    states = tuple(each.name for each in machine.states)
    rows = []
    for event in machine.events:
        found = {
            state: cells[event.name, state] for state in states if (event.name, state) in cells
        }
        rows.append(
            GridRow(
                event.text,
                {state: found[state].cell if state in found else "" for state in states},
                event.position,
                {state: each.position for state, each in found.items()},
            )
        )
    about, section = "state machine", machine.section
    where = machine.table, section, FAMILY.part
    return Grid(Subject.EVENT, about, "", *where, states, tuple(rows))
