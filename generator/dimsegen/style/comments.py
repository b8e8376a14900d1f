"""Find the comments of a YAML text.

Every comment is found once, with its place. What is between two tokens of the YAML scanner is
blanks and comments, so that a # in quotes or within a word is never taken for one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import yaml

from ..reading.libyaml import libyaml_for

_COMMENT = re.compile(r"#[^\n]*")


@dataclass(frozen=True)
class Comment:
    """A comment.

    Attributes
    ----------
    line, column : int
        Where it starts, from 1.
    text : str
        From its # to its last word.
    is_alone : bool
        Whether nothing else is in its line.
    """

    line: int
    column: int
    text: str
    is_alone: bool


def comments_in(text: str) -> tuple[Comment, ...]:
    """Return the comments of `text`, a YAML document with line feeds, from top to bottom."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found: list[Comment] = []
    for gap_start, gap_end in _gaps(text):
        for match in _COMMENT.finditer(text, gap_start, gap_end):
            line = bisect_right(starts, match.start())
            before = text[starts[line - 1] : match.start()]
            column = len(before) + 1
            found.append(Comment(line, column, match[0].rstrip(), not before.strip()))
    return tuple(found)


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of what is between the tokens."""
    done = 0
    for start, end in _tokens(text):
        if start > done:
            yield done, start
        done = max(done, end)
    yield done, len(text)


def _tokens(text: str) -> Sequence[tuple[int, int]]:
    """Return start and end of the tokens."""
    if (loader := libyaml_for(text)) is not None:
        with suppress(yaml.YAMLError):
            return _tokens_of(loader, text)
    return _tokens_of(yaml.SafeLoader, text)


def _tokens_of(loader: type[yaml.SafeLoader], text: str) -> Sequence[tuple[int, int]]:
    tokens = yaml.scan(text, Loader=loader)
    return [(token.start_mark.index, token.end_mark.index) for token in tokens]
