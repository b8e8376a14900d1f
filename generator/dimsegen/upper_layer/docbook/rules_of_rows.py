"""Which rule on changes a difference between two printed tables falls under, and whom it breaks."""

from __future__ import annotations

from ...document.plain_text import compact
from ...sets.diff_rules import stated
from ...sets.matrix import usage_rule, usage_verdicts
from ...sets.verdicts import Verdicts, verdicts_of
from ...table.usage import EQUAL_TO_LEFT, Usage
from ..model import RESERVED
from .grids import GridRow, Subject

EDITED = "documentation-edited"
_USAGES = {usage.value: usage for usage in Usage}
_MACHINE = (Subject.EVENT, Subject.STATE, Subject.ACTION)
_CHANGED = {Subject.FIELD: "layout-changed", Subject.EVENT: "transition-changed"}
_DESCRIBED = "definition"


def judged(
    subject: Subject, column: str, before: str, after: str, row: GridRow
) -> tuple[str, Verdicts]:
    """Return the rule that a difference of a cell falls under, and whom it breaks."""
    if subject is Subject.PARAMETER:
        old, new = (_USAGES.get(each.removesuffix(EQUAL_TO_LEFT)) for each in (before, after))
        if old is not None and new is not None and old is not new:
            return usage_rule(old, new), usage_verdicts(old, new)
        if old is new:
            rule = "equality-added" if after.endswith(EQUAL_TO_LEFT) else "equality-removed"
            return rule, stated(rule)
    if subject is Subject.VALUE and RESERVED in (before, after):
        rule = "values-widened" if before == RESERVED else "values-narrowed"
        return rule, stated(rule)
    if subject is Subject.ACTION and column == _DESCRIBED:
        return "action-changed", stated("action-changed")
    if subject is Subject.EVENT:
        verdicts = verdicts_of(narrows=bool(before), widens=bool(after))
        return _CHANGED[subject], verdicts
    # A name, or blanks within the bytes, change nothing that is sent; reserved bytes are not
    # tested when received.
    is_same = subject is Subject.FIELD and (
        column == "field"
        or compact(before) == compact(after)
        or (column == "value" and row.cells["field"].lower() == RESERVED)
    )
    if subject is Subject.FIELD and column == "value" and before and after and not is_same:
        return "fixed-value-changed", stated("fixed-value-changed")
    rule = EDITED if is_same else _CHANGED.get(subject, EDITED)
    return rule, stated(rule)


def rule_of_row(subject: Subject, shown: str, *, is_gone: bool) -> str:
    """Return the rule that a row falls under which is gone, or new."""
    if subject is Subject.PARAMETER or (subject is Subject.VALUE and shown == RESERVED):
        return EDITED
    if subject is Subject.SERVICE:
        return "service-removed" if is_gone else "service-added"
    if subject is Subject.VALUE:
        return "values-narrowed" if is_gone else "values-widened"
    return "transition-changed" if subject in _MACHINE else "layout-changed"


def is_used(cell: str) -> bool:
    """Return whether a cell lets the parameter be there."""
    usage = _USAGES.get(cell.removesuffix(EQUAL_TO_LEFT))
    return usage is None or not usage.is_forbidden
