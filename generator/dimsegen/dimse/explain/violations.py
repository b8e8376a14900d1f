"""A message that breaks a given rule, taken from the cells that can break it.

The message was run, and the words of the rule are among what was said to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...witness.packages import Package
from ..model import Schema
from ..pages.trials import Trials, Tried
from ..primitives import primitives_of
from ..views.row_rules import rules_of
from ..witness.samples import Value, usual
from ..witness.scope import Scope, scopes_of
from ..witness.search import Found
from ..witness.source import source_of
from ..witness.status_samples import representatives
from ..witness.validator import Draft, Step, Validator


def breaking(rule: str, schema: Schema, package: Package) -> Tried | None:
    """Return a message that breaks `rule` and as few others as can be; None if there is none."""
    found: list[Tried] = []
    for tried in (*_typical(rule, schema, package), *_small(rule, schema, package)):
        found.append(tried)
        if len(tried.violations) == 1:
            break
    return min(found, key=lambda each: len(each.violations), default=None)


def _typical(rule: str, schema: Schema, package: Package) -> Iterator[Tried]:
    """Yield changed typical messages that break `rule`, from the cells that it is about."""
    for primitive in primitives_of(schema):
        trials = Trials(primitive, package)
        rows = {row.keyword: row for row in primitive.rows}
        for direction in primitive.directions:
            constants = rules_of(primitive, direction).constants.values()
            keywords = {each.parameter for each in constants if each.rule == rule}
            for row in (rows[keyword] for keyword in rows if keyword in keywords):
                invalid = trials.of(direction, row).invalid
                if invalid and _says(rule, invalid.violations):
                    yield invalid


def _small(rule: str, schema: Schema, package: Package) -> Iterator[Tried]:
    """Yield the smallest messages that break `rule`, with every kind of status."""
    validator = Validator("this", package)
    for scope in scopes_of(schema, schema):
        for draft in _drafts(scope):
            refusals = validator.refusals(draft)
            words = tuple(each.words for each in refusals)
            if refusals and refusals[0].step is Step.RULES and _says(rule, words):
                found = Found(scope, draft, refusals, True)
                yield Tried(source_of(found, b"").rstrip(), words)


def _drafts(scope: Scope) -> Iterator[Draft]:
    face = scope.any
    needed = {key: usual(scope, face, key) for key in scope.keywords if face.is_mandatory(key)}
    optional = [key for key in scope.keywords if key not in needed]
    for values in (needed, *({**needed, key: usual(scope, face, key)} for key in optional)):
        status = scope.status_of(values)
        codes: tuple[Value, ...] = representatives(scope) if status else (0,)
        for code in codes:
            given = {status: code} if status else {}
            yield Draft(scope.name, scope.is_response, {**values, **given})


def _says(rule: str, violations: tuple[str, ...]) -> bool:
    return any(each.startswith(f"{rule}: ") for each in violations)
