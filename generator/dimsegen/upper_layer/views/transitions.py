"""The state machine as enumerations and one mapping."""

from __future__ import annotations

from dataclasses import dataclass

from ...code import layout
from ..family import FAMILY
from ..model import Machine


@dataclass(frozen=True)
class MachineView:
    """What is printed of the state machine: lines of members and of transitions."""

    where: str
    states: tuple[str, ...]
    actions: tuple[str, ...]
    events: tuple[str, ...]
    transitions: tuple[str, ...]


def machine_view(machine: Machine) -> MachineView:
    """Return what is printed of `machine`."""
    texts = {each.name: each.text for each in machine.events}
    rows: list[str] = []
    for event in machine.events:
        rows.append(f"# {texts[event.name]}")
        for each in machine.transitions:
            if each.event == event.name:
                following = layout.tuple_of([f"State.{name}" for name in each.next])
                key = f"(Event.{each.event}, State.{each.state})"
                rows.append(f"{key}: (Action.{member(each.action)}, {following}),")
    return MachineView(
        FAMILY.cited(machine.section, machine.table),
        tuple(_member(each.name, each.name, each.text) for each in machine.states),
        tuple(_member(member(each.name), each.name, each.text) for each in machine.actions),
        tuple(_member(each.name, each.text, each.text) for each in machine.events),
        tuple(rows),
    )


def member(action: str) -> str:
    """Return ``AE_1`` for ``AE-1``."""
    return action.replace("-", "_")


def _member(name: str, value: str, text: str) -> str:
    values = [layout.literal(value), layout.literal(text)]
    return layout.bracketed(f"{name} = (", values, ")", 4)
