"""What a request about a SOP Instance, and its answer, tell of it.

Invariant: what no message has told is unknown, and nothing is held against it.

This file is copied as it is from `templates/sop_classes/_asked.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeAlias

from .._status import StatusClass, status_class
from ._data_set import Item
from ._sop_class import REQUEST, SOPClass, service_of
from ._states import RULE, Verdict, in_words, reference_of, state_of
from ._violations import SOPClassViolation

CREATE: Final = service_of("create")
SET: Final = service_of("set")
DONE: Final = (StatusClass.SUCCESS, StatusClass.WARNING)
Key: TypeAlias = tuple[str, str]


@dataclass(slots=True)
class Instance:
    """What is known of an instance.

    Attributes
    ----------
    state : str or None
        Empty if it does not exist; None if that is not known.
    attributes : dict
        Those that messages have told.
    has_all : bool
        Whether they are all, but for what the SCP adds by itself.
    outstanding : int
        How many requests to change it have not been answered.
    """

    state: str | None = None
    attributes: Item = field(default_factory=dict)
    has_all: bool = False
    outstanding: int = 0
    size: int = 0


@dataclass(slots=True)
class Asked:
    """A request about an instance, until it is answered.

    Attributes
    ----------
    violations : tuple of SOPClassViolation
        What the states have against it.
    unknown : str
        What could not be held against it, and why; empty if everything could.
    """

    instance: Instance
    key: Key
    exchange: Any
    item: Item | None
    size: int
    verdict: Verdict | None = None
    violations: tuple[SOPClassViolation, ...] = ()
    unknown: str = ""


@cache
def provided(sop_class: SOPClass) -> frozenset[int]:
    """Return the attributes that an SCU gives an instance; others come from its SCP."""
    return frozenset(
        row.tag
        for service in (CREATE, SET)
        for row in sop_class.attributes(service, REQUEST)
        if len(row.path) == 1 and row.scu not in ("", "-")
    )


def learn(asked: Asked, item: Item | None) -> None:
    """Take the state that a server tells."""
    states = asked.exchange.sop_class.states
    told = state_of(item or {}, states)
    if told in states.states:
        asked.instance.state = told
        asked.instance.attributes[states.tag] = told


def note_refusal(asked: Asked, status: int) -> None:
    """Take what a refusal tells of an instance: whether there is one."""
    transition = asked.verdict.transition if asked.verdict is not None else None
    if transition is None:
        return
    of_none = transition.outcomes.get(None)
    if of_none is not None and of_none.status == status:
        asked.instance.state = ""
    elif asked.exchange.service == CREATE and asked.instance.state is None:
        refused = {outcome.status for outcome in transition.outcomes.values()}
        if status not in refused:
            asked.instance.state = ""


def state_after(asked: Asked, is_refused: bool) -> str | None:
    """Return the state that an instance has when a request is done."""
    states, known = asked.exchange.sop_class.states, asked.instance.state
    if asked.item is None:
        return None
    wanted = state_of(asked.item, states)
    if wanted in states.states:
        return wanted
    transition = asked.verdict.transition if asked.verdict is not None else None
    if transition is None or is_refused:
        return known
    if known is not None:
        outcome = transition.outcomes.get(known or None)
        return outcome.state or known if outcome is not None else known
    possible = {outcome.state for outcome in transition.outcomes.values() if outcome.state}
    return possible.pop() if len(possible) == 1 else None


def accepted(asked: Asked, status: int) -> Iterator[SOPClassViolation]:
    """Yield what the states have against a request that was not refused."""
    verdict = asked.verdict
    if not asked.violations or verdict is None or verdict.transition is None:
        return
    if not asked.instance.state:
        # Whether there is an instance, its SCP knows better.
        return
    outcome = verdict.outcome
    due = outcome.status if outcome is not None else None
    if outcome is None or due is None or status_class(due) in DONE:
        return
    states, transition = asked.exchange.sop_class.states, verdict.transition
    if outcome.needs_final:
        lacking = ", ".join(dict.fromkeys(each.parameter for each in asked.violations))
        why = f"the SOP Instance lacks what {outcome.state} wants: {lacking}"
    else:
        why = f"the SOP Instance {in_words(asked.instance.state or '')}"
    said = f"{transition.event}: answered {status:04X}H, though {why}; answer {due:04X}H"
    yield SOPClassViolation(RULE, "Status", said, reference_of(transition, states))
