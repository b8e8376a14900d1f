"""Read the transcription, and the schemas as if they were printed.

Every row has the words of the page. Where the schemas depart from it by the decision of an erratum,
its `explains` names the difference; `reprinted` puts the page back and says what it used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from dimsegen.upper_layer.model import Field, Structure, UpperLayer, Value

from ..csv_lines import Line, lines_of_file

FOLDER = Path(__file__).with_name("transcription")
# How an erratum says that the page does not have it.
NOT_PRINTED = "nothing"
transcription = partial(lines_of_file, FOLDER)


def differences(layer: UpperLayer) -> dict[str, tuple[str, str]]:
    """Return what the errata explain: the place, with what is printed and what we say."""
    found: dict[str, tuple[str, str]] = {}
    for erratum in layer.errata:
        for line in erratum.explains:
            place, _, change = line.partition(": ")
            printed, _, ours = change.partition(" -> ")
            found[place] = printed, ours
    return found


def service_rows(layer: UpperLayer) -> Iterator[Line]:
    """Yield the rows of the service tables; "-" stands for a column that a table has not."""
    columns = ("request", "indication", "response", "confirmation")
    numbers: dict[str, int] = {}
    for service in sorted(layer.services, key=lambda each: each.tables):
        for row in service.rows:
            numbers[row.table] = numbers.get(row.table, 0) + 1
            cells = (row.cells.get(column, "-") for column in columns)
            place = (service.name, row.table, service.section, str(numbers[row.table]))
            yield (*place, row.name, *cells)


def issued_rows(layer: UpperLayer) -> Iterator[Line]:
    """Yield who issues each primitive of each service, and to whom."""
    for service in sorted(layer.services, key=lambda each: each.tables):
        requestor = service.requestor.value if service.requestor else ""
        for column, each in service.issued.items():
            what = (service.name, service.type, requestor, column)
            yield (*what, each.by.value, each.to.value, each.clause)


def field_rows(layer: UpperLayer) -> Iterator[Line]:
    """Yield the rows of every printed table of a structure."""
    changes = differences(layer)
    for part, table, section, structure in printed_tables(layer):
        for number, field in enumerate(structure.fields, 1):
            octets, name = _reprinted(field, f"field {table} {field.octets}", changes)
            yield (part, table, section, str(number), octets, name, field.value)


def _reprinted(field: Field, place: str, changes: dict[str, tuple[str, str]]) -> tuple[str, str]:
    printed, ours = changes.get(place, ("", ""))
    names = {ours: printed} if ours else {}
    return names.get(field.octets, field.octets), names.get(field.name, field.name)


def value_rows(layer: UpperLayer) -> Iterator[Line]:
    """Yield the values of every printed table of a structure."""
    changes = differences(layer)
    for part, table, _, structure in printed_tables(layer):
        for field in structure.fields:
            values = [v for v in structure.values.get(field.name, ()) if v.table in ("", table)]
            number = 0
            for value in values:
                about = f"value {structure.name.removesuffix(' PDU')} {field.name} {_code(value)}"
                printed, ours = changes.get(f"{about}{_depends(value)}", ("", ""))
                text = printed if ours == value.text else value.text
                if text != NOT_PRINTED:
                    number += 1
                    yield (part, table, field.name, str(number), _source(value), _code(value), text)


def printed_tables(layer: UpperLayer) -> list[tuple[str, str, str, Structure]]:
    """Return every printed table of a structure: part, table, section, structure."""
    found = [
        (place.part, place.table, place.section, structure)
        for structure in layer.structures.values()
        for place in structure.places
    ]
    return sorted(found, key=lambda each: (each[0] == "PS3.7", _numbers(each[1])))


def machine_rows(layer: UpperLayer) -> dict[str, list[Line]]:
    """Return the tables of the state machine by the name of their file."""
    machine, changes = layer.machine, differences(layer)
    cells = {(each.event, each.state): each.cell for each in machine.transitions}
    states = [state.name for state in machine.states]
    return {
        "states": [(s.table, s.name.replace("Sta", "Sta "), s.text) for s in machine.states],
        "actions": [
            (a.table, a.name, _definition(a.text, a.next, changes.get(f"action {a.name}")))
            for a in machine.actions
        ],
        "transitions": [
            (str(number), event.text, *(cells.get((event.name, state), "") for state in states))
            for number, event in enumerate(machine.events, 1)
        ],
    }


def _definition(text: str, following: Iterable[str], change: tuple[str, str] | None) -> str:
    states = tuple(following)
    if len(states) > 1:
        return text
    state = change[0] if change and change[1] == states[0] else states[0]
    return f"{text} Next state is {state}"


def _depends(value: Value) -> str:
    return "".join(f" of {field} {', '.join(codes)}" for field, codes in value.when.items())


def _source(value: Value) -> str:
    return "".join(code for codes in value.when.values() for code in codes)


def _code(value: Value) -> str:
    return str(value.first) if value.first == value.last else f"{value.first}-{value.last}"


def _numbers(table: str) -> tuple[int, ...]:
    """Return what tables are sorted by: chapters before annexes."""
    head, _, number = table.partition("-")
    chapter, _, section = head.partition(".")
    return (int(chapter) if chapter.isdecimal() else 100, int(section or 0), int(number))
