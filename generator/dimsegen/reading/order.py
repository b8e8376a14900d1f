"""Tell which of several things are out of order, and where they belong.

As few as possible are out of order, so that one that was moved does not put the blame on all the
others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any


def misplaced(ranks: Mapping[str, Any]) -> dict[str, str]:
    """Return the names that are out of order, and the place of each, e.g. ``after Status``.

    Parameters
    ----------
    ranks : mapping of str to object
        The names as they stand, with what their order is to follow.
    """
    kept = _longest_rise(list(ranks.values()))
    in_order = [name for number, name in enumerate(ranks) if number in kept]
    found: dict[str, str] = {}
    for name in ranks:
        if name not in in_order:
            below = [each for each in in_order if ranks[each] <= ranks[name]]
            found[name] = f"after {below[-1]}" if below else f"before {in_order[0]}"
    return found


def _longest_rise(ranks: Sequence[Any]) -> set[int]:
    """Return the numbers of as many of `ranks` as do not fall."""
    ends: list[Any] = []
    chains: list[tuple[int, ...]] = []
    for number, rank in enumerate(ranks):
        at = bisect_right(ends, rank)
        chain = (*(chains[at - 1] if at else ()), number)
        ends[at : at + 1], chains[at : at + 1] = [rank], [chain]
    return set(chains[-1]) if chains else set()
