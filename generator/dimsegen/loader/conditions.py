"""Build conditions from their YAML form.

Invariant: the tests that a condition can make are those of `TESTS`; everything they name is a
status of the schema or a row of the same table.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ..model.conditions import All, AnyOf, Condition, Not, Present, PresentInRequest, StatusIn
from ..model.schema import StatusClass
from ..model.status_codes import show
from . import tree
from .problems import Report, hint, listed

TESTS: dict[str, str] = {
    "status": "The status class, or the code, or a list of them.",
    "present": "The parameter that is present in the same message.",
    "absent": "The parameter that is absent from the same message.",
    "request": "absent or present: whether the request had this parameter.",
    "not": "A condition that does not hold.",
    "any": "A list of conditions of which one holds.",
}


@dataclass(frozen=True)
class Context:
    """What a condition may name: the row it stands in, all rows, and the status classes."""

    keyword: str
    rows: Collection[str]
    classes: Mapping[str, StatusClass]
    report: Report


def build_condition(node: tree.Node, context: Context) -> Condition | None:
    """Return the condition that `node` describes, or None if the report now says why not."""
    if not isinstance(node, tree.Mapping):
        what = "a condition such as {status: success}"
        context.report.add(node.position, "wrong-kind", kind="not a mapping", what=what)
        return None
    if not node.items:
        context.report.add(node.position, "empty-condition")
    parts = [_test(key, child, context) for key, child in node.items]
    built = tuple(part for part in parts if part is not None)
    if not parts or len(built) < len(parts):
        return None
    return built[0] if len(built) == 1 else All(built)


def _test(key: tree.Scalar, node: tree.Node, context: Context) -> Condition | None:
    match key.text:
        case "status":
            return _status(node, context)
        case "present":
            return _presence(node, context)
        case "absent":
            present = _presence(node, context)
            return None if present is None else Not(present)
        case "request":
            return _request(node, context)
        case "not":
            inner = build_condition(node, context)
            return None if inner is None else Not(inner)
        case "any":
            return _any(node, context)
    close = hint(key.text, TESTS)
    known = listed(TESTS)
    context.report.add(key.position, "unknown-test", key=key.text, hint=close, known=known)
    return None


def _scalars(node: tree.Node, what: str, report: Report) -> tuple[tree.Scalar, ...] | None:
    nodes = node.items if isinstance(node, tree.Sequence) else (node,)
    found = tuple(item for item in nodes if isinstance(item, tree.Scalar))
    if found and len(found) == len(nodes):
        return found
    report.add(node.position, "wrong-kind", kind="not a word", what=what)
    return None


def _status(node: tree.Node, context: Context) -> Condition | None:
    words = _scalars(node, "a status class such as success", context.report)
    if words is None:
        return None
    codes: set[int] = set()
    named: list[str] = []
    for word in words:
        if word.text in context.classes:
            codes |= context.classes[word.text].codes
            named.append(context.classes[word.text].name)
        elif word.is_plain and re.fullmatch(r"0x[0-9A-Fa-f]{4}", word.text):
            codes.add(int(word.text, 16))
            named.append(show(frozenset({int(word.text, 16)})))
        else:
            close = hint(word.text, context.classes)
            context.report.add(word.position, "unknown-status", text=word.text, hint=close)
            return None
    return StatusIn(frozenset(codes), listed(named))


def _presence(node: tree.Node, context: Context) -> Present | None:
    words = _scalars(node, "the keyword of a parameter", context.report)
    if words is None:
        return None
    word = words[0]
    if word.text == context.keyword:
        context.report.add(word.position, "condition-on-itself", keyword=context.keyword)
    elif word.text not in context.rows:
        close = hint(word.text, context.rows)
        context.report.add(
            word.position, "unknown-row", keyword=context.keyword, other=word.text, hint=close
        )
    else:
        return Present(word.text)
    return None


def _request(node: tree.Node, context: Context) -> Condition | None:
    words = _scalars(node, "absent or present", context.report)
    if words is None:
        return None
    test = PresentInRequest(context.keyword)
    match words[0].text:
        case "present":
            return test
        case "absent":
            return Not(test)
    context.report.add(words[0].position, "request-test", text=words[0].text)
    return None


def _any(node: tree.Node, context: Context) -> Condition | None:
    if not isinstance(node, tree.Sequence) or not node.items:
        what = "a list of conditions"
        context.report.add(node.position, "wrong-kind", kind="no list of conditions", what=what)
        return None
    built = tuple(build_condition(item, context) for item in node.items)
    conditions = tuple(condition for condition in built if condition is not None)
    return AnyOf(conditions) if len(conditions) == len(built) else None
