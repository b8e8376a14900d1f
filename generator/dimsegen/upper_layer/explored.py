"""What the explorer shows of Table 9-10: a grid of states and events, and a cell in words.

Invariant: the data hold all that is shown, as printed; the page works nothing out.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from .family import FAMILY
from .model import Action, UpperLayer


@dataclass(frozen=True)
class Named:
    """A state, an event or an action, and its definition."""

    name: str
    text: str


@dataclass(frozen=True)
class CellView:
    """A cell that is not blank: as printed, its action and the states that follow."""

    event: str
    state: str
    code: str
    action: str
    next: tuple[str, ...]


@dataclass(frozen=True)
class ActionView:
    """An action: what it is said to do, the PDUs that it sends, the primitives that it issues."""

    text: str
    sends: tuple[str, ...]
    issues: tuple[str, ...]


def _action(action: Action, layer: UpperLayer) -> ActionView:
    sends = tuple(layer.structures[name].name for name in action.sends)
    return ActionView(action.text, sends, tuple(map(str, action.issues)))


def explored(layer: UpperLayer, package: str) -> dict[str, object]:
    """Return the state machine, ready for JSON."""
    del package
    machine = layer.machine
    return {
        "machine": {
            "part": FAMILY.part,
            "table": machine.table,
            "section": machine.section,
            "address": FAMILY.table_address(machine.table),
            "states": [asdict(Named(each.name, each.text)) for each in machine.states],
            "events": [asdict(Named(each.name, each.text)) for each in machine.events],
            "actions": {each.name: asdict(_action(each, layer)) for each in machine.actions},
            "cells": [
                asdict(CellView(each.event, each.state, each.cell, each.action, each.next))
                for each in machine.transitions
            ],
        }
    }
