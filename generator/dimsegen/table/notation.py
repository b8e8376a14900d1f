"""How numbers, tags and lists are written, wherever a person reads them."""

from __future__ import annotations

import re


def hex4(value: int) -> str:
    """Return ``0x0110`` for 272."""
    return f"0x{value:04X}"


def tag_in_words(tag: int | None) -> str:
    """Return a tag as printed, e.g. ``(0000,0110)``; for None, what a data set has instead."""
    return "a data set" if tag is None else f"({tag >> 16:04X},{tag & 0xFFFF:04X})"


def counted(number: int, noun: str) -> str:
    """Return ``1 file`` or ``2 files``."""
    return f"{number} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Return ``files`` for ``file`` and ``classes`` for ``class``."""
    return f"{noun}{'es' if noun.endswith('s') else 's'}"


def plain(name: str) -> str:
    """Return a name as it is compared: letters and digits alone, all small."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
