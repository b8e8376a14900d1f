"""A counterexample for every side that a finding says breaks.

A finding that says a side breaks has a counterexample that was run, or the comparison and the
generated code contradict each other, which is an error and never an answer. Exempt is what the
generated code does not judge; `subject.is_judged` has the whole list.

Where a finding says `depends`, prose decides, and no code can run prose. What is shown then, if
anything, is the reading of the generated code: it takes a condition that only prose states for
one that never holds. That no message is found is no contradiction there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ...sets.finding import Finding, Side, Verdict
from ...sets.report import Assessed, Counterexample, Version
from ...witness.packages import Files
from ...witness.proof import by_side, refuse
from .bench import Bench, benched
from .scope import Scope
from .search import Ends, Found, search
from .source import source_of
from .subject import cause_of, is_in, is_judged


def assess(
    findings: Sequence[Finding],
    old: Version,
    new: Version,
    old_files: Files,
    new_files: Files,
    *,
    tolerant: bool = False,
) -> tuple[Assessed, ...]:
    """Return every finding with a counterexample for each side that breaks.

    Parameters
    ----------
    findings : sequence of Finding
        What the comparison of `old` and `new` found.
    old_files, new_files : mapping of str to bytes
        The packages rendered from both.
    tolerant : bool, optional
        Whether the comparison took what shall be absent for what may be ignored.

    Raises
    ------
    ContradictionError
        If a finding says that a side breaks, and there is no message that shows it.
    """
    with benched(old, new, old_files, new_files, tolerant=tolerant) as bench:
        assessed = tuple(Assessed(each, examples_of(each, bench)) for each in findings)
        refuse(line for each in assessed for line in contradictions(each, bench))
    return assessed


def contradictions(assessed: Assessed, bench: Bench) -> Iterator[str]:
    """Yield a line for each side that breaks without a counterexample, and should have one."""
    finding = assessed.finding
    sides = [side for side in Side if finding.verdict(side) is Verdict.BREAKS]
    for side in sides:
        if side not in assessed.counterexamples and is_judged(finding, bench.scopes):
            accepts, rejects = side.versions
            yield (
                f"{finding.cell}: {finding.rule} says that {side.value} break, but no message "
                f"was found that the {accepts} version accepts and the {rejects} one rejects"
            )


def examples_of(finding: Finding, bench: Bench) -> dict[Side, Counterexample]:
    """Return the smallest counterexample for each side that breaks or may break."""
    return by_side(finding, lambda side: _example(finding, side, bench))


def _example(finding: Finding, side: Side, bench: Bench) -> Counterexample | None:
    ends = bench.ends(side)
    best: tuple[Scope, Found] | None = None
    for scope in bench.scopes:
        face = scope.old if side is Side.SENDERS else scope.new
        if face is None or not is_in(finding, scope):
            continue
        found = search(scope, face, cause_of(finding, scope), ends)
        if found is not None and (best is None or found.others < best[1].others):
            best = scope, found
            if not found.others:
                break
    return None if best is None else _counterexample(*best, ends)


def _counterexample(scope: Scope, found: Found, ends: Ends) -> Counterexample:
    draft = found.tried
    request, response = ends.accepting.encode(draft)
    sent = response if draft.is_response else request
    assert sent is not None, "a message is encoded"
    spell = partial(ends.rejecting.spelled, draft.primitive)
    return Counterexample(
        code=source_of(scope, found, sent, spell),
        request=request,
        response=response,
        accepted_by=ends.accepting.name,
        rejected_by=ends.rejecting.name,
        words=tuple(each.words for each in found.said),
    )
