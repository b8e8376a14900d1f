"""Who sends a PDU or an item, and at which end of an association a cell of Table 9-10 is.

Nobody has written it down: it follows from the rows. The end whose way out of the first state is
the request of a service is the requestor, the other one the acceptor; where each can be is where
its transitions lead, and what it sends is what its actions say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from ..sets.finding import Actor, Ends
from .model import Machine, Structure, UpperLayer

# PS3.8 Section 7: who issues the primitive, and to whom.
ENDS = {
    "request": (Actor.REQUESTOR, Actor.PROVIDER),
    "indication": (Actor.PROVIDER, Actor.ACCEPTOR),
    "response": (Actor.ACCEPTOR, Actor.PROVIDER),
    "confirmation": (Actor.PROVIDER, Actor.REQUESTOR),
}
_PEERS = (Actor.REQUESTOR, Actor.ACCEPTOR)
_FLOWS = tuple((each, other) for each, other in zip(_PEERS, _PEERS[::-1], strict=True))
_OTHER = dict(_FLOWS)
_ASKED = "request"
_PDU = " PDU"


class EndsOf:
    """The ends in one version."""

    def __init__(self, layer: UpperLayer) -> None:
        self._layer = layer

    def structure(self, name: str) -> tuple[Ends, ...]:
        """Return who sends what has the class `name`, and to whom; nobody if no action says so."""
        return _flows(self._senders(name, frozenset()))

    def cell(self, event: str, state: str) -> tuple[Ends, ...]:
        """Return who acts in a cell, and upon whom: a PDU is sent by the other end."""
        flows = _flows(self._at(event, state))
        arrives = any(each.name == event and each.pdu for each in self._layer.machine.events)
        return tuple(each[::-1] for each in flows) if arrives else flows

    def primitive(self, service: str, column: str) -> tuple[Ends, ...]:
        """Return who issues the primitive of a column, and to whom.

        Either end may request what both can where they are; what nobody requests, the provider
        indicates to both.
        """
        if column not in ENDS:
            return ()
        events = [each.name for each in self._layer.machine.events]
        asked = next((each for each in events if each == _event(service, _ASKED)), "")
        places = [each.state for each in self._layer.machine.transitions if each.event == asked]
        askers = {actor for state in places for actor in self._at(asked, state)}
        if not askers:
            is_asked = any(s.name == service and _ASKED in s.columns for s in self._layer.services)
            askers = {Actor.REQUESTOR} if is_asked else set(_PEERS)
        found = [ENDS[column]] if Actor.REQUESTOR in askers else []
        if Actor.ACCEPTOR in askers:
            sender, receiver = ENDS[column]
            found.append((_OTHER.get(sender, sender), _OTHER.get(receiver, receiver)))
        return tuple(found)

    def _at(self, event: str, state: str) -> list[Actor]:
        """Return who can be in a cell."""
        here = [each for each in _PEERS if state in self._states[each]]
        return here or self._starts(event, state)

    def _starts(self, event: str, state: str) -> list[Actor]:
        """Return who leaves the first state with `event`."""
        machine = self._layer.machine
        is_way = any((each.event, each.state) == (event, state) for each in machine.transitions)
        if not is_way or state != machine.states[0].name:
            return []
        return [_PEERS[event not in set(_requests(self._layer))]]

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
    def _sent(self) -> dict[str, set[Actor]]:
        """Who sends each PDU: those that can be where an action says so."""
        machine = self._layer.machine
        texts = {action.name: action.text for action in machine.actions}
        places = [(each.state, texts.get(each.action, "")) for each in machine.transitions]
        pdus = [each for each in self._layer.structures.values() if each.name.endswith(_PDU)]
        return {
            pdu.class_name: {
                actor
                for state, text in places
                if _says(text, pdu)
                for actor in _PEERS
                if state in self._states[actor]
            }
            for pdu in pdus
        }

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


def _requests(layer: UpperLayer) -> Iterator[str]:
    """Yield the events that are a primitive of the requestor."""
    for service in layer.services:
        for column in service.columns:
            if column in ENDS and ENDS[column][0] is Actor.REQUESTOR:
                yield _event(service.name, column)


def _event(service: str, column: str) -> str:
    """Return what Table 9-10 calls a primitive that a user issues."""
    return f"{service}_{column}".upper().replace("-", "_")


def _reached(machine: Machine, actor: Actor, start: Iterable[str]) -> set[str]:
    """Return the states that `actor` comes to; some are said to be those of the other end."""
    first = machine.states[0].name
    others = [each.value for each in _PEERS if each is not actor]
    barred = {
        each.name
        for each in machine.states
        if actor.value not in each.text and any(other in each.text for other in others)
    }
    found: set[str] = set()
    waiting = {*start}
    while waiting := waiting - found - barred - {first}:
        found |= waiting
        waiting = {n for each in machine.transitions if each.state in found for n in each.next}
    return found


def _says(text: str, pdu: Structure) -> bool:
    """Return whether an action sends a PDU."""
    name = re.escape(pdu.name.removesuffix(_PDU))
    return re.search(rf"\b(?:send|issue) {name}[- ]PDU\b", text, re.IGNORECASE) is not None


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
