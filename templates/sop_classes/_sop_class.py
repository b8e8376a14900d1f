"""A SOP class, and what its tables say.

Invariant: the tables of a SOP class are imported when they are asked for, and once.

This file is copied as it is from `templates/sop_classes/_sop_class.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

from ._conditions import Condition
from ._rules import Rule, rules_of
from ._tables import Column, Part, Row, States, StatusCodes, StatusTable, Table
from ._usages import COLUMNS, USAGES

REQUEST, RESPONSE = "request", "response"
# The kinds of columns that say what a data set shall have.
_USAGE, _FINAL = "usage", "final"
_KEYS = ("key", "matching", "return")


def service_of(column: str) -> str:
    """Return the service whose data sets a column is about; empty if no table has the column."""
    return COLUMNS[column].services[0] if column in COLUMNS else ""


@dataclass(frozen=True)
class AttributeRow:
    """A row of an attribute table, for one service and direction.

    Attributes
    ----------
    path : tuple of str
        The keywords of the sequences that it is in, and its own.
    name, vr, vm : str
        As the dictionary has them.
    tag : int
        Its tag.
    usage : str
        The cell as printed: ``1C/1C``, ``not-allowed``, ``-/M``.
    scu, scp : str
        Its two sides; empty where the code has none.
    condition : str
        When it is required, or allowed, in words; empty if always.
    values : tuple of str
        The only values that it may have; empty if any.
    reference : str
        Where it is printed: ``PS3.4 F.7.2.1.1, Table F.7.2-1``.
    type_id : int or None
        The event or action type that the row is about.
    level : str
        The Query/Retrieve Level that it is about; empty if none.
    """

    path: tuple[str, ...]
    name: str
    tag: int
    vr: str
    vm: str
    usage: str
    scu: str
    scp: str
    condition: str
    values: tuple[str, ...]
    reference: str
    type_id: int | None = None
    level: str = ""

    @property
    def keyword(self) -> str:
        """The last of `path`."""
        return self.path[-1]


@dataclass(frozen=True, eq=False)
class SOPClass:
    """A SOP class of PS3.4.

    Attributes
    ----------
    uid, name, keyword : str
        As the dictionary of UIDs has them.
    reference : str
        The section that describes it, and the table of its DIMSE service group.
    services : mapping of str to tuple of str
        Its DIMSE service group: the usage of the SCU and that of the SCP, ``M`` or ``U``.
    consists_of : mapping of str to tuple of str
        The SOP classes that a Meta SOP class consists of, with the same.
    stands_for : tuple of str
        The SOP classes in whose messages it is named.
    named_in : tuple of str
        The services in whose messages it is named: its own, and those of `stands_for`.
    """

    uid: str
    name: str
    keyword: str
    reference: str
    services: Mapping[str, tuple[str, str]]
    consists_of: Mapping[str, tuple[str, str]]
    stands_for: tuple[str, ...]
    named_in: tuple[str, ...]
    _file: str

    def attributes(
        self, service: str, direction: str, type_id: int | None = None
    ) -> tuple[AttributeRow, ...]:
        """Return what the tables say of the data set of a message, in table order.

        Parameters
        ----------
        service : str
            A service, e.g. ``N-CREATE``.
        direction : str
            ``request`` or ``response``.
        type_id : int, optional
            An event or action type; all of them if none is given.

        Returns
        -------
        tuple of AttributeRow
            Empty if PS3.4 has no such table.
        """
        return tuple(
            row
            for table, column in self._columns(service, direction)
            for part in table.parts
            if type_id is None or part.type_id in (None, type_id)
            for row in _flat(part.rows, column, part, table.level, ())
        )

    def statuses(self, service: str, type_id: int | None = None) -> StatusCodes:
        """Return the statuses that the SOP class itself defines for a service, by code."""
        return StatusCodes(
            tuple(
                status
                for table in self._statuses()
                if service in table.services and table.type_id in (None, type_id)
                for status in table.statuses
            )
        )

    def meaning(self, service: str, status: int, type_id: int | None = None) -> str | None:
        """Return what a status means for a service, as printed; None if no table says it."""
        known = self.statuses(service, type_id)
        return known[status].meaning or None if status in known else None

    @property
    def event_types(self) -> Mapping[int, str]:
        """The event types that its tables know: number to name."""
        return self._types(service_of("event"))

    @property
    def action_types(self) -> Mapping[int, str]:
        """The action types that its tables know: number to name."""
        return self._types(service_of("action"))

    @property
    def states(self) -> States | None:
        """The states that an instance goes through; None if PS3.4 has no such table."""
        states: States | None = self._module().STATES
        return states

    def _types(self, service: str) -> Mapping[int, str]:
        found = {
            part.type_id: part.name
            for direction in (REQUEST, RESPONSE)
            for table, _ in self._columns(service, direction)
            for part in table.parts
            if part.type_id is not None
        }
        return MappingProxyType(dict(sorted(found.items())))

    def _module(self) -> Any:
        return import_module(f".{self._file}", __package__)

    def _is_about(self, keywords: tuple[str, ...]) -> bool:
        return not keywords or any(each in keywords for each in (self.keyword, *self.stands_for))

    def _tables(self) -> Iterator[Table]:
        yield from (table for table in self._module().TABLES if self._is_about(table.sop_classes))

    def _statuses(self) -> Iterator[StatusTable]:
        yield from (each for each in self._module().STATUSES if self._is_about(each.sop_classes))

    def _columns(self, service: str, direction: str) -> Iterator[tuple[Table, Column]]:
        """Yield every column that is about the data set of a message, with its table."""
        for table in self._tables():
            for name in table.columns:
                column = COLUMNS[name]
                services = (*column.services, *table.also) if column.services else ()
                if service in services and column.direction == direction:
                    yield table, column

    def rules(
        self, service: str, direction: str, type_id: int | None, kind: str = _USAGE
    ) -> tuple[Rule, ...] | None:
        """Return what is asked of the data set of a message; None if there is no table.

        For those of a type that the tables do not know, there is none either.
        """
        return _rules(self, service, direction, type_id, kind)

    def key_tables(self, service: str, direction: str) -> tuple[KeyTable, ...]:
        """Return the tables of keys for the identifier of a message, in printed order."""
        return _key_tables(self, service, direction)

    def final_rules(self, state: str) -> tuple[Rule, ...]:
        """Return what is asked of an instance that is to have the final state `state`."""
        column = COLUMNS[_FINAL]
        return tuple(
            rule
            for table in self._tables()
            if _FINAL in table.columns
            for part in table.parts
            for rule in rules_of(part.rows, column, state)
        )


@dataclass(frozen=True)
class KeyTable:
    """What a table of keys says below one column: of which kind it is, at which level."""

    kind: str
    level: str
    rules: tuple[Rule, ...]


@cache
def _key_tables(sop_class: SOPClass, service: str, direction: str) -> tuple[KeyTable, ...]:
    return tuple(
        KeyTable(column.kind, table.level, rules_of(part.rows, column))
        for table, column in sop_class._columns(service, direction)
        if column.kind in _KEYS
        for part in table.parts
    )


@cache
def _rules(
    sop_class: SOPClass, service: str, direction: str, type_id: int | None, kind: str
) -> tuple[Rule, ...] | None:
    found = [
        rules_of(part.rows, column)
        for table, column in sop_class._columns(service, direction)
        if column.kind == kind
        for part in table.parts
        if part.type_id in (None, type_id)
    ]
    return tuple(rule for rules in found for rule in rules) if found else None


def _flat(
    rows: tuple[Row, ...], column: Column, part: Part, level: str, above: tuple[str, ...]
) -> Iterator[AttributeRow]:
    """Yield `rows` and those below them, in printed order."""
    for row in rows:
        if column.name not in row.cells:
            continue
        path = (*above, row.keyword)
        usage = row.cells[column.name]
        known = USAGES[column.legend].get(usage)
        has_sides = known is not None and known.scu != "not allowed" and "/" in usage
        scu, _, scp = usage.partition("/") if has_sides else ("", "", "")
        yield AttributeRow(
            path,
            row.name,
            row.tag,
            row.vr,
            row.vm,
            usage,
            scu,
            scp,
            _condition(row, column.name),
            row.values.get(column.name, ()),
            row.reference,
            part.type_id,
            level,
        )
        yield from _flat(row.rows, column, part, level, path)


def _condition(row: Row, column: str) -> str:
    said = []
    for words, condition in (("required when", row.required_when), ("only when", row.only_when)):
        if not isinstance(condition, Condition):
            condition = condition.get(column) if condition else None
        if condition is not None:
            said.append(f"{words} {condition}")
    if row.condition:
        said.append(f"when: {row.condition}" if not said else row.condition)
    return "; ".join(said)
