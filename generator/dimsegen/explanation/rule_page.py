"""The reference page of all rules that can be reported."""

from __future__ import annotations

from ..pages.rst import escaped, list_table, title
from ..render import Printed
from .rule_entries import Entry, every_entry
from .rule_lists import Section, sections


def rule_page() -> Printed:
    """Return the page: a table for each group of rules, in the order of `dimsegen rules`."""
    rules = every_entry()
    groups = [_printed(section) for section in sections(rules)]
    return Printed("rules.rst", "rules.rst.j2", {"groups": groups, "count": len(rules)})


def _printed(section: Section) -> str:
    heading = title(section.group.word.capitalize(), "-")
    table = list_table(*section.table(_cells), kind="rules")
    return f"{heading}\n\n{section.sentence}\n\n{table}"


def _cells(rule: Entry) -> tuple[str, str]:
    sentences = (part.rstrip(".") for part in (rule.title, rule.explanation) if part)
    return f"``{rule.identifier}``", escaped(". ".join(sentences))
