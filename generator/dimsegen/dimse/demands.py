"""What a cell demands in one direction, for whatever says it: branch, comment, docs, `explain`.

What follows from a cell, its row and Annex C together is decided here, so that no two texts, and no
text and its branch, can disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..code.layout import literal
from ..table.condition import FORBID, All, AnyOf, Condition, Not, Present, StatusIn
from ..table.notation import hex4
from ..table.status_codes import show
from ..table.usage import Usage
from ..table.words import EFFECTS, in_words
from .family import ANNEX
from .model import Parameter, Row
from .primitives import Direction, Primitive

_STATUS_FIELD = "a status field"


@dataclass(frozen=True)
class Demand:
    """What a cell asks for, or Annex C of a status field that has no row.

    Attributes
    ----------
    code : str
        The cell as printed, e.g. ``U(=)``.
    usage : Usage or None
        Its usage code; None for a status field without a row.
    is_answer : bool
        Whether the direction is the response.
    fixed : str
        The value that an MF or UF cell fixes, as code; empty if none is.
    equal_to : Parameter or None
        The parameter of the request that it repeats: ``(=)``, or what the text says.
    conditions : mapping of str to Condition
        The conditions of the row that decide this cell, by what they do.
    permitted : frozenset of int
        The statuses with which Annex C permits what is forbidden otherwise.
    names : mapping of str to str
        The names as printed, by keyword.
    replaced : Parameter or None
        The data set of the message, if the parameter can go in its place only: there is one.
    annex : str
        What permits status fields.
    """

    code: str
    usage: Usage | None
    is_answer: bool
    fixed: str
    equal_to: Parameter | None
    conditions: Mapping[str, Condition]
    permitted: frozenset[int]
    names: Mapping[str, str]
    replaced: Parameter | None = None
    annex: str = ANNEX

    @property
    def forbidden_when(self) -> Condition | None:
        """When a parameter that is no dash shall be absent; None where a condition forbids none."""
        forbidden = self.conditions.get(FORBID)
        if forbidden is None or not self.permitted:
            return forbidden
        return All((forbidden, Not(StatusIn(self.permitted, f"permitted by {self.annex}"))))

    @property
    def dash_holds_when(self) -> Condition | None:
        """When a parameter that is a dash shall be absent; None where that is always."""
        if not self.permitted:
            return None
        outside = Not(StatusIn(self.permitted, f"permitted by {self.annex}"))
        if self.replaced is None:
            return outside
        return AnyOf((outside, Present(self.replaced.keyword)))

    @property
    def is_forbidden(self) -> bool:
        """Whether the parameter shall be absent, unless Annex C permits it."""
        return self.usage is None or self.usage.is_forbidden

    @property
    def is_never_present(self) -> bool:
        """Whether the parameter shall be absent from every message."""
        return self.is_forbidden and not self.permitted

    @property
    def is_sometimes_absent(self) -> bool:
        """Whether the parameter shall be absent from some messages, and not from others."""
        return bool(self.permitted) if self.is_forbidden else FORBID in self.conditions

    @property
    def is_mandatory(self) -> bool:
        """Whether the parameter shall be present in every message."""
        return self.usage is not None and self.usage.is_mandatory

    @property
    def words(self) -> str:
        """The cell and all that is asked, e.g. ``U, equal to Message ID of the request``."""
        return ", ".join([self.code, *self.phrases()])

    def phrases(self) -> Iterator[str]:
        """Yield what is asked beyond the cell."""
        if self.fixed:
            yield f"always {self.fixed}"
        if self.equal_to is not None:
            yield f"equal to {self.equal_to.name} of the request"
        if self.is_forbidden:
            yield from [self.exception] if self.exception else []
        yield from map(self.phrase, self.conditions)

    @property
    def exception(self) -> str:
        """Where Annex C permits what is forbidden otherwise; empty if nowhere."""
        if self.usage is not None:
            without = f" without {self.replaced.name}" if self.replaced else ""
            return f"but for {show(self.permitted)}{without}" if self.permitted else ""
        where = f"with {show(self.permitted)}" if self.is_answer else "in responses"
        return f"permitted {where} only"

    def phrase(self, effect: str) -> str:
        """Return what the condition with `effect` asks."""
        words = f"{EFFECTS[effect]} {in_words(self.conditions[effect], self.names)}"
        return f"{words}, {self.exception}" if effect == FORBID and self.exception else words


def demand_of(primitive: Primitive, direction: Direction, row: Row) -> Demand:
    """Return what the cell of `row` in `direction` asks for."""
    cell, conditions = direction.cell(row), direction.conditions(row)
    is_excepted = cell.usage.is_forbidden or FORBID in conditions
    permitted = direction.permitted(row.keyword) if is_excepted else frozenset()
    return Demand(
        str(cell),
        cell.usage,
        direction.is_answer,
        _shown(row.value) if cell.usage.is_fixed and row.value is not None else "",
        _repeated(primitive, direction, row),
        conditions,
        permitted,
        _names(primitive),
        _replaced(direction, row.parameter) if permitted else None,
        primitive.annex,
    )


def demand_of_field(primitive: Primitive, direction: Direction, parameter: Parameter) -> Demand:
    """Return what Annex C asks of a status field without a row."""
    permitted = direction.permitted(parameter.keyword)
    is_answer = direction.is_answer
    names, annex = _names(primitive), primitive.annex
    return Demand(_STATUS_FIELD, None, is_answer, "", None, {}, permitted, names, annex=annex)


def _shown(value: int | str) -> str:
    return hex4(value) if isinstance(value, int) else literal(value)


def _names(primitive: Primitive) -> Mapping[str, str]:
    return {keyword: parameter.name for keyword, parameter in primitive.parameters.items()}


def _replaced(direction: Direction, parameter: Parameter) -> Parameter | None:
    """Return the data set of the message, if `parameter` is another one."""
    own = [item.parameter for item in direction.message.fields if item.parameter.is_data_set]
    return own[0] if own and parameter.is_data_set and parameter not in own else None


def _repeated(primitive: Primitive, direction: Direction, row: Row) -> Parameter | None:
    """Return the parameter of the request that a response repeats in `row`."""
    if direction.cell(row).usage.is_forbidden:
        return None
    return primitive.parameters.get(direction.repeats(row) or "")
