"""The rules of a direction as branches of straight-line code.

What a cell demands is decided in `demands`, and nowhere in the views. Each row of the table gives
one block, in table order, and each block breaks down into branches that each report one violation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...code import layout
from ...code.naming import constant, slot
from ...table.condition import REQUIRE
from ...table.status_codes import codes_of_all
from ...table.vr import vr_of
from ..demands import demand_of, demand_of_field
from ..model import Parameter, Role, Row
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
    """A violation that branches report, and the expression that makes it."""

    name: str
    rule: str
    parameter: str
    code: str


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
        has_status = direction.carries_status and primitive.status_row is not None
        self._expressions = Expressions(primitive.parameters, has_status)
        self._branches: list[Branch] = []
        self.rules = Rules(sets=self._expressions.sets)

    def add_row(self, row: Row) -> None:
        """Add the block of `row`."""
        demand = demand_of(self._primitive, self._direction, row)
        text = Text(self._primitive, self._direction, row.parameter, demand, row)
        if demand.is_forbidden:
            self._add_absent(text)
        elif demand.is_mandatory:
            absent = self._expressions.absent(row.keyword)
            self._report("if", (absent,), text.missing_mandatory())
        else:
            self._add_conditions(text)
        self._add_value(text)
        if demand.equal_to is not None:
            self._add_equality(text, demand.equal_to)
        if row.parameter.role is Role.STATUS and self._direction.carries_status:
            self._add_status(text)
        self._close(texts.comment_of(demand, row.parameter, row))

    def add_status_field(self, parameter: Parameter) -> None:
        """Add the block of a status field that has no row."""
        demand = demand_of_field(self._primitive, self._direction, parameter)
        text = Text(self._primitive, self._direction, parameter, demand)
        present = self._expressions.present(parameter.keyword)
        if self._direction.carries_status:
            tests = self._expressions.status_not_in(demand.permitted, parameter.name)
            self._report("if", (present, *tests), text.status_field_not_permitted())
        else:
            self._report("if", (present,), text.must_be_absent())
        self._add_value(text)
        self._close(texts.comment_of(demand, parameter, None))

    def _add_absent(self, text: Text) -> None:
        demand, parameter = text.demand, text.parameter
        forbidden = demand.dash_holds_when
        outside = self._expressions.holds(forbidden, parameter.name) if forbidden else ()
        present = self._expressions.present(parameter.keyword)
        self._report("if", (present, *outside), text.must_be_absent())

    def _add_conditions(self, text: Text) -> None:
        """Add required_when and forbidden_when of a C cell, or of a U cell with a condition."""
        parameter, demand = text.parameter, text.demand
        if REQUIRE in demand.conditions:
            tests = self._expressions.holds(demand.conditions[REQUIRE], parameter.name)
            absent = self._expressions.absent(parameter.keyword)
            self._report("if", (absent, *tests), text.missing_conditional())
        if demand.forbidden_when is not None:
            tests = self._expressions.holds(demand.forbidden_when, parameter.name)
            present = self._expressions.present(parameter.keyword)
            self._report("if", (present, *tests), text.forbidden_conditional())

    def _add_value(self, text: Text) -> None:
        parameter, fixed = text.parameter, text.demand.fixed
        attribute = f"self.{slot(parameter.name)}"
        keyword = "elif" if text.demand.is_mandatory else "if"
        is_valid = vr_of(parameter.vr).is_valid
        if fixed:
            present = (
                () if text.demand.is_mandatory else (self._expressions.present(parameter.keyword),)
            )
            tests = (*present, f"{attribute} != {fixed}")
            self._report(keyword, tests, text.wrong_fixed_value(), attribute)
        elif is_valid is not None:
            self.rules.uses.add(is_valid)
            tests = (f"not {is_valid}({attribute})",)
            self._report(keyword, tests, text.invalid_value(), attribute)

    def _add_equality(self, text: Text, source: Parameter) -> None:
        attribute = f"self.{slot(text.parameter.name)}"
        requested = f"request.{slot(source.name)}"
        tests = (
            "request is not None",
            f"{requested} is not None",
            f"{attribute} is not None",
            f"{attribute} != {requested}",
        )
        self._report("if", tests, text.not_equal(source), attribute)

    def _add_status(self, text: Text) -> None:
        self.rules.uses.add("status_class")
        shown = 'f"{status:04X}H"'
        # After the check for a missing status there is one.
        keyword, guard = (
            ("elif", ()) if text.demand.is_mandatory else ("if", ("status is not None",))
        )
        is_unknown = (*guard, "status_class(status) is None")
        self._report(keyword, is_unknown, text.unknown_status(), shown)
        listed = codes_of_all(
            tuple(pattern for status in self._primitive.statuses for pattern in status.patterns)
        )
        _, *tests = self._expressions.status_not_in(listed, "listed")
        self._report("elif", (*guard, *tests), text.status_not_listed(), shown)

    def _report(
        self, keyword: str, tests: Sequence[str], report: texts.Report, got: str = ""
    ) -> None:
        name = constant(self._direction.side, report.parameter.name, report.suffix)
        self.rules.constants[name] = Constant(
            name, report.rule, report.parameter.keyword, report.code
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
