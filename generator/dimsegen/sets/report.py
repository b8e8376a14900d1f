"""A whole comparison: what was compared, what was found, what was waived, and for whom.

Every output format prints this and nothing else; none decides anything.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..reading.position import Position
from ..table.waiver import Waiver
from .finding import Actor, Finding, Level, Side
from .rule import Rule

__all__ = [
    "Assessed",
    "Audience",
    "Compared",
    "Counterexample",
    "Report",
    "Version",
    "Waiver",
    "counts_of",
]


@dataclass(frozen=True)
class Version:
    """One of the two schemas.

    Attributes
    ----------
    name : str
        Which one it is, e.g. ``origin/main@merge-base 3f2a91c``.
    schema : Schema
        What it says of the family that is looked at, as the loader of that family gives it.
    prefix : str
        What the file names of its positions start with, before the path, e.g. ``main:``.
    folder : str
        The folder that those paths are relative to, from the root of the repository.
    waivers_in : pathlib.Path or None
        The folder whose ``waivers.yaml`` waives changes up to this version; None if there is none.
        For a revision, or an edition of the standard, it is the folder of the working tree.
    tables : mapping of str to Any
        What it says of every family that it has tables of, by the name of the family.
    families : frozenset of str
        The only families to compare; empty for all.
    items : frozenset of str
        The services, or what else has a file of its own, that are asked for; empty for all.
    notes : tuple of str
        What to know of how it was read, a sentence each.
    """

    name: str
    schema: Any
    prefix: str = ""
    folder: str = ""
    waivers_in: Path | None = None
    tables: Mapping[str, Any] = field(default_factory=dict)
    families: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    def of(self, family: str, schema: Any = None) -> Version:
        """Return what it says of `family`; `schema` where it has no tables of it."""
        return replace(self, schema=self.tables.get(family, schema))

    def path(self, position: Position) -> str:
        """Return the path of the file of `position`, from the root of the repository."""
        path = position.file.removeprefix(self.prefix)
        return posixpath.normpath(posixpath.join(self.folder, path))


@dataclass(frozen=True)
class Counterexample:
    """A message, or an exchange, that one version accepts and the other rejects. It was run.

    Attributes
    ----------
    code : str
        Runnable Python; its last line is the call that is rejected.
    request, response : bytes or None
        The encoded command sets, where the exchange has them.
    accepted_by, rejected_by : str
        ``old`` or ``new``.
    words : tuple of str
        What the rejecting side says, a line a violation.
    """

    code: str
    request: bytes | None
    response: bytes | None
    accepted_by: str
    rejected_by: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Assessed:
    """A finding with its counterexamples, by the side that breaks, and its waiver."""

    finding: Finding
    counterexamples: Mapping[Side, Counterexample] = field(default_factory=dict)
    waiver: Waiver | None = None


@dataclass(frozen=True)
class Compared:
    """What a family found in its tables.

    Attributes
    ----------
    counts : tuple of (int, str)
        How much was compared: numbers, and of what.
    waivers : tuple of Waiver
        What the new version waives.
    verified : str
        What was verified by running both versions, as a sentence; empty where nothing was.
    disagreements : tuple of str
        Where the findings and the code generated from both versions disagree.
    rules : mapping of str to Rule
        The rules on changes that no other family has, by identifier.
    """

    assessed: tuple[Assessed, ...]
    counts: tuple[tuple[int, str], ...]
    waivers: tuple[Waiver, ...] = ()
    verified: str = ""
    disagreements: tuple[str, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)


@dataclass(frozen=True)
class Audience:
    """For whom the report is, and what fails it."""

    side: Side | None = None
    actor: Actor | None = None
    fail_on: Level = Level.WARNING
    tolerant: bool = False


@dataclass(frozen=True)
class Report:
    """What `dimsegen diff` computed.

    Attributes
    ----------
    compared : tuple of (int, str)
        How much was compared: numbers, and of what.
    unused : tuple of Waiver
        Waivers that match no finding.
    expired : tuple of Waiver
        Waivers that match a finding, but no longer count.
    verified : str
        What was verified by running both versions, as a sentence; empty where nothing was.
    disagreements : tuple of str
        Where the findings and the code generated from both versions disagree.
    words : tuple of str
        How the two versions were named on the command line.
    command : str
        The command that it is of.
    accepted : str
        What a finding is called that does not count, as it is accounted for.
    problem : str
        What the lines in `disagreements` have in common.
    rules : mapping of str to Rule
        The rules that are not among those of `diff_rules`, by identifier.
    notes : tuple of str
        What else to know of how it was compared, a sentence each.
    """

    old: Version
    new: Version
    assessed: tuple[Assessed, ...]
    compared: tuple[tuple[int, str], ...]
    audience: Audience = Audience()
    unused: tuple[Waiver, ...] = ()
    expired: tuple[Waiver, ...] = ()
    verified: str = ""
    disagreements: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    command: str = "diff"
    accepted: str = "waived"
    problem: str = "findings and generated code disagree"
    rules: Mapping[str, Rule] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def can_be_waived(self) -> bool:
        """Whether a finding can be accepted by a waiver."""
        return self.command == "diff"

    def path(self, position: Position) -> str:
        """Return the path of the file of `position`; what is gone stands in the old version."""
        is_old = bool(self.old.prefix) and position.file.startswith(self.old.prefix)
        return (self.old if is_old else self.new).path(position)

    def level(self, assessed: Assessed) -> Level:
        """Return how grave a finding is to the audience."""
        return assessed.finding.level(self.audience.side, self.audience.actor)

    def fails(self, assessed: Assessed) -> bool:
        """Return whether a finding makes the comparison fail."""
        at_least = self.level(assessed).rank >= self.audience.fail_on.rank
        return at_least and assessed.waiver is None

    @property
    def failing(self) -> tuple[Assessed, ...]:
        """The findings that make the comparison fail."""
        return tuple(each for each in self.assessed if self.fails(each))

    @property
    def is_clean(self) -> bool:
        """Whether nothing fails: no finding, no waiver that has expired, no disagreement."""
        return not (self.failing or self.expired or self.disagreements)

    @property
    def overrides(self) -> tuple[str, ...]:
        """What the new schemas say otherwise than the standard that they extend."""
        schemas = self.new.tables.values()
        return tuple(o.name for each in schemas for o in getattr(each, "overrides", ()))

    @property
    def waived(self) -> tuple[Assessed, ...]:
        """The findings that a waiver accepts."""
        return tuple(each for each in self.assessed if each.waiver is not None)


def counts_of(parts: Iterable[Sequence[tuple[int, str]]]) -> tuple[tuple[int, str], ...]:
    """Return how much was compared, all parts together."""
    found = Counter[str]()
    for part in parts:
        for number, noun in part:
            found[noun] += number
    return tuple((number, noun) for noun, number in found.items())
