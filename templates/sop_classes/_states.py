"""Hold a request against the states that its SOP Instance goes through.

Invariant: whoever knows only the state hears of transitions; whoever has all attributes of the
instance hears, too, of what a final state wants and they lack.

This file is copied as it is from `templates/sop_classes/_states.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from pydicom.dataset import Dataset

from ._data_set import Item
from ._element_values import texts
from ._objects import from_dataset
from ._private import with_known_blocks
from ._rules import Place, check_rules
from ._sop_class import SOPClass, service_of
from ._tables import Outcome, States, Transition
from ._usages import ATTRIBUTES
from ._violations import SOPClassViolation

RULE: Final = "state-transition"
_CORRECT: Final = "correct"
TRANSACTION_UID: Final = ATTRIBUTES["transaction"].tag
# The service that changes attributes of an instance that is there.
_CHANGE: Final = service_of("set")


def check_states(
    exchange: Any, item: Item, state: str | Dataset, found: list[SOPClassViolation]
) -> None:
    """Add to `found` what the states of the SOP class have against a request.

    Parameters
    ----------
    exchange : Exchange
        The request.
    item : dict
        Its data set.
    state : str or Dataset
        The state of the instance, empty if there is none yet; or all its attributes.
    found : list of SOPClassViolation
        Receives what is broken.

    Raises
    ------
    ValueError
        If the SOP class has no such state.
    """
    states = exchange.sop_class.states
    if states is None:
        return
    instance = with_known_blocks(from_dataset(state)) if isinstance(state, Dataset) else {}
    known = state_of(instance, states) if isinstance(state, Dataset) else state
    if known and known not in states.states:
        names = ", ".join(states.states)
        raise ValueError(f"state must be one of {names} or empty, not {known!r}")
    found += verdict_of(exchange, item, known, instance, isinstance(state, Dataset)).violations


class Verdict(NamedTuple):
    """What the states of a SOP class say of a request.

    Attributes
    ----------
    transition : Transition or None
        The event of the table that it is; None if it is none.
    outcome : Outcome or None
        What that does in the state of the instance.
    violations : tuple of SOPClassViolation
        What they have against it.
    """

    transition: Transition | None
    outcome: Outcome | None
    violations: tuple[SOPClassViolation, ...]


def verdict_of(exchange: Any, item: Item, known: str, instance: Item, has_all: bool) -> Verdict:
    """Return what the states of its SOP class say of a request.

    Parameters
    ----------
    exchange : Exchange
        The request.
    item : dict
        Its data set.
    known : str
        The state of the instance, empty if there is none yet.
    instance : dict
        Its attributes, as far as they are known.
    has_all : bool
        Whether all of them are.
    """
    states = exchange.sop_class.states
    transition = _transition(exchange, states, item, instance)
    outcome = transition.outcomes.get(known or None) if transition is not None else None
    if transition is None or outcome is None:
        return Verdict(transition, None, ())
    violations: tuple[SOPClassViolation, ...] = ()
    if outcome.status is not None and not outcome.needs_final:
        violations = (_refused(transition, known, outcome.status, states),)
    elif has_all and states.states.get(outcome.state):
        whole = {**instance, **item} if exchange.service == _CHANGE else instance
        violations = tuple(_final(exchange.sop_class, whole, outcome))
    return Verdict(transition, outcome, violations)


def state_of(instance: Item, states: States) -> str:
    """Return the state that a data set has or asks for; empty if it has none."""
    value = instance.get(states.tag)
    return texts(value, "CS")[0] if value else ""


def _transition(exchange: Any, states: States, item: Item, instance: Item) -> Transition | None:
    """Return the transition that a request asks for; None if it is no event of the table."""
    asked = state_of(item, states)
    able = [
        each
        for each in states.transitions
        if each.service == exchange.service
        and each.type_id in (None, exchange.type_id)
        and each.value == asked
    ]
    if len(able) > 1:
        is_correct = _is_correct(item, instance)
        able = [each for each in able if (each.transaction == _CORRECT) == is_correct]
    return able[0] if able else None


def _is_correct(item: Item, instance: Item) -> bool:
    """Return whether the Transaction UID is that of the instance, as far as that is known."""
    given = texts(item.get(TRANSACTION_UID, b""), "UI")
    locked = texts(instance.get(TRANSACTION_UID, b""), "UI")
    return given == locked if any(locked) else any(given)


def _refused(transition: Transition, state: str, status: int, states: States) -> SOPClassViolation:
    now = in_words(state)
    said = f"{transition.event}: not when the SOP Instance {now}; it is answered {status:04X}H"
    reference = reference_of(transition, states)
    return SOPClassViolation(RULE, states.attribute, said, reference, states.attribute, status)


def in_words(state: str) -> str:
    """Return what an instance is that has a state, or none."""
    return f"is {state}" if state else "does not exist"


def reference_of(transition: Transition, states: States) -> str:
    """Return where it stands what a transition does."""
    if not transition.clause:
        return states.reference
    return f"PS3.4 {transition.clause}; {states.reference.removeprefix('PS3.4 ')}"


def _final(sop_class: SOPClass, whole: Item, outcome: Outcome) -> Iterator[SOPClassViolation]:
    """Yield what an instance lacks that is to have a final state."""
    found: list[SOPClassViolation] = []
    place = Place(f"an instance that is to be {outcome.state}", True, status=outcome.status)
    check_rules(sop_class.final_rules(outcome.state), (whole,), place, found)
    yield from found
