"""A data set for every side that a finding on an attribute says breaks.

Invariant: a counterexample was checked in both versions: one found nothing, the other something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import islice
from typing import Any

from ...sets.finding import Finding, Side, Verdict
from ...sets.report import Assessed, Counterexample, Version
from ...witness.packages import Files, Package, imported
from ..examples.data_set_code import put
from ..examples.python_values import Content, content_of
from ..examples.run_code import body_of, run, shown
from ..model import SOPClasses
from ..presence import State
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
        if not finding.keyword or not finding.direction:
            return {}
        sides = [side for side in Side if finding.verdict(side) is not Verdict.OK]
        found = {side: self._example(finding, side) for side in sides}
        return {side: each for side, each in found.items() if each is not None}

    def _example(self, finding: Finding, side: Side) -> Counterexample | None:
        accepting, rejecting = self._packages[side]
        for place in islice(_places(finding, self._models.values()), _MOST_PLACES):
            base = _valid(place, self._models[side], accepting)
            if base is None:
                continue
            for state in State:
                content = deepcopy(base)
                put(content, place.path, state, place.row, place.column.name)
                body = body_of(content, place.message)
                if run(body, place.message, accepting):
                    continue
                if words := run(body, place.message, rejecting):
                    names = ("old", "new") if side is Side.SENDERS else ("new", "old")
                    said = tuple(map(str, words))
                    return Counterexample(shown(body, place.message), None, None, *names, said)
        return None


def _places(finding: Finding, models: Sequence[SOPClasses] | Any) -> Iterator[Place]:
    label = finding.service.removeprefix("Table ")
    keyword = finding.keyword.rpartition(".")[2]
    for model in models:
        yield from places(model, label, keyword, finding.direction)


def _valid(place: Place, model: SOPClasses, package: Package) -> Content | None:
    """Return a data set in which `package` finds nothing, made by adding what it misses.

    It is made of the example that `model` has of the message, if there is one.
    """
    content = _example_of(place, model)
    put(content, place.path, State.VALUE, place.row, place.column.name)
    for _ in range(_MOST_REPAIRS):
        violations = run(body_of(content, place.message), place.message, package)
        if not violations:
            return content
        paths = [each.path for each in violations if each.path and _mend(content, each, place)]
        if not paths:
            return None
    return None


def _example_of(place: Place, model: SOPClasses) -> Content:
    message = place.message
    what = (message.service, message.direction, message.type_id)
    return next(
        (
            content_of(each.data_set)
            for file in model.files
            for each in file.examples
            if (each.service, each.direction, each.type_id) == what
            and any(one.uid == place.sop_class.uid and one.has(each) for one in file.sop_classes)
        ),
        {},
    )


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
        put(content, violation.path, state, row, place.column.name)
    return True
