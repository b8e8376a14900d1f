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
    entries = {key(waiver): waiver for waiver in waivers}
    found = {key(each.finding) for each in assessed}
    used = [waiver for accepts, waiver in entries.items() if accepts in found]
    expired = tuple(each for each in used if each.expires is not None and each.expires < today)
    valid = {key(waiver): waiver for waiver in used if waiver not in expired}
    return Matched(
        tuple(replace(each, waiver=valid.get(key(each.finding))) for each in assessed),
        tuple(waiver for accepts, waiver in entries.items() if accepts not in found),
        expired,
    )


def key(each: Waiver | Finding) -> tuple[str, ...]:
    """Return what a finding has in common with the waiver that accepts it."""
    return (each.cell, each.rule, each.change)
