"""What changed in an attribute table, and whom it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...reading.position import Position
from ...sets.finding import Actor, Ends, Finding, Verdict
from ...sets.told import Subject
from ...sets.verdicts import KEEPS, NARROWS, REPLACES, WIDENS, Verdicts, verdicts_of
from ..family import FAMILY
from ..model import (
    BLANK,
    REQUEST,
    Cell,
    Column,
    ColumnKind,
    Condition,
    Include,
    Others,
    Row,
    SOPClasses,
    Table,
    Written,
)
from ..presence import verdicts

_USAGE, _LINE, _CONDITION = "attribute-usage", "attribute-line", "condition-changed"
_NOTHING = Cell(BLANK, None)
_What = Row | Include | Others


def attribute_findings(
    old: Table, new: Table, before: SOPClasses, after: SOPClasses
) -> Iterator[Finding]:
    """Yield the findings about one table."""
    lines, gone = dict(_lines(new)), dict(_lines(old))
    near = new.position
    for (type_id, path), what in lines.items():
        was = gone.get((type_id, path))
        near = what.position
        yield from _line(was, what, new, path, after)
    for (type_id, path), what in gone.items():
        if (type_id, path) not in lines:
            yield from _line(what, None, replace(new, position=near), path, before)
    columns = {column: heading for column, heading in new.columns.items() if column in old.columns}
    subject = _subject(new, None, "")
    for column, heading in columns.items():
        yield from subject.edited(f"heading {column}", old.columns[column], heading)
    yield from _order([path for _, path in gone], [path for _, path in lines], subject)


def whole_table(table: Table, *, is_new: bool, is_alone: bool) -> Finding:
    """Return the finding about a table of one version only.

    Parameters
    ----------
    is_alone : bool
        Whether it is about a SOP class of both versions.
    """
    what = "is new" if is_new else "is gone"
    text = f"Table {table.label} {what}"
    change = ("", table.label) if is_new else (table.label, "")
    verdicts = (NARROWS if is_new else WIDENS) if is_alone else KEEPS
    return _subject(table, None, "").finding(_LINE, text, change, verdicts)


def _lines(table: Table) -> Iterator[tuple[tuple[str, str], _What]]:
    yield from _walk("", table.written, "")
    for each in (*table.event_types, *table.action_types):
        yield from _walk(str(each.id), each.written, "")


def _walk(
    type_id: str, written: tuple[Written, ...], above: str
) -> Iterator[tuple[tuple[str, str], _What]]:
    start = f"{type_id}." if type_id and not above else above
    for each in written:
        what = each.what
        match what:
            case Row():
                yield (type_id, f"{start}{what.keyword}"), what
                yield from _walk(type_id, each.below, f"{start}{what.keyword}.")
            case Include():
                yield (type_id, f"{start}include:{what.table}"), what
            case Others():
                yield (type_id, f"{start}others"), what


def _line(
    was: _What | None, what: _What | None, table: Table, path: str, model: SOPClasses
) -> Iterator[Finding]:
    either = what or was
    if either is None:
        return
    if isinstance(either, Include):
        if was is None or what is None:
            change = ("", either.table) if was is None else (either.table, "")
            text = f"Table {table.label} {'includes' if was is None else 'no longer includes'} "
            place = what.position if what else table.position
            subject = _subject(table, None, path, place)
            yield subject.finding(_LINE, f"{text}{either.table}", change, REPLACES)
        return
    for column in dict.fromkeys([*_columns(was), *_columns(what)]):
        old, new = _cell(was, column), _cell(what, column)
        about = model.columns.get(column)
        if about is not None:
            place = what.position if what else table.position
            yield from _cells(old, new, _subject(table, about, path, place), about)
    if isinstance(was, Row) and isinstance(what, Row):
        subject = _subject(table, None, path, what.position)
        yield from subject.edited("clause", was.clause, what.clause)


def _columns(what: _What | None) -> tuple[str, ...]:
    return () if what is None or isinstance(what, Include) else tuple(what.cells)


def _cell(what: _What | None, column: str) -> Cell:
    return (
        _NOTHING if what is None or isinstance(what, Include) else what.cells.get(column, _NOTHING)
    )


def _cells(old: Cell, new: Cell, subject: Subject, column: Column) -> Iterator[Finding]:
    if (old.code, old.usage, old.is_empty) != (new.code, new.usage, new.is_empty):
        shown = [cell.code or "nothing" for cell in (old, new)]
        text = f"{subject.name}: {shown[0]} became {shown[1]}"
        found = verdicts(old, new, column)
        yield subject.finding(_USAGE, text, (old.code, new.code), found)
    elif (old.required_when, old.only_when) != (new.required_when, new.only_when):
        depends = Verdicts(Verdict.DEPENDS, Verdict.DEPENDS)
        change = _shown(old), _shown(new)
        text = f"{subject.name}: its condition changed"
        yield subject.finding(_CONDITION, text, change, depends)
    yield from subject.edited("condition in words", old.prose, new.prose)
    if old.is_demanded != new.is_demanded:
        text = f"{subject.name}: {'has' if new.is_demanded else 'has no longer'} to be there"
        words = ("", "demanded") if new.is_demanded else ("demanded", "")
        yield subject.finding(_USAGE, text, words, NARROWS if new.is_demanded else WIDENS)
    yield from _choices("value", old.values, new.values, subject)
    yield from _choices("number of items", _items(old), _items(new), subject)


def _items(cell: Cell) -> tuple[str, ...]:
    return (cell.items,) if cell.items else ()


def _choices(
    what: str, old: tuple[str, ...], new: tuple[str, ...], subject: Subject
) -> Iterator[Finding]:
    """Yield what a change of the only values does; none are all."""
    narrows = bool(new) and (not old or bool(set(old) - set(new)))
    widens = bool(old) and (not new or bool(set(new) - set(old)))
    if narrows or widens:
        rule = "values-narrowed" if narrows and not widens else "values-widened"
        text = f"{subject.name}: another {what} is allowed"
        change = ", ".join(old), ", ".join(new)
        yield subject.finding(rule, text, change, verdicts_of(narrows=narrows, widens=widens))


def _shown(cell: Cell) -> str:
    parts = [
        f"{key} {_condition(condition)}"
        for key, condition in (
            ("required when", cell.required_when),
            ("only when", cell.only_when),
        )
        if condition
    ]
    return "; ".join(parts)


def _condition(condition: Condition) -> str:
    words = [*condition.names, *condition.values, *map(_condition, condition.parts)]
    return f"{condition.kind.value}({', '.join(words)})"


def _subject(
    table: Table, column: Column | None, path: str, position: Position | None = None
) -> Subject:
    name = f"{path} below {column.name}" if column else path or f"Table {table.label}"
    return Subject(
        name,
        f"Table {table.label}",
        FAMILY.cited(table.section, table.label),
        position or table.position,
        path,
        column.name if column else "",
        (_ends(column),) if column and column.kind is not ColumnKind.FINAL else (),
    )


def _ends(column: Column) -> Ends:
    """Return who sends the data set, and who receives it."""
    if column.direction == REQUEST:
        return Actor.INVOKER, Actor.PERFORMER
    return Actor.PERFORMER, Actor.INVOKER


def _order(old: list[str], new: list[str], subject: Subject) -> Iterator[Finding]:
    both = [path for path in old if path in set(new)], [path for path in new if path in set(old)]
    if both[0] != both[1]:
        at = next(n for n, path in enumerate(both[1]) if path != both[0][n])
        text = f"{subject.name} has its lines in another order"
        yield subject.finding("documentation-edited", text, (both[0][at], both[1][at]))
