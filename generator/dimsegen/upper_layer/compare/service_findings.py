"""What has changed in a service beside its usage codes: columns, conditions, values, texts."""

from __future__ import annotations

from collections.abc import Iterator

from ...sets.finding import Finding
from ...sets.pair import in_both
from ...sets.told import Subject
from ..family import FAMILY
from ..model import Row, holds
from .edits import edits, order
from .issuer_findings import issuer_findings
from .service_sets import Pair
from .value_findings import value_findings

_FREE = "free of conditions"
_TOLD_OF_SERVICE = {"name", "columns", "requestor", "issued", "rows", "values"}
_TOLD_OF_ROW = {"name", "cells", "kind", "enumeration"}


def service_findings(pair: Pair) -> Iterator[Finding]:
    """Yield them, row by row."""
    yield from _columns(pair)
    yield from issuer_findings(pair)
    old = {row.name: row for row in pair.old.model.rows}
    for row in pair.new.model.rows:
        if row.name in old:
            yield from _of_row(pair, old[row.name], row)
    before, after = pair.old.model, pair.new.model
    subject = _subject(pair)
    yield from edits(subject, before, after, _TOLD_OF_SERVICE)
    yield from order(subject, "columns", before.columns, after.columns)
    yield from order(subject, "rows", *([row.name for row in x.rows] for x in (before, after)))
    for name in in_both(before.values, after.values):
        of_row = _subject(pair, name)
        lists = (each.values.get(name, ()) for each in (before, after))
        yield from value_findings(of_row, *lists)


def _of_row(pair: Pair, old: Row, new: Row) -> Iterator[Finding]:
    conditions = list(_conditions(pair, old, new))
    yield from conditions
    subject = _subject(pair, new.name)
    if old.kind is not new.kind or old.enumeration != new.enumeration:
        was, is_now = (f"{each.kind.value} {each.enumeration}".strip() for each in (old, new))
        message = f"{subject.name} was {was} and is {is_now}"
        yield subject.finding("layout-changed", message, (was, is_now))
    values = {(each.value, each.same_as) for each in (old, new)}
    fixed = any(each.usage(c).is_fixed for each in (old, new) for c in each.cells)
    told = {*_TOLD_OF_ROW, *(("value", "same_as") if fixed and len(values) > 1 else ())}
    # What decides on no cell is a matter of words.
    told |= set() if not conditions else {"unless", "only_when"}
    yield from edits(subject, old, new, told)


def _subject(pair: Pair, name: str = "", column: str = "") -> Subject:
    if not name:
        model = pair.new.service
        where = FAMILY.cited(model.section, model.table)
        return Subject(pair.name, pair.name, where, model.position, actors=pair.actors_of())
    position = pair.position(name, column)
    about = f"{name} {pair.of(column)}" if column else f"{name} of {pair.name}"
    actors = pair.actors(column) if column else pair.actors_of(name)
    return Subject(about, pair.name, pair.reference(name), position, name, column, actors)


def _columns(pair: Pair) -> Iterator[Finding]:
    old, new = pair.old.service.columns, pair.new.service.columns
    for column in in_both(old, new):
        if column not in old or column not in new:
            is_new = column in new
            rule = "message-added" if is_new else "message-removed"
            what = "is a new primitive" if is_new else "is gone"
            where = FAMILY.cited(pair.new.service.section)
            position = pair.new.service.position
            actors = pair.actors(column)
            subject = Subject(pair.name, pair.name, where, position, "", column, actors)
            message = f"The {column} of {pair.name} {what}"
            yield subject.finding(rule, message, ("", column) if is_new else (column, ""))
        else:
            heading = f"heading of the {column} column"
            yield from _subject(pair).edited(heading, old[column].heading, new[column].heading)


def _conditions(pair: Pair, old: Row, new: Row) -> Iterator[Finding]:
    """Yield the change of a condition, in each cell that it decides."""
    was, is_now = (_in_words(each) for each in (old, new))
    if was == is_now:
        return
    for column in pair.columns:
        usages = {each.usage(column) for each in (old, new)}
        deciding = pair.new.deciding or pair.old.deciding
        if len(usages) > 1 or any(each.is_forbidden for each in usages) or deciding is None:
            continue
        if deciding.usage(column).is_forbidden:
            continue
        subject = _subject(pair, new.name, column)
        message = f"{subject.name} was {was} and is {is_now}"
        yield subject.finding(
            "condition-changed", message, (was, is_now), pair.verdicts(new.name, column)
        )


def _in_words(row: Row) -> str:
    written = [("required unless", row.unless), ("forbidden unless", row.only_when)]
    found = [f"{effect} {holds(each)}" for effect, each in written if each]
    return ", ".join(found) or _FREE
