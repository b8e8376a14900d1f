"""One service in both versions.

Invariant: a finding about what is gone stands at the nearest line above it that is still there,
and cites the old version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..dimse.model import Parameter, Row, Service
from ..dimse.primitives import Primitive
from ..reading.position import Position
from ..table.words import STANDARD, with_article
from .finding import Finding
from .slots import Table, table_of
from .verdicts import Verdicts


@dataclass(frozen=True)
class Version:
    """A service, and the primitive that its first columns make up."""

    service: Service
    primitive: Primitive

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """The rows by keyword."""
        return {row.keyword: row for row in self.service.rows}

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The columns of its table."""
        service, primitive = self.service, self.primitive
        return {column: table_of(service, primitive, column) for column in service.columns}


@dataclass(frozen=True)
class Pair:
    """The versions of one service."""

    old: Version
    new: Version
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
        """The column of the response, empty where nothing answers."""
        response = self.new.primitive.response
        return response.column if response else ""

    @property
    def keywords(self) -> tuple[str, ...]:
        """The parameters of both versions: those of the new one in its order, then the others."""
        return in_both(self.old.rows, self.new.rows)

    def parameter(self, keyword: str) -> Parameter:
        """Return what `keyword` names."""
        return (self.new.rows.get(keyword) or self.old.rows[keyword]).parameter

    def reference(self, keyword: str) -> str:
        """Return where the row of `keyword` is printed."""
        version = self.new if keyword in self.new.rows else self.old
        row = version.rows[keyword]
        return f"{STANDARD} {row.clause}, Table {version.service.table}"

    def position(self, keyword: str, column: str = "") -> Position:
        """Return where the new version has the row of `keyword`, or what is nearest to it."""
        row = self.new.rows.get(keyword)
        if row is None:
            places = {key: row.position for key, row in self.new.rows.items()}
            return nearest(keyword, list(self.old.rows), places) or self.new.service.position
        cell = row.cells.get(column)
        return (cell.position if cell else None) or row.position

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
            reference or f"{STANDARD} {self.new.service.section}",
            position or self.new.service.position,
        )


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
