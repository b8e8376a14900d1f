"""Every rule of captured dialogues, for the list of all rules.

What is said of a rule is what its line in the schemas says.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...data import folder_of
from ...explanation.rule_entries import Entry, Group, messages
from ..loader import RULES, load_schema
from ..model import Mends, Rule, Rules

_MENDS = {
    Mends.SENDER: "whoever sent it",
    Mends.RECEIVER: "the other side, which receives it",
    Mends.REQUESTOR: "the requestor",
    Mends.ACCEPTOR: "the acceptor",
    Mends.CAPTURE: "whoever captured: neither side is at fault",
}


def entries() -> tuple[Entry, ...]:
    """Return every rule that came with this generator, and those of its schema file."""
    return (
        *messages(Group.LOADER, RULES),
        *entries_of(load_schema(folder_of("schemas"))),
    )


def entries_of(rules: Rules) -> Iterator[Entry]:
    """Yield an entry for each rule."""
    for rule in rules.rules:
        (entry,) = messages(Group.DIALOGUE, {rule.identifier: rule.text})
        yield Entry(Group.DIALOGUE, rule.identifier, entry.title, explanation_of(rule))


def explanation_of(rule: Rule) -> str:
    """Return what to do about a rule, who is to do it, and where the rule stands."""
    advice = f"{rule.advice[0].upper()}{rule.advice[1:]}"
    return f"{advice} ({rule.see}). To mend it is for {_MENDS[rule.mends]}."
