"""Write conditions as Python expressions.

An expression is false whenever what it needs to know is missing. Without a status, or without a
request, a rule that needs one is silent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from ...code.membership import inside, outside
from ...code.naming import constant, slot
from ...table.condition import (
    All,
    AnyOf,
    Condition,
    Not,
    Present,
    PresentInRequest,
    StatusIn,
    needs_request,
    needs_status,
)
from ..model import Parameter, Role

_HAS_STATUS = "status is not None"
_HAS_REQUEST = "request is not None"
_MOST_IN_LINE = 4


class Expressions:
    """Writes expressions for one direction, over ``self``, ``status`` and ``request``.

    Attributes
    ----------
    sets : dict of str to tuple of int
        The sets of codes that are too long for a line, by the name of their constant.
    """

    def __init__(self, parameters: Mapping[str, Parameter], has_status: bool) -> None:
        self._parameters = parameters
        self._has_status = has_status
        self.sets: dict[str, tuple[int, ...]] = {}

    def attribute(self, keyword: str, owner: str = "self") -> str:
        """Return where the value of `keyword` is found; the status has a variable of its own."""
        parameter = self._parameters[keyword]
        if parameter.role is Role.STATUS and owner == "self" and self._has_status:
            return "status"
        return f"{owner}.{slot(parameter.name)}"

    def present(self, keyword: str, owner: str = "self") -> str:
        """Return the expression that is true if `owner` has a value for `keyword`."""
        return f"{self.attribute(keyword, owner)} is not None"

    def absent(self, keyword: str, owner: str = "self") -> str:
        """Return the expression that is true if `owner` has no value for `keyword`."""
        return f"{self.attribute(keyword, owner)} is None"

    def holds(self, condition: Condition, subject: str) -> tuple[str, ...]:
        """Return expressions that are all true if and only if `condition` is known to hold.

        `subject` names the parameter that the condition is about.
        """
        return tuple(dict.fromkeys(self._conjuncts(_simplified(condition), subject)))

    def status_in(self, codes: frozenset[int], subject: str) -> list[str]:
        """Return expressions that are all true for a status in `codes`."""
        tests = inside(codes, "status", partial(self._named, subject))
        if len(tests) == 1 and not tests[0].startswith(("status >>", "(")):
            return tests
        return [_HAS_STATUS, tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"]

    def status_not_in(self, codes: frozenset[int], subject: str) -> list[str]:
        """Return expressions that are all true for a status outside `codes`."""
        return [_HAS_STATUS, *outside(codes, "status", partial(self._named, subject))]

    def _named(self, subject: str, codes: Sequence[int]) -> str | None:
        """Return the constant for `codes`, None if they can stand in the line."""
        if len(codes) <= _MOST_IN_LINE:
            return None
        name, number = constant(subject, "statuses"), 1
        while self.sets.get(name, tuple(codes)) != tuple(codes):
            number += 1
            name = constant(subject, "statuses", str(number))
        self.sets[name] = tuple(codes)
        return name

    def _conjuncts(self, condition: Condition, subject: str) -> list[str]:
        match condition:
            case StatusIn(codes):
                return self.status_in(codes, subject)
            case Not(StatusIn(codes)):
                return self.status_not_in(codes, subject)
            case Present(keyword):
                return [self.present(keyword)]
            case Not(Present(keyword)):
                return [self.absent(keyword)]
            case PresentInRequest(keyword):
                return [_HAS_REQUEST, self.present(keyword, "request")]
            case Not(PresentInRequest(keyword)):
                return [_HAS_REQUEST, self.absent(keyword, "request")]
            case All(conditions):
                return [p for inner in conditions for p in self._conjuncts(inner, subject)]
            case AnyOf(conditions):
                return self._any(condition, conditions, subject)
        raise AssertionError(condition)

    def _any(self, whole: Condition, conditions: Sequence[Condition], subject: str) -> list[str]:
        guards = [_HAS_STATUS] if needs_status(whole) else []
        guards += [_HAS_REQUEST] if needs_request(whole) else []
        options: list[str] = []
        for condition in conditions:
            parts = [p for p in self._conjuncts(condition, subject) if p not in guards]
            options.append(parts[0] if len(parts) == 1 else f"({' and '.join(parts)})")
        return [*guards, f"({' or '.join(options)})"]


def _simplified(condition: Condition) -> Condition:
    """Push negations down to the leaves, and join what excludes statuses."""
    match condition:
        case Not(Not(inner)):
            return _simplified(inner)
        case Not(All(conditions)):
            return _simplified(AnyOf(tuple(Not(inner) for inner in conditions)))
        case Not(AnyOf(conditions)):
            return _simplified(All(tuple(Not(inner) for inner in conditions)))
        case AnyOf(conditions):
            return AnyOf(tuple(_simplified(inner) for inner in conditions))
        case All(conditions):
            return _joined(tuple(_simplified(inner) for inner in conditions))
    return condition


def _joined(conditions: tuple[Condition, ...]) -> Condition:
    flat: list[Condition] = []
    for condition in conditions:
        flat += condition.conditions if isinstance(condition, All) else (condition,)
    excluded: frozenset[int] = frozenset()
    others: list[Condition] = []
    for condition in flat:
        if isinstance(condition, Not) and isinstance(condition.condition, StatusIn):
            excluded |= condition.condition.codes
        else:
            others.append(condition)
    if excluded:
        others.append(Not(StatusIn(excluded, "")))
    return others[0] if len(others) == 1 else All(tuple(others))
