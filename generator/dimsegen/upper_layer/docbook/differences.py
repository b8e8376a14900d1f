"""Hold the tables of an edition against those of the schemas, or against those of another edition.

A difference is about one cell, or one row, and is told with both texts. A row whose name is
misprinted is that row, and its name the difference; a row that is like no other is there or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...document.plain_text import closest
from ...sets.diff_rules import stated
from ...sets.edition_check import Verification
from ...sets.finding import Ends, Finding
from ...sets.verdicts import Verdicts
from ...table.parameter import Parameter
from ..ends import EndsOf
from ..model import UpperLayer
from .grids import Grid, GridRow, Subject
from .rules_of_rows import EDITED, is_used, judged, rule_of_row

_NOUNS = {
    Subject.SERVICE: "service",
    Subject.PARAMETER: "cell",
    Subject.FIELD: "field",
    Subject.VALUE: "value",
    Subject.STATE: "state",
    Subject.ACTION: "action",
    Subject.EVENT: "transition",
}


@dataclass(frozen=True)
class Voice:
    """How a difference is told: of a cell, of a row that is gone or new, of an order."""

    cell: str
    gone: str
    new: str
    order: str


VERIFIED = Voice(
    "Table {label} prints {old} for {what}, and the schemas have {new}",
    "Table {label} prints {what}, and the schemas do not have it",
    "the schemas have {what}, and Table {label} does not print it",
    "Table {label} prints {old} where the schemas have {new}",
)
FOLLOWED = Voice(
    "Table {label} printed {old} for {what}, and prints {new}",
    "Table {label} printed {what}, and does not any more",
    "Table {label} prints {what}, and did not",
    "Table {label} printed {old} where it prints {new}",
)


@dataclass(frozen=True)
class Difference:
    """A finding, how an erratum names it, and the cell or row that it is about."""

    place: str
    finding: Finding
    grid: Grid
    row: GridRow
    column: str

    @property
    def told(self) -> str:
        """What an erratum has to say to explain it."""
        return f"{self.place}: {self.finding.change}"


def verify(
    name: str,
    page: tuple[Grid, ...],
    known: tuple[Grid, ...],
    alone: Mapping[str, str],
    layer: UpperLayer,
) -> Verification:
    """Return how the `known` tables differ from those of the `page` of the edition `name`."""
    printed = {grid.key for grid in page}
    found = list(differences(page, known, layer, VERIFIED))
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
        tuple(compared(page)),
        layer.edition,
    )


def differences(
    old: Iterable[Grid], new: Iterable[Grid], layer: UpperLayer, voice: Voice
) -> Iterator[Difference]:
    """Yield what differs in the tables that both have; `layer` says who sends what."""
    before, ends = {grid.key: grid for grid in old}, EndsOf(layer)
    events = {each.text: each.name for each in layer.machine.events}
    for grid in new:
        if grid.key in before:
            yield from _Pair(before[grid.key], grid, _Actors(ends, events), voice).differences()


def compared(page: Iterable[Grid]) -> Iterator[tuple[int, str]]:
    """Yield how much the tables of an edition hold, and of what."""
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


@dataclass(frozen=True)
class _Actors:
    """Who is concerned by a difference."""

    ends: EndsOf
    events: Mapping[str, str]

    def of(self, grid: Grid, row: GridRow, column: str) -> tuple[Ends, ...]:
        if grid.subject in (Subject.FIELD, Subject.VALUE):
            return self.ends.structure(grid.owner)
        if grid.subject is Subject.PARAMETER:
            return self.ends.primitive(grid.owner, column)
        if grid.subject is Subject.EVENT and column:
            return self.ends.cell(self.events.get(row.name, ""), column)
        return ()


class _Pair:
    """One table before, or on the page, and after, or in the schemas."""

    def __init__(self, old: Grid, new: Grid, actors: _Actors, voice: Voice) -> None:
        self._old, self._new, self._actors, self._voice = old, new, actors, voice

    def differences(self) -> Iterator[Difference]:
        """Yield what differs, in the order of the new table."""
        pairs, gone = self._aligned()
        for was, is_now in pairs:
            if was is None:
                yield from self._whole_row(is_now, is_gone=False)
            else:
                yield from self._row(was, is_now)
        for row in gone:
            yield from self._whole_row(row, is_gone=True)
        names = [is_now.name for was, is_now in pairs if was is not None]
        order = {id(row): number for number, row in enumerate(self._old.rows)}
        printed = sorted((order[id(was)], is_now.name) for was, is_now in pairs if was is not None)
        if names != [name for _, name in printed]:
            yield self._order([name for _, name in printed], names)

    def _aligned(self) -> tuple[list[tuple[GridRow | None, GridRow]], list[GridRow]]:
        """Return each row of the new table with that of the old, and what is left of the old."""
        left = list(self._old.rows)
        found: dict[int, GridRow] = {}
        for number, row in enumerate(self._new.rows):
            same = next((each for each in left if each.name == row.name), None)
            if same is not None:
                found[number] = same
                left.remove(same)
        for number, row in enumerate(self._new.rows):
            # A code is what it is: another one is another value, whatever its text.
            if number not in found and left and self._new.subject is not Subject.VALUE:
                like = self._like(row, number, left)
                if like is not None:
                    found[number] = like
                    left.remove(like)
        return [(found.get(number), row) for number, row in enumerate(self._new.rows)], left

    def _like(self, row: GridRow, number: int, left: list[GridRow]) -> GridRow | None:
        """Return the old row that is this one under a misprinted name."""
        name = closest(row.name, [each.name for each in left])
        if name is not None:
            return next(each for each in left if each.name == name)
        rows = self._old.rows
        is_there = number < len(rows) and len(rows) == len(self._new.rows)
        if is_there and any(rows[number] is each for each in left):
            return rows[number]
        return None

    def _row(self, was: GridRow, is_now: GridRow) -> Iterator[Difference]:
        if was.name != is_now.name and self._new.subject is not Subject.FIELD:
            yield self._found(EDITED, is_now, "", was.name, is_now.name, stated(EDITED))
        for column in self._new.columns:
            before, after = was.cells[column], is_now.cells.get(column, "")
            if before != after:
                rule, verdicts = judged(self._new.subject, column, before, after, is_now)
                yield self._found(rule, is_now, column, before, after, verdicts)

    def _found(
        self, rule: str, row: GridRow, column: str, old: str, new: str, verdicts: Verdicts
    ) -> Difference:
        grid = self._new
        named = f" {column}" if column and grid.subject is not Subject.VALUE else ""
        text = self._voice.cell.format(
            label=grid.label, what=row.name + named, old=old or "nothing", new=new or "nothing"
        )
        return self._told(rule, row, column, old, new, verdicts, text)

    def _whole_row(self, row: GridRow, *, is_gone: bool) -> Iterator[Difference]:
        """Yield that a row came or went: a parameter in each cell, all else as it is."""
        grid = self._new
        voice = self._voice.gone if is_gone else self._voice.new
        cells = {column: row.cells[column] for column in grid.columns}
        shown = next((cell for cell in cells.values() if cell), "")
        meant = f" ({shown})" if grid.subject is Subject.VALUE else ""
        text = voice.format(label=grid.label, what=row.name + meant)
        if grid.subject is Subject.PARAMETER and any(map(is_used, cells.values())):
            for column, cell in cells.items():
                old, new = (cell, "") if is_gone else ("", cell)
                if is_used(cell):
                    rule, verdicts = judged(grid.subject, column, old, new, row)
                    yield self._told(rule, row, column, old, new, verdicts, text)
            return
        old, new = (shown, "") if is_gone else ("", shown)
        rule = rule_of_row(grid.subject, shown, is_gone=is_gone)
        yield self._told(rule, row, "", old, new, stated(rule), text)

    def _order(self, printed: list[str], ours: list[str]) -> Difference:
        grid = self._new
        at = next(number for number, name in enumerate(ours) if name != printed[number])
        row = next(each for each in grid.rows if each.name == ours[at])
        text = self._voice.order.format(label=grid.label, old=printed[at], new=ours[at])
        return self._told(EDITED, row, "", printed[at], ours[at], stated(EDITED), text)

    def _told(
        self,
        rule: str,
        row: GridRow,
        column: str,
        old: str,
        new: str,
        verdicts: Verdicts,
        text: str,
    ) -> Difference:
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
            self._actors.of(grid, row, column),
        )
        return Difference(self._place(row, name), finding, grid, row, column)

    def _place(self, row: GridRow, name: str) -> str:
        grid = self._new
        if grid.subject is Subject.FIELD:
            return f"{grid.subject.value} {grid.label} {row.cells['bytes']}"
        if grid.subject in (Subject.VALUE, Subject.PARAMETER):
            return f"{grid.subject.value} {grid.about} {name}"
        return f"{grid.subject.value} {name}"
