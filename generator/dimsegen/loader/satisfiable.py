"""Tell whether a condition can hold at all.

Invariant: the answer comes from trying every case. A status counts only by which of the sets of
codes in the condition it is in, so the cases are few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from ..model.conditions import Condition, Leaf, StatusIn, holds
from ..model.conditions import parts_of as leaves_of
from ..model.status_codes import ALL_CODES, representatives

# More parameters than any condition names; beyond, nothing is claimed.
_MOST_PARAMETERS = 8


def can_hold(condition: Condition) -> bool:
    """Return whether there is a message, with a request, for which `condition` holds."""
    leaves = set(leaves_of(condition))
    statuses = [leaf for leaf in leaves if isinstance(leaf, StatusIn)]
    others = [leaf for leaf in leaves if not isinstance(leaf, StatusIn)]
    if len(others) > _MOST_PARAMETERS:
        return True
    return any(
        holds(condition, (kind | dict(zip(others, truth, strict=True))).__getitem__)
        for kind in _kinds_of_status(statuses)
        for truth in product((False, True), repeat=len(others))
    )


def _kinds_of_status(statuses: Iterable[StatusIn]) -> Iterator[dict[Leaf, bool]]:
    """Yield, for every kind of status, which of `statuses` it is in."""
    leaves = tuple(statuses)
    for code in representatives(ALL_CODES, frozenset(leaf.codes for leaf in leaves)):
        yield {leaf: code in leaf.codes for leaf in leaves}
