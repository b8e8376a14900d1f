"""What has changed in the state machine: its cells, and the words for what is in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Protocol, TypeVar

from ...reading.position import Position
from ...sets.finding import Finding
from ...sets.pair import in_both, nearest
from ...sets.told import Subject
from ...sets.verdicts import verdicts_of
from ..ends import BothEnds
from ..family import FAMILY
from ..model import Event, Machine, Transition
from .edits import edits, order

#: What findings call it.
MACHINE = "STATES"
#: The rule on words that nothing can run.
DESCRIBED = "action-changed"
_BLANK = "blank"
_TOLD = {"states", "actions", "events", "transitions"}
# Where an action ends is told by the cells that have it; a PDU, by its own finding.
_TOLD_OF_EACH = {"name", "pdu", "primitive"}


class _Named(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def position(self) -> Position: ...


_N = TypeVar("_N", bound=_Named)


def machine_findings(old: Machine, new: Machine, ends: BothEnds) -> Iterator[Finding]:
    """Yield the cells that changed, event by event, and what was edited."""
    where = FAMILY.cited(new.section or old.section, new.table or old.table)
    yield from _cells(old, new, where, ends)
    yield from _arrivals(old.events, new.events, where, ends)
    yield from _actions(old, new, ends)
    for what in ("state", "action", "event"):
        before, after = (getattr(machine, f"{what}s") for machine in (old, new))
        yield from _words(what, before, after, (old, new))
    places = [each.position for each in (*new.states, *old.states)][:1]
    machine = Subject("the state machine", MACHINE, where, places[0] if places else None)
    if old.states and new.states:
        yield from edits(machine, old, new, _TOLD)


def _cells(old: Machine, new: Machine, where: str, ends: BothEnds) -> Iterator[Finding]:
    before, after = (
        {(each.event, each.state): each for each in machine.transitions} for machine in (old, new)
    )
    for key in dict.fromkeys([*after, *before]):
        was, is_now = before.get(key), after.get(key)
        cells = tuple(each.cell if each else _BLANK for each in (was, is_now))
        if cells[0] != cells[1]:
            name = f"{key[1]} + {key[0]}"
            place = is_now.position if is_now else _row(key[0], new, was)
            subject = Subject(name, MACHINE, where, place, name, actors=ends.cell(*key))
            message = f"The cell of {key[0]} in {key[1]} was {cells[0]} and is {cells[1]}"
            verdicts = verdicts_of(narrows=was is not None, widens=is_now is not None)
            yield subject.finding("transition-changed", message, cells, verdicts)


def _row(event: str, machine: Machine, was: Transition | None) -> Position | None:
    """Return where the row of a cell that is blank now is; where it was if it is gone."""
    inside = [each.position for each in machine.transitions if each.event == event]
    listed = [each.position for each in machine.events if each.name == event]
    return next(iter((*inside, *listed)), was.position if was else None)


def _arrivals(
    old: tuple[Event, ...], new: tuple[Event, ...], where: str, ends: BothEnds
) -> Iterator[Finding]:
    """Yield the PDUs and the primitives whose arrival is another event, or several others."""
    before, after = _arriving(old), _arriving(new)
    for what in in_both(before, after):
        was, is_now = before.get(what, ()), after.get(what, ())
        names = [" or ".join(each.name for each in events) for events in (was, is_now)]
        if names[0] != names[1]:
            event = (is_now or was)[0]
            asked = event.primitive
            actors = ends.structure(event.pdu)
            actors = ends.primitives(asked.service, [asked.column]) if asked else actors
            about = f"the arrival of {what}"
            subject = Subject(about, MACHINE, where, event.position, what, actors=actors)
            shown = [each or "no event" for each in names]
            message = f"The arrival of {what} was {shown[0]} and is {shown[1]}"
            yield subject.finding("transition-changed", message, shown)


def _arriving(events: tuple[Event, ...]) -> Mapping[str, tuple[Event, ...]]:
    found: dict[str, tuple[Event, ...]] = {}
    for each in events:
        if what := each.pdu or str(each.primitive or ""):
            found[what] = (*found.get(what, ()), each)
    return found


def _actions(old: Machine, new: Machine, ends: BothEnds) -> Iterator[Finding]:
    """Yield the actions that are described in other words: a reader has to say what they do."""
    before = _by_name(old.actions)
    for action in new.actions:
        was = before.get(action.name)
        if was is None:
            continue
        cells = (*new.transitions, *old.transitions)
        found = [ends.cell(c.event, c.state) for c in cells if c.action == action.name]
        actors = tuple(dict.fromkeys(chain.from_iterable(found)))
        where, name = _cited(action, new), action.name
        subject = Subject(name, MACHINE, where, action.position, name, actors=actors)
        if was.text != action.text:
            message = f"{name} was described in other words, which say what it does"
            yield subject.finding(DESCRIBED, message, (was.text, action.text))
        for verb in ("sends", "issues"):
            named = [", ".join(map(str, getattr(each, verb))) for each in (was, action)]
            if named[0] != named[1]:
                shown = [f"{verb} {each or 'nothing'}" for each in named]
                message = f"{name} was said to {verb[:-1]} {named[0] or 'nothing'}"
                yield subject.finding(DESCRIBED, message, shown)


def _cited(each: _N, machine: Machine) -> str:
    """Return where a state, an action or an event is printed."""
    return FAMILY.cited(machine.section, getattr(each, "table", machine.table))


def _words(
    what: str, old: tuple[_N, ...], new: tuple[_N, ...], machines: tuple[Machine, Machine]
) -> Iterator[Finding]:
    before, after = _by_name(old), _by_name(new)
    places = {name: each.position for name, each in after.items()}
    # What an action does has a finding of its own.
    told = {*_TOLD_OF_EACH, *(("text", "sends", "issues") if what == "action" else ())}
    for name in in_both(before, after):
        was, is_now = before.get(name), after.get(name)
        place = is_now.position if is_now else nearest(name, list(before), places)
        where = _cited(is_now, machines[1]) if is_now else _cited(before[name], machines[0])
        subject = Subject(f"{what} {name}", MACHINE, where, place, name)
        if was is None or is_now is None:
            yield from subject.edited(
                "text", *(each.text if each else "" for each in (was, is_now))
            )
        else:
            yield from edits(subject, was, is_now, told)
    if before and after:
        where = _cited(new[0], machines[1])
        subject = Subject("the state machine", MACHINE, where, next(iter(places.values())))
        yield from order(subject, f"{what}s", before, after)


def _by_name(items: tuple[_N, ...]) -> Mapping[str, _N]:
    return {each.name: each for each in items}
