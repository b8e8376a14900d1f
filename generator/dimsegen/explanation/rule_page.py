"""The reference page of all rules that can be reported."""

from __future__ import annotations

from ..pages.rst import escaped, list_table, title
from ..render import Printed
from .rule_entries import Entry, every_entry
from .rule_lists import groups, table


def rule_page() -> Printed:
    """Return the page: a table for each group of rules, in the order of `dimsegen rules`."""
    rules = every_entry()
    printed = [
        f"{title(group.word.capitalize(), '-')}\n\n{sentence}\n\n"
        + list_table(*table(members, _cells), kind="rules")
        for group, sentence, members in groups(rules)
    ]
    return Printed("rules.rst", "rules.rst.j2", {"groups": printed, "count": len(rules)})


def _cells(rule: Entry) -> tuple[str, str]:
    sentences = (part.rstrip(".") for part in (rule.title, rule.explanation) if part)
    return f"``{rule.identifier}``", escaped(". ".join(sentences))
