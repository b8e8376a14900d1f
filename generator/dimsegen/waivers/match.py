"""Match findings with waivers.

A waiver accepts the finding with the same cell, rule and change, and no other. One that has expired
accepts nothing, and one without a finding is unused, whatever its date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..sets.finding import Finding
from ..sets.report import Assessed
from ..table.waiver import Waiver


@dataclass(frozen=True)
class Matched:
    """The findings with their waivers, and the waivers that accept none of them."""

    assessed: tuple[Assessed, ...]
    unused: tuple[Waiver, ...]
    expired: tuple[Waiver, ...]


def match(assessed: Sequence[Assessed], waivers: Sequence[Waiver], today: date) -> Matched:
    """Return what `waivers` accept on the day `today`; on its last day a waiver still counts."""
    entries = {_key(waiver): waiver for waiver in waivers}
    found = {_key_of(each.finding) for each in assessed}
    used = [waiver for key, waiver in entries.items() if key in found]
    expired = tuple(each for each in used if each.expires is not None and each.expires < today)
    valid = {_key(waiver): waiver for waiver in used if waiver not in expired}
    return Matched(
        tuple(replace(each, waiver=valid.get(_key_of(each.finding))) for each in assessed),
        tuple(waiver for key, waiver in entries.items() if key not in found),
        expired,
    )


def _key(waiver: Waiver) -> tuple[str, ...]:
    return (waiver.cell, waiver.rule, waiver.change)


def _key_of(finding: Finding) -> tuple[str, ...]:
    return (finding.cell, finding.rule, finding.change)
