"""Build the states of an instance, and what leads from one to another."""

from __future__ import annotations

import re

from ...reading.position import Position
from ...reading.problems import Report
from ...reading.values import Fields, Items
from ..model import NO_STATE, Outcome, States, Transition

_STATUS = re.compile(r"[0-9A-F]{4}")


def build_states(fields: Fields, report: Report) -> States:
    """Return the states that `fields` describes."""
    written = fields.fields("states")
    states = {name: written.text(name) == "final" for name in written.values} if written else {}
    lines = fields.values.get("transitions")
    transitions = tuple(
        _transition(line, tuple(states), report)
        for line in (lines.items if isinstance(lines, Items) else ())
        if isinstance(line, Fields)
    )
    return States(
        fields.text("attribute"),
        fields.text("section"),
        fields.texts("tables"),
        states,
        transitions,
        fields.position,
    )


def _transition(line: Fields, states: tuple[str, ...], report: Report) -> Transition:
    written = line.fields("from")
    event = line.text("event")
    outcomes = {}
    for state in written.values if written else ():
        assert written is not None
        if state not in (*states, NO_STATE):
            facts = {"event": event}
            position = written.keys[state]
            report.add_unknown(position, "unknown-state-of", state, (*states, NO_STATE), facts)
        position = written.place(state)
        outcomes[state] = _outcome(event, written.text(state), states, position, report)
    value = line.text("value")
    if value and value not in states:
        report.add_unknown(line.place("value"), "unknown-state-of", value, states, {"event": event})
    return Transition(
        event,
        line.text("service"),
        line.quoted_number("type"),
        value,
        line.text("transaction"),
        outcomes,
        line.text("see"),
        line.position,
    )


def _outcome(
    event: str, text: str, states: tuple[str, ...], position: Position, report: Report
) -> Outcome:
    """Return the outcome that is written as a state, a status, or ``STATE or STATUS``."""
    state, _, otherwise = text.partition(" or ")
    if _STATUS.fullmatch(text):
        return Outcome("", text, needs_final=False)
    if state not in states or (otherwise and not _STATUS.fullmatch(otherwise)):
        facts = {"event": event, "text": text}
        report.add(position, "unknown-outcome", **facts)
    return Outcome(state, otherwise, needs_final=bool(otherwise))
