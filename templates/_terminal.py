"""What a person at a terminal sees of an answer: its lines wrapped, its verdicts in colour.

Invariant: colour adds nothing that the text does not say. It is there on a terminal only, and not
where NO_COLOR is set (https://no-color.org).

This file is copied as it is from `templates/_terminal.py`. Do not edit the copy.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap

_BOLD, _GREEN, _RED, _YELLOW, _PLAIN = "\033[1m", "\033[32m", "\033[31m", "\033[33m", "\033[0m"
# What the lines of `inspect` start with, and the colour of each.
_COLOURS = (
    (re.compile(r"conforms: "), _GREEN),
    (re.compile(r"\d+ violations?$|not decodable: "), _RED),
    (re.compile(r"\d+ anomal(?:y|ies)$"), _YELLOW),
    (re.compile(r"(?:\d+\. )?[A-Z][A-Z-]+(?: at byte \d+)?: \d+ bytes"), _BOLD),
)


def as_seen(text: str) -> str:
    """Return `text` as standard output shows it best."""
    if not sys.stdout.isatty():
        return text
    width = max(shutil.get_terminal_size().columns - 1, 40)
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    lines: list[str] = []
    for line in text.split("\n"):
        start = line[: len(line) - len(line.lstrip())]
        wrapped = (
            textwrap.wrap(line, width, subsequent_indent=f"{start}    ", break_on_hyphens=False)
            if len(line) > width
            else [line]
        )
        lines += wrapped if is_plain else [_coloured(line, each) for each in wrapped]
    return "\n".join(lines)


def _coloured(line: str, part: str) -> str:
    colour = next((colour for start, colour in _COLOURS if start.match(line)), "")
    return f"{colour}{part}{_PLAIN}" if colour else part
