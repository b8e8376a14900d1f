"""A counterexample for every side that a finding says breaks.

Invariant: a finding that says a side breaks has an example that was run in both versions, or the
comparison and the generated code contradict each other, which is an error and never an answer.
Exempt is what the generated code does not judge: the layout that constructors follow, codes of a
parameter that depends on another, fixed values that are those of another parameter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...sets.finding import Finding, Side, Verdict
from ...sets.report import Assessed, Counterexample, Version
from ...witness.least import least
from ...witness.packages import Files, Package, imported
from ...witness.proof import ContradictionError
from ..model import Service, Structure, UpperLayer
from .octets import Departure, Writer
from .runner import Example, Refusal, refusals
from .tried_primitives import primitives

_TIMES = (0, 1, 2)
# The bytes in a line of an example.
_A_LINE = 22


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
    with imported(old_files) as before, imported(new_files) as after:
        bench = _Bench(old.schema, new.schema, before, after)
        assessed = tuple(Assessed(each, bench.examples(each)) for each in findings)
    problems = [line for each in assessed for line in _contradictions(each)]
    if problems:
        raise ContradictionError("\n".join(problems))
    return assessed


def _contradictions(assessed: Assessed) -> Iterator[str]:
    finding = assessed.finding
    is_judged = finding.rule.startswith(("usage-", "occurrence-", "transition-"))
    for side in Side:
        is_shown = side in assessed.counterexamples
        if is_judged and finding.verdict(side) is Verdict.BREAKS and not is_shown:
            yield f"{finding.cell}: {finding.rule} says that {side.value} break; nothing shows it"


class _Bench:
    """Both versions, ready to run."""

    def __init__(self, old: UpperLayer, new: UpperLayer, before: Package, after: Package) -> None:
        self._layers = {Side.SENDERS: (old, new), Side.RECEIVERS: (new, old)}
        self._packages = {Side.SENDERS: (before, after), Side.RECEIVERS: (after, before)}

    def examples(self, finding: Finding) -> dict[Side, Counterexample]:
        sides = [side for side in Side if finding.verdict(side) is not Verdict.OK]
        found = {side: self._example(finding, side) for side in sides}
        return {side: each for side, each in found.items() if each is not None}

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

        found = least(_candidates(finding, *layers), judge, is_meant)
        if found is None:
            return None
        names = ("old", "new") if side is Side.SENDERS else ("new", "old")
        return Counterexample(
            found.tried.code, None, None, *names, tuple(each.words for each in found.said)
        )


def _asked(finding: Finding, *layers: UpperLayer) -> frozenset[str]:
    """Return what the generated code calls the parameter of a finding."""
    rows = (row for layer in layers for service in layer.services for row in service.rows)
    return frozenset(row.attribute for row in rows if row.name == finding.keyword)


def _candidates(finding: Finding, layer: UpperLayer, other: UpperLayer) -> Iterator[Example]:
    """Yield what may show a finding, with the values that either version knows."""
    services = {each.name: each for each in layer.services}
    service = services.get(finding.service)
    if service is not None and finding.direction and finding.keyword:
        yield from primitives(service, layer, finding.direction, finding.keyword)
    elif service is not None:
        yield from _of_service(finding, service, layer)
    elif finding.service in layer.structures:
        yield from _of_structure(finding, layer.structures[finding.service], layer, other)
    elif finding.rule == "transition-changed":
        yield from _of_machine(finding, layer)


def _of_service(finding: Finding, service: Service, layer: UpperLayer) -> Iterator[Example]:
    columns = [finding.direction] if finding.direction else list(service.columns)
    for column in columns:
        if column in service.columns:
            yield from primitives(service, layer, column, finding.keyword)


def _of_structure(
    finding: Finding, structure: Structure, layer: UpperLayer, other: UpperLayer
) -> Iterator[Example]:
    for departure in _departures(finding, structure, other):
        writer = Writer(layer)
        for pdu in writer.pdus_with(structure.class_name):
            yield example_of(writer.write(pdu, departure))


def example_of(octets: bytes) -> Example:
    """Return the code that decodes a PDU, and refuses what is irregular in it."""
    return Example(f"pdu = bytes.fromhex({_hexadecimal(octets)})\ndecode_pdu(pdu, strict=True)")


def _hexadecimal(octets: bytes) -> str:
    """Return a literal with the digits of `octets`, in as many lines as they need."""
    digits = [octets[at : at + _A_LINE].hex(" ") for at in range(0, len(octets), _A_LINE)]
    if len(digits) == 1:
        return f'"{digits[0]}"'
    return "".join(["\n", *(f'    "{line}"\n' for line in digits)])


def _departures(finding: Finding, structure: Structure, other: UpperLayer) -> Iterator[Departure]:
    name = structure.class_name
    yield Departure(name)
    if finding.rule == "occurrence-changed":
        for times in _TIMES:
            yield Departure(name, items={finding.keyword: times})
        yield Departure(name, is_reversed=True)
    elif finding.keyword in structure.values:
        was = other.structures.get(name)
        lists = [each.values.get(finding.keyword, ()) for each in (structure, was) if each]
        for value in (each for values in lists for each in values):
            chosen = {field: int(codes[0]) for field, codes in value.when.items()}
            yield Departure(name, {**chosen, finding.keyword: value.first})


def _of_machine(finding: Finding, layer: UpperLayer) -> Iterator[Example]:
    state, _, event = finding.keyword.partition(" + ")
    key = f"TRANSITIONS[Event.{event}, State.{state}]"
    for each in layer.machine.transitions:
        if (each.event, each.state) == (event, state):
            action = each.action.replace("-", "_")
            states = "".join(f"State.{name}, " for name in each.next)
            yield Example(f"assert {key} == (Action.{action}, ({states.strip()})), {key}")
            return
    yield Example(f"assert (Event.{event}, State.{state}) not in TRANSITIONS, {key}")
