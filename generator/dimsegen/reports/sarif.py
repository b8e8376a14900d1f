"""The report as SARIF 2.1.0, for code scanning.

What a scanner remembers of a finding is its fingerprint, which no moved line changes; a waived
finding is suppressed, not left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from ..reading.position import Position
from ..sets.diff_rules import RULES
from ..sets.finding import Level
from ..sets.report import Assessed, Report, Waiver
from ..sets.rule import Rule
from . import phrases as words

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_FINGERPRINT = "dimsegen/v1"
_EXPIRED, _UNUSED, _DISAGREEMENT = "expired-waiver", "unused-waiver", "verification"


def render(report: Report) -> str:
    """Return the report as SARIF."""
    results = [_finding(report, each) for each in report.assessed]
    for waiver in report.expired:
        results.append(_waiver(report, _EXPIRED, waiver, words.expired_in_words(waiver)))
    for waiver in report.unused:
        results.append(_waiver(report, _UNUSED, waiver, words.unused_in_words(waiver)))
    results += [_result(_DISAGREEMENT, Level.ERROR, line) for line in report.disagreements]
    rules = list(dict.fromkeys(result["ruleId"] for result in results))
    for result in results:
        result["ruleIndex"] = rules.index(result["ruleId"])
    run = {
        "tool": {"driver": _driver(rules, {**RULES, **report.rules})},
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {
            "old": report.old.name,
            "new": report.new.name,
            "compared": words.compared(report),
            "verified": report.verified,
        },
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return f"{json.dumps(log, indent=2)}\n"


def _driver(rules: list[str], known: Mapping[str, Rule]) -> dict[str, Any]:
    # Only here, for it takes longer to import than all other formats together.
    from importlib.metadata import version

    return {
        "name": "dimsegen",
        "version": version("dimse-primitives"),
        "rules": [_rule(rule, known) for rule in rules],
    }


def _rule(identifier: str, known: Mapping[str, Rule]) -> dict[str, Any]:
    if identifier not in known:
        return {"id": identifier}
    rule = known[identifier]
    return {
        "id": identifier,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.explanation},
    }


def _finding(report: Report, assessed: Assessed) -> dict[str, Any]:
    finding = assessed.finding
    sides = "; ".join(map(str, words.roles(finding)))
    lines = [f"{finding.cell}: {finding.message} ({finding.change})."]
    lines.append(f"{sides}; rollout: {finding.rollout.value}. {finding.reference}".rstrip())
    for example in assessed.counterexamples.values():
        lines += [f"The {example.rejected_by} version says: {line}" for line in example.words]
    result = _result(finding.rule, report.level(assessed), "\n".join(lines))
    if finding.position is not None:
        result["locations"] = [_location(report, finding.position)]
    result["partialFingerprints"] = {_FINGERPRINT: finding.fingerprint}
    if assessed.waiver is not None:
        reason = words.waiver_in_words(assessed.waiver)
        result["suppressions"] = [{"kind": "external", "justification": reason}]
    return result


def _waiver(report: Report, rule: str, waiver: Waiver, text: str) -> dict[str, Any]:
    level = Level.ERROR if rule == _EXPIRED else Level.NOTE
    result = _result(rule, level, text)
    result["locations"] = [_location(report, waiver.position)]
    return result


def _result(rule: str, level: Level, text: str) -> dict[str, Any]:
    return {"ruleId": rule, "level": level.value, "message": {"text": text}}


def _location(report: Report, position: Position) -> dict[str, Any]:
    path = report.path(position)
    artifact = {"uri": quote(path), "uriBaseId": _ROOT}
    if path.startswith("/"):
        artifact = {"uri": f"file://{quote(path)}"}
    return {
        "physicalLocation": {
            "artifactLocation": artifact,
            "region": {"startLine": position.line, "startColumn": position.column},
        }
    }
