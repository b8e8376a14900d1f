"""Give every comment to the line that it is about.

No comment is lost and none changes its words. One at the end of a line stays there, one on a line
of its own stays above the line below it, or below the block that it is indented like.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .comments import Comment
from .entries import Entry, Remark, in_file_order


@dataclass
class Head:
    """The comments at the top of a file, which belong to it and not to its first line."""

    remarks: list[Remark]
    is_apart: bool


def place_comments(
    comments: Sequence[Comment], entries: Sequence[Entry], lines: Sequence[str]
) -> Head:
    """Put `comments` into `entries`, and return those that belong to the file.

    Parameters
    ----------
    comments : sequence of Comment
        The comments, from top to bottom.
    entries : sequence of Entry
        The entries at the top level.
    lines : sequence of str
        The lines that both were written in.
    """
    return _Placer(entries, lines).place(comments)


class _Placer:
    def __init__(self, entries: Sequence[Entry], lines: Sequence[str]) -> None:
        self._written = in_file_order(entries)
        self._starts = [(entry.start.line, entry.start.column) for entry in self._written]
        self._parents = _parents(entries)
        self._lines = lines
        self._within: dict[int, list[Comment]] = {}

    def place(self, comments: Sequence[Comment]) -> Head:
        for entry in self._written:
            before = self._lines[entry.start.line - 1][: entry.start.column - 1]
            is_first = before.strip() in ("", "-")
            entry.follows_blank = is_first and self._follows_blank(entry.start.line)
        start = self._starts[0] if self._starts else None
        top = [each for each in comments if start is None or (each.line, each.column) < start]
        head = self._head(top)
        self._place_rest(comments[len(head.remarks) :])
        for entry in self._written:
            _settle(entry, self._within.get(id(entry), []))
        return head

    def _head(self, top: Sequence[Comment]) -> Head:
        """Return what is above the last blank line before the first entry, else all of it."""
        breaks = [n for n, comment in enumerate(top) if n and self._follows_blank(comment.line)]
        for first in self._written[:1]:
            breaks += [len(top)] if first.follows_blank else []
            first.follows_blank = False
        own = top[: breaks[-1]] if breaks else top
        return Head([self._remark(comment) for comment in own], bool(breaks))

    def _place_rest(self, comments: Sequence[Comment]) -> None:
        waiting: Entry | None = None
        for comment in comments:
            place = (comment.line, comment.column)
            number = bisect_right(self._starts, place)
            before = self._written[number - 1] if number else None
            after = self._written[number] if number < len(self._written) else None
            is_inside = before is not None and place < (before.last.line, before.last.column)
            if before is not None and (is_inside or not comment.is_alone):
                self._within.setdefault(id(before), []).append(comment)
            elif after is not None and (
                # Those that follow one another stay in order.
                after is waiting or not self._is_below(comment, before, after)
            ):
                after.above.append(self._remark(comment))
                waiting = after
            elif before is not None:
                owner = self._owner(comment, before)
                owner.below.append(self._remark(comment))

    def _is_below(self, comment: Comment, before: Entry | None, after: Entry) -> bool:
        """Return whether `comment` is indented like the end of a block, and not like `after`."""
        if before is None or not 0 < after.column < comment.column:
            return False
        return self._owner(comment, before).column > after.column

    def _owner(self, comment: Comment, before: Entry) -> Entry:
        """Return the innermost entry that ends at `before` and is not deeper than `comment`."""
        owner = before
        while (parent := self._parents.get(id(owner))) and not 0 < owner.column <= comment.column:
            owner = parent
        return owner

    def _remark(self, comment: Comment) -> Remark:
        return Remark(comment.text, self._follows_blank(comment.line))

    def _follows_blank(self, line: int) -> bool:
        return line > 1 and not self._lines[line - 2].strip()


def _parents(entries: Sequence[Entry]) -> Mapping[int, Entry]:
    found: dict[int, Entry] = {}
    for entry in entries:
        found |= {id(child): entry for child in entry.children}
        found |= _parents(entry.children)
    return found


def _settle(entry: Entry, comments: Sequence[Comment]) -> None:
    """Put the comments from within `entry` around the one line it gets: the last one beside it."""
    beside = next((comment for comment in reversed(comments) if not comment.is_alone), None)
    for comment in comments:
        if comment is beside:
            entry.beside = comment.text
        else:
            entry.above.append(Remark(comment.text, entry.follows_blank))
            entry.follows_blank = False
