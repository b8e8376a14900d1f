"""Conditions of C cells, as data.

Invariant: a condition refers to nothing but the status, the presence of parameters in the
same primitive, and their presence in the request that it answers. It can therefore be
evaluated over finitely many inputs, put into words, and written as an expression.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

# What the conditions of a row do.
REQUIRE, FORBID, PERMIT = "require", "forbid", "permit"


@dataclass(frozen=True)
class StatusIn:
    """The status is one of `codes`; `words` is how the schema names them."""

    codes: frozenset[int]
    words: str


@dataclass(frozen=True)
class Present:
    """The primitive has a value for the parameter `keyword`."""

    keyword: str


@dataclass(frozen=True)
class PresentInRequest:
    """The request that is answered has a value for the parameter `keyword`."""

    keyword: str


@dataclass(frozen=True)
class Not:
    """The negation of `condition`."""

    condition: Condition


@dataclass(frozen=True)
class All:
    """Every one of `conditions` holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one of `conditions` holds."""

    conditions: tuple[Condition, ...]


Leaf: TypeAlias = StatusIn | Present | PresentInRequest
Condition: TypeAlias = Leaf | Not | All | AnyOf


def needs_status(condition: Condition) -> bool:
    """Return whether `condition` can only be judged when there is a status."""
    return any(isinstance(part, StatusIn) for part in parts_of(condition))


def needs_request(condition: Condition) -> bool:
    """Return whether `condition` can only be judged when there is a request."""
    return any(isinstance(part, PresentInRequest) for part in parts_of(condition))


def parts_of(condition: Condition) -> tuple[Leaf, ...]:
    """Return the leaves of `condition`, left to right."""
    match condition:
        case Not(inner):
            return parts_of(inner)
        case All(conditions) | AnyOf(conditions):
            return tuple(part for inner in conditions for part in parts_of(inner))
        case StatusIn() | Present() | PresentInRequest():
            return (condition,)


def holds(condition: Condition, is_true: Callable[[Leaf], bool]) -> bool:
    """Return whether `condition` holds where its leaves are as `is_true` says."""
    match condition:
        case Not(inner):
            return not holds(inner, is_true)
        case All(conditions):
            return all(holds(inner, is_true) for inner in conditions)
        case AnyOf(conditions):
            return any(holds(inner, is_true) for inner in conditions)
        case StatusIn() | Present() | PresentInRequest():
            return is_true(condition)


def with_leaves(condition: Condition, change: Callable[[Leaf], Leaf]) -> Condition:
    """Return `condition` with what `change` makes of each of its leaves."""
    match condition:
        case Not(inner):
            return Not(with_leaves(inner, change))
        case All(conditions):
            return All(tuple(with_leaves(inner, change) for inner in conditions))
        case AnyOf(conditions):
            return AnyOf(tuple(with_leaves(inner, change) for inner in conditions))
        case StatusIn() | Present() | PresentInRequest():
            return change(condition)
