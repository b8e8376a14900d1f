"""Build conditions from their YAML form.

Everything a condition names is a status of the schema or a row of the same table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...reading.names import Names
from ...reading.problems import Report, listed
from ...reading.values import Fields, Items, Number, Value, Word
from ...table.condition import All, AnyOf, Condition, Not, Present, PresentInRequest, StatusIn
from ...table.status_codes import show, union
from ..documents import CONDITION
from ..model import StatusClass
from .lines import Line


@dataclass(frozen=True)
class Context:
    """What a condition may name: the row it stands in, all rows, and the status classes."""

    keyword: str
    rows: Names[Line]
    classes: Names[StatusClass]
    report: Report


def build_condition(fields: Fields, context: Context) -> Condition | None:
    """Return the condition that `fields` describes, or None if the report says why not.

    Parameters
    ----------
    fields : Fields
        What is written, read as `documents.CONDITION`.
    context : Context
        What it may name.
    """
    # In one order, so that nothing depends on that of the keys.
    keys = [key for key in CONDITION.keys if key in fields.values]
    parts = [_test(key, fields.values[key], context) for key in keys]
    return _joined(parts, All) if fields.is_whole else None


def _joined(parts: Sequence[Condition | None], kind: type[All] | type[AnyOf]) -> Condition | None:
    built = tuple(part for part in parts if part is not None)
    if len(built) < len(parts):
        return None
    return built[0] if len(built) == 1 else kind(built)


def _test(key: str, value: Value, context: Context) -> Condition | None:
    match key, value:
        case "status", Items(_, items):
            return _status(items, context)
        case "present", Word():
            return _presence(value, context)
        case "absent", Word():
            present = _presence(value, context)
            return None if present is None else Not(present)
        case "request", Word(_, text):
            test = PresentInRequest(context.keyword)
            return test if text == "present" else Not(test)
        case "not", Fields():
            inner = build_condition(value, context)
            return None if inner is None else Not(inner)
        case "any", Items(_, items):
            found = [build_condition(item, context) for item in items if isinstance(item, Fields)]
            return _joined(found, AnyOf)
    return None


def _status(items: Sequence[Value], context: Context) -> StatusIn | None:
    named: dict[str, frozenset[int]] = {}
    for item in items:
        if isinstance(item, Number):
            codes = frozenset({item.value})
            named[show(codes)] = codes
        elif isinstance(item, Word):
            status_class = context.classes.find(item.text, item.position, context.report)
            if status_class is not None:
                named[status_class.name] = status_class.codes
    if len(named) < len(items):
        return None
    return StatusIn(union(*named.values()), listed(named))


def _presence(word: Word, context: Context) -> Present | None:
    keyword = context.keyword
    if word.text == keyword:
        context.report.add(word.position, "condition-on-itself", keyword=keyword)
        return None
    context.rows.find(word.text, word.position, context.report, keyword=keyword)
    return Present(word.text) if word.text in context.rows.found else None
