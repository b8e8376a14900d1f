"""A service of the Upper Layer in one version, as the sets by which tables are compared.

Invariant: a slot reads a cell as the generated rules do. What a result that rejects does away with
is neither required nor forbidden, and what only such a result lets in is forbidden otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ...reading.position import Position
from ...sets import pair
from ...sets.finding import Ends
from ...sets.pair import in_both
from ...sets.slots import Table
from ...sets.states import ABSENT, Slot
from ...table.column import Column
from ...table.condition import Not, StatusIn
from ...table.parameter import Parameter
from ...table.row import Cell, Row
from ...table.usage import STATES
from ..ends import BothEnds
from ..family import EQUAL_TO, FAMILY
from ..model import Condition, Service
from ..model import Row as ModelRow
from ..views.service_codes import ServiceCodes


@dataclass(frozen=True)
class Printed:
    """A service table in the form in which all tables are compared."""

    name: str
    section: str
    table: str
    columns: Mapping[str, Column]
    rows: tuple[Row[Parameter], ...]
    position: Position


def printed(service: Service) -> Printed:
    """Return the table of `service`; its rows go by their printed names."""
    columns = {
        name: Column(name, heading, equal_to=EQUAL_TO.get(name, ""))
        for name, heading in service.columns.items()
    }
    rows = tuple(_row(row, service) for row in service.rows)
    tables = " and ".join(service.tables)
    return Printed(service.name, service.section, tables, columns, rows, service.position)


def _row(row: ModelRow, service: Service) -> Row[Parameter]:
    cells = {
        column: Cell(row.usage(column), row.is_equal(column), row.places.get(column))
        for column in row.cells
    }
    value = row.value or (f"that of {row.same_as}" if row.same_as else None)
    parameter = Parameter(row.name, row.name, "", position=row.position)
    return Row(parameter, cells, "", row.clause or service.section, row.position, value)


@dataclass(frozen=True)
class Version(pair.Version[Parameter]):
    """A service and its table, with the model that it was read from."""

    service: Printed
    model: Service
    codes: ServiceCodes

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Every row, by its printed name."""
        return {row.keyword: row.parameter for row in self.service.rows}

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The columns, as sets."""
        return {column: self._table(column) for column in self.service.columns}

    def _table(self, column: str) -> Table:
        deciding = self.deciding
        if deciding is None or deciding.usage(column).is_forbidden:
            return Table({row.name: Slot(STATES[row.usage(column)]) for row in self.model.rows})
        slots = {row.name: self._slot(row, column) for row in self.model.rows}
        return Table(slots, deciding.name, frozenset(self.codes.named(deciding).values()))

    @property
    def deciding(self) -> ModelRow | None:
        """The row whose value decides on others; None if there is none."""
        names = {name for row in self.model.rows for name in (*row.unless, *row.only_when)}
        return next((row for row in self.model.rows if row.name in names), None)

    def _slot(self, row: ModelRow, column: str) -> Slot:
        usage = row.usage(column)
        states = STATES[usage]
        if usage.is_mandatory and row.unless:
            return Slot(states | ABSENT, required=Not(self._holds(row.unless)))
        if not usage.is_forbidden and row.only_when:
            return Slot(states, forbidden=Not(self._holds(row.only_when)))
        return Slot(states, is_prose=usage.is_conditional)

    def _holds(self, condition: Condition) -> StatusIn:
        (name, members), *_ = condition.items()
        row = next(each for each in self.model.rows if each.name == name)
        codes = self.codes.named(row)
        return StatusIn(frozenset(codes[each] for each in members), " or ".join(members))


@dataclass(frozen=True)
class Pair(pair.Pair[Version]):
    """Both versions of a service; `ends` says who issues its primitives."""

    ends: BothEnds = field(kw_only=True)

    def reference(self, keyword: str) -> str:
        """Return where the row of `keyword` is printed: in one part of the table."""
        version = self.new if keyword in self.new.rows else self.old
        row = next(each for each in version.model.rows if each.name == keyword)
        return FAMILY.cited(row.clause or version.service.section, row.table)

    def actors(self, direction: str) -> tuple[Ends, ...]:
        """Return who issues the primitive of a column, and to whom."""
        return self.ends.primitives(self.name, [direction])

    def actors_of(self, name: str = "") -> tuple[Ends, ...]:
        """Return who issues a primitive, and to whom: one that may have the row `name`."""
        versions = (self.new, self.old)
        columns = in_both(self.old.service.columns, self.new.service.columns)
        return self.ends.primitives(
            self.name,
            [
                column
                for column in columns
                if not name or any(_may_have(each, name, column) for each in versions)
            ],
        )


def _may_have(version: Version, name: str, column: str) -> bool:
    row = version.rows.get(name)
    return row is not None and column in row.cells and not row.cells[column].usage.is_forbidden
