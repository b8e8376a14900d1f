"""Prove that the findings and the generated code agree, by running every presence pattern.

Nothing is taken on trust. A message that one version accepts and the other rejects needs a finding
on each parameter that is objected to, with the side that breaks; a rule that changed where no
message was accepted needs a finding on its parameter; and each finding that says that a side breaks
needs a message on which it does.

What is run follows from the files, not from the schemas: every message whose class is rendered to
other bytes, its runtime modules included. A template that altered a rule is caught in this way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ...sets.finding import Finding, Side, Verdict
from ...sets.report import Assessed, Version
from ...witness.packages import Files
from ...witness.progress import Progress
from .assessment import contradictions, examples_of
from .bench import Bench, benched
from .exhaustive import Difference, scan
from .patterns import all_patterns, number_of_patterns
from .reading import scan_reading
from .scope import Scope
from .source import call_of
from .subject import explains


@dataclass(frozen=True)
class VerifyResult:
    """What running both versions has shown.

    Attributes
    ----------
    services : tuple of str
        The services whose messages were run.
    patterns : int
        Number of presence patterns that were run, all directions together.
    runs : int
        How many messages and exchanges both versions judged.
    sampled : tuple of str
        The directions that have more patterns than are run, with both numbers.
    disagreements : tuple of str
        A line for each difference that no finding explains, and for each finding that no
        difference shows; empty if findings and generated code agree.
    """

    services: tuple[str, ...]
    patterns: int
    runs: int
    disagreements: tuple[str, ...]
    sampled: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was verified, and how it went."""
        number = len(self.disagreements)
        outcome = (
            f"{number} disagreement{'' if number == 1 else 's'}"
            if number
            else "the findings and the generated code agree"
        )
        if not self.services:
            return f"no DIMSE message is generated differently; {outcome}"
        sample = f"; a sample only: {', '.join(self.sampled)}" if self.sampled else ""
        return (
            f"both versions judged {self.runs} messages on {self.patterns} presence patterns "
            f"of {', '.join(self.services)}: {outcome}{sample}"
        )


def verify(
    findings: Sequence[Finding],
    old: Version,
    new: Version,
    old_files: Files,
    new_files: Files,
    *,
    tolerant: bool = False,
    services: Collection[str] | None = None,
) -> VerifyResult:
    """Run both versions on every presence pattern and hold the findings against the outcome.

    Parameters
    ----------
    findings : sequence of Finding
        What the comparison of `old` and `new` found, all of it.
    old_files, new_files : mapping of str to bytes
        The packages rendered from both.
    tolerant : bool, optional
        Whether the comparison took it that receivers ignore what they do not expect.
    services : collection of str, optional
        The services to run; those that are generated differently where it is None.
    """
    with benched(old, new, old_files, new_files, tolerant=tolerant) as bench:
        scopes = [
            each
            for each in bench.scopes
            if (_is_changed(each, bench) if services is None else each.service in services)
        ]
        differences, runs = _run(scopes, bench)
        disagreements = (
            *_unexplained(differences, findings),
            *_unshown(findings, differences, bench),
        )
    return VerifyResult(
        tuple(dict.fromkeys(scope.service for scope in scopes)),
        sum(number_of_patterns(scope) for scope in scopes),
        runs,
        disagreements,
        tuple(_sampled(scopes)),
    )


def _sampled(scopes: Sequence[Scope]) -> Iterator[str]:
    for scope in scopes:
        run, there = number_of_patterns(scope), all_patterns(scope)
        if run < there:
            yield f"{run} of the {there} patterns of {scope.service} {scope.column}"


def _is_changed(scope: Scope, bench: Bench) -> bool:
    return bench.old.sources(scope.name) != bench.new.sources(scope.name)


def _run(scopes: Sequence[Scope], bench: Bench) -> tuple[list[Difference], int]:
    progress = Progress(len(scopes))
    found: list[Difference] = []
    runs = 0
    for scope in scopes:
        progress.start(f"{scope.service} {scope.column}")
        if len(scope.faces) == 1:
            side = Side.SENDERS if scope.new is None else Side.RECEIVERS
            found.append(Difference(scope, "", side, True, None))
            continue
        result = scan(scope, bench.old, bench.new, tolerant=bench.is_tolerant)
        found += [*result.found.values(), *scan_reading(scope, bench)]
        runs += result.runs
    progress.close()
    return found, runs


def _unexplained(differences: Sequence[Difference], findings: Sequence[Finding]) -> Iterator[str]:
    told = set()
    # One line a parameter and side is enough, and a message that breaks somebody says most.
    for each in sorted(differences, key=lambda each: not each.is_decisive):
        key = (each.scope.service, each.scope.column, each.keyword, each.side)
        if key not in told and not any(explains(finding, each) for finding in findings):
            told.add(key)
            yield _without_finding(each)


def _without_finding(difference: Difference) -> str:
    scope = difference.scope
    cell = " ".join(filter(None, (scope.service, scope.column, difference.keyword)))
    accepts, rejects = difference.side.versions
    if difference.draft is None:
        return f"{cell}: only the {accepts} version has this message, and no finding says so"
    call = call_of(scope, difference.draft)
    if not difference.is_decisive:
        return f"{cell}: no finding says that a rule changed; see {call}"
    return (
        f"{cell}: no finding says that {difference.side.value} break; the {accepts} version "
        f"accepts and the {rejects} one rejects {call}"
    )


def _unshown(
    findings: Sequence[Finding], differences: Sequence[Difference], bench: Bench
) -> Iterator[str]:
    """Yield the findings of which no message shows that a side breaks."""
    for finding in findings:
        shown = {each.side for each in differences if each.is_decisive and _shows(each, finding)}
        breaks = {side for side in Side if finding.verdict(side) is Verdict.BREAKS}
        if breaks - shown:
            yield from contradictions(Assessed(finding, examples_of(finding, bench)), bench)


def _shows(difference: Difference, finding: Finding) -> bool:
    return bool(finding.keyword) and (
        finding.service,
        finding.direction,
        finding.keyword,
    ) == (difference.scope.service, difference.scope.column, difference.keyword)
