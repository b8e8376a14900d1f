"""What a comparison finds: one change, and what it does to each side.

A finding is about one cell (service, direction, keyword) and one kind of change. Who breaks, who
has to move first and how grave it is follow from the two verdicts; no finding states them a second
time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from ..reading.position import Position
from ..table.parameter import Parameter

_NOTHING = "nothing"


class Verdict(Enum):
    """What a change does to one side; the value is the word that every report prints."""

    BREAKS = "breaks"
    OK = "ok"
    DEPENDS = "depends"


class Level(Enum):
    """How grave a finding is: some side breaks, may break, or none does."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """A number that is larger the graver the level is."""
        return list(Level)[::-1].index(self)


class Side(Enum):
    """The two ends of one message."""

    SENDERS = "senders"
    RECEIVERS = "receivers"

    @property
    def versions(self) -> tuple[str, str]:
        """Which version takes what breaks this side, and which one refuses it."""
        return ("old", "new") if self is Side.SENDERS else ("new", "old")


class Actor(Enum):
    """Who sends and receives: the two ends of a service (PS3.7 Section 7), or of an association.

    The Upper Layer has its provider between both (PS3.8 Section 7): what one user requests, the
    provider indicates to the other.
    """

    INVOKER = "invoker"
    PERFORMER = "performer"
    REQUESTOR = "requestor"
    ACCEPTOR = "acceptor"
    PROVIDER = "provider"


Ends: TypeAlias = tuple[Actor, Actor]
"""Who sends something, and who receives it."""

_USERS = {Actor.REQUESTOR, Actor.ACCEPTOR}


def ends_of(*, is_answer: bool) -> Ends:
    """Return who sends and who receives a DIMSE message, which answers another one or does not.

    The invoker sends requests and cancels, and the performer responses (not SCU and SCP: it is the
    SCP that invokes N-EVENT-REPORT).
    """
    ends = (Actor.INVOKER, Actor.PERFORMER)
    return ends[::-1] if is_answer else ends


class Rollout(Enum):
    """Which side has to be updated first, so that nothing breaks on the way."""

    ANY_ORDER = "any order"
    SENDERS_FIRST = "senders first"
    RECEIVERS_FIRST = "receivers first"
    TWO_RELEASES = "two releases"


def rollout_of(senders: Verdict, receivers: Verdict) -> Rollout:
    """Return who has to be updated first after a change with these verdicts."""
    narrows, widens = (each is not Verdict.OK for each in (senders, receivers))
    if narrows and widens:
        return Rollout.TWO_RELEASES
    if narrows:
        return Rollout.SENDERS_FIRST
    return Rollout.RECEIVERS_FIRST if widens else Rollout.ANY_ORDER


@dataclass(frozen=True)
class Finding:
    """One change between two schemas.

    Attributes
    ----------
    rule : str
        Identifier of the rule, e.g. ``usage-u-to-m``; a key of `rules.RULES`.
    message : str
        One sentence: what has changed, in the words of the table.
    service : str
        The service as printed, e.g. ``N-GET``; empty for what no service owns alone.
    direction : str
        The column: ``request``, ``response`` or ``cancel``; empty where no direction is meant.
    parameter : Parameter or None
        The parameter, as in the new schema (as in the old one where it is gone).
    old, new : str
        What is written before and after, e.g. ``U`` and ``M``.
    senders, receivers : Verdict
        What the change does to the senders and to the receivers of the message.
    reference : str
        E.g. ``PS3.7 10.1.2.1.5, Table 10.1-2``.
    position : Position or None
        Where the new schema has it; for what is gone, the nearest line that is still there; for
        a service that is gone, where the old schema has it.
    actors : tuple of (Actor, Actor)
        Who sends and who receives; several where it goes both ways, none where no direction is
        meant.
    """

    rule: str
    message: str
    service: str
    direction: str
    parameter: Parameter | None
    old: str
    new: str
    senders: Verdict
    receivers: Verdict
    reference: str
    position: Position | None = field(default=None, compare=False)
    actors: tuple[Ends, ...] = ()

    @property
    def keyword(self) -> str:
        """The keyword of the parameter, empty where the finding is about none."""
        return self.parameter.keyword if self.parameter else ""

    @property
    def cell(self) -> str:
        """What changed, for a person: ``N-GET request AttributeIdentifierList``."""
        return " ".join(part for part in (self.service, self.direction, self.keyword) if part)

    @property
    def change(self) -> str:
        """What is written before and after, for a person and for a waiver: ``U -> M``."""
        return f"{self.old or _NOTHING} -> {self.new or _NOTHING}"

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that stay the same as long as the change does."""
        parts = (self.rule, self.service, self.direction, self.keyword, self.old, self.new)
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]

    @property
    def rollout(self) -> Rollout:
        """Narrowing: senders first. Widening: receivers first. Both: two releases."""
        return rollout_of(self.senders, self.receivers)

    @property
    def is_harmless(self) -> bool:
        """Whether it breaks nobody, and depends on nothing."""
        return self.senders is self.receivers is Verdict.OK

    def verdict(self, side: Side) -> Verdict:
        """Return what the change does to `side`."""
        return self.senders if side is Side.SENDERS else self.receivers

    @property
    def sides(self) -> list[Side]:
        """The sides that break, or may break."""
        return [side for side in Side if self.verdict(side) is not Verdict.OK]

    def actors_of(self, side: Side) -> tuple[Actor, ...]:
        """Return who is that side of the message; nobody where no direction is meant."""
        at = list(Side).index(side)
        return tuple(dict.fromkeys(ends[at] for ends in self.actors))

    def level(self, side: Side | None = None, actor: Actor | None = None) -> Level:
        """Return how grave the finding is to those who are only `side`, and only `actor`."""
        verdicts = {
            self.verdict(each)
            for each in Side
            if side in (None, each) and (actor is None or self._is_about(each, actor))
        }
        if Verdict.BREAKS in verdicts:
            return Level.ERROR
        return Level.WARNING if Verdict.DEPENDS in verdicts else Level.NOTE

    def _is_about(self, side: Side, actor: Actor) -> bool:
        # What goes from one user to the other is a PDU: the provider writes and reads it for them.
        is_carried = actor is Actor.PROVIDER and all(set(ends) <= _USERS for ends in self.actors)
        return is_carried or not self.actors or actor in self.actors_of(side)
