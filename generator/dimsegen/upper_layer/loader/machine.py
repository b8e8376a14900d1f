"""Build the state machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ...reading.problems import Report, listed
from ...reading.values import Fields, Word
from ..model import Action, End, Event, Kind, Machine, Service, State, Structure, Transition
from .issuers import Primitives

# "AE-1 Sta4", or "AE-6 Sta3 or 13" where either may come next.
CELL = re.compile(r"([A-Z]{2}-[0-9]+) (Sta[0-9]+)(?: or ([0-9]+))?")


def build_machine(
    document: Fields,
    services: Sequence[Service],
    structures: Mapping[str, Structure],
    report: Report,
) -> Machine:
    """Return the machine that `document` describes."""
    primitives = Primitives(services, report)
    pdus = [name for name, each in structures.items() if each.kind is Kind.PDU]
    states = tuple(
        State(name, fields.text("text"), _side(fields), fields.text("see"), position)
        for name, position, fields in document.records("states")
    )
    known = [state.name for state in states]
    actions = tuple(
        Action(
            name,
            fields.text("text"),
            _pdus(fields.words("sends"), name, pdus, report),
            tuple(primitives.issued(fields.words("issues"), name)),
            _next(fields, known, report),
            fields.text("see"),
            position,
        )
        for name, position, fields in document.records("actions")
    )
    events = tuple(
        Event(
            name,
            fields.text("text"),
            "".join(_pdus(fields.words("pdu"), name, pdus, report)),
            primitives.received(fields.word("primitive"), name),
            position,
        )
        for name, position, fields in document.records("events")
    )
    _check_arrivals(events, report)
    reference = document.fields("reference")
    return Machine(
        reference.text("section") if reference else "",
        reference.text("table") if reference else "",
        states,
        actions,
        events,
        tuple(_transitions(document, known, {each.name: each for each in actions}, report)),
    )


def _check_arrivals(events: Sequence[Event], report: Report) -> None:
    """Report each event that is the arrival of a PDU whose arrival is an event already."""
    first: dict[str, str] = {}
    for event in (each for each in events if each.pdu):
        if (other := first.setdefault(event.pdu, event.name)) != event.name:
            facts = {"event": event.name, "pdu": event.pdu, "other": other}
            report.add(event.position, "second-arrival", **facts)


def _side(fields: Fields) -> End | None:
    text = fields.text("side")
    return End(text) if text else None


def _pdus(
    named: Sequence[Word], name: str, known: Sequence[str], report: Report
) -> tuple[str, ...]:
    for word in named:
        if word.text not in known:
            report.add_unknown(word.position, "unknown-pdu", word.text, known, {"of": name})
    return tuple(word.text for word in named)


def _next(fields: Fields, known: list[str], report: Report) -> tuple[str, ...]:
    for word in fields.words("next"):
        if word.text not in known:
            report.add_unknown(word.position, "unknown-state", word.text, known)
    return fields.texts("next")


def _transitions(
    document: Fields, states: list[str], actions: Mapping[str, Action], report: Report
) -> Iterator[Transition]:
    written, events = document.fields("transitions"), document.fields("events")
    rows = written.keys if written else {}
    names = list(events.keys) if events else []
    for name in names:
        if name not in rows and written:
            report.add(written.position, "missing-event", event=name)
    for event, position, row in document.records("transitions"):
        if event not in names:
            report.add_unknown(position, "unknown-event", event, names)
        for state in states:
            if state not in row.keys:
                report.add(position, "missing-state", event=event, state=state)
            elif text := row.text(state):
                yield from _transition(event, state, row, text, actions, report)


def _transition(
    event: str,
    state: str,
    row: Fields,
    text: str,
    actions: Mapping[str, Action],
    report: Report,
) -> Iterator[Transition]:
    place, cell = row.place(state), CELL.fullmatch(text)
    if cell is None:
        report.add(place, "unknown-transition", event=event, text=text)
        return
    name, first, second = cell.groups()
    found = (first, f"Sta{second}") if second else (first,)
    action = actions.get(name)
    if action is None:
        report.add_unknown(place, "unknown-action", name, actions)
    elif action.next != found:
        facts = {"expected": listed(action.next), "got": listed(found)}
        report.add(place, "other-end", event=event, action=name, **facts)
    else:
        yield Transition(event, state, text, name, found, place)
