"""A counterexample for every side that a finding says breaks.

Invariant: a finding that says a side breaks has a counterexample that was run, or the comparison
and the generated code contradict each other, which is an error and never an answer.

Where a finding says `depends`, prose decides, and no code can run prose. What is shown then, if
anything, is the reading of the generated code: it takes a condition that only prose states for
one that never holds. That no message is found is no contradiction there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from ..compare.finding import Finding, Side, Verdict
from ..compare.report import Assessed, Counterexample, Version
from ..model.schema import Role
from .packages import Files, imported
from .scope import Scope, scopes_of
from .search import Cause, Ends, Found, search
from .source import source_of
from .statuses import named_in
from .validator import Validator


class ContradictionError(ValueError):
    """The comparison says that something breaks, and no message shows it; a line for each."""


@dataclass(frozen=True)
class Bench:
    """Both versions, ready to run."""

    scopes: tuple[Scope, ...]
    old: Validator
    new: Validator
    is_tolerant: bool

    def ends(self, side: Side) -> Ends:
        """Return who accepts and who rejects the message that breaks `side`."""
        versions = (self.old, self.new) if side is Side.SENDERS else (self.new, self.old)
        return Ends(*versions, self.is_tolerant)


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
    if problems := [line for each in assessed for line in contradictions(each)]:
        raise ContradictionError("\n".join(problems))
    return assessed


@contextmanager
def benched(
    old: Version, new: Version, old_files: Files, new_files: Files, *, tolerant: bool
) -> Iterator[Bench]:
    """Give both versions, imported for as long as the context lasts."""
    with imported(old_files) as before, imported(new_files) as after:
        yield Bench(
            scopes_of(old.schema, new.schema),
            Validator("old", before),
            Validator("new", after),
            tolerant,
        )


def contradictions(assessed: Assessed) -> Iterator[str]:
    """Yield a line for each side that breaks without a counterexample."""
    finding = assessed.finding
    for side in Side:
        if finding.verdict(side) is Verdict.BREAKS and side not in assessed.counterexamples:
            accepts, rejects = ("old", "new") if side is Side.SENDERS else ("new", "old")
            yield (
                f"{finding.cell}: {finding.rule} says that {side.value} break, but no message "
                f"was found that the {accepts} version accepts and the {rejects} one rejects"
            )


def examples_of(finding: Finding, bench: Bench) -> dict[Side, Counterexample]:
    """Return the smallest counterexample for each side that breaks or may break."""
    sides = [side for side in Side if finding.verdict(side) is not Verdict.OK]
    found = {side: _example(finding, side, bench) for side in sides}
    return {side: example for side, example in found.items() if example is not None}


def _example(finding: Finding, side: Side, bench: Bench) -> Counterexample | None:
    ends = bench.ends(side)
    best: Found | None = None
    for scope in bench.scopes:
        face = scope.old if side is Side.SENDERS else scope.new
        if face is None or not is_in(finding, scope):
            continue
        found = search(scope, face, _cause(finding, scope), ends)
        if found is not None and found.is_alone:
            return _counterexample(found, ends)
        best = best or found
    return None if best is None else _counterexample(best, ends)


def is_in(finding: Finding, scope: Scope) -> bool:
    """Return whether what the finding is about can show in the messages of `scope`."""
    if finding.service and finding.service != scope.service:
        return False
    if finding.direction and finding.direction != scope.column:
        return False
    return not finding.keyword or scope.has(finding.keyword)


def _cause(finding: Finding, scope: Scope) -> Cause:
    named = (*named_in(scope, finding.old), *named_in(scope, finding.new))
    parameter = finding.parameter
    if parameter is None or parameter.role not in (None, Role.STATUS):
        return Cause(statuses=named)
    if parameter.role is Role.STATUS and named:
        return Cause(statuses=named)
    variants = (parameter, *scope.variants(parameter.keyword))
    tags = frozenset(each.tag for each in variants if each.tag is not None)
    return Cause(parameter.keyword, tags, named)


def _counterexample(found: Found, ends: Ends) -> Counterexample:
    request, response = ends.accepting.encode(found.draft)
    sent = response if found.draft.is_response else request
    assert sent is not None, "a message is encoded"
    return Counterexample(
        code=source_of(found, sent),
        request=request,
        response=response,
        accepted_by=ends.accepting.name,
        rejected_by=ends.rejecting.name,
        words=tuple(each.words for each in found.refusals),
    )
