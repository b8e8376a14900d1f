"""Write membership in a set of status codes as tests of a variable.

The tests compare numbers and shifts only, so that the code is read as Annex C is: ``status >> 12 ==
0xB`` is ``Bxxx``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from ..table.status_codes import Block, blocks
from .layout import tuple_of

NameOf: TypeAlias = Callable[[Sequence[int]], str | None]


def _unnamed(codes: Sequence[int]) -> None:
    return None


def inside(codes: frozenset[int], variable: str, name_of: NameOf = _unnamed) -> list[str]:
    """Return tests of which one is true if and only if `variable` is in `codes`.

    `name_of` gives the constant that holds the exact codes, None to write them in the test.
    """
    exact, ranges = _split(codes)
    tests = [f"{variable} {_is_one_of(exact, 4, name_of(exact))}"] if exact else []
    for shift, prefixes in _whole_blocks(ranges).items():
        tests.append(f"{variable} >> {shift} {_is_one_of(prefixes, _digits(shift))}")
    for block in ranges:
        if block.missing:
            test = f"{variable} >> {block.shift} == {_prefix(block)}"
            tests.append(f"({test} and {variable} {_is_none_of(block.missing, 4)})")
    return tests


def outside(codes: frozenset[int], variable: str, name_of: NameOf = _unnamed) -> list[str]:
    """Return tests that are all true if and only if `variable` is not in `codes`."""
    exact, ranges = _split(codes)
    tests = [f"{variable} {_is_none_of(exact, 4, name_of(exact))}"] if exact else []
    for shift, prefixes in _whole_blocks(ranges).items():
        tests.append(f"{variable} >> {shift} {_is_none_of(prefixes, _digits(shift))}")
    for block in ranges:
        if block.missing:
            test = f"{variable} >> {block.shift} != {_prefix(block)}"
            tests.append(f"({test} or {variable} {_is_one_of(block.missing, 4)})")
    return tests


def _split(codes: frozenset[int]) -> tuple[list[int], list[Block]]:
    found = blocks(codes)
    exact = [block.prefix for block in found if not block.shift]
    return exact, [block for block in found if block.shift]


def _whole_blocks(ranges: Sequence[Block]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for block in ranges:
        if not block.missing:
            found.setdefault(block.shift, []).append(block.prefix)
    return found


def _digits(shift: int) -> int:
    return (16 - shift) // 4


def _prefix(block: Block) -> str:
    return f"0x{block.prefix:0{_digits(block.shift)}X}"


def _is_one_of(values: Sequence[int], digits: int, name: str | None = None) -> str:
    shown = [f"0x{value:0{digits}X}" for value in values]
    if name is not None:
        return f"in {name}"
    return f"== {shown[0]}" if len(shown) == 1 else f"in {tuple_of(shown)}"


def _is_none_of(values: Sequence[int], digits: int, name: str | None = None) -> str:
    shown = [f"0x{value:0{digits}X}" for value in values]
    if name is not None:
        return f"not in {name}"
    return f"!= {shown[0]}" if len(shown) == 1 else f"not in {tuple_of(shown)}"
