"""Every rule that dimsegen reports of the tables of PS3.7, and the code generated from them.

An identifier is there once, with the words of the room that reports it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...explanation.rule_entries import Entry, Group, changes, messages
from ...reading.mistakes import RULES as READING_RULES
from ...sets.diff_rules import rules_between
from ..family import USAGES
from ..findings import ANOMALIES, VIOLATIONS, Kind
from ..lint.objections import RULES as LINT_RULES
from ..loader.prose_rules import RULES as LOADER_RULES


def entries() -> tuple[Entry, ...]:
    """Return every rule, group by group."""
    return (
        *messages(Group.LOADER, {**READING_RULES, **LOADER_RULES}),
        *messages(Group.LINT, LINT_RULES),
        *changes(rules_between(USAGES).values()),
        *_kinds(Group.VIOLATION, VIOLATIONS),
        *_kinds(Group.ANOMALY, ANOMALIES),
    )


def _kinds(group: Group, kinds: Mapping[str, Kind]) -> Iterator[Entry]:
    for kind in kinds.values():
        yield Entry(group, kind.identifier, kind.title, kind.explanation)
