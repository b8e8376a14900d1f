"""What has changed in the cells of a service table.

Invariant: a change of a usage code is one finding, whatever conditions came or went with it; a
change of the condition, of the equality or of the fixed value is another. A parameter without a
row is a dash in every column, so that a new row needs no rule of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model.schema import Cell, Row
from ..model.usage import Usage
from ..model.words import in_words
from .finding import Finding
from .matrix import usage_rule
from .pair import Pair
from .tables import conditions_in
from .verdicts import NARROWS, REPLACES, WIDENS, compare_slots

_DASH = Cell(Usage.NOT_APPLICABLE)
_EFFECTS = {
    "require": "required when",
    "forbid": "not allowed when",
    "permit": "may be included when",
}


def cell_findings(pair: Pair) -> Iterator[Finding]:
    """Yield what has changed, row by row and column by column."""
    for keyword in pair.keywords:
        for column in pair.columns:
            yield from _cell(pair, keyword, column)


def cell_of(row: Row | None, column: str) -> Cell:
    """Return the cell of `row`; a dash where there is no row."""
    return row.cells[column] if row else _DASH


def _cell(pair: Pair, keyword: str, column: str) -> Iterator[Finding]:
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


def _usage(pair: Pair, keyword: str, column: str) -> Finding:
    rows = pair.old.rows.get(keyword), pair.new.rows.get(keyword)
    old, new = (cell_of(row, column).usage for row in rows)
    was, is_now = (usage_in_words(row, column) for row in rows)
    return pair.finding(
        usage_rule(old, new),
        f"{_subject(pair, keyword, column)} was {was} and is {is_now}",
        compare_slots(
            pair.old.tables[column], pair.new.tables[column], keyword, tolerant=pair.tolerant
        ),
        old=old.value,
        new=new.value,
        direction=column,
        parameter=pair.parameter(keyword),
        reference=pair.reference(keyword),
        position=pair.position(keyword, column),
    )


def usage_in_words(row: Row | None, column: str) -> str:
    """Return the cell in words, e.g. ``optional (U)``."""
    if row is None:
        return "not in the table"
    usage = row.cells[column].usage
    return f"{adjective(usage)} ({usage.value})"


def adjective(usage: Usage) -> str:
    """Return `usage` in a word or two."""
    if usage.is_forbidden:
        return "not applicable"
    if usage.is_conditional:
        return "conditional"
    fixed = " with a fixed value" if usage.is_fixed else ""
    return ("mandatory" if usage.is_mandatory else "optional") + fixed


def _conditions(pair: Pair, old: Row, new: Row, column: str) -> Iterator[Finding]:
    """Yield the change of the conditions; prose alone can only be compared by a reader."""
    before, after = conditions_in(old, column), conditions_in(new, column)
    usage = new.cells[column].usage
    if before == after or (usage.is_conditional and not (before and after)):
        return
    was, is_now = (conditions_in_words(pair, row, column) for row in (old, new))
    yield pair.finding(
        "condition-changed",
        f"{_subject(pair, new.keyword, column)} was {was} and is {is_now}",
        compare_slots(
            pair.old.tables[column], pair.new.tables[column], new.keyword, tolerant=pair.tolerant
        ),
        old=was,
        new=is_now,
        direction=column,
        parameter=new.parameter,
        reference=pair.reference(new.keyword),
        position=pair.position(new.keyword, column),
    )


def conditions_in_words(pair: Pair, row: Row, column: str) -> str:
    """Return the conditions that decide the cell of `row` in `column`."""
    names = {
        parameter.keyword: parameter.name
        for version in (pair.old, pair.new)
        for parameter in version.primitive.parameters.values()
    }
    written = [
        f"{_EFFECTS[effect]} {in_words(condition, names)}"
        for effect, condition in conditions_in(row, column).items()
    ]
    return ", ".join(written) or "free of conditions"


def _fixed_value(pair: Pair, old: Row, new: Row, column: str) -> Finding:
    was, is_now = _value_in_words(old.value), _value_in_words(new.value)
    return pair.finding(
        "fixed-value-changed",
        f"{_subject(pair, new.keyword, column)} had the fixed value {was} and has {is_now}",
        REPLACES,
        old=was,
        new=is_now,
        direction=column,
        parameter=new.parameter,
        reference=pair.reference(new.keyword),
        position=pair.position(new.keyword, column),
    )


def _value_in_words(value: int | str | None) -> str:
    return f"0x{value:04X}" if isinstance(value, int) else f"{value!r}"


def _equality(pair: Pair, old: Row, new: Row, column: str) -> Iterator[Finding]:
    """Yield the equality that is gone, and the one that is new; another target is both."""
    before, after = equal_to(pair, old, column), equal_to(pair, new, column)
    if before == after:
        return
    names: Mapping[str, str] = {
        row.keyword: row.parameter.name
        for version in (pair.old, pair.new)
        for row in version.service.rows
    }
    subject = _subject(pair, new.keyword, column)
    for rule, source, verdicts, what in (
        ("equality-removed", before, WIDENS, "had to equal {} of the request and need not"),
        (
            "equality-added",
            after,
            NARROWS,
            "could have any value and has to equal {} of the request",
        ),
    ):
        if source:
            words = (_FREE, f"equal to {source}")
            was, is_now = words if rule == "equality-added" else words[::-1]
            yield pair.finding(
                rule,
                f"{subject} {what.format(names.get(source, source))}",
                verdicts,
                old=was,
                new=is_now,
                direction=column,
                parameter=new.parameter,
                reference=pair.reference(new.keyword),
                position=pair.position(new.keyword, column),
            )


_FREE = "any value"


def equal_to(pair: Pair, row: Row, column: str) -> str:
    """Return what a response has to repeat, whether the table prints it or prose states it."""
    if column != pair.response:
        return ""
    if row.cells[column].is_equal_to_left:
        return row.keyword
    return row.equals or row.parameter.equals or ""


def _subject(pair: Pair, keyword: str, column: str) -> str:
    return f"{pair.parameter(keyword).name} {pair.of(column)}"
