"""States, events and actions, alone or together: ``Sta5``, ``AE-3``, ``Sta5 + AE-3``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...explanation.blocks import Block, Heading, Pairs, Paragraph
from ...table.notation import plain
from ..ends import EndsOf
from ..family import FAMILY
from ..model import Machine, Transition, UpperLayer


def machine_names(machine: Machine) -> tuple[str, ...]:
    """Return every name of a state, an event or an action."""
    return tuple(
        each.name for group in (machine.states, machine.events, machine.actions) for each in group
    )


def machine_blocks(words: str, layer: UpperLayer) -> Iterator[Block]:
    """Yield what there is to say of states, events and actions; nothing if a word is none."""
    machine = layer.machine
    asked = [_named(word, machine) for word in re.split(r"[\s+,]+", words.strip()) if word]
    if not asked or not all(asked):
        return
    names = [name for name in asked if name]
    cells = [each for each in machine.transitions if _has(each, names)]
    yield Heading(" + ".join(names), is_title=True)
    for name in names:
        yield Paragraph(f"{name}: {_text(name, machine)}.")
        yield from _facts(name, layer)
    yield from _cells(cells, names, machine)
    yield Paragraph(f"{FAMILY.cited(machine.section, machine.table)}.")


def _facts(name: str, layer: UpperLayer) -> Iterator[Block]:
    """Yield what an action sends and issues, or who can be in a state."""
    action = next((each for each in layer.machine.actions if each.name == name), None)
    facts = (
        [
            ("sends", " or ".join(layer.structures[each].name for each in action.sends)),
            ("issues", " or ".join(map(str, action.issues))),
        ]
        if action
        else []
    )
    if any(each.name == name for each in layer.machine.states):
        facts.append(("end", " or ".join(each.value for each in EndsOf(layer).within(name))))
    if said := tuple((verb, what) for verb, what in facts if what):
        yield Pairs(said)


def _named(word: str, machine: Machine) -> str:
    """Return the name of a state, an action or an event; an event may go by its PDU."""
    names = {plain(name): name for name in machine_names(machine)}
    pdus = {plain(each.pdu): each.name for each in machine.events if each.pdu}
    return names.get(plain(word)) or pdus.get(plain(word), "")


def _has(cell: Transition, names: Sequence[str]) -> bool:
    return all(name in (cell.event, cell.state, cell.action) for name in names)


def _text(name: str, machine: Machine) -> str:
    groups = (machine.states, machine.events, machine.actions)
    return next(each.text for group in groups for each in group if each.name == name)


def _cells(cells: Sequence[Transition], names: Sequence[str], machine: Machine) -> Iterator[Block]:
    if not cells:
        yield Paragraph("The cell is blank: it cannot happen, or is no business of the machine.")
        return
    if len(cells) == 1:
        (cell,) = cells
        what = f"In {cell.state}, {cell.event} leads to {cell.action}"
        yield Paragraph(f"{what}; then the state is {' or '.join(cell.next)}.")
        if cell.action not in names:
            yield Paragraph(f"{cell.action}: {_text(cell.action, machine)}.")
        return
    rows = []
    for cell in cells:
        shown = [part for part in (cell.state, cell.event) if part not in names]
        rows.append((" + ".join(shown) or cell.state, cell.cell))
    yield Pairs(tuple(rows))
