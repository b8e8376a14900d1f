"""A message that breaks a given rule, taken from the cells that can break it.

The message was run, and the words of the rule are among what was said to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ...witness.least import Shown, least
from ...witness.packages import Package
from ..model import Schema
from ..primitives import primitives_of
from ..views.row_rules import rules_of
from ..witness.drafts import small_drafts
from ..witness.scope import scopes_of
from ..witness.source import source_of
from ..witness.trials import Trials, Tried
from ..witness.validator import Step, Validator


def breaking(rule: str, schema: Schema, package: Package) -> Tried | None:
    """Return a message that breaks `rule` and as few others as can be; None if there is none."""
    tries = chain(_typical(rule, schema, package), _small(schema, package))
    found = least(tries, lambda each: each.violations, lambda said: said.startswith(f"{rule}: "))
    return found.tried if found else None


def _typical(rule: str, schema: Schema, package: Package) -> Iterator[Tried]:
    """Yield changed typical messages that are invalid, from the cells that `rule` is about."""
    for primitive in primitives_of(schema):
        trials = Trials(primitive, package)
        rows = {row.keyword: row for row in primitive.rows}
        for direction in primitive.directions:
            constants = rules_of(primitive, direction).constants.values()
            keywords = {each.parameter for each in constants if each.rule == rule}
            for row in (rows[keyword] for keyword in rows if keyword in keywords):
                if invalid := trials.of(direction, row).invalid:
                    yield invalid


def _small(schema: Schema, package: Package) -> Iterator[Tried]:
    """Yield the smallest messages that break rules, with every kind of status."""
    validator = Validator("this", package)
    for scope in scopes_of(schema, schema):
        for draft in small_drafts(scope):
            refusals = validator.refusals(draft)
            if refusals and refusals[0].step is Step.RULES:
                code = source_of(scope, Shown(draft, refusals, 0), b"").rstrip()
                yield Tried(code, tuple(each.words for each in refusals))
