"""What has changed in the items that stand in a structure.

Invariant: an item that is not known is skipped (PS3.8 9.3.1), so that a new one breaks no receiver.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...sets.finding import Ends, Finding
from ...sets.pair import in_both, nearest
from ...sets.told import Subject
from ...sets.verdicts import Verdicts, verdicts_of
from ..ends import BothEnds
from ..model import Contained, Occurs, Order, Structure
from ..views.user_data import clause_of
from .edits import edits, order

# How often an item may stand in another; 2 is for more than once.
_TIMES = {
    Occurs.ONE: {1},
    Occurs.AT_MOST_ONE: {0, 1},
    Occurs.ONE_OR_MORE: {1, 2},
    Occurs.ANY_NUMBER: {0, 1, 2},
}
_ANY = {0, 1, 2}
_NO_SUCH = "not in it"
_ANYTHING = "nothing"
_NAMED = {"class_name"}
_OCCURRENCE = {"occurs", "only_in"}
_ASKED = {"one_for", "answers", "asked_by", "at_most", "no_limit"}


def item_findings(
    structure: Subject, old: Structure, new: Structure, ends: BothEnds
) -> Iterator[Finding]:
    """Yield them, item by item."""
    before, after = ({each.class_name: each for each in s.contains} for s in (old, new))
    places = {name: each.position for name, each in after.items()}
    for name in in_both(before, after):
        was, is_now = before.get(name), after.get(name)
        place = is_now.position if is_now else nearest(name, list(before), places)
        about = f"{name} in {new.name}"
        item = is_now or was
        assert item is not None, "one of the two has it"
        subject = replace(
            structure,
            name=about,
            part=name,
            position=place or structure.position,
            reference=clause_of(item),
            actors=_actors(structure, was, is_now, ends),
        )
        if _words(was) != _words(is_now):
            message = f"{about} was {_words(was)} and is {_words(is_now)}"
            change = _words(was), _words(is_now)
            verdicts = _occurrence(was, is_now)
            yield subject.finding("occurrence-changed", message, change, verdicts)
        if was and is_now:
            yield from _asked_of(subject, was, is_now)
            yield from edits(subject, was, is_now, _NAMED | _OCCURRENCE | _ASKED)
    yield from order(structure, "items", before, after)
    yield from _order(structure, old.order, new.order)


def _actors(
    structure: Subject, was: Contained | None, is_now: Contained | None, ends: BothEnds
) -> tuple[Ends, ...]:
    """Return who sends the structure with such an item; some stand in one PDU only."""
    pdus = [each.only_in for each in (was, is_now) if each]
    if not all(pdus):
        return structure.actors
    found = {flow for pdu in pdus for flow in ends.structure(pdu)}
    return tuple(each for each in structure.actors if each in found)


def _order(structure: Subject, old: Order | None, new: Order | None) -> Iterator[Finding]:
    if old is new:
        return
    shown = (f"{each.value} order" if each else "" for each in (old, new))
    message = f"The order of the items in {structure.name} changed"
    narrows, widens = (each is Order.ASCENDING for each in (new, old))
    verdicts = verdicts_of(narrows=narrows, widens=widens)
    yield structure.finding("occurrence-changed", message, shown, verdicts)


def _words(item: Contained | None) -> str:
    if item is None:
        return _NO_SUCH
    return item.occurs.value + (f" in {item.only_in}" if item.only_in else "")


def _asked_of(subject: Subject, was: Contained, is_now: Contained) -> Iterator[Finding]:
    """Yield that something else is asked of an item, beside how often it stands there."""
    before, after = _asked(was), _asked(is_now)
    if before == after:
        return
    narrows, widens = not {*after} <= {*before}, not {*before} <= {*after}
    # Which of those that were offered an item is held against depends on what it is one for.
    if was.one_for != is_now.one_for and was.at_most and is_now.at_most:
        narrows = widens = True
    shown = (", ".join(each) or _ANYTHING for each in (before, after))
    message = f"What is asked of {subject.name} changed"
    verdicts = verdicts_of(narrows=narrows, widens=widens)
    yield subject.finding("condition-changed", message, shown, verdicts)


def _asked(item: Contained) -> tuple[str, ...]:
    limit = f" ({item.no_limit}: no limit)" if item.no_limit is not None else ""
    found = [
        *([f"one for each {item.one_for}"] if item.one_for else []),
        *([f"answers {item.answers}"] if item.answers else []),
        *([f"asked by {item.asked_by}"] if item.asked_by else []),
        *(f"{field} at most what was offered{limit}" for field in item.at_most),
    ]
    return tuple(found)


def _occurrence(old: Contained | None, new: Contained | None) -> Verdicts:
    """Return what becomes of both sides, in any of the PDUs that the item may be in."""
    pdus = {each.only_in for each in (old, new) if each} | {""}
    pairs = [(_times(old, pdu), _times(new, pdu)) for pdu in pdus]
    return verdicts_of(
        narrows=any(not (was or {0}) <= (is_now or _ANY) for was, is_now in pairs),
        widens=any(not (is_now or {0}) <= (was or _ANY) for was, is_now in pairs),
    )


def _times(item: Contained | None, pdu: str) -> set[int] | None:
    """Return how often an item may stand in a PDU, None where nobody knows it."""
    if item is None:
        return None
    return _TIMES[item.occurs] if item.only_in in ("", pdu) else {0}
