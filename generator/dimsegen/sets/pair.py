"""One service in both versions.

A finding about what is gone stands at the nearest line above it that is still there, and cites the
old version.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from ..reading.position import Position
from ..table.column import Column
from ..table.parameter import Parameter
from ..table.row import P, Row
from ..table.words import with_article
from .finding import Ends, Finding, ends_of
from .slots import Table
from .verdicts import Verdicts, compare_slots


class Service(Protocol[P]):
    """What has a table."""

    @property
    def name(self) -> str:
        """Its name as printed."""

    @property
    def section(self) -> str:
        """The section that describes it."""

    @property
    def table(self) -> str:
        """The number of its table."""

    @property
    def columns(self) -> Mapping[str, Column]:
        """The columns of the table."""

    @property
    def rows(self) -> tuple[Row[P], ...]:
        """The rows of the table."""

    @property
    def position(self) -> Position:
        """Where it is written."""


@dataclass(frozen=True)
class Version(ABC, Generic[P]):
    """What has a table, in one version; a family says what each of its columns allows."""

    service: Service[P]

    @cached_property
    def rows(self) -> Mapping[str, Row[P]]:
        """The rows by keyword."""
        return {row.keyword: row for row in self.service.rows}

    @property
    @abstractmethod
    def parameters(self) -> Mapping[str, P]:
        """Every parameter, whether it has a row or not."""

    @property
    @abstractmethod
    def tables(self) -> Mapping[str, Table]:
        """The columns of its table, as sets."""


V = TypeVar("V", bound=Version[Any], covariant=True)


@dataclass(frozen=True)
class Pair(Generic[V]):
    """The versions of one service; `part` is the part of the standard that has its table."""

    old: V
    new: V
    part: str
    tolerant: bool = False

    @property
    def name(self) -> str:
        """The service as printed."""
        return self.new.service.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of both versions."""
        columns = self.new.service.columns
        return tuple(column for column in columns if column in self.old.service.columns)

    @property
    def response(self) -> str:
        """The column that has a status, empty where none has."""
        columns = self.new.service.columns.values()
        return next((each.name for each in columns if each.has_status), "")

    @property
    def keywords(self) -> tuple[str, ...]:
        """The parameters of both versions: those of the new one in its order, then the others."""
        return in_both(self.old.rows, self.new.rows)

    def parameter(self, keyword: str) -> Parameter:
        """Return what `keyword` names."""
        row: Row[Any] = self.new.rows.get(keyword) or self.old.rows[keyword]
        parameter: Parameter = row.parameter
        return parameter

    def reference(self, keyword: str) -> str:
        """Return where the row of `keyword` is printed."""
        version = self.new if keyword in self.new.rows else self.old
        row = version.rows[keyword]
        return f"{self.part} {row.clause}, Table {version.service.table}"

    def position(self, keyword: str, column: str = "") -> Position:
        """Return where the new version has the row of `keyword`, or what is nearest to it."""
        row = self.new.rows.get(keyword)
        if row is None:
            places = {key: row.position for key, row in self.new.rows.items()}
            return nearest(keyword, list(self.old.rows), places) or self.new.service.position
        cell = row.cells.get(column)
        return (cell.position if cell else None) or row.position

    def verdicts(self, keyword: str, column: str) -> Verdicts:
        """Return what the change of a cell does, computed from what both versions allow there."""
        old, new = self.old.tables[column], self.new.tables[column]
        return compare_slots(old, new, keyword, tolerant=self.tolerant)

    def of(self, column: str) -> str:
        """Return ``of an N-GET request``."""
        return f"of {with_article(f'{self.name} {column}')}"

    def finding(
        self,
        rule: str,
        message: str,
        verdicts: Verdicts,
        *,
        old: str,
        new: str,
        direction: str = "",
        parameter: Parameter | None = None,
        reference: str = "",
        position: Position | None = None,
    ) -> Finding:
        """Return a finding about this service."""
        return Finding(
            rule,
            message,
            self.name,
            direction,
            parameter,
            old,
            new,
            verdicts.senders,
            verdicts.receivers,
            reference or f"{self.part} {self.new.service.section}",
            position or self.new.service.position,
            actors=self.actors(direction),
        )

    def actors(self, direction: str) -> tuple[Ends, ...]:
        """Return who sends and who receives; nobody where `direction` is no column of either."""
        columns = {**self.old.service.columns, **self.new.service.columns}
        if direction not in columns:
            return ()
        return (ends_of(is_answer=bool(columns[direction].answers)),)


def in_both(old: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    """Return the names in `new`, then those that are only in `old`, each in their order."""
    return tuple(dict.fromkeys([*new, *old]))


def nearest(name: str, order: Sequence[str], places: Mapping[str, Position]) -> Position | None:
    """Return the place of what stood nearest above `name` in `order` and still has one.

    Where nothing above is left, what stood below counts.
    """
    at = order.index(name)
    near = [*reversed(order[:at]), *order[at + 1 :]]
    return next((places[each] for each in near if each in places), None)
