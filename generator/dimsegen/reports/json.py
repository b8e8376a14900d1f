"""The report for programs, and its JSON Schema.

Every report that is printed is valid by the schema that is published; a change that could break a
reader of it raises `FORMAT_VERSION`.
"""

from __future__ import annotations

import json
from typing import Any

from ..sets.finding import Actor, Finding, Level, Rollout, Side, Verdict
from ..sets.report import Assessed, Counterexample, Report, Waiver
from ..table.notation import plural, tag_in_words
from . import phrases as words

FORMAT_VERSION = 1
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def render(report: Report) -> str:
    """Return the report as JSON."""
    return f"{json.dumps(_report(report), indent=2)}\n"


def _report(report: Report) -> dict[str, Any]:
    return {
        "format_version": FORMAT_VERSION,
        "old": report.old.name,
        "new": report.new.name,
        "compared": {
            **dict.fromkeys(_COUNTED, 0),
            **{plural(noun): number for number, noun in report.compared},
        },
        "overrides": list(report.overrides),
        "notes": list(report.notes),
        "findings": [_finding(report, each) for each in report.assessed],
        "waivers": {
            "unused": [_waiver(report, waiver) for waiver in report.unused],
            "expired": [_waiver(report, waiver) for waiver in report.expired],
        },
        "summary": _summary(report),
    }


def _finding(report: Report, assessed: Assessed) -> dict[str, Any]:
    finding = assessed.finding
    waiver = assessed.waiver
    return {
        "rule": finding.rule,
        "level": report.level(assessed).value,
        "message": finding.message,
        "service": finding.service,
        "direction": finding.direction,
        "parameter": _parameter(finding),
        "old": finding.old,
        "new": finding.new,
        **{role.side.value: _role(role) for role in words.roles(finding)},
        "rollout": finding.rollout.value,
        "counterexample": {
            side.value: _example(example) for side, example in assessed.counterexamples.items()
        }
        or None,
        "reference": finding.reference,
        **_place(report, finding),
        "fingerprint": finding.fingerprint,
        "waived": _waiver(report, waiver) if waiver else None,
        "fails": report.fails(assessed),
    }


def _parameter(finding: Finding) -> dict[str, Any] | None:
    parameter = finding.parameter
    if parameter is None:
        return None
    tag = None if parameter.tag is None else tag_in_words(parameter.tag)
    return {"keyword": parameter.keyword, "name": parameter.name, "tag": tag}


def _role(role: words.Role) -> dict[str, Any]:
    only = role.actors[0] if len(role.actors) == 1 else None
    return {"verdict": role.verdict.value, "actor": only, "actors": list(role.actors)}


def _place(report: Report, finding: Finding) -> dict[str, Any]:
    position = finding.position
    if position is None:
        return {"file": None, "line": None, "column": None}
    path = report.path(position)
    return {"file": path, "line": position.line, "column": position.column}


def _example(example: Counterexample) -> dict[str, Any]:
    messages = {name: message.hex() for name, message in words.encoded(example)}
    return {
        "code": example.code,
        "request": messages.get("request"),
        "response": messages.get("response"),
        "accepted_by": example.accepted_by,
        "rejected_by": example.rejected_by,
        "words": list(example.words),
    }


def _waiver(report: Report, waiver: Waiver) -> dict[str, Any]:
    return {
        "cell": waiver.cell,
        "rule": waiver.rule,
        "change": waiver.change,
        "reason": waiver.reason,
        "reference": waiver.reference or None,
        "expires": waiver.expires.isoformat() if waiver.expires else None,
        "file": report.path(waiver.position),
        "line": waiver.position.line,
    }


def _summary(report: Report) -> dict[str, Any]:
    levels = [report.level(each) for each in report.assessed]
    who = report.audience
    return {
        **{level.value: levels.count(level) for level in Level},
        "waived": len(report.waived),
        "failing": len(report.failing),
        "is_clean": report.is_clean,
        "side": who.side.value if who.side else None,
        "role": who.actor.value if who.actor else None,
        "fail_on": who.fail_on.value,
        "tolerant": who.tolerant,
        "verified": report.verified,
        "disagreements": list(report.disagreements),
    }


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of what `render` gives."""
    findings = {"type": "array", "items": {"$ref": "#/$defs/finding"}}
    waivers = {"type": "array", "items": {"$ref": "#/$defs/waiver"}}
    return {
        "$schema": _DIALECT,
        "title": "dimsegen diff",
        **_object(
            {
                "format_version": {"const": FORMAT_VERSION},
                "old": _text("The old version, e.g. main@merge-base 3f2a91c."),
                "new": _text("The new version."),
                "compared": {
                    **_object(dict.fromkeys(_COUNTED, _COUNT)),
                    "additionalProperties": _COUNT,
                },
                "overrides": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": "What the new version replaces of the standard it extends.",
                },
                "notes": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": "What else to know of how it was compared.",
                },
                "findings": findings,
                "waivers": _object({"unused": waivers, "expired": waivers}),
                "summary": _object(_summary_schema()),
            }
        ),
        "$defs": {
            "finding": _object(_finding_schema()),
            "counterexample": _object(_example_schema()),
            "waiver": _object(_waiver_schema()),
        },
    }


def _finding_schema() -> dict[str, Any]:
    keyword = {"keyword": _text(), "name": _text(), "tag": _OPTIONAL_TEXT}
    examples = {side.value: {"$ref": "#/$defs/counterexample"} for side in Side}
    return {
        "rule": _text("The rule, e.g. usage-u-to-m."),
        "level": _choice(Level),
        "message": _text("What has changed, in a sentence."),
        "service": _text("The service as printed; empty for what no service owns alone."),
        "direction": _text("request, response, cancel, indication, confirmation, or empty."),
        "parameter": {"anyOf": [_object(keyword), {"type": "null"}]},
        "old": _text("What is written before."),
        "new": _text("What is written after."),
        **{side.value: _object(_role_schema()) for side in Side},
        "rollout": _choice(Rollout),
        "counterexample": {
            "anyOf": [
                {"type": "object", "properties": examples, "additionalProperties": False},
                {"type": "null"},
            ]
        },
        "reference": _text("Where the standard says it."),
        "file": _OPTIONAL_TEXT,
        "line": _OPTIONAL_COUNT,
        "column": _OPTIONAL_COUNT,
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{12}$"},
        "waived": {"anyOf": [{"$ref": "#/$defs/waiver"}, {"type": "null"}]},
        "fails": {"type": "boolean"},
    }


def _role_schema() -> dict[str, Any]:
    return {
        "verdict": _choice(Verdict),
        "actor": {**_ACTOR, "description": "Who it is; null where it is nobody, or not one alone."},
        "actors": {"type": "array", "items": _choice(Actor), "uniqueItems": True},
    }


def _example_schema() -> dict[str, Any]:
    version = {"enum": ["old", "new"]}
    return {
        "code": _text("Runnable Python; its last line is the call that is rejected."),
        "request": _OPTIONAL_TEXT,
        "response": _OPTIONAL_TEXT,
        "accepted_by": version,
        "rejected_by": version,
        "words": {"type": "array", "items": _text()},
    }


def _waiver_schema() -> dict[str, Any]:
    return {
        **dict.fromkeys(("cell", "rule", "change", "reason"), _text()),
        "reference": _OPTIONAL_TEXT,
        "expires": _OPTIONAL_TEXT,
        "file": _text(),
        "line": _COUNT,
    }


def _summary_schema() -> dict[str, Any]:
    return {
        **dict.fromkeys([level.value for level in Level], _COUNT),
        "waived": _COUNT,
        "failing": _COUNT,
        "is_clean": {"type": "boolean"},
        "side": {"enum": [*(side.value for side in Side), None]},
        "role": _ACTOR,
        "fail_on": _choice(Level),
        "tolerant": {"type": "boolean"},
        "verified": _text("What was verified by running both versions."),
        "disagreements": {"type": "array", "items": _text()},
    }


_COUNTED = ("services", "parameters", "cells")
_COUNT = {"type": "integer", "minimum": 0}
_OPTIONAL_COUNT = {"type": ["integer", "null"], "minimum": 1}
_OPTIONAL_TEXT = {"type": ["string", "null"]}
_ACTOR = {"enum": [*(actor.value for actor in Actor), None]}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _text(doc: str = "") -> dict[str, Any]:
    return {"type": "string", **({"description": doc} if doc else {})}


def _choice(
    words: type[Level] | type[Verdict] | type[Rollout] | type[Side] | type[Actor],
) -> dict[str, Any]:
    return {"enum": [word.value for word in words]}
