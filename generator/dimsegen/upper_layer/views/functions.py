"""A function as it is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...code import layout


@dataclass(frozen=True)
class Function:
    """A function: its ``def``, what it is for, and the lines of its body."""

    head: str
    doc: str
    lines: tuple[str, ...]


def head(name: str, parameters: Sequence[str], returned: str) -> str:
    """Return the ``def`` of a function."""
    return layout.bracketed(f"def {name}(", parameters, f") -> {returned}:", 0)


def in_body(before: str, items: Sequence[str], after: str) -> list[str]:
    """Return the lines of ``before(items)after`` in the body of a function."""
    lines = layout.bracketed(before, items, after, 4).split("\n")
    return [part for line in lines for part in _comprehension(line[4:])]


def _comprehension(line: str) -> list[str]:
    """Return an argument that is a list comprehension, in several lines if it is too long."""
    found = re.fullmatch(r"( *\w+=\[)(.*) (for .*)(\],)", line)
    if len(line) + 4 <= layout.WIDTH or found is None:
        return [line]
    pad = " " * (len(line) - len(line.lstrip()))
    inside = [f"{pad}    {found[2]} {found[3]}"]
    if len(inside[0]) + 4 > layout.WIDTH:
        inside = [f"{pad}    {found[2]}", f"{pad}    {found[3]}"]
    return [found[1], *inside, f"{pad}{found[4]}"]
