"""What has changed in the cells of a service table.

A change of a usage code is one finding, whatever conditions came or went with it; a change of the
condition, of the equality or of the fixed value is another. A parameter without a row is a dash in
every column, so that a new row needs no rule of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from ..table.row import Cell, Row
from ..table.usage import Usage
from .diff_rules import stated
from .finding import Finding
from .matrix import usage_rule
from .pair import Pair, Version
from .verdicts import Verdicts
from .wording import conditions_in_words, usage_in_words, value_in_words, with_codes

AnyRow: TypeAlias = Row[Any]
AnyPair: TypeAlias = Pair[Version[Any]]
_DASH = Cell(Usage.NOT_APPLICABLE)
_FREE = "any value"


def cell_findings(pair: AnyPair) -> Iterator[Finding]:
    """Yield what has changed, row by row and column by column."""
    for keyword in pair.keywords:
        for column in pair.columns:
            yield from _cell(pair, keyword, column)


def cell_of(row: AnyRow | None, column: str) -> Cell:
    """Return the cell of `row`; a dash where there is no row."""
    return row.cells[column] if row else _DASH


def _cell(pair: AnyPair, keyword: str, column: str) -> Iterator[Finding]:
    old, new = pair.old.rows.get(keyword), pair.new.rows.get(keyword)
    usages = [cell_of(row, column).usage for row in (old, new)]
    if usages[0] is not usages[1]:
        yield _usage(pair, keyword, column)
    if old is None or new is None:
        return
    if usages[0] is usages[1]:
        yield from _conditions(pair, old, new, column)
    if all(usage.is_fixed for usage in usages) and old.value != new.value:
        yield _fixed_value(pair, old, new, column)
    if not any(usage.is_forbidden for usage in usages):
        yield from _equality(pair, old, new, column)


def _usage(pair: AnyPair, keyword: str, column: str) -> Finding:
    rows = pair.old.rows.get(keyword), pair.new.rows.get(keyword)
    old, new = (cell_of(row, column).usage for row in rows)
    was, is_now = (usage_in_words(row, column) for row in rows)
    message = f"{_subject(pair, keyword, column)} was {was} and is {is_now}"
    verdicts = pair.verdicts(keyword, column)
    rule = usage_rule(old, new)
    return _of_cell(pair, rule, message, column, keyword, old.value, new.value, verdicts)


def _conditions(pair: AnyPair, old: AnyRow, new: AnyRow, column: str) -> Iterator[Finding]:
    """Yield the change of the conditions; prose alone can only be compared by a reader."""
    before = old.conditions_in(pair.old.service.columns[column])
    after = new.conditions_in(pair.new.service.columns[column])
    usage = new.cells[column].usage
    if before == after or (usage.is_conditional and not (before and after)):
        return
    names, keyword = _names(pair), new.keyword
    was, is_now = (conditions_in_words(each, names) for each in (before, after))
    if was == is_now:  # a status class has other codes
        was, is_now = (conditions_in_words(with_codes(each), names) for each in (before, after))
    message = f"{_subject(pair, keyword, column)} was {was} and is {is_now}"
    verdicts = pair.verdicts(keyword, column)
    yield _of_cell(pair, "condition-changed", message, column, keyword, was, is_now, verdicts)


def _fixed_value(pair: AnyPair, old: AnyRow, new: AnyRow, column: str) -> Finding:
    was, is_now = value_in_words(old.value), value_in_words(new.value)
    message = f"{_subject(pair, new.keyword, column)} had the fixed value {was} and has {is_now}"
    return _of_cell(pair, "fixed-value-changed", message, column, new.keyword, was, is_now)


def _equality(pair: AnyPair, old: AnyRow, new: AnyRow, column: str) -> Iterator[Finding]:
    """Yield the equality that is gone, and the one that is new; another target is both."""
    before, after = equal_to(pair, old, column), equal_to(pair, new, column)
    if before == after or any(_is_never_asked(pair, each) for each in (before, after) if each):
        return
    names = _names(pair)
    subject = _subject(pair, new.keyword, column)
    keyword = new.keyword
    column_of = pair.new.service.columns[column]
    source = column_of.equal_to or column_of.answers
    if before:
        message = f"{subject} had to equal {names.get(before, before)} of the {source} and need not"
        yield _of_cell(pair, "equality-removed", message, column, keyword, _equal(before), _FREE)
    if after:
        message = f"{subject} could have any value and has to equal {names.get(after, after)} of "
        message += f"the {source}"
        yield _of_cell(pair, "equality-added", message, column, keyword, _FREE, _equal(after))


def _is_never_asked(pair: AnyPair, source: str) -> bool:
    """Return whether one version has no `source` in its requests, so that nothing can equal it.

    What has changed is told there: the cell of the request became a dash, or ceased to be one.
    """
    for version in (pair.old, pair.new):
        asked = [each.answers for each in version.service.columns.values() if each.answers]
        row = version.rows.get(source)
        if any(cell_of(row, column).usage.is_forbidden for column in asked):
            return True
    return False


def _equal(source: str) -> str:
    return f"equal to {source}"


def _of_cell(
    pair: AnyPair,
    rule: str,
    message: str,
    column: str,
    keyword: str,
    old: str,
    new: str,
    verdicts: Verdicts | None = None,
) -> Finding:
    return pair.finding(
        rule,
        message,
        verdicts or stated(rule),
        old=old,
        new=new,
        direction=column,
        parameter=pair.parameter(keyword),
        reference=pair.reference(keyword),
        position=pair.position(keyword, column),
    )


def equal_to(pair: AnyPair, row: AnyRow, column: str) -> str:
    """Return what a response has to repeat, whether the table prints it or prose states it."""
    return row.repeats_in(pair.new.service.columns[column]) or ""


def _subject(pair: AnyPair, keyword: str, column: str) -> str:
    return f"{pair.parameter(keyword).name} {pair.of(column)}"


def _names(pair: AnyPair) -> dict[str, str]:
    """Return the names of what either version has, by keyword."""
    return {
        parameter.keyword: parameter.name
        for version in (pair.old, pair.new)
        for parameter in version.parameters.values()
    }
