"""What `dimsegen show` prints: service tables, the layouts of PDUs and items, Table 9-10."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from ..code.naming import class_name
from ..pages.rst import matrix
from ..table.shown import Shown
from .ends import EndsOf
from .family import FAMILY, LEGEND
from .model import Contents, Field, Kind, Machine, Service, Structure, UpperLayer, Value
from .views.primitive import type_words
from .views.structure import where_of

_MACHINE = "STATES"


def shown(layer: UpperLayer) -> tuple[Shown, ...]:
    """Return every table: services, structures, the state machine."""
    return (
        *(_service(each) for each in layer.services),
        *(_structure(each) for each in layer.structures.values()),
        _machine(layer),
    )


def _formats(
    title: str, grids: Callable[[], Iterator[list[list[str]]]], content: Callable[[], Any]
) -> Mapping[str, Callable[[], str]]:
    return {
        "table": partial(_table, title, grids),
        "json": lambda: json.dumps(content(), indent=2, ensure_ascii=False),
        "rst": partial(_rst, title, grids),
    }


def _table(title: str, grids: Callable[[], Iterator[list[list[str]]]]) -> str:
    lines = [title]
    for grid in grids():
        widths = [max(map(len, column)) for column in zip(*grid, strict=True)]
        lines.append("")
        for row in grid:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            lines.append(f"  {'  '.join(cells)}".rstrip())
    return "\n".join(lines)


def _rst(title: str, grids: Callable[[], Iterator[list[list[str]]]]) -> str:
    lines = [title]
    for heads, *rows in grids():
        # A blank cell would join its row to the one above it.
        filled = [[cell or "\\" for cell in row] for row in rows]
        lines += ["", *matrix(heads, filled)]
    return "\n".join(lines)


def _service(service: Service) -> Shown:
    where = FAMILY.cited(service.section, " and ".join(service.tables))
    title = f"{service.name}: {service.summary} ({where})\n{type_words(service)}"

    def grids() -> Iterator[list[list[str]]]:
        yield [ISSUED_HEADS, *issued_rows(service)]
        heads = ["Parameter", *service.columns.values(), "Fixed value", "Clause"]
        rows = [
            [row.name, *row.cells.values(), _fixed(row.value, row.same_as), row.clause]
            for row in service.rows
        ]
        yield [heads, *rows]
        cells = [cell for row in service.rows for cell in row.cells.values() if cell]
        used = {part for cell in cells for part in re.split(r"(?=\()", cell)}
        legend = [[code, meaning] for code, meaning in LEGEND.items() if code in used]
        yield [["Code", "Meaning"], *legend]

    def content() -> dict[str, Any]:
        return {**_head(service.name, service.summary, where), **_service_content(service)}

    formats = _formats(title, grids, content)
    name = class_name(service.name)
    return Shown("Upper Layer primitive", service.name, service.summary, where, formats, (name,))


def _service_content(service: Service) -> dict[str, Any]:
    """Return what JSON says of `service` and of no other thing that is shown."""
    return {
        "type": service.type,
        "requestor": service.requestor.value if service.requestor else None,
        "issued": {
            column: {"by": each.by.value, "to": each.to.value, "clause": each.clause}
            for column, each in service.issued.items()
        },
        "parameters": [
            {
                "name": row.name,
                "attribute": row.attribute,
                "kind": row.kind.value,
                **row.cells,
                "value": _fixed(row.value, row.same_as) or None,
                "clause": row.clause or service.section,
            }
            for row in service.rows
        ],
    }


#: The heads of a table of who issues the primitives of a service.
ISSUED_HEADS = ["Primitive", "Issued by", "Issued to", "Clause"]


def issued_rows(service: Service) -> list[list[str]]:
    """Return who issues each primitive, and to whom."""
    return [
        [service.columns[column], each.by.value, each.to.value, each.clause]
        for column, each in service.issued.items()
    ]


def _head(name: str, summary: str, reference: str) -> dict[str, Any]:
    return {"name": name, "summary": summary, "reference": reference}


def _fixed(value: str, same_as: str) -> str:
    return value or (f"the {same_as}" if same_as else "")


def _structure(structure: Structure) -> Shown:
    where = where_of(structure)
    title = f"{structure.name}: {structure.summary} ({where})"

    def grids() -> Iterator[list[list[str]]]:
        rows = [[f.octets, f.name, f.value, holds(f, structure)] for f in structure.fields]
        yield [["Bytes", "Field", "Value", "Holds"], *rows]
        if structure.values:
            yield [["Field", "Code", "Meaning"], *_values(structure)]

    def content() -> dict[str, Any]:
        fields = [
            {"bytes": f.octets, "field": f.name, "value": f.value or None, "is": f.contents.value}
            for f in structure.fields
        ]
        contains = [
            {"structure": each.class_name, "occurs": each.occurs.value}
            for each in structure.contains
        ]
        values = [
            dict(zip(("field", "code", "text"), each, strict=True)) for each in _values(structure)
        ]
        head = _head(structure.name, structure.summary, where)
        more = {
            "class": structure.class_name,
            "kind": structure.kind.value,
            "type": structure.type_code,
        }
        return {**head, **more, "fields": fields, "contains": contains, "values": values}

    code = structure.type_code
    also = [structure.class_name, structure.name.removesuffix(" PDU")]
    also += [f"{code:02X}H"] if code is not None else []
    kind = "PDU" if structure.kind is Kind.PDU else "item"
    formats = _formats(title, grids, content)
    return Shown(kind, structure.name, structure.summary, where, formats, tuple(also))


def holds(field: Field, structure: Structure) -> str:
    """Return what a field holds, in a few words."""
    words = field.contents.value.replace("_", " ")
    if field.of:
        words += f" of {field.of}"
    if field.parity:
        words += f", {field.parity.value}"
        words += " in length" if field.contents is Contents.FRAGMENT else ""
    if field.well_known:
        words += f", {field.well_known} as a rule"
    if words == "items":
        words = "; ".join(f"{each.class_name} ({each.occurs.value})" for each in structure.contains)
    for other, codes in field.only_when.items():
        words += f", where {other} is {' or '.join(codes)}"
    return words


def _values(structure: Structure) -> list[list[str]]:
    return [
        [name, code_of(value), value.text]
        for name, values in structure.values.items()
        for value in values
    ]


def code_of(value: Value) -> str:
    """Return a code, or the codes of a range, with what they depend on."""
    return f"{value.code} ({value.depends_on})" if value.when else value.code


def _machine(layer: UpperLayer) -> Shown:
    machine, ends = layer.machine, EndsOf(layer)
    where = FAMILY.cited(machine.section, machine.table)
    summary = "What happens in each state, and in which it ends."
    names = [state.name for state in machine.states]

    def grids() -> Iterator[list[list[str]]]:
        cells = {(each.event, each.state): each.cell for each in machine.transitions}
        yield [
            ["Event", *names],
            *(
                [event.name, *(cells.get((event.name, name), "") for name in names)]
                for event in machine.events
            ),
        ]
        yield [STATE_HEADS, *state_rows(layer)]
        yield [ACTION_HEADS, *action_rows(layer)]

    def content() -> dict[str, Any]:
        return {**_head(_MACHINE, summary, where), **_machine_content(machine, ends)}

    also = (machine.table, f"Table {machine.table}", "state machine", "transitions")
    formats = _formats(f"State machine: {summary} ({where})", grids, content)
    return Shown("state machine", _MACHINE, summary, where, formats, also)


def _machine_content(machine: Machine, ends: EndsOf) -> dict[str, Any]:
    """Return what JSON says of the states, of the events and actions, and of the transitions."""
    return {
        "states": {each.name: each.text for each in machine.states},
        "ends": {
            each.name: [end.value for end in ends.within(each.name)] for each in machine.states
        },
        "events": {each.name: each.text for each in machine.events},
        "actions": {each.name: each.text for each in machine.actions},
        "sends": {each.name: list(each.sends) for each in machine.actions if each.sends},
        "issues": {each.name: [*map(str, each.issues)] for each in machine.actions if each.issues},
        "transitions": [
            {
                "event": each.event,
                "state": each.state,
                "action": each.action,
                "next": list(each.next),
            }
            for each in machine.transitions
        ],
    }


#: The heads of the tables of states and of actions.
STATE_HEADS = ["State", "Definition", "End", "Table"]
ACTION_HEADS = ["Action", "Definition", "Sends", "Issues", "Next", "Table"]


def state_rows(layer: UpperLayer) -> list[list[str]]:
    """Return the states, each with the ends that can be in it."""
    ends = EndsOf(layer)
    return [
        [each.name, each.text, " or ".join(end.value for end in ends.within(each.name)), each.table]
        for each in layer.machine.states
    ]


def action_rows(layer: UpperLayer) -> list[list[str]]:
    """Return the actions: what each sends to the peer and issues to the user, and what is next."""
    return [
        [
            each.name,
            each.text,
            " or ".join(each.sends),
            " or ".join(map(str, each.issues)),
            " or ".join(each.next),
            each.table,
        ]
        for each in layer.machine.actions
    ]
