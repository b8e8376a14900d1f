"""The reference page of all rules that can be reported."""

from __future__ import annotations

from ..pages.rst import escaped, list_table, title
from ..render import Printed
from .rule_entries import Entry, Group, every_entry


def rule_page() -> Printed:
    """Return the page: a table for each group of rules, in the order of `dimsegen rules`."""
    rules = every_entry()
    members = {group: [rule for rule in rules if rule.group is group] for group in Group}
    groups = [_section(group, found) for group, found in members.items() if found]
    return Printed("rules.rst", "rules.rst.j2", {"groups": groups, "count": len(rules)})


def _section(group: Group, rules: list[Entry]) -> str:
    word, _, what = group.value.partition(": ")
    is_change = any(rule.senders for rule in rules)
    heads = ["Rule", "What it says", *(["Senders", "Receivers"] if is_change else [])]
    rows = [[f"``{rule.identifier}``", _said(rule), *_effects(rule, is_change)] for rule in rules]
    heading = title(word.capitalize(), "-")
    return f"{heading}\n\n{what[0].upper()}{what[1:]}.\n\n{list_table(heads, rows, kind='rules')}"


def _said(rule: Entry) -> str:
    sentences = (part.rstrip(".") for part in (rule.title, rule.explanation) if part)
    return escaped(". ".join(sentences))


def _effects(rule: Entry, is_change: bool) -> list[str]:
    return [rule.senders, rule.receivers] if is_change else []
