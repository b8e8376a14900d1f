"""The rules of a direction as branches of straight-line code.

Invariant: what a cell means is decided here and nowhere else in the views. Each row of the table
gives one block, in table order, and each block breaks down into branches that each report one
violation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

from ...code import layout
from ...code.naming import constant, hex4, slot
from ...table.condition import All, Condition, Not, StatusIn
from ...table.status_codes import codes_of_all
from ...table.vr import vr_of
from ..model import Cell, Parameter, Role, Row, decided_columns
from ..primitives import Direction, Primitive
from . import texts
from .expressions import Expressions
from .texts import Text


@dataclass(frozen=True)
class Branch:
    """One violation: the condition, in code, and what is reported."""

    code: str
    report: str


@dataclass(frozen=True)
class Block:
    """The rules of one row."""

    comment: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Constant:
    """A violation that is reported from one or more branches."""

    name: str
    rule: str
    parameter: str
    message: str
    reference: str


@dataclass
class Rules:
    """The blocks of one direction, and the violations that they report."""

    blocks: list[Block] = field(default_factory=list)
    constants: dict[str, Constant] = field(default_factory=dict)
    sets: dict[str, tuple[int, ...]] = field(default_factory=dict)
    uses: set[str] = field(default_factory=set)


_INDENT = 8


def rules_of(primitive: Primitive, direction: Direction) -> Rules:
    """Return the rules of `direction`: its rows, then the status fields without a row."""
    builder = _Builder(primitive, direction)
    for row in primitive.rows:
        builder.add_row(row)
    for parameter in primitive.extra_fields:
        builder.add_status_field(parameter)
    return builder.rules


class _Builder:
    """Collects blocks and constants of one direction."""

    def __init__(self, primitive: Primitive, direction: Direction) -> None:
        self._primitive = primitive
        self._direction = direction
        self._names = {key: p.name for key, p in primitive.parameters.items()}
        self._is_response = direction is primitive.response
        has_status = self._is_response and primitive.status_row is not None
        self._expressions = Expressions(primitive.parameters, has_status)
        self._branches: list[Branch] = []
        self.rules = Rules(sets=self._expressions.sets)

    def add_row(self, row: Row) -> None:
        """Add the block of `row`."""
        cell = self._direction.cell(row)
        if cell.usage.is_forbidden:
            self._add_absent(row)
        elif cell.usage.is_mandatory:
            self._add_mandatory(row)
        else:
            self._add_conditions(row)
        if not cell.usage.is_forbidden:
            self._add_value(row, cell)
            self._add_equality(row, cell)
            if row.parameter.role is Role.STATUS and self._is_response:
                self._add_status(row, cell)
        self._close(texts.row_comment(self._direction, row, self._names))

    def add_status_field(self, parameter: Parameter) -> None:
        """Add the block of a status field that has no row."""
        present = self._expressions.present(parameter.keyword)
        text = Text(self._primitive, self._direction, parameter)
        permitted = self._primitive.permitted[parameter.keyword]
        if self._is_response:
            tests = (present, *self._expressions.status_not_in(permitted, parameter.name))
            self._report("if", tests, text.status_field_not_permitted(permitted))
        else:
            self._report("if", (present,), text.status_field_in_request())
        self._add_validity(parameter, text)
        self._close(texts.status_field_comment(parameter, permitted, self._is_response))

    def _add_absent(self, row: Row) -> None:
        present = self._expressions.present(row.keyword)
        permitted = self._permitted(row)
        outside = self._expressions.status_not_in(permitted, row.parameter.name)
        tests = (present, *outside) if permitted else (present,)
        self._report("if", tests, self._text(row).must_be_absent(permitted))
        self._add_validity(row.parameter, self._text(row))

    def _add_mandatory(self, row: Row) -> None:
        absent = self._expressions.absent(row.keyword)
        self._report("if", (absent,), self._text(row).missing_mandatory())

    def _add_conditions(self, row: Row) -> None:
        """Add required_when and forbidden_when of a C cell, or of a U cell with a condition."""
        text = self._text(row)
        if self._decides(row.required_when, row):
            tests = self._expressions.holds(row.required_when, row.parameter.name)
            absent = self._expressions.absent(row.keyword)
            self._report("if", (absent, *tests), text.missing_conditional(row.required_when))
        if self._decides(row.forbidden_when, row):
            permitted = self._permitted(row)
            forbidden = _unless_permitted(row.forbidden_when, permitted)
            tests = self._expressions.holds(forbidden, row.parameter.name)
            present = self._expressions.present(row.keyword)
            report = text.forbidden_conditional(row.forbidden_when, permitted)
            self._report("if", (present, *tests), report)

    def _decides(self, condition: Condition | None, row: Row) -> TypeGuard[Condition]:
        if condition is None:
            return False
        return self._direction.column in decided_columns(row.cells, condition)

    def _add_value(self, row: Row, cell: Cell) -> None:
        attribute = f"self.{slot(row.parameter.name)}"
        text = self._text(row)
        if cell.usage.is_fixed and row.value is not None:
            fixed = hex4(row.value) if isinstance(row.value, int) else layout.literal(row.value)
            tests = (f"{attribute} != {fixed}",)
            if cell.usage.is_mandatory:
                self._report("elif", tests, text.wrong_fixed_value(fixed), attribute)
            else:
                present = self._expressions.present(row.keyword)
                self._report("if", (present, *tests), text.wrong_fixed_value(fixed), attribute)
        else:
            self._add_validity(row.parameter, text, "elif" if cell.usage.is_mandatory else "if")

    def _add_validity(self, parameter: Parameter, text: Text, keyword: str = "if") -> None:
        is_valid = vr_of(parameter.vr).is_valid
        if is_valid is None:
            return
        attribute = f"self.{slot(parameter.name)}"
        self.rules.uses.add(is_valid)
        self._report(keyword, (f"not {is_valid}({attribute})",), text.invalid_value(), attribute)

    def _add_equality(self, row: Row, cell: Cell) -> None:
        if not self._is_response:
            return
        other = row.keyword if cell.is_equal_to_left else row.equals or row.parameter.equals
        source = self._primitive.parameters.get(other or "")
        if source is None:
            return
        attribute = f"self.{slot(row.parameter.name)}"
        requested = f"request.{slot(source.name)}"
        tests = (
            "request is not None",
            f"{requested} is not None",
            f"{attribute} is not None",
            f"{attribute} != {requested}",
        )
        self._report("if", tests, self._text(row).not_equal(source), attribute)

    def _add_status(self, row: Row, cell: Cell) -> None:
        self.rules.uses.add("status_class")
        text = self._text(row)
        shown = 'f"{status:04X}H"'
        # After the check for a missing status there is one.
        keyword, guard = (
            ("elif", ()) if cell.usage.is_mandatory else ("if", ("status is not None",))
        )
        is_unknown = (*guard, "status_class(status) is None")
        self._report(keyword, is_unknown, text.unknown_status(), shown)
        listed = codes_of_all(
            tuple(pattern for status in self._primitive.statuses for pattern in status.patterns)
        )
        _, *tests = self._expressions.status_not_in(listed, "listed")
        self._report("elif", (*guard, *tests), text.status_not_listed(), shown)

    def _permitted(self, row: Row) -> frozenset[int]:
        permitted = self._primitive.permitted.get(row.keyword, frozenset())
        return permitted if self._is_response else frozenset()

    def _text(self, row: Row) -> Text:
        return Text(self._primitive, self._direction, row.parameter, row)

    def _report(
        self, keyword: str, tests: Sequence[str], report: texts.Report, got: str = ""
    ) -> None:
        side = "response" if self._is_response else "request"
        name = constant(side, report.parameter.name, report.suffix)
        self.rules.constants[name] = Constant(
            name, report.rule, report.parameter.keyword, report.message, report.reference
        )
        report_code = (
            layout.nested_call("found.append", f"{name}.given", got, _INDENT + 4)
            if got
            else layout.call("found.append(", [name], ")", _INDENT + 4)
        )
        self._branches.append(Branch(layout.branch(keyword, tests, _INDENT), report_code))

    def _close(self, text: str) -> None:
        if self._branches:
            self.rules.blocks.append(Block(layout.comment(text, _INDENT), tuple(self._branches)))
            self._branches = []


def _unless_permitted(forbidden: Condition, permitted: frozenset[int]) -> Condition:
    if not permitted:
        return forbidden
    return All((forbidden, Not(StatusIn(permitted, "permitted by Annex C"))))
