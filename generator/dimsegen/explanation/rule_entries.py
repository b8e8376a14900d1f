"""The entries of a catalogue of rules: what every family lists, and how to make entries of it."""

from __future__ import annotations

import string
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from ..families import Family, families
from ..sets.finding import Rollout, Verdict, rollout_of
from ..sets.rule import Rule
from .blocks import Block, Heading, Pairs, Paragraph


class Group(Enum):
    """Who reports a rule; the value says it to a person."""

    LOADER = "loader: what keeps a folder of schemas from being used"
    LINT = "lint: what a reviewer would object to in schemas that load"
    DIFF = "diff: what changed between two schemas, and whom it breaks"
    VIOLATION = "violation: what breaks the tables in a primitive"
    ANOMALY = "anomaly: what is irregular in a command set that can be read"
    PDU = "pdu: what is irregular in a PDU that can be read"
    DIALOGUE = "dialogue: what is wrong in a captured dialogue, as audit reports it"

    @property
    def word(self) -> str:
        """The one word for the group."""
        return self.value.partition(":")[0]


@dataclass(frozen=True)
class Entry:
    """One rule.

    Attributes
    ----------
    title : str
        What it says; words in capitals stand for what differs from case to case.
    explanation : str
        Why, and what to do; empty where the title says it all.
    senders, receivers : str
        What a change does to either side: ``breaks``, ``ok``, ``depends`` or ``computed``; empty
        for a rule that is about no change.
    """

    group: Group
    identifier: str
    title: str
    explanation: str = ""
    senders: str = ""
    receivers: str = ""

    @property
    def rollout(self) -> Rollout | None:
        """Who has to be updated first; None where that is computed, or there is no change."""
        verdicts = {verdict.value: verdict for verdict in Verdict}
        if self.senders not in verdicts or self.receivers not in verdicts:
            return None
        return rollout_of(verdicts[self.senders], verdicts[self.receivers])


@dataclass(frozen=True)
class Listed:
    """A rule, and the families that list it."""

    entry: Entry
    families: tuple[Family, ...]


def every_entry() -> tuple[Entry, ...]:
    """Return every rule of every family, group by group; one that several share is there once."""
    found: dict[tuple[Group, str], Entry] = {}
    for _, entry in _entries():
        found.setdefault((entry.group, entry.identifier), entry)
    return tuple(each for group in Group for each in found.values() if each.group is group)


def listed_rules() -> dict[str, Listed]:
    """Return every rule by its identifier; of those in several groups, that of the last."""
    having: dict[str, list[Family]] = defaultdict(list)
    for family, entry in _entries():
        if family not in having[entry.identifier]:
            having[entry.identifier].append(family)
    return {e.identifier: Listed(e, tuple(having[e.identifier])) for e in every_entry()}


def _entries() -> Iterator[tuple[Family, Entry]]:
    for family in families():
        if family.has("explain.catalogue"):
            for entry in family.step("explain.catalogue").entries():
                yield family, entry


def messages(group: Group, rules: Mapping[str, str]) -> Iterator[Entry]:
    """Yield an entry for each of `rules`, which are texts with the names of facts in braces."""
    for identifier, text in rules.items():
        yield Entry(group, identifier, _with_names(text))


def changes(rules: Iterable[Rule]) -> Iterator[Entry]:
    """Yield an entry for each rule on a change."""
    for rule in rules:
        senders, receivers = (
            effect.value if isinstance(effect, Verdict) else effect
            for effect in (rule.senders, rule.receivers)
        )
        yield Entry(Group.DIFF, rule.identifier, rule.title, rule.explanation, senders, receivers)


# These say in a message what the rule itself does not know: a label, a hint.
_OPTIONAL = frozenset({"label", "hint", "others"})


def _with_names(text: str) -> str:
    """Return the text of a rule with the names of its facts in capitals."""
    parts = string.Formatter().parse(text)
    return "".join(
        literal + (name.upper() if name and name not in _OPTIONAL else "")
        for literal, name, _, _ in parts
    )


def rule_blocks(entry: Entry) -> Iterator[Block]:
    """Yield what the catalogue says of a rule."""
    yield Heading(f"{entry.identifier} ({entry.group.word})", is_title=True)
    yield Paragraph(f"{entry.title[0].upper()}{entry.title[1:]}.")
    if entry.explanation:
        yield Paragraph(entry.explanation)
    if entry.senders:
        rows = [("senders", entry.senders), ("receivers", entry.receivers)]
        rows += [("rollout", entry.rollout.value)] if entry.rollout else []
        yield Pairs(tuple(rows))
