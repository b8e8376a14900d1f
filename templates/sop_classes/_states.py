"""Hold a request against the states that its SOP Instance goes through.

Invariant: whoever knows only the state hears of transitions; whoever has all attributes of the
instance hears, too, of what a final state wants and they lack.

This file is copied as it is from `templates/sop_classes/_states.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pydicom.dataset import Dataset

from ._data_set import Item
from ._element_values import texts
from ._objects import from_dataset
from ._rules import Place, check_rules
from ._sop_class import SOPClass
from ._tables import Outcome, States, Transition
from ._violations import SOPClassViolation

RULE: Final = "state-transition"
_CORRECT: Final = "correct"
_TRANSACTION_UID: Final = 0x00081195
# The services that change attributes of an instance that is there.
_CHANGES: Final = frozenset(("N-SET",))


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
    instance = from_dataset(state) if isinstance(state, Dataset) else {}
    known = _state_of(instance, states) if isinstance(state, Dataset) else state
    if known and known not in states.states:
        names = ", ".join(states.states)
        raise ValueError(f"state must be one of {names} or empty, not {known!r}")
    transition = _transition(exchange, states, item, instance)
    outcome = transition.outcomes.get(known or None) if transition is not None else None
    if transition is None or outcome is None:
        return
    if outcome.status is not None and not outcome.needs_final:
        found.append(_refused(transition, known, outcome.status, states))
    elif isinstance(state, Dataset) and states.states.get(outcome.state):
        whole = {**instance, **item} if exchange.service in _CHANGES else instance
        found += _final(exchange.sop_class, whole, outcome)


def _state_of(instance: Item, states: States) -> str:
    value = instance.get(states.tag)
    return texts(value, "CS")[0] if value else ""


def _transition(exchange: Any, states: States, item: Item, instance: Item) -> Transition | None:
    """Return the transition that a request asks for; None if it is no event of the table."""
    asked = _state_of(item, states)
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
    given = texts(item.get(_TRANSACTION_UID, b""), "UI")
    locked = texts(instance.get(_TRANSACTION_UID, b""), "UI")
    return given == locked if any(locked) else any(given)


def _refused(transition: Transition, state: str, status: int, states: States) -> SOPClassViolation:
    now = f"is {state}" if state else "does not exist"
    said = f"{transition.event}: not when the SOP Instance {now}; it is answered {status:04X}H"
    reference = states.reference
    if transition.clause:
        reference = f"PS3.4 {transition.clause}; {reference.removeprefix('PS3.4 ')}"
    return SOPClassViolation(RULE, states.attribute, said, reference, states.attribute, status)


def _final(sop_class: SOPClass, whole: Item, outcome: Outcome) -> Iterator[SOPClassViolation]:
    """Yield what an instance lacks that is to have a final state."""
    found: list[SOPClassViolation] = []
    place = Place(f"an instance that is to be {outcome.state}", True, status=outcome.status)
    check_rules(sop_class.final_rules(outcome.state), (whole,), place, found)
    yield from found
