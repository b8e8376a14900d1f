"""What the formats say in the same words.

Nothing is decided here; every word is taken from the report.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from ..sets.finding import Finding, Level, Side, Verdict
from ..sets.report import Assessed, Counterexample, Report, Waiver
from ..table.notation import counted

_VERBS = {
    Verdict.BREAKS: "break",
    Verdict.OK: "are not affected",
    Verdict.DEPENDS: "may break, as prose decides",
}


@dataclass(frozen=True)
class Role:
    """A side of a finding: ``senders``, ``invoker``, ``breaks``; `actors` may be empty."""

    side: Side
    actors: tuple[str, ...]
    verdict: Verdict

    @property
    def actor(self) -> str:
        """Who is that side, in words."""
        return ", ".join(self.actors)

    @property
    def name(self) -> str:
        """The side with the actor, e.g. ``senders (invoker)``."""
        return f"{self.side.value} ({self.actor})" if self.actor else self.side.value

    def __str__(self) -> str:
        return f"{self.name} {_VERBS[self.verdict]}"


def roles(finding: Finding) -> tuple[Role, ...]:
    """Return both sides of a finding with what becomes of them."""
    return tuple(
        Role(side, tuple(each.value for each in finding.actors_of(side)), finding.verdict(side))
        for side in Side
    )


def compared(report: Report) -> str:
    """Return how much was compared."""
    return f"{', '.join(counted(*each) for each in report.compared)} compared"


def overridden(report: Report) -> str:
    """Return what the new version replaces of the standard that it extends, empty for nothing."""
    names = ", ".join(report.overrides)
    return f"replaces what the standard says: {names}" if names else ""


def found(report: Report) -> str:
    """Return how many findings there are: ``3 findings: 2 errors, 1 note; 1 waived``."""
    if not report.assessed:
        return "no findings"
    levels = [report.level(each) for each in report.assessed]
    counts = [counted(levels.count(level), level.value) for level in Level if level in levels]
    waived = f"; {len(report.waived)} {report.accepted}" if report.waived else ""
    return f"{counted(len(levels), 'finding')}: {', '.join(counts)}{waived}"


def outcome(report: Report) -> str:
    """Return whether the comparison fails, and by what."""
    reasons = []
    if report.failing:
        verb = "is" if len(report.failing) == 1 else "are"
        remedy = "to be mended or waived" if report.can_be_waived else "to be mended"
        reasons.append(f"{counted(len(report.failing), 'finding')} {verb} {remedy}")
    if report.expired:
        reasons.append(f"{counted(len(report.expired), 'waiver')} expired")
    if report.disagreements:
        what = counted(len(report.disagreements), "time")
        reasons.append(f"{report.problem} {what}")
    return ", ".join(reasons) or "nothing fails"


def audience(report: Report) -> str:
    """Return for whom the report is, empty where it is for everybody."""
    who = report.audience
    words = [each.value for each in (who.side, who.actor) if each]
    reading = ["tolerant receivers"] if who.tolerant else []
    return ", ".join([*(f"{word} only" for word in words), *reading])


def shown_examples(assessed: Assessed) -> Iterator[tuple[str, Counterexample]]:
    """Yield each counterexample with the sentence that introduces it."""
    for example in assessed.counterexamples.values():
        accepts, rejects = example.accepted_by, example.rejected_by
        yield f"Accepted by the {accepts} version, rejected by the {rejects} one:", example


def encoded(example: Counterexample) -> Iterator[tuple[str, bytes]]:
    """Yield the messages of a counterexample."""
    for name, message in (("request", example.request), ("response", example.response)):
        if message is not None:
            yield name, message


def place(finding: Finding) -> str:
    """Return file, line and column, empty where there is none."""
    return str(finding.position) if finding.position else ""


def waive_command(report: Report, finding: Finding) -> str:
    """Return the command that waives a finding."""
    words = "".join(f" {shlex.quote(word)}" for word in report.words)
    return f'dimsegen waive {finding.fingerprint}{words} --reason "..."'


def waiver_in_words(waiver: Waiver) -> str:
    """Return why a finding is waived, where that was decided and how long it counts."""
    until = f", until {waiver.expires.isoformat()}" if waiver.expires else ""
    reference = f" ({waiver.reference})" if waiver.reference else ""
    return f"{waiver.reason}{reference}{until}"


def unused_in_words(waiver: Waiver) -> str:
    """Return that a waiver matches nothing, and what to do."""
    return f"unused waiver: {_entry(waiver)} matches no finding: dimsegen waive --prune removes it"


def expired_in_words(waiver: Waiver) -> str:
    """Return that a waiver no longer counts, and what to do."""
    day = waiver.expires.isoformat() if waiver.expires else ""
    return f"expired waiver: {_entry(waiver)} counted until {day}: mend the change, or renew it"


def _entry(waiver: Waiver) -> str:
    return " ".join(part for part in (waiver.rule, waiver.cell, waiver.change) if part)
