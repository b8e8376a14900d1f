"""What a violation says, and the comment above its check.

Invariant: a message names the parameter as printed, the cell, and what to do; a reference names
the clause and the table, and the erratum where a decision of ours shaped the rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...table.condition import Condition
from ...table.status_codes import show
from ...table.vr import vr_of
from ...table.words import ANNEX, STANDARD, in_words, with_article
from ..model import Parameter, Row, Service, decided_columns
from ..primitives import Direction, Primitive


@dataclass(frozen=True)
class Report:
    """A violation, and how its constant is called."""

    rule: str
    parameter: Parameter
    message: str
    reference: str
    suffix: str


def row_reference(row: Row, services: tuple[Service, ...]) -> str:
    """Return where `row` is printed, e.g. ``PS3.7 10.1.2.1.8, Table 10.1-2``."""
    clauses = [
        each.clause for service in services for each in service.rows if each.keyword == row.keyword
    ]
    return f"{STANDARD} {_and(clauses)}, {tables_in_words(services)}"


def tables_in_words(services: tuple[Service, ...]) -> str:
    """Return ``Table 10.1-2``, or ``Tables 9.1-2, 9.1-3 and 9.1-4``."""
    tables = [service.table for service in services]
    return f"{'Table' if len(tables) == 1 else 'Tables'} {_and(tables)}"


def sections_in_words(services: tuple[Service, ...]) -> str:
    """Return the sections of `services`, e.g. ``9.1.2, 9.1.3 and 9.1.4``."""
    return _and([service.section for service in services])


def status_reference(primitive: Primitive) -> str:
    """Return where the statuses of `primitive` and their fields are printed."""
    row = primitive.status_row
    return f"{STANDARD} {row.clause}, {ANNEX}" if row else f"{STANDARD} {ANNEX}"


@dataclass(frozen=True)
class Text:
    """Writes the violations of one parameter in one direction."""

    primitive: Primitive
    direction: Direction
    parameter: Parameter
    row: Row | None = None

    def missing_mandatory(self) -> Report:
        """Report that the parameter is M or MF and absent."""
        message = f"{self._name} is missing: it is {self._cell}; set {self._keyword}"
        return self._report("missing-mandatory", message, "missing")

    def missing_conditional(self, condition: Condition) -> Report:
        """Report that the parameter is absent where its condition requires it."""
        when = in_words(condition, self._names)
        message = f"{self._name} is missing: it is {self._cell}, required when {when}"
        message += f"; set {self._keyword}"
        return self._report("missing-conditional", message, "required", with_errata=True)

    def forbidden_conditional(self, condition: Condition, permitted: frozenset[int]) -> Report:
        """Report that the parameter is present where its condition forbids it."""
        when = in_words(condition, self._names)
        message = f"{self._name} shall be absent: it is {self._cell}, not allowed when {when}"
        message += self._unless(permitted) + f"; leave {self._keyword} unset"
        return self._report("forbidden-conditional", message, "forbidden", with_errata=True)

    def must_be_absent(self, permitted: frozenset[int]) -> Report:
        """Report that the cell is a dash and the parameter is present."""
        message = f"{self._name} shall be absent: it is {self._cell}{self._unless(permitted)}"
        message += f"; leave {self._keyword} unset"
        return self._report("must-be-absent", message, "must_be_absent", with_errata=True)

    def status_field_in_request(self) -> Report:
        """Report a status field in a request."""
        where = with_article(self.direction.label)
        message = f"{self._name} shall be absent: it is a status field, and {where} has no status"
        message += f"; leave {self._keyword} unset"
        return self._report("must-be-absent", message, "must_be_absent")

    def status_field_not_permitted(self, permitted: frozenset[int]) -> Report:
        """Report a status field with a status that does not permit it."""
        message = f"{self._name} shall be absent: {ANNEX} permits it in "
        message += f"{with_article(self.direction.label)} with {show(permitted)} only"
        message += f"; leave {self._keyword} unset"
        return self._report("status-field-not-permitted", message, "not_permitted")

    def wrong_fixed_value(self, value: str) -> Report:
        """Report that the parameter is MF or UF and has another value."""
        message = f"{self._name} shall be {value}: it is {self._cell}"
        return self._report("wrong-fixed-value", f"{message}; set it to {value}", "fixed")

    def invalid_value(self) -> Report:
        """Report that the value breaks its VR."""
        where = f"it is {self._cell}" if self.row else f"it is a status field {self._cell}"
        message = f"{self._name} breaks VR {self.parameter.vr}: {where}"
        message += f"; set {self._keyword} to {vr_of(self.parameter.vr).rule}"
        return self._report("invalid-value", message, "invalid")

    def not_equal(self, source: Parameter) -> Report:
        """Report that the value differs from what it repeats from the request."""
        message = f"{self._name} shall equal {source.name} of the request: it is {self._cell}"
        message += f"; copy {source.keyword}"
        return self._report("not-equal", message, "not_equal", with_errata=True)

    def unknown_status(self) -> Report:
        """Report that the status is in no status class."""
        message = f"{self._name} is in no status class: it is {self._cell}"
        message += f"; use a code of {ANNEX}"
        return self._report("unknown-status", message, "unknown", reference=self._status_clause)

    def status_not_listed(self) -> Report:
        """Report that the status has a class, but the service does not list it."""
        message = f"{self._name} is not one that {self.primitive.name} lists: it is {self._cell}"
        message += "; use one of its Status clause"
        return self._report(
            "status-not-listed", message, "not_listed", reference=self._status_clause
        )

    def _report(
        self,
        rule: str,
        message: str,
        suffix: str,
        *,
        reference: str = "",
        with_errata: bool = False,
    ) -> Report:
        where = reference or self._reference
        errata = self.row.errata if self.row and with_errata else ()
        is_about_equality = bool(self.row and self.row.equals)
        if errata and is_about_equality == (rule == "not-equal"):
            where += f"; erratum {_and(errata)}"
        return Report(rule, self.parameter, message, where, suffix)

    @property
    def _name(self) -> str:
        return self.parameter.name

    @property
    def _keyword(self) -> str:
        return self.parameter.keyword

    @property
    def _names(self) -> Mapping[str, str]:
        return {key: parameter.name for key, parameter in self.primitive.parameters.items()}

    @property
    def _cell(self) -> str:
        """The cell in words, e.g. ``M in an N-GET request``."""
        where = with_article(self.direction.label)
        return f"{self.direction.cell(self.row)} in {where}" if self.row else f"in {where}"

    def _unless(self, permitted: frozenset[int]) -> str:
        return f", but for {show(permitted)}" if permitted else ""

    @property
    def _reference(self) -> str:
        if self.row is None:
            return self._status_clause
        return row_reference(self.row, self.primitive.services)

    @property
    def _status_clause(self) -> str:
        return status_reference(self.primitive)


_EFFECTS = {
    "require": "required when",
    "forbid": "not allowed when",
    "permit": "may be included when",
}


def rules_in_words(direction: Direction, row: Row, names: Mapping[str, str]) -> str:
    """Return the conditions that decide the cell of `row`, each after a comma; empty if none."""
    return "".join(
        f", {_EFFECTS[effect]} {in_words(condition, names)}"
        for effect, condition in row.conditions.items()
        if direction.column in decided_columns(row.cells, condition)
    )


def row_comment(direction: Direction, row: Row, names: Mapping[str, str]) -> str:
    """Return the row in its own words, for the comment above its checks."""
    text = f"{row.parameter.name}: {direction.cell(row)}{rules_in_words(direction, row, names)}"
    errata = f"; erratum {_and(row.errata)}" if row.errata else ""
    return f"{text} ({row.clause}{errata})"


def status_field_comment(parameter: Parameter, permitted: frozenset[int], is_response: bool) -> str:
    """Return why a status field that has no row is looked at."""
    if is_response:
        return f"{parameter.name}: {ANNEX} permits it with {show(permitted)}"
    return f"{parameter.name}: a status field, in responses only ({ANNEX})"


def _and(words: list[str] | tuple[str, ...]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
