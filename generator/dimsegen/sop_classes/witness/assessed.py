"""A data set for every side that a finding on an attribute says breaks.

Invariant: a counterexample was checked in both versions: one found nothing, the other something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from itertools import islice
from typing import Any

from ...sets.finding import Finding, Side
from ...sets.report import Assessed, Counterexample, Version
from ...witness.packages import Files, Package, imported
from ...witness.proof import by_side
from ..examples.data_set_code import put
from ..examples.message_code import Message, keys_of
from ..examples.python_values import Content, content_of
from ..examples.run_code import body_of, run, shown
from ..model import REQUEST, SOPClasses
from ..presence import State
from .messages_known_to_one import whole_messages
from .places_in_messages import Place, places

# More missing attributes than any table has.
_MOST_REPAIRS = 300
_MOST_PLACES = 3
# What is done about what a version says of an attribute.
_MENDED = {
    "missing-attribute": (State.VALUE,),
    "missing-attribute-value": (State.ABSENT, State.VALUE),
    "attribute-value": (State.ABSENT, State.VALUE),
    "attribute-not-allowed": (State.ABSENT,),
}


def assess(
    findings: Sequence[Finding], old: Version, new: Version, before: Files, after: Files
) -> tuple[Assessed, ...]:
    """Return every finding with a counterexample for each side that breaks, where there is one."""
    with imported(before) as older, imported(after) as newer:
        bench = _Bench(old.schema, new.schema, older, newer)
        return tuple(Assessed(each, bench.examples(each)) for each in findings)


class _Bench:
    """Both versions, ready to run."""

    def __init__(self, old: SOPClasses, new: SOPClasses, before: Package, after: Package) -> None:
        self._models = {Side.SENDERS: old, Side.RECEIVERS: new}
        self._packages = {Side.SENDERS: (before, after), Side.RECEIVERS: (after, before)}

    def examples(self, finding: Finding) -> dict[Side, Counterexample]:
        """Return a counterexample for each side that has one."""
        is_attribute = finding.keyword and finding.direction
        find = self._example if is_attribute else self._of_messages
        return by_side(finding, lambda side: find(finding, side))

    def _example(self, finding: Finding, side: Side) -> Counterexample | None:
        accepting, _ = self._packages[side]
        for place in islice(_places(finding, self._models.values()), _MOST_PLACES):
            base = _valid(place, self._models[side], accepting)
            if base is None:
                continue
            message = place.message
            if message.direction != REQUEST:
                message = replace(message, wanted=keys_of(base, message.dictionary))
            for state in State:
                content = deepcopy(base)
                put(content, place.path, state, place.cell, message.dictionary)
                if example := self._tried(body_of(content, message), message, side):
                    return example
        return None

    def _of_messages(self, finding: Finding, side: Side) -> Counterexample | None:
        """Return a whole message that only one version knows."""
        for content, message in whole_messages(finding, self._models[side]):
            if example := self._tried(body_of(content, message), message, side):
                return example
        return None

    def _tried(self, body: str, message: Message, side: Side) -> Counterexample | None:
        """Return `body` as a counterexample, if it is one."""
        accepting, rejecting = self._packages[side]
        if run(body, message, accepting):
            return None
        words = tuple(map(str, run(body, message, rejecting)))
        if not words:
            return None
        return Counterexample(shown(body, message), None, None, *side.versions, words)


def _places(finding: Finding, models: Sequence[SOPClasses] | Any) -> Iterator[Place]:
    label = finding.service.removeprefix("Table ")
    keyword = finding.keyword.rpartition(".")[2]
    for model in models:
        yield from places(model, label, keyword, finding.direction)


def _valid(place: Place, model: SOPClasses, package: Package) -> Content | None:
    """Return a data set in which `package` finds nothing.

    It is made of an example that `model` has of the message, or else of nothing, by adding what it
    misses.
    """
    made = (_mended(content, place, package) for content in (*_examples(place, model), {}))
    return next((each for each in made if each is not None), None)


def _mended(content: Content, place: Place, package: Package) -> Content | None:
    put(content, place.path, State.VALUE, place.cell, place.message.dictionary)
    for _ in range(_MOST_REPAIRS):
        violations = run(body_of(content, place.message), place.message, package)
        if not violations:
            return content
        paths = [each.path for each in violations if each.path and _mend(content, each, place)]
        if not paths:
            return None
    return None


def _examples(place: Place, model: SOPClasses) -> Iterator[Content]:
    message = place.message
    what = (message.service, message.direction, message.type_id)
    for file in model.files:
        for each in file.examples:
            if (each.service, each.direction, each.type_id) == what and any(
                one.uid == place.sop_class.uid and one.has(each) for one in file.sop_classes
            ):
                yield content_of(each.data_set)


def _mend(content: Content, violation: Any, place: Place) -> bool:
    """Change what a violation is about; return whether there was something to change."""
    row = place.row_at(violation.path)
    if violation.rule not in _MENDED:
        return False
    states = _MENDED[violation.rule]
    cell = row.cells.get(place.column.name) if row else None
    if states == (State.VALUE,) and cell and cell.usage and cell.usage.may_be_empty:
        states = (State.EMPTY,)
    for state in states:
        put(content, violation.path, state, cell, place.message.dictionary)
    return True
