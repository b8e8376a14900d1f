"""Which presence patterns are run: every one of them, or a sample that is always the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..sets.verdicts import subsets

# The presence patterns of a direction that are run: those of twelve rows.
MOST = 1 << 12


def chosen(rows: Sequence[str], least: Sequence[str], most: int) -> Iterator[tuple[str, ...]]:
    """Yield every subset of `rows` if there are at most `most`, else that many of them.

    The sample is always the same: `least` and all rows, then what differs from either in one row,
    in two, and so on.
    """
    if 1 << len(rows) <= most:
        yield from subsets(rows)
        return
    seen: dict[frozenset[str], None] = {}
    for change in map(frozenset, subsets(rows)):
        seen |= {change ^ frozenset(near): None for near in (least, rows)}
        if len(seen) >= most:
            break
    for present in list(seen)[:most]:
        yield tuple(row for row in rows if row in present)
