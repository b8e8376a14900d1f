"""What a rule of the comparison is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from .finding import Verdict

COMPUTED: Final = "computed"

Effect: TypeAlias = Verdict | Literal["computed"]


@dataclass(frozen=True)
class Rule:
    """A kind of change.

    Attributes
    ----------
    identifier : str
        E.g. ``usage-u-to-m``.
    title : str
        What has changed, in a few words.
    explanation : str
        Why it does what it does, and what to do about it.
    senders, receivers : Verdict or "computed"
        What it does to either side where nothing else in the table decides; ``computed`` where that
        depends on what exactly has changed. A finding has the verdicts of its own case.
    """

    identifier: str
    title: str
    explanation: str
    senders: Effect
    receivers: Effect
