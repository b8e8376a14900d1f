"""Hold the tables of an edition against those of the schemas.

A difference is about one cell, or one row, and is told with both texts. A row whose name is
misprinted is that row, and its name the difference; a row that is like no other is there or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...document.plain_text import closest, compact
from ...sets.diff_rules import stated
from ...sets.edition_check import Verification
from ...sets.finding import Finding
from ...sets.matrix import usage_rule, usage_verdicts
from ...sets.verdicts import Verdicts
from ...table.parameter import Parameter
from ...table.usage import EQUAL_TO_LEFT, Usage
from ..model import UpperLayer
from .grids import Grid, GridRow, Subject

_USAGES = {usage.value: usage for usage in Usage}
# What it does to both sides that a row is only on the page, or only in the schemas.
_GONE = {Subject.PARAMETER: "documentation-edited", Subject.VALUE: "values-widened"}
_NEW = {Subject.PARAMETER: "documentation-edited", Subject.VALUE: "values-narrowed"}
_CHANGED = {Subject.FIELD: "layout-changed", Subject.EVENT: "transition-changed"}
_NOUNS = {
    Subject.PARAMETER: "cell",
    Subject.FIELD: "field",
    Subject.VALUE: "value",
    Subject.STATE: "state",
    Subject.ACTION: "action",
    Subject.EVENT: "transition",
}


@dataclass(frozen=True)
class _Difference:
    """A finding, and how an erratum names it."""

    place: str
    finding: Finding

    @property
    def told(self) -> str:
        return f"{self.place}: {self.finding.change}"


def verify(
    name: str,
    page: tuple[Grid, ...],
    known: tuple[Grid, ...],
    alone: Mapping[str, str],
    layer: UpperLayer,
) -> Verification:
    """Return how the `known` tables differ from those of the `page` of the edition `name`."""
    printed = {grid.key: grid for grid in page}
    found = [
        each
        for grid in known
        if grid.key in printed
        for each in _Pair(printed[grid.key], grid).differences()
    ]
    errata = {change: each for each in layer.errata for change in each.explains}
    gone = [grid for grid in known if grid.key not in printed]
    missing = {grid.label: grid.about for grid in reversed(gone)}
    return Verification(
        name,
        layer,
        layer,
        tuple(each.finding for each in found if each.told not in errata),
        tuple((each.finding, errata[each.told]) for each in found if each.told in errata),
        dict(reversed(missing.items())),
        alone,
        tuple(_compared(page)),
        layer.edition,
    )


def _compared(page: Iterable[Grid]) -> Iterator[tuple[int, str]]:
    page = tuple(page)
    yield len({grid.label for grid in page}), "table"
    for subject, noun in _NOUNS.items():
        grids = [grid for grid in page if grid.subject is subject]
        if subject is Subject.PARAMETER:
            count = sum(len(grid.columns) * len(grid.rows) for grid in grids)
        elif subject is Subject.EVENT:
            count = sum(bool(cell) for g in grids for row in g.rows for cell in row.cells.values())
        else:
            count = sum(len(grid.rows) for grid in grids)
        if count:
            yield count, noun


class _Pair:
    """One table on the page and in the schemas."""

    def __init__(self, old: Grid, new: Grid) -> None:
        self._old, self._new = old, new

    def differences(self) -> Iterator[_Difference]:
        """Yield what differs, in the order of the schemas."""
        pairs, gone = self._aligned()
        for was, is_now in pairs:
            if was is None:
                yield self._whole_row(is_now, is_on_page=False)
            else:
                yield from self._row(was, is_now)
        for row in gone:
            yield self._whole_row(row, is_on_page=True)
        names = [is_now.name for was, is_now in pairs if was is not None]
        order = {id(row): number for number, row in enumerate(self._old.rows)}
        printed = sorted((order[id(was)], is_now.name) for was, is_now in pairs if was is not None)
        if names != [name for _, name in printed]:
            yield self._order([name for _, name in printed], names)

    def _aligned(self) -> tuple[list[tuple[GridRow | None, GridRow]], list[GridRow]]:
        """Return each row of the schemas with that of the page, and what is left of the page."""
        left = list(self._old.rows)
        found: dict[int, GridRow] = {}
        for number, row in enumerate(self._new.rows):
            same = next((each for each in left if each.name == row.name), None)
            if same is not None:
                found[number] = same
                left.remove(same)
        for number, row in enumerate(self._new.rows):
            if number not in found and left:
                like = self._like(row, number, left)
                if like is not None:
                    found[number] = like
                    left.remove(like)
        return [(found.get(number), row) for number, row in enumerate(self._new.rows)], left

    def _like(self, row: GridRow, number: int, left: list[GridRow]) -> GridRow | None:
        """Return the row of the page that is this one under a misprinted name."""
        name = closest(row.name, [each.name for each in left])
        if name is not None:
            return next(each for each in left if each.name == name)
        rows = self._old.rows
        is_there = number < len(rows) and len(rows) == len(self._new.rows)
        if is_there and any(rows[number] is each for each in left):
            return rows[number]
        return None

    def _row(self, was: GridRow, is_now: GridRow) -> Iterator[_Difference]:
        if was.name != is_now.name and self._new.subject is not Subject.FIELD:
            rule = "documentation-edited"
            yield self._found(rule, is_now, "", was.name, is_now.name, stated(rule))
        for column in self._new.columns:
            before, after = was.cells[column], is_now.cells.get(column, "")
            if before != after:
                rule, verdicts = self._judged(column, before, after)
                yield self._found(rule, is_now, column, before, after, verdicts)

    def _judged(self, column: str, before: str, after: str) -> tuple[str, Verdicts]:
        subject = self._new.subject
        if subject is Subject.PARAMETER:
            old, new = (_USAGES.get(each.removesuffix(EQUAL_TO_LEFT)) for each in (before, after))
            if old is not None and new is not None and old is not new:
                return usage_rule(old, new), usage_verdicts(old, new)
            if old is new:
                rule = "equality-added" if after.endswith(EQUAL_TO_LEFT) else "equality-removed"
                return rule, stated(rule)
        if subject is Subject.FIELD and column == "value" and before and after:
            return "fixed-value-changed", stated("fixed-value-changed")
        # A name, or blanks within the bytes, change nothing that is sent.
        is_same = subject is Subject.FIELD and (
            column == "field" or compact(before) == compact(after)
        )
        rule = "documentation-edited" if is_same else _CHANGED.get(subject, "documentation-edited")
        return rule, stated(rule)

    def _found(
        self, rule: str, row: GridRow, column: str, old: str, new: str, verdicts: Verdicts
    ) -> _Difference:
        grid = self._new
        what = f" {column}" if column and grid.subject is not Subject.VALUE else ""
        text = f"Table {grid.label} prints {old or 'nothing'} for {row.name}{what}"
        text += f", and the schemas have {new or 'nothing'}"
        return self._told(rule, row, column, old, new, verdicts, text)

    def _whole_row(self, row: GridRow, *, is_on_page: bool) -> _Difference:
        grid = self._new
        rules = _NEW if is_on_page else _GONE
        rule = rules.get(grid.subject, "layout-changed")
        if grid.subject in (Subject.EVENT, Subject.STATE, Subject.ACTION):
            rule = "transition-changed"
        shown = next((cell for cell in row.cells.values() if cell), "")
        where = (
            f"Table {grid.label} prints {row.name}, and the schemas do not have it"
            if is_on_page
            else f"the schemas have {row.name}, and Table {grid.label} does not print it"
        )
        old, new = (shown, "") if is_on_page else ("", shown)
        return self._told(rule, row, "", old, new, stated(rule), where)

    def _order(self, printed: list[str], ours: list[str]) -> _Difference:
        rule, grid = "documentation-edited", self._new
        at = next(number for number, name in enumerate(ours) if name != printed[number])
        row = next(each for each in grid.rows if each.name == ours[at])
        text = f"Table {grid.label} prints {printed[at]} where the schemas have {ours[at]}"
        return self._told(rule, row, "", printed[at], ours[at], stated(rule), text)

    def _told(
        self,
        rule: str,
        row: GridRow,
        column: str,
        old: str,
        new: str,
        verdicts: Verdicts,
        text: str,
    ) -> _Difference:
        grid = self._new
        of_cell = grid.subject in (Subject.PARAMETER, Subject.EVENT)
        name = f"{row.name} {column}" if of_cell and column else row.name
        is_column = grid.subject is Subject.PARAMETER
        finding = Finding(
            rule,
            text,
            grid.about,
            column if is_column else "",
            Parameter(row.name if is_column else name, row.name, ""),
            old,
            new,
            verdicts.senders,
            verdicts.receivers,
            grid.reference,
            row.place(column),
        )
        return _Difference(self._place(row, name), finding)

    def _place(self, row: GridRow, name: str) -> str:
        grid = self._new
        if grid.subject is Subject.FIELD:
            return f"{grid.subject.value} {grid.label} {row.cells['bytes']}"
        if grid.subject in (Subject.VALUE, Subject.PARAMETER):
            return f"{grid.subject.value} {grid.about} {name}"
        return f"{grid.subject.value} {name}"
