"""What the generated package says of a broken rule: its own violations, no copy of their words."""

from __future__ import annotations

from dataclasses import dataclass

from ...code.naming import module_name
from ...witness.packages import Package
from ..primitives import Direction, Primitive
from ..views.row_rules import rules_of


@dataclass(frozen=True)
class Said:
    """A violation: its rule, the keyword, what is said, and where the rule is printed."""

    rule: str
    parameter: str
    message: str
    reference: str


def violations_of(primitive: Primitive, direction: Direction, package: Package) -> tuple[Said, ...]:
    """Return every violation that can be found in a message of `direction`, in table order.

    Parameters
    ----------
    primitive : Primitive
        The primitive.
    direction : Direction
        Its request or its response.
    package : Package
        The package that the same schema gives.
    """
    module = package.module(module_name(primitive.name))
    made = [getattr(module, name) for name in rules_of(primitive, direction).constants]
    return tuple(Said(v.rule, v.parameter, v.message, v.reference) for v in made)
