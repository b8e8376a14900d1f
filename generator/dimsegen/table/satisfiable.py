"""Tell whether a condition can hold at all.

The answer comes from trying every case. A status counts only by which of the sets of codes in the
condition it is in, so the cases are few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from types import MappingProxyType

from .condition import Condition, Leaf, StatusIn, holds
from .condition import parts_of as leaves_of
from .status_codes import ALL_CODES, representatives

# More parameters than any condition names; beyond, nothing is claimed.
_MOST_PARAMETERS = 8


def can_hold(
    condition: Condition,
    codes: frozenset[int] = ALL_CODES,
    known: Mapping[Leaf, bool] = MappingProxyType({}),
) -> bool:
    """Return whether there is a message, with a request, for which `condition` holds.

    Parameters
    ----------
    condition : Condition
        The condition.
    codes : frozenset of int, optional
        The statuses that the message can have.
    known : mapping of Leaf to bool, optional
        What is the same in every message.
    """
    leaves = set(leaves_of(condition)) - set(known)
    statuses = [leaf for leaf in leaves if isinstance(leaf, StatusIn)]
    others = [leaf for leaf in leaves if not isinstance(leaf, StatusIn)]
    if len(others) > _MOST_PARAMETERS:
        return True
    same = dict(known)
    return any(
        holds(condition, (same | kind | dict(zip(others, truth, strict=True))).__getitem__)
        for kind in _kinds_of_status(statuses, codes)
        for truth in product((False, True), repeat=len(others))
    )


def _kinds_of_status(
    statuses: Iterable[StatusIn], codes: frozenset[int]
) -> Iterator[dict[Leaf, bool]]:
    """Yield, for every kind of status in `codes`, which of `statuses` it is in."""
    leaves = tuple(statuses)
    for code in representatives(codes, frozenset(leaf.codes for leaf in leaves)):
        yield {leaf: code in leaf.codes for leaf in leaves}
