"""The reference pages of the Upper Layer: its tables as the standard prints them.

What a page says comes from the model; nothing of it is written here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..code.naming import class_name
from ..pages import rst
from ..render import Printed
from .family import FAMILY
from .matrices import holds
from .model import Service, Structure, UpperLayer
from .views.structure import where_of


@dataclass(frozen=True)
class Grid:
    """A table: its heads and its rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

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
        "Attribute",
        *map(rst.escaped, service.columns.values()),
        "Fixed value",
        "Clause",
    )
    rows = tuple(
        (
            rst.escaped(row.name),
            f"``{row.attribute}``",
            *(f"``{cell}``" if cell else "" for cell in row.cells.values()),
            rst.escaped(row.value or (f"the {row.same_as}" if row.same_as else "")),
            row.clause or service.section,
        )
        for row in service.rows
    )
    tables = " and ".join(service.tables)
    text = f"{rst.escaped(service.summary)} {FAMILY.cited(service.section, tables)}."
    return Section(class_name(service.name), text, (Grid(heads, rows),))


def _structure(structure: Structure) -> Section:
    rows = tuple(
        tuple(map(rst.escaped, (field.octets, field.name, field.value, holds(field, structure))))
        for field in structure.fields
    )
    grids = [Grid(("Bytes", "Field", "Value", "Holds"), rows)]
    values = [
        tuple(map(rst.escaped, (name, value.code, value.depends_on, value.text)))
        for name, listed in structure.values.items()
        for value in listed
    ]
    if values:
        grids.append(Grid(("Field", "Code", "When", "Meaning"), tuple(values)))
    text = f"{rst.escaped(structure.summary)} {rst.inline(structure.name)}: {where_of(structure)}."
    return Section(structure.class_name, text, tuple(grids))


def _machine(layer: UpperLayer) -> Iterator[Section]:
    machine = layer.machine
    states = tuple((each.name, rst.escaped(each.text), each.table) for each in machine.states)
    yield Section("States", "What the machine waits for.", (Grid(_DEFINED, states),))
    actions = tuple(
        (each.name, rst.escaped(each.text), " or ".join(each.next), each.table)
        for each in machine.actions
    )
    heads = ("Name", "Definition", "Next", "Table")
    yield Section("Actions", "What it does, and where it goes.", (Grid(heads, actions),))
    cells = {(each.event, each.state): each.cell for each in machine.transitions}
    names = [state.name for state in machine.states]
    rows = tuple(
        (rst.escaped(each.text), *(cells.get((each.name, name), "") for name in names))
        for each in machine.events
    )
    where = (
        f"{FAMILY.cited(machine.section, machine.table)}. Where it is blank, nothing can happen."
    )
    yield Section("Transitions", where, (Grid(("Event", *names), rows),))


_DEFINED = ("Name", "Definition", "Table")
