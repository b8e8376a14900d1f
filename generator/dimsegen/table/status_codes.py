"""Sets of status codes, as Annex C prints them and as exact numbers.

Invariant: a set of codes is a `frozenset` of integers from 0 to 0xFFFF, so that union,
difference and comparison are exact; patterns such as ``Bxxx`` exist only at the two ends,
when a schema is read and when a set is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

ALL_CODES = frozenset(range(0x10000))
_MOST_EXCEPTIONS = 8
_KNOWN: dict[frozenset[int], frozenset[int]] = {}


@dataclass(frozen=True)
class Block:
    """The codes that start with the same digits, but for a few exceptions.

    Attributes
    ----------
    prefix : int
        The leading digits, e.g. ``0xB`` for ``Bxxx``.
    shift : int
        Number of free bits below the prefix: 12, 8 or 0.
    missing : tuple of int
        Codes of the block that are not in the set.
    """

    prefix: int
    shift: int
    missing: tuple[int, ...] = ()

    @property
    def pattern(self) -> str:
        """The block as Annex C prints it, e.g. ``Bxxx`` or ``0107``."""
        digits = (16 - self.shift) // 4
        return f"{self.prefix:0{digits}X}" + "x" * (self.shift // 4)


def codes_of(pattern: str) -> frozenset[int]:
    """Return the codes that a pattern such as ``0107``, ``01xx`` or ``Bxxx`` stands for."""
    free = len(pattern) - len(pattern.rstrip("x"))
    first = int(pattern.rstrip("x") or "0", 16) << (4 * free)
    return frozenset(range(first, first + (1 << (4 * free))))


@cache  # the same patterns come from every version of a schema
def codes_of_all(patterns: tuple[str, ...]) -> frozenset[int]:
    """Return the union of the codes of all `patterns`."""
    return _only_one(frozenset().union(*(codes_of(pattern) for pattern in patterns)))


@cache  # a set of Axxx and Cxxx has 8192 numbers; services share it
def union(*sets: frozenset[int]) -> frozenset[int]:
    """Return the codes that are in any of `sets`."""
    return _only_one(frozenset().union(*sets))


@cache
def difference(one: frozenset[int], other: frozenset[int]) -> frozenset[int]:
    """Return the codes of `one` that are not in `other`."""
    return _only_one(one - other)


def _only_one(codes: frozenset[int]) -> frozenset[int]:
    """Return the equal set that is there already: caches find it without comparing its numbers."""
    return _KNOWN.setdefault(codes, codes)


@cache  # the same few sets are shown for every service
def blocks(codes: frozenset[int]) -> tuple[Block, ...]:
    """Return the fewest blocks that make up `codes`, ascending."""
    found: list[Block] = []
    left = set(codes)
    for shift in (12, 8):
        size = 1 << shift
        for prefix in sorted({code >> shift for code in left}):
            block = range(prefix << shift, (prefix << shift) + size)
            missing = tuple(code for code in block if code not in left)
            if len(missing) <= _MOST_EXCEPTIONS:
                found.append(Block(prefix, shift, missing))
                left.difference_update(block)
    found.extend(Block(code, 0) for code in left)
    return tuple(sorted(found, key=lambda block: (block.prefix << block.shift, block.shift)))


def show(codes: frozenset[int]) -> str:
    """Return `codes` for a person, e.g. ``0001H, 0107H, Bxxx``."""
    shown: list[str] = []
    for block in blocks(codes):
        text = block.pattern if block.shift else f"{block.pattern}H"
        if block.missing:
            text += " except " + " and ".join(f"{code:04X}H" for code in block.missing)
        shown.append(text)
    return ", ".join(shown)


@cache  # the cells of a service ask for the same sets
def representatives(codes: frozenset[int], sets: frozenset[frozenset[int]]) -> tuple[int, ...]:
    """Return one code of each kind in `codes`: of those that are in the same of the `sets`."""
    parts = [codes]
    for each in sets:
        parts = [half for part in parts for half in (part & each, part - each) if half]
    return tuple(sorted(min(part) for part in parts if part))
