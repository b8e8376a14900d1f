"""Who sends a PDU or an item, and at which end of an association a cell of Table 9-10 is.

The rows say who issues a primitive and what an action sends. All else follows: the end that can
leave the first state with a primitive of its user is the requestor, the other one the acceptor, and
where each can be is where its transitions lead.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ..sets.finding import Actor, Ends
from .model import End, Machine, Requestor, UpperLayer

_PEERS = (Actor.REQUESTOR, Actor.ACCEPTOR)
_FLOWS = tuple((each, other) for each, other in zip(_PEERS, _PEERS[::-1], strict=True))
_OTHER = dict(_FLOWS)


class EndsOf:
    """The ends in one version."""

    def __init__(self, layer: UpperLayer) -> None:
        self._layer = layer
        self._services = {each.name: each for each in layer.services}

    def structure(self, name: str) -> tuple[Ends, ...]:
        """Return who sends what has the class `name`, and to whom; nobody if no action says so."""
        return _flows(self._senders(name, frozenset()))

    def within(self, state: str) -> tuple[Actor, ...]:
        """Return who can be in a state; both ends are in the first one."""
        return tuple(each for each in _PEERS if state in self._states[each]) or _PEERS

    def cell(self, event: str, state: str) -> tuple[Ends, ...]:
        """Return who acts in a cell, and upon whom: a PDU is sent by the other end."""
        flows = _flows(self._at(event, state))
        arrives = any(each.name == event and each.pdu for each in self._layer.machine.events)
        return tuple(each[::-1] for each in flows) if arrives else flows

    def primitive(self, service: str, column: str) -> tuple[Ends, ...]:
        """Return who issues the primitive of a column, and to whom.

        Where either end may be the requestor of the service, or nobody is, it goes both ways.
        """
        known = self._services.get(service)
        issued = known.issued.get(column) if known else None
        if known is None or issued is None:
            return ()
        by, to = _actor(issued.by), _actor(issued.to)
        found = [(by, to)]
        if known.requestor is not Requestor.ASSOCIATION:
            found.append((_OTHER.get(by, by), _OTHER.get(to, to)))
        return tuple(found)

    def _at(self, event: str, state: str) -> list[Actor]:
        """Return who can be in a cell."""
        here = [each for each in _PEERS if state in self._states[each]]
        return here or self._starts(event, state)

    def _starts(self, event: str, state: str) -> list[Actor]:
        """Return who leaves the first state with `event`."""
        machine = self._layer.machine
        if (event, state) not in self._cells or state != machine.states[0].name:
            return []
        asks = any(each.primitive for each in machine.events if each.name == event)
        return [Actor.REQUESTOR if asks else Actor.ACCEPTOR]

    def _senders(self, name: str, inside: frozenset[str]) -> set[Actor]:
        found = self._sent.get(name)
        if found is not None or name in inside:
            return found or set()
        return {
            actor
            for structure in self._layer.structures.values()
            for each in structure.contains
            if each.class_name == name
            for actor in self._senders(each.only_in or structure.class_name, inside | {name})
        }

    @cached_property
    def _cells(self) -> frozenset[tuple[str, str]]:
        """The events and states of Table 9-10 that lead somewhere."""
        return frozenset((each.event, each.state) for each in self._layer.machine.transitions)

    @cached_property
    def _sent(self) -> dict[str, set[Actor]]:
        """Who sends each PDU: those that can be where an action does so."""
        machine = self._layer.machine
        sends = {action.name: action.sends for action in machine.actions}
        sent: dict[str, set[Actor]] = {}
        for each in machine.transitions:
            for pdu in sends.get(each.action, ()):
                here = (actor for actor in _PEERS if each.state in self._states[actor])
                sent.setdefault(pdu, set()).update(here)
        return sent

    @cached_property
    def _states(self) -> dict[Actor, frozenset[str]]:
        """The states in which each end can be, but for the first one, where there is none yet."""
        machine = self._layer.machine
        if not machine.states:
            return dict.fromkeys(_PEERS, frozenset())
        starts: dict[Actor, set[str]] = {each: set() for each in _PEERS}
        for each in machine.transitions:
            for actor in self._starts(each.event, each.state):
                starts[actor] |= {*each.next}
        return {
            actor: frozenset(_reached(machine, actor, start)) for actor, start in starts.items()
        }


def _actor(end: End) -> Actor:
    return Actor(end.value)


def _reached(machine: Machine, actor: Actor, start: Iterable[str]) -> set[str]:
    """Return the states that `actor` comes to; some are those of the other end alone."""
    first = machine.states[0].name
    barred = {each.name for each in machine.states if each.side and _actor(each.side) is not actor}
    found: set[str] = set()
    waiting = {*start}
    while waiting := waiting - found - barred - {first}:
        found |= waiting
        waiting = {n for each in machine.transitions if each.state in found for n in each.next}
    return found


def _flows(senders: Iterable[Actor]) -> tuple[Ends, ...]:
    found = set(senders)
    return tuple(each for each in _FLOWS if each[0] in found)


class BothEnds:
    """The ends in two versions: what goes either way in one of them does so for a finding."""

    def __init__(self, old: UpperLayer, new: UpperLayer) -> None:
        self._versions = EndsOf(old), EndsOf(new)

    def structure(self, name: str) -> tuple[Ends, ...]:
        """Return who sends what has the class `name`, and to whom."""
        return self._joined(*(each.structure(name) for each in self._versions))

    def cell(self, event: str, state: str) -> tuple[Ends, ...]:
        """Return who acts in a cell, and upon whom."""
        return self._joined(*(each.cell(event, state) for each in self._versions))

    def each(self, service: str, column: str) -> tuple[tuple[Ends, ...], tuple[Ends, ...]]:
        """Return who issues the primitive of a column, and to whom, in either version."""
        old, new = (version.primitive(service, column) for version in self._versions)
        return old, new

    def primitives(self, service: str, columns: Iterable[str]) -> tuple[Ends, ...]:
        """Return who issues the primitives of `columns`, and to whom."""
        found = (
            ends
            for column in columns
            for each in self._versions[::-1]
            for ends in each.primitive(service, column)
        )
        return tuple(dict.fromkeys(found))

    @staticmethod
    def _joined(old: tuple[Ends, ...], new: tuple[Ends, ...]) -> tuple[Ends, ...]:
        return tuple(each for each in _FLOWS if each in (*old, *new))
