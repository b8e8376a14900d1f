"""The reference pages of the Upper Layer: its tables as the standard prints them.

What a page says comes from the model; nothing of it is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..code.naming import class_name
from ..pages import rst
from ..render import Printed
from .family import FAMILY
from .matrices import (
    ACTION_HEADS,
    ISSUED_HEADS,
    STATE_HEADS,
    action_rows,
    holds,
    issued_rows,
    state_rows,
)
from .model import Row, Service, Structure, UpperLayer
from .views.primitive import type_words
from .views.structure import where_of


@dataclass(frozen=True)
class Grid:
    """A table: its heads and its rows.

    Attributes
    ----------
    style : str
        How it is shown: ``matrix`` and ``machine`` with a card for each row on a phone.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    style: str = "matrix"

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """The heads and the rows."""
        return self.heads, *self.rows


@dataclass(frozen=True)
class Section:
    """A title with what is said below it, and a table or two."""

    title: str
    text: str
    grids: tuple[Grid, ...]


def pages_of(layer: UpperLayer, package: str) -> Iterator[Printed]:
    """Yield every page of the Upper Layer; `package` is the import name of the package."""
    pages = {
        "services": [_service(each) for each in layer.services],
        "pdus": [_structure(each) for each in layer.structures.values()],
        "states": list(_machine(layer)),
    }
    yield Printed(f"{FAMILY.folder}/index.rst", "upper_layer_index.rst.j2", _index(layer, package))
    for name, sections in pages.items():
        values = {"title": _TITLES[name], "text": _TEXTS[name], "sections": sections}
        yield Printed(f"{FAMILY.folder}/{name}.rst", "upper_layer.rst.j2", values)


def _index(layer: UpperLayer, package: str) -> dict[str, object]:
    errata = [
        replace(
            each,
            title=rst.inline(each.title),
            clause=rst.escaped(each.clause),
            other_clause=rst.escaped(each.other_clause),
            decision=rst.escaped(each.decision),
        )
        for each in layer.errata
    ]
    return {"errata": errata, "package": package}


_TITLES = {"services": "Services", "pdus": "PDUs and items", "states": "State machine"}
_TEXTS = {
    "services": "The service tables of PS3.8 Section 7, cell for cell; blank does not apply.",
    "pdus": "The fields of each structure of PS3.8 9.3 and D.1 and of PS3.7 D.3.3, in the order of "
    "the bytes, with the values that are printed for them.",
    "states": "The states, actions and transitions of PS3.8 9.2.",
}


def _service(service: Service) -> Section:
    heads = (
        "Parameter",
        *map(rst.escaped, service.columns.values()),
        "Clause",
    )
    rows = tuple(
        (
            _parameter(row),
            *(f"``{cell}``" if cell else "" for cell in row.cells.values()),
            row.clause or service.section,
        )
        for row in service.rows
    )
    tables = " and ".join(service.tables)
    where = f"{rst.escaped(service.summary)} {FAMILY.cited(service.section, tables)}."
    text = f"{where} {rst.escaped(type_words(service))}"
    issued = _grid(ISSUED_HEADS, issued_rows(service))
    return Section(class_name(service.name), text, (issued, Grid(heads, rows)))


def _parameter(row: Row) -> str:
    """Return the first cell of a row: a line for its name, its attribute, its fixed value."""
    lines = [rst.escaped(row.name), f"``{row.attribute}``"]
    if row.value or row.same_as:
        lines.append(rst.escaped(f"always {row.value or f'the {row.same_as}'}"))
    return "\n       ".join(f"| {line}" for line in lines)


def _grid(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> Grid:
    return Grid(tuple(heads), tuple(tuple(map(rst.escaped, row)) for row in rows))


def _structure(structure: Structure) -> Section:
    rows = tuple(
        tuple(map(rst.escaped, (field.octets, field.name, field.value, holds(field, structure))))
        for field in structure.fields
    )
    grids = [Grid(("Bytes", "Field", "Value", "Holds"), rows, _FIELDS)]
    values = [
        tuple(map(rst.escaped, (name, value.code, value.depends_on, value.text)))
        for name, listed in structure.values.items()
        for value in listed
    ]
    if values:
        grids.append(Grid(("Field", "Code", "When", "Meaning"), tuple(values), _FIELDS))
    text = f"{rst.escaped(structure.summary)} {rst.inline(structure.name)}: {where_of(structure)}."
    return Section(structure.class_name, text, tuple(grids))


def _machine(layer: UpperLayer) -> Iterator[Section]:
    machine = layer.machine
    states = _grid(STATE_HEADS, state_rows(layer))
    yield Section("States", "What the machine waits for, and at which end.", (states,))
    actions = Grid(
        tuple(ACTION_HEADS),
        tuple(
            (name, rst.escaped(text), f"``{sends}``" if sends else "", *map(rst.escaped, more))
            for name, text, sends, *more in action_rows(layer)
        ),
    )
    yield Section("Actions", _ACTIONS, (actions,))
    cells = {(each.event, each.state): each.cell for each in machine.transitions}
    names = [state.name for state in machine.states]
    rows = tuple(
        (rst.escaped(each.text), *(cells.get((each.name, name), "") for name in names))
        for each in machine.events
    )
    where = (
        f"{FAMILY.cited(machine.section, machine.table)}. Where it is blank, nothing can happen."
    )
    yield Section("Transitions", where, (Grid(("Event", *names), rows, _MACHINE),))


_FIELDS, _MACHINE = "fields", "machine"
_ACTIONS = "What it does, what it sends to the peer and issues to the local user, what is next."
