"""A counterexample for every side that a finding says breaks.

Invariant: a finding that says a side breaks has an example that was run in both versions, or the
comparison and the generated code contradict each other, which is an error and never an answer.
`UNJUDGED` has the only grounds on which there may be none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from inspect import signature

from ...sets.finding import Finding, Side, Verdict
from ...sets.report import Assessed, Counterexample, Version
from ...witness.least import least
from ...witness.packages import Files, Package, imported
from ...witness.proof import by_side, refuse
from ..model import UpperLayer
from .candidates import candidates, example_of, octets_for, reading_of
from .runner import Example, Refusal, is_usable, refusals, result
from .unjudged import unjudged

_LAYOUT = "layout-changed"
Layers = tuple[UpperLayer, UpperLayer]


def assess(
    findings: Sequence[Finding],
    old: Version,
    new: Version,
    old_files: Files,
    new_files: Files,
) -> tuple[Assessed, ...]:
    """Return every finding with a counterexample for each side that breaks.

    Raises
    ------
    ContradictionError
        If a finding on a cell, an item or a transition says that a side breaks, and nothing shows
        it.
    """
    assessed = tried(findings, old, new, old_files, new_files)
    if assessed is None:
        return tuple(map(Assessed, findings))
    layers = old.schema, new.schema
    refuse(line for each in assessed for line in _contradictions(each, layers))
    return assessed


def tried(
    findings: Sequence[Finding], old: Version, new: Version, old_files: Files, new_files: Files
) -> tuple[Assessed, ...] | None:
    """Return every finding with what shows it, if anything does; None if neither can be run."""
    with imported(old_files) as before, imported(new_files) as after:
        if not (is_usable(before) and is_usable(after)):
            return None
        bench = _Bench(old.schema, new.schema, before, after)
        return tuple(Assessed(each, bench.examples(each)) for each in findings)


def _contradictions(assessed: Assessed, layers: Layers) -> Iterator[str]:
    finding = assessed.finding
    for side in Side:
        is_shown = side in assessed.counterexamples
        breaks = finding.verdict(side) is Verdict.BREAKS
        if breaks and not is_shown and not unjudged(finding, *layers):
            yield f"{finding.cell}: {finding.rule} says that {side.value} break; nothing shows it"


class _Bench:
    """Both versions, ready to run."""

    def __init__(self, old: UpperLayer, new: UpperLayer, before: Package, after: Package) -> None:
        self._layers = {Side.SENDERS: (old, new), Side.RECEIVERS: (new, old)}
        self._packages = {Side.SENDERS: (before, after), Side.RECEIVERS: (after, before)}

    def examples(self, finding: Finding) -> dict[Side, Counterexample]:
        return by_side(finding, lambda side: self._example(finding, side))

    def _example(self, finding: Finding, side: Side) -> Counterexample | None:
        """Return the first example that is refused for nothing else, or for least else."""
        accepting, rejecting = self._packages[side]
        layers = self._layers[side]
        asked = _asked(finding, *layers)

        def judge(example: Example) -> tuple[Refusal, ...]:
            return () if refusals(example, accepting) else refusals(example, rejecting)

        def is_meant(refused: Refusal) -> bool:
            # An error that names no parameter is about what was tried.
            return not (asked and refused.parameter) or refused.parameter in asked

        found = least(candidates(finding, *layers), judge, is_meant)
        if found is None and finding.rule == _LAYOUT:
            found = least(_misread(finding, *layers, accepting), judge, is_meant)
        if found is None:
            return None
        return Counterexample(
            found.tried.code, None, None, *side.versions, tuple(each.words for each in found.said)
        )


def _misread(
    finding: Finding, layer: UpperLayer, other: UpperLayer, accepting: Package
) -> Iterator[Example]:
    """Yield PDUs with what a version takes them for: the other one may take them for another."""
    for octets in octets_for(finding, layer, other):
        read = result(example_of(octets), accepting)
        if read is not None:
            yield reading_of(octets, _in_code(read))


def _in_code(read: object) -> str:
    """Return the expression that makes what was read; a fragment of it is shown as an address."""
    fragments = _fragments(read)
    return re.sub("<memory at 0x[0-9a-f]+>", lambda _: repr(next(fragments)), repr(read))


def _fragments(read: object) -> Iterator[bytes]:
    """Yield the fragments in `read`, in the order in which it shows them."""
    if isinstance(read, memoryview):
        yield bytes(read)
    elif isinstance(read, tuple):
        for each in read:
            yield from _fragments(each)
    elif not isinstance(read, str | bytes | int):
        for name in signature(type(read)).parameters:
            yield from _fragments(getattr(read, name, None))


def _asked(finding: Finding, *layers: UpperLayer) -> frozenset[str]:
    """Return what the generated code calls the parameter of a finding."""
    rows = (row for layer in layers for service in layer.services for row in service.rows)
    return frozenset(row.attribute for row in rows if row.name == finding.keyword)
