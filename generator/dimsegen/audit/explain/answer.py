"""What `dimsegen explain` says of a rule of captured dialogues."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...explanation.blocks import Block, Heading, Pairs, Paragraph
from ..model import Rules
from .catalogue import entries_of, explanation_of


def answer(words: str, rules: Rules, templates: Path) -> Sequence[Block]:
    """Return what there is to say of `words`; nothing if it is no rule of dialogues."""
    entries = {entry.identifier: entry for entry in entries_of(rules)}
    known = {rule.identifier: rule for rule in rules.rules}
    if words not in known:
        return []
    rule, entry = known[words], entries[words]
    return [
        Heading(f"{entry.identifier} ({entry.group.word})", is_title=True),
        Paragraph(f"{entry.title[0].upper()}{entry.title[1:]}."),
        Paragraph(explanation_of(rule)),
        Pairs((("about", rule.about.value), ("mends", rule.mends.value), ("clause", rule.see))),
    ]


def names_of(rules: Rules) -> tuple[str, ...]:
    """Return every name that is known here, for a hint at what may be meant."""
    return tuple(rule.identifier for rule in rules.rules)
