"""The tables of an edition as a model of which code can be made, so that a change can be run.

A page says neither names nor kinds: those are the schemas'. What it prints otherwise than they say,
and could be theirs, is put in: usage codes, codes of a field, fixed values, cells of Table 9-10. A
row that the schemas do not have, or other bytes, cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from ...table.usage import EQUAL_TO_LEFT, Usage
from ..family import CELLS
from ..loader.machine import CELL
from ..model import RESERVED, Row, Structure, Transition, UpperLayer, Value
from .differences import Difference
from .grids import Subject

_USAGES = {usage.value: usage for usage in Usage}
# "1 of Source 2": a code, or a range of codes, and what it depends on.
_CODE = re.compile(r"(\d+)(?:-(\d+))?(?: of (\S+) (\d+))?")


def stated(layer: UpperLayer, differences: Iterable[Difference]) -> UpperLayer:
    """Return `layer` with the new texts of `differences`, as far as it could have them."""
    for each in differences:
        layer = _PUT[each.grid.subject](layer, each) or layer
    return layer


def is_stated(layer: UpperLayer, difference: Difference) -> bool:
    """Return whether `layer` could have the new text of a difference."""
    return _PUT[difference.grid.subject](layer, difference) is not None


def _cell(layer: UpperLayer, difference: Difference) -> UpperLayer | None:
    text, column = difference.finding.new, difference.column
    if text not in CELLS:
        return None
    for number, service in enumerate(layer.services):
        if service.name != difference.grid.owner or column not in service.columns:
            continue
        rows = [_with_cell(row, column, text, difference.row.name) for row in service.rows]
        if None in rows or rows == [*service.rows]:
            return None
        services = list(layer.services)
        services[number] = replace(service, rows=tuple(row for row in rows if row))
        return replace(layer, services=tuple(services))
    return None


def _with_cell(row: Row, column: str, text: str, name: str) -> Row | None:
    """Return a row with another cell, if it is the one of that name; None if it cannot have it."""
    if row.name != name:
        return row
    is_fixed = _USAGES[text.removesuffix(EQUAL_TO_LEFT)].is_fixed
    if is_fixed and not (row.value or row.same_as):
        return None
    return replace(row, cells={**row.cells, column: text})


def _field(layer: UpperLayer, difference: Difference) -> UpperLayer | None:
    structure = layer.structures.get(difference.grid.owner)
    old, new = difference.finding.old, difference.finding.new
    if structure is None or difference.column != "value" or not old or len(old) != len(new):
        return None
    fields = tuple(
        replace(each, value=new) if f"{each.octets} {each.name}" == difference.row.name else each
        for each in structure.fields
    )
    return None if fields == structure.fields else _with(layer, replace(structure, fields=fields))


def _value(layer: UpperLayer, difference: Difference) -> UpperLayer | None:
    structure = layer.structures.get(difference.grid.owner)
    found = _CODE.fullmatch(difference.row.name)
    if structure is None or found is None:
        return None
    field = difference.grid.about.removeprefix(structure.name.removesuffix(" PDU")).strip()
    listed = structure.values.get(field)
    if listed is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    when = {found[3]: (found[4],)} if found[3] else {}
    kept = [each for each in listed if (each.first, each.last, each.when) != (first, last, when)]
    if text := difference.finding.new:
        name = "" if text == RESERVED else "_".join(re.findall(r"[A-Z0-9]+", text.upper()))
        value = Value(first, last, when, name, text, "", structure.position)
        kept = sorted([*kept, value], key=lambda each: (sorted(each.when.items()), each.first))
    return _with(layer, replace(structure, values={**structure.values, field: tuple(kept)}))


def _with(layer: UpperLayer, structure: Structure) -> UpperLayer:
    return replace(layer, structures={**layer.structures, structure.class_name: structure})


def _transition(layer: UpperLayer, difference: Difference) -> UpperLayer | None:
    machine, state = layer.machine, difference.column
    event = next((each for each in machine.events if each.text == difference.row.name), None)
    text = difference.finding.new
    found = CELL.fullmatch(text)
    actions = {each.name for each in machine.actions}
    states = {each.name for each in machine.states}
    if event is None or state not in states or (text and not (found and found[1] in actions)):
        return None
    cells = [
        each for each in machine.transitions if (each.event, each.state) != (event.name, state)
    ]
    if found:
        following = (found[2], f"Sta{found[3]}") if found[3] else (found[2],)
        if not states.issuperset(following):
            return None
        cells.append(Transition(event.name, state, text, found[1], following, event.position))
    return replace(layer, machine=replace(machine, transitions=tuple(cells)))


def _nothing(layer: UpperLayer, difference: Difference) -> UpperLayer | None:
    """Change nothing: what a state or an action is said to be, no code shows."""
    del layer, difference
    return None


_PUT: Mapping[Subject, Callable[[UpperLayer, Difference], UpperLayer | None]] = {
    Subject.SERVICE: _nothing,
    Subject.PARAMETER: _cell,
    Subject.FIELD: _field,
    Subject.VALUE: _value,
    Subject.STATE: _nothing,
    Subject.ACTION: _nothing,
    Subject.EVENT: _transition,
}
