"""What a violation says, and the comment above its check.

A violation names the parameter as printed, the cell, and what to do; a reference names the clause
and the table, and the erratum where a decision of ours shaped the rule. The sentences are made by
`Row` of the runtime, from the words that are given here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...code import layout
from ...code.naming import constant
from ...table.condition import FORBID, REQUIRE
from ...table.standard import Standard
from ...table.words import with_article
from ..demands import Demand
from ..model import Parameter, Row, Service
from ..primitives import Direction, Primitive


@dataclass(frozen=True)
class Report:
    """A violation: its rule, the expression that makes it, and how its constant is called."""

    rule: str
    parameter: Parameter
    code: str
    suffix: str


def row_reference(row: Row, services: tuple[Service, ...]) -> str:
    """Return where `row` is printed, e.g. ``PS3.7 10.1.2.1.8, Table 10.1-2``."""
    return "; ".join(
        f"{standard.name} {_and(_clauses(row, group))}, {tables_in_words(group)}"
        for standard, group in _by_standard(services).items()
    )


def reference_of(services: tuple[Service, ...]) -> str:
    """Return where `services` are printed, e.g. ``PS3.7 10.1.2, Table 10.1-2``."""
    return "; ".join(
        f"{standard.name} {sections_in_words(group)}, {tables_in_words(group)}"
        for standard, group in _by_standard(services).items()
    )


def _clauses(row: Row, services: Sequence[Service]) -> list[str]:
    rows = [each for service in services for each in service.rows]
    return [each.clause for each in rows if each.keyword == row.keyword]


def _by_standard(services: Sequence[Service]) -> Mapping[Standard, tuple[Service, ...]]:
    """Return the services by the document that they are printed in."""
    return {
        standard: tuple(each for each in services if each.standard == standard)
        for standard in dict.fromkeys(each.standard for each in services)
    }


def tables_in_words(services: tuple[Service, ...]) -> str:
    """Return ``Table 10.1-2``, or ``Tables 9.1-2, 9.1-3 and 9.1-4``."""
    tables = [service.table for service in services]
    return f"{'Table' if len(tables) == 1 else 'Tables'} {_and(tables)}"


def sections_in_words(services: tuple[Service, ...]) -> str:
    """Return the sections of `services`, e.g. ``9.1.2, 9.1.3 and 9.1.4``."""
    return _and([service.section for service in services])


def status_reference(primitive: Primitive) -> str:
    """Return where the statuses of `primitive` and their fields are printed."""
    row, name, annex = primitive.status_row, primitive.service.standard.name, primitive.annex
    places = [row.clause] if row else []
    # A document that names no annex for them has its statuses anywhere.
    return f"{name} {', '.join([*places, annex])}" if annex != name else " ".join([name, *places])


def erratum_of(row: Row) -> str:
    """Return the errata that shape the rule of `row`, e.g. ``; erratum S1``; empty if none does."""
    return f"; erratum {_and(row.errata)}" if row.errata else ""


def comment_of(demand: Demand, parameter: Parameter, row: Row | None) -> str:
    """Return the comment above the checks of a parameter: its cell in words, and the clause."""
    where = f"{row.clause}{erratum_of(row)}" if row else demand.annex
    return f"{parameter.name}: {demand.words} ({where})"


@dataclass(frozen=True)
class Text:
    """Writes the violations of one parameter in one direction."""

    primitive: Primitive
    direction: Direction
    parameter: Parameter
    demand: Demand
    row: Row | None = None

    def missing_mandatory(self) -> Report:
        """Report that the parameter is M or MF and absent."""
        return self._report("missing-mandatory", "missing", self._cell())

    def missing_conditional(self) -> Report:
        """Report that the parameter is absent where its condition requires it."""
        cell = self._cell(self.demand.phrase(REQUIRE))
        return self._report("missing-conditional", "required", cell, erratum=self._erratum())

    def forbidden_conditional(self) -> Report:
        """Report that the parameter is present where its condition forbids it."""
        cell = self._cell(self.demand.phrase(FORBID))
        return self._report("forbidden-conditional", "forbidden", cell, erratum=self._erratum())

    def must_be_absent(self) -> Report:
        """Report that the parameter is present where its cell is a dash, or in a request."""
        cell = self._cell(self.demand.exception)
        return self._report("must-be-absent", "must_be_absent", cell, erratum=self._erratum())

    def status_field_not_permitted(self) -> Report:
        """Report a status field with a status that does not permit it."""
        cell = self._cell(self.demand.exception)
        return self._report("status-field-not-permitted", "not_permitted", cell)

    def wrong_fixed_value(self) -> Report:
        """Report that the parameter is MF or UF and has another value."""
        value = layout.literal(self.demand.fixed)
        return self._report("wrong-fixed-value", "fixed", self._cell(), value, **self._advice())

    def invalid_value(self) -> Report:
        """Report that the value breaks its VR."""
        return self._report("invalid-value", "invalid", self._cell(), **self._advice())

    def not_equal(self, source: Parameter) -> Report:
        """Report that the value differs from what it repeats from the request."""
        options = {**self._advice(), "erratum": self._erratum(is_about_equality=True)}
        return self._report(
            "not-equal", "not_equal", self._cell(), constant(source.name), **options
        )

    def unknown_status(self) -> Report:
        """Report that the status is in no status class."""
        where = layout.literal(status_reference(self.primitive))
        return self._report("unknown-status", "unknown", self._cell(), where)

    def status_not_listed(self) -> Report:
        """Report that the status has a class, but the service does not list it."""
        service = layout.literal(self.primitive.name)
        where = layout.literal(status_reference(self.primitive))
        return self._report("status-not-listed", "not_listed", self._cell(), service, where)

    def _report(self, rule: str, method: str, *arguments: str, **options: str) -> Report:
        given = [*arguments, *(f"{key}={value}" for key, value in options.items() if value)]
        code = f"{constant(self.parameter.name)}.{method}({', '.join(given)})"
        return Report(rule, self.parameter, code, method)

    def _cell(self, phrase: str = "") -> str:
        """Return the cell, its message, and what is broken: ``M in an N-GET request``."""
        words = f"{self.demand.code} in {with_article(self.direction.label)}"
        return layout.literal(f"{words}, {phrase}" if phrase else words)

    def _advice(self) -> dict[str, str]:
        """Return what tells the sentence about a value whether there shall be one at all."""
        if self.demand.is_never_present:
            return {"absent": "True"}
        return {"optional": "True"} if self.demand.is_sometimes_absent else {}

    def _erratum(self, *, is_about_equality: bool = False) -> str:
        row = self.row
        if row is None or not row.errata or bool(row.equals) != is_about_equality:
            return ""
        return layout.literal(_and(row.errata))


def _and(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
