"""The text of an element as a person reads it on the page.

Characters that only steer line breaks do not count, and every dash is a hyphen, so that two
editions that look alike are alike. A footnote is no part of the cell that it hangs on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from .xml_tree import Node

# Word joiner, zero-width space and joiners, soft hyphen, byte order mark.
_INVISIBLE = dict.fromkeys(map(ord, "\u2060\u200b\u200c\u200d\u00ad\ufeff"))
# Hyphen, no-break hyphen, figure dash, en and em dash, bar, minus.
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_CHARACTERS = _INVISIBLE | _DASHES

# How much of a misprinted name is right: "Complete" for "Completed", "Action" for "Action Type".
_NEAR = 0.85

# All that is no letter and no digit of any script.
_SIGNS = re.compile(r"[\W_]+")

_ASIDES = frozenset({"footnote", "footnoteref", "indexterm", "remark", "annotation"})
# Elements that stand within a line; around any other there is a space.
_INLINE = frozenset(
    {"emphasis", "phrase", "link", "olink", "xref", "superscript", "subscript", "literal", "code"}
)


def text_of(node: Node) -> str:
    """Return the text of `node` on one line, without footnotes."""
    parts: list[str] = []
    _add_parts(node, parts)
    return plain("".join(parts))


def plain(text: str) -> str:
    """Return `text` on one line, without what nobody sees, its dashes as hyphens."""
    # Most texts have none of these characters, and looking for each takes long.
    return " ".join((text if text.isascii() else text.translate(_CHARACTERS)).split())


def compact(text: str) -> str:
    """Return `text` without any space, for what is no running text: a usage, a tag, a keyword."""
    return re.sub(r"\s+", "", plain(text))


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return what is left of a name where capitals, spaces and punctuation do not count."""
    return _SIGNS.sub("", plain(name).casefold())


def closest(name: str, names: Iterable[str]) -> str | None:
    """Return the only one of `names` for which `name` may be a misprint; None if there is none."""
    known = {folded(each): each for each in names}
    found = get_close_matches(folded(name), known, n=2, cutoff=_NEAR)
    return known[found[0]] if len(found) == 1 else None


def _add_parts(node: Node, parts: list[str]) -> None:
    for each in node.content:
        if isinstance(each, str):
            parts.append(each)
        elif each.name in _INLINE:
            _add_parts(each, parts)
        elif each.name not in _ASIDES:
            parts.append(" ")
            _add_parts(each, parts)
            parts.append(" ")
