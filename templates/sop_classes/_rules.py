"""What the rows of a table ask of a data set.

Invariant: a row says everything that it has against a value, and rows speak in table order.

This file is copied as it is from `templates/sop_classes/_rules.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Final

from ._conditions import Condition, Levels
from ._data_set import Item, Value
from ._element_values import is_empty, texts
from ._private import creator_of
from ._tables import Column, Row, Usage
from ._usages import ANSWERS, USAGES
from ._violations import SOPClassViolation

_MANDATORY: Final = "mandatory"
_NOT_ALLOWED: Final = "not allowed"
_SCU: Final = "SCU"


class Rule:
    """What one row asks below one column.

    Attributes
    ----------
    is_mandatory : bool
        Whether the attribute shall be there, whatever else is.
    required_when, only_when : Condition or None
        When it shall be there; when alone it may be there.
    values : tuple of str
        The only values that it may have; none if it may have any.
    count, items : str, tuple of int or None
        How many items there shall be: as printed, and the least and the greatest number.
    """

    __slots__ = (
        *("row", "tag", "vr", "cell", "is_mandatory", "required_when", "is_allowed", "only_when"),
        *("may_be_empty", "shall_be_empty", "values", "count", "items", "is_plain", "rules"),
    )

    def __init__(self, row: Row, column: Column, state: str, rules: tuple[Rule, ...]) -> None:
        usage = USAGES[column.legend].get(row.cells[column.name])
        if usage is not None and usage.states and state not in usage.states:
            usage = None
        name = column.name
        self.row = row
        self.tag = row.tag
        # Of US or SS, OB or OW, the first will do: they differ in what is not looked at here.
        self.vr = row.vr[:2]
        self.cell = row.cells[name]
        is_conditional, presence = _provided(usage, column)
        is_demanded = name in row.demanded
        self.is_allowed = presence != _NOT_ALLOWED
        self.is_mandatory = is_demanded or (presence == _MANDATORY and not is_conditional)
        condition = _of(row.required_when, name) if is_conditional else None
        self.required_when = condition if presence == _MANDATORY else None
        self.only_when = _of(row.only_when, name) if usage and self.is_allowed else None
        self.shall_be_empty = name in row.empty
        self.may_be_empty = usage is None or usage.may_be_empty or self.shall_be_empty
        self.values = row.values.get(name, ())
        self.count = row.items.get(name, "")
        self.items = _range(self.count)
        self.rules = rules
        has_more = self.shall_be_empty or self.values or self.items or rules
        # What is there, and may be there in any form.
        self.is_plain = self.is_allowed and self.only_when is None and not has_more

    def alone(self) -> Rule:
        """Return the rule without those of the items below."""
        other = copy(self)
        other.rules = ()
        return other


def rules_of(rows: Iterable[Row], column: Column, state: str = "") -> tuple[Rule, ...]:
    """Return what `rows` ask below `column`; those that have no such cell ask nothing.

    The column of final states is asked about one `state`.
    """
    return tuple(
        Rule(row, column, state, rules_of(row.rows, column, state))
        for row in rows
        if column.name in row.cells
    )


def _provided(usage: Usage | None, column: Column) -> tuple[bool, str]:
    """Return whether a condition decides, and what the side does that sends the data set."""
    if usage is None:
        return False, ""
    if column.provider == _SCU:
        return usage.is_scu_conditional, usage.scu
    return usage.is_scp_conditional, usage.scp


def _of(condition: Mapping[str, Condition] | Condition | None, name: str) -> Condition | None:
    if condition is None or isinstance(condition, Condition):
        return condition
    return condition.get(name)


def _range(text: str) -> tuple[int, int | None] | None:
    if not text:
        return None
    first, _, last = text.partition("-")
    if last == "n":
        return int(first), None
    return int(first), int(last or first)


@dataclass(frozen=True)
class Place:
    """Where a data set is checked.

    Attributes
    ----------
    message : str
        What has the data set, e.g. ``an N-CREATE request``.
    is_answered : bool
        Whether the peer answers it with a status.
    path : str
        The sequences and items above, each with its period: ``ReferencedSOPSequence[1].``.
    tags : tuple of int
        The tags of those sequences.
    status : int or None
        The status with which everything is answered; None if the rule decides.
    """

    message: str
    is_answered: bool
    path: str = ""
    tags: tuple[int, ...] = ()
    status: int | None = None

    def inside(self, rule: Rule, number: int) -> Place:
        """Return the place of the item with that number, from 1."""
        path = f"{self.path}{rule.row.keyword}[{number}]."
        return replace(self, path=path, tags=(*self.tags, rule.tag))

    def answer(self, rule: str) -> int | None:
        """Return the status with which the peer answers what breaks a rule."""
        if not self.is_answered:
            return None
        return ANSWERS.get(rule) if self.status is None else self.status


def check_rules(
    rules: tuple[Rule, ...], levels: Levels, place: Place, found: list[SOPClassViolation]
) -> None:
    """Add to `found` what the last of `levels` breaks of `rules`.

    Parameters
    ----------
    rules : tuple of Rule
        What is asked of the item.
    levels : tuple of dict
        The data set, and the items on the way to the one that is checked.
    place : Place
        Where that is.
    found : list of SOPClassViolation
        Receives what is broken, in table order.
    """
    item = levels[-1]
    for rule in rules:
        value = item.get(rule.tag)
        if value is None:
            condition = rule.required_when
            if rule.is_mandatory:
                found.append(_missing(rule, place))
            elif condition is not None and condition.holds(levels):
                found.append(_missing(rule, place, condition))
        elif not rule.is_plain or not rule.may_be_empty:
            _check_value(rule, value, levels, place, found)


def _check_value(
    rule: Rule, value: Value, levels: Levels, place: Place, found: list[SOPClassViolation]
) -> None:
    if not rule.is_allowed or (rule.only_when is not None and not rule.only_when.holds(levels)):
        found.append(_not_allowed(rule, place))
    elif is_empty(value, rule.vr):
        if not rule.may_be_empty:
            found.append(_without_value(rule, place))
    elif rule.shall_be_empty:
        said = f"shall be empty, and is not: {_it_is(rule, place)}; send it without a value"
        found.append(violation("attribute-value", rule, place, said))
    elif rule.values or type(value) is list:
        _check_content(rule, value, levels, place, found)


def _check_content(
    rule: Rule, value: Value, levels: Levels, place: Place, found: list[SOPClassViolation]
) -> None:
    if rule.values:
        wrong = [each for each in texts(value, rule.vr) if each not in rule.values]
        if wrong:
            found.append(_other_value(rule, wrong[0], place))
    if type(value) is not list:
        return
    if rule.items is not None:
        least, most = rule.items
        if len(value) < least or (most is not None and len(value) > most):
            found.append(_item_count(rule, len(value), place))
    if rule.rules:
        _check_items(rule, value, levels, place, found)


def _check_items(
    rule: Rule, items: list[Item], levels: Levels, place: Place, found: list[SOPClassViolation]
) -> None:
    for number, item in enumerate(items, 1):
        check_rules(rule.rules, (*levels, item), place.inside(rule, number), found)


def violation(name: str, rule: Rule, place: Place, said: str) -> SOPClassViolation:
    """Return the violation of the rule `name` by the attribute of a row."""
    row = rule.row
    return SOPClassViolation(
        name,
        row.keyword,
        f"{row.name} {said}{_where(row)}",
        row.reference,
        f"{place.path}{row.keyword}",
        place.answer(name),
        (*place.tags, rule.tag),
    )


def _where(row: Row) -> str:
    """Return how a private attribute is found, which no dictionary has by its keyword."""
    creator = creator_of(row.tag)
    if not creator:
        return ""
    group, element = row.tag >> 16, row.tag & 0xFF
    return f"; {row.keyword} is ({group:04X},xx{element:02X}) of {creator}, VR {row.vr}"


def _it_is(rule: Rule, place: Place) -> str:
    return f"it is {rule.cell or 'blank'} in {place.message}"


def _missing(rule: Rule, place: Place, condition: Condition | None = None) -> SOPClassViolation:
    when = f", required when {condition}" if condition is not None else ""
    said = f"is missing: {_it_is(rule, place)}{when}; add {place.path}{rule.row.keyword}"
    return violation("missing-attribute", rule, place, said)


def _without_value(rule: Rule, place: Place) -> SOPClassViolation:
    what = "an item" if rule.vr == "SQ" else "a value"
    said = f"has no value: {_it_is(rule, place)}; give {place.path}{rule.row.keyword} {what}"
    return violation("missing-attribute-value", rule, place, said)


def _not_allowed(rule: Rule, place: Place) -> SOPClassViolation:
    when = f"shall be there only when {rule.only_when}" if rule.is_allowed else "shall not be there"
    said = f"{when}: {_it_is(rule, place)}; leave {place.path}{rule.row.keyword} out"
    return violation("attribute-not-allowed", rule, place, said)


def _other_value(rule: Rule, given: str, place: Place) -> SOPClassViolation:
    known = " or ".join(rule.values)
    shown = given if given.isprintable() else ascii(given)
    said = f"shall be {known} in {place.message}, not {shown}; send one of these"
    return violation("attribute-value", rule, place, said)


def _item_count(rule: Rule, count: int, place: Place) -> SOPClassViolation:
    said = f"shall have {rule.count} items in {place.message}, and has {count}; change that"
    return violation("attribute-value", rule, place, said)
