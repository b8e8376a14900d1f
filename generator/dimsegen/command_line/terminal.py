"""How text is laid out for a person: within 80 columns, in colour where there is a terminal.

Colour adds nothing that the text does not say. It is there on a terminal only, and not where
NO_COLOR is set (https://no-color.org).

rich 15 was tried in November 2026: the same functions take 88 lines instead of 94, but four
packages of 13 MB, 45 ms more at the start of every command, and eighty times as long for a table.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Sequence

from ..table.usage import EQUAL_TO_LEFT, Usage

WIDTH = 80
_BOLD, _GREEN, _RED, _YELLOW, _PLAIN = "\033[1m", "\033[32m", "\033[31m", "\033[33m", "\033[0m"
_BLUE = "\033[34m"
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


def columns(rows: Sequence[tuple[str, str]], indent: int = 2, longest: int = WIDTH) -> list[str]:
    """Return a line or more for each of `rows`: a name on the left, and text beside it.

    A name that has more than `longest` characters has a line of its own.
    """
    width = max((len(name) for name, _ in rows if len(name) <= longest), default=0)
    lines: list[str] = []
    for name, text in rows:
        first, *others = wrapped(text, indent + width + 2) or [""]
        if len(name) > width:
            lines += [f"{' ' * indent}{bold(name)}", first, *others]
            continue
        lines.append(f"{' ' * indent}{bold(name)}{tinted(first[indent + len(name) :], text)}")
        lines += others
    return lines


def matrix_lines(rows: Sequence[Sequence[str]], notes: Sequence[str]) -> list[str]:
    """Return a line for each of `rows`, the first of which are the heads, with its note.

    On a terminal a note that is too long goes on below itself, and usage codes are coloured.

    Parameters
    ----------
    rows : sequence of sequence of str
        The cells; of each row but the first, all but the first cell are usage codes.
    notes : sequence of str
        What stands behind each row.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    start = 2 + sum(width + 2 for width in widths)
    room = max(shutil.get_terminal_size().columns - start - 1, 20) if sys.stdout.isatty() else None
    lines: list[str] = []
    for number, (cells, note) in enumerate(zip(rows, notes, strict=True)):
        show = bold if number == 0 else _coded
        padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]
        shown = "  ".join([show(padded[0]) if number == 0 else padded[0], *map(show, padded[1:])])
        first, *others = [note] if room is None else textwrap.wrap(note, room) or [""]
        lines.append(f"  {shown}  {first}".rstrip())
        lines += [" " * start + each for each in others]
    return lines


def _coded(cell: str) -> str:
    """Return a usage code, padded or not, in its colour."""
    usage = _USAGES.get(cell.strip().removesuffix(EQUAL_TO_LEFT))
    if usage is None or usage.is_forbidden or not is_coloured():
        return cell
    colour = _GREEN if usage.is_mandatory else _YELLOW if usage.is_conditional else _BLUE
    return f"{colour}{cell}{_PLAIN}"


_USAGES = {usage.value: usage for usage in Usage}
