"""How text is laid out for a person: within 80 columns, in colour where there is a terminal.

Colour adds nothing that the text does not say. It is there on a terminal only, and not where
NO_COLOR is set (https://no-color.org).
"""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Sequence

WIDTH = 80
_BOLD, _GREEN, _RED, _YELLOW, _PLAIN = "\033[1m", "\033[32m", "\033[31m", "\033[33m", "\033[0m"
_COLOURS = {"breaks": _RED, "depends": _YELLOW, "ok": _GREEN, "valid": _GREEN, "invalid": _RED}


def is_coloured() -> bool:
    """Return whether standard output shows colour."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not is_plain


def bold(text: str) -> str:
    """Return `text` as a heading."""
    return f"{_BOLD}{text}{_PLAIN}" if is_coloured() else text


def tinted(text: str, word: str) -> str:
    """Return `text` in the colour of `word`, a verdict."""
    colour = _COLOURS.get(word)
    return f"{colour}{text}{_PLAIN}" if colour and is_coloured() else text


def wrapped(text: str, indent: int = 0) -> list[str]:
    """Return the lines of `text`, each of them indented."""
    start = " " * indent
    return textwrap.wrap(
        text, WIDTH, initial_indent=start, subsequent_indent=start, break_on_hyphens=False
    )


def columns(rows: Sequence[tuple[str, str]], indent: int = 2) -> list[str]:
    """Return a line or more for each of `rows`: a name on the left, and text beside it."""
    width = max((len(name) for name, _ in rows), default=0)
    lines: list[str] = []
    for name, text in rows:
        first, *others = wrapped(text, indent + width + 2) or [""]
        lines.append(f"{' ' * indent}{bold(name)}{tinted(first[indent + len(name) :], text)}")
        lines += others
    return lines
