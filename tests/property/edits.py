"""Edits of files that know their lines and words, and not what these say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import assume
from hypothesis import strategies as st


def drop_line(draw: st.DrawFn, files: dict[str, str]) -> None:
    """Take a line away."""
    name = draw(st.sampled_from(sorted(files)))
    lines = files[name].split("\n")
    del lines[draw(st.integers(0, len(lines) - 1))]
    files[name] = "\n".join(lines)


def swap_lines(draw: st.DrawFn, files: dict[str, str]) -> None:
    """Let two lines that follow one another change places."""
    name = draw(st.sampled_from(sorted(files)))
    lines = files[name].split("\n")
    assume(len(lines) > 1)
    at = draw(st.integers(0, len(lines) - 2))
    lines[at : at + 2] = lines[at + 1], lines[at]
    files[name] = "\n".join(lines)


def exchange_word(draw: st.DrawFn, files: dict[str, str], patterns: Sequence[str]) -> None:
    """Put a word for another that the same one of `patterns` matches."""
    pattern = draw(st.sampled_from(patterns))
    known = sorted({word for text in files.values() for word in re.findall(pattern, text)})
    exchange(draw, files, pattern, known)


def exchange(draw: st.DrawFn, files: dict[str, str], pattern: str, known: list[str]) -> None:
    """Put one of `known` where `pattern` matches."""
    places = [(name, m) for name, text in sorted(files.items()) for m in re.finditer(pattern, text)]
    assume(places and known)
    name, match = draw(st.sampled_from(places))
    word = draw(st.sampled_from(known))
    files[name] = files[name][: match.start()] + word + files[name][match.end() :]
