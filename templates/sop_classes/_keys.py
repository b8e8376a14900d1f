"""Hold the identifiers of C-FIND against the tables of keys.

Invariant: a request is held against the keys of its level as without relational queries (PS3.4
C.4.1.2.2.1), which is all that holds whatever was negotiated; a response, against what was asked.

This file is copied as it is from `templates/sop_classes/_keys.py`. Do not edit the copy.
"""

from __future__ import annotations

from typing import Any, Final

from ._data_set import Item
from ._element_values import is_empty, texts
from ._rules import Place, Rule, check_rules, violation
from ._sop_class import KeyTable
from ._usages import ATTRIBUTES
from ._violations import SOPClassViolation

_LEVEL: Final = ATTRIBUTES["level"]
_KEY, _MATCHING, _RETURN = "key", "matching", "return"
_MISSING: Final = "missing-key"


def check_keys(exchange: Any, item: Item, place: Place, found: list[SOPClassViolation]) -> None:
    """Add to `found` what the tables of keys have against an identifier.

    Parameters
    ----------
    exchange : Exchange
        The message.
    item : dict
        Its identifier.
    place : Place
        What it is called.
    found : list of SOPClassViolation
        Receives what is broken.
    """
    tables = exchange.sop_class.key_tables(exchange.service, exchange.direction)
    if levels := [each for each in tables if each.kind == _KEY]:
        _check_levels(levels, item, place, found)
    for table in tables:
        if table.kind == _MATCHING:
            _check_demanded(table.rules, item, place, found)
        elif table.kind == _RETURN and exchange.asked:
            _check_returned(table.rules, item, exchange.asked, place, found)


def _check_levels(
    tables: list[KeyTable], item: Item, place: Place, found: list[SOPClassViolation]
) -> None:
    """Hold an identifier against the keys of its level, and those above it."""
    level = "".join(texts(item.get(_LEVEL.tag, b""), "CS"))
    names = list(dict.fromkeys(each.level for each in tables if each.level))
    if not names:
        return
    if level not in names:
        given = f"is {level}" if level else "is missing"
        said = f"Query/Retrieve Level {given}: it shall be one of {', '.join(names)}; set it so"
        found.append(_about_level(said, tables[0], place))
        return
    above = names[: names.index(level)]
    own = {rule.tag for each in tables if each.level == level for rule in each.rules}
    for table in tables:
        for rule in table.rules:
            if table.level in above:
                _check_above(rule, level, item, place, own, found)
            elif table.level == level and rule.is_mandatory and rule.tag not in item:
                said = f"is missing: it is the Unique Key of {level}; add {rule.row.keyword}"
                found.append(violation(_MISSING, rule, place, said))
            elif table.level not in (level, "") and rule.tag in item and rule.tag not in own:
                found.append(_not_of(rule, table.level, level, place))


def _check_above(
    rule: Rule,
    level: str,
    item: Item,
    place: Place,
    own: set[int],
    found: list[SOPClassViolation],
) -> None:
    value = item.get(rule.tag)
    if rule.is_mandatory:
        if value is None or is_empty(value, rule.vr):
            said = f"has no value: it is a Unique Key above {level}; give it a single one"
            found.append(violation(_MISSING, rule, place, said))
    elif value is not None and rule.tag not in own:
        found.append(_not_of(rule, "a level above", level, place))


def _not_of(rule: Rule, other: str, level: str, place: Place) -> SOPClassViolation:
    said = (
        f"is a key of {other}, not of {level}: leave {rule.row.keyword} out, unless relational "
        "queries were negotiated"
    )
    return violation("key-not-allowed", rule, place, said)


def _about_level(said: str, table: KeyTable, place: Place) -> SOPClassViolation:
    reference = table.rules[0].row.reference
    tag, keyword, _ = _LEVEL
    status = place.answer(_MISSING)
    return SOPClassViolation(_MISSING, keyword, said, reference, keyword, status, (tag,))


def _check_demanded(
    rules: tuple[Rule, ...], item: Item, place: Place, found: list[SOPClassViolation]
) -> None:
    """Report keys that a query shall have."""
    for rule in rules:
        value = item.get(rule.tag)
        if value is None:
            if rule.is_mandatory:
                said = f"is missing: a query shall have it; add {place.path}{rule.row.keyword}"
                found.append(violation(_MISSING, rule, place, said))
        elif type(value) is list and rule.rules:
            for number, inner in enumerate(value, 1):
                _check_demanded(rule.rules, inner, place.inside(rule, number), found)


def _check_returned(
    rules: tuple[Rule, ...],
    item: Item,
    asked: Item,
    place: Place,
    found: list[SOPClassViolation],
) -> None:
    """Report what was asked for, shall be returned, and is not."""
    for rule in rules:
        wanted = asked.get(rule.tag)
        if wanted is None:
            continue
        value = item.get(rule.tag)
        inner = wanted[0] if type(wanted) is list and wanted else {}
        if value is None or not inner or type(value) is not list:
            check_rules((rule,) if not rule.rules else (rule.alone(),), (item,), place, found)
        else:
            for number, each in enumerate(value, 1):
                _check_returned(rule.rules, each, inner, place.inside(rule, number), found)
