"""Write a schema file in its canonical form.

Invariant: the canonical form of a file is read as the file itself was, has the same comments, and
is its own canonical form. A file that cannot be read has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from ..reading import tree
from ..reading.made_once import MadeOnce
from ..reading.parser import parse
from ..reading.problems import Report, SchemaError, lines_of
from ..reading.shapes import ListOf, MapOf, Record, Shape
from ..reading.whole_files import read_file
from .comments import comments_in
from .entries import DASH, Entry, EntryWriter, Remark
from .remarks import place_comments
from .stops import INDENT

Documents: TypeAlias = Mapping[str, Record]
# Folders that differ in a file have all others in common.
_FORMATTED = MadeOnce[tuple[str, Record]](256)


def format_text(documents: Documents, kind: str, text: str, width: int, file: str = "") -> str:
    """Return the canonical form of `text`.

    Parameters
    ----------
    documents : mapping of str to Record
        The shapes of the files of a family, by kind.
    kind : str
        What the file describes.
    text : str
        Its content.
    width : int
        The length of the longest keyword, as `longest_key` gives it.
    file : str
        Its path, for the positions of what is wrong.

    Raises
    ------
    SchemaError
        If `text` is no YAML, or has not the shape of such a file.
    """
    shape = documents[kind]
    # With the shape, so that no other takes its identity.
    formatted, _ = _FORMATTED.get(
        (id(shape), text, width), lambda: (_formatted(shape, text, width, file), shape)
    )
    return formatted


def _formatted(shape: Record, text: str, width: int, file: str) -> str:
    lines, root = _read(shape, text, file)
    comments = comments_in("\n".join(lines))
    columns = _keys_under(root, tuple(_named_under(shape)))
    entries = EntryWriter(width, columns, lines).entries(shape, root)
    head = place_comments(comments, entries, lines)
    top = _without_first_blank([*_remark_lines(head.remarks, ""), *([""] if head.is_apart else [])])
    return "\n".join([*top, *_lines(entries), ""])


def longest_key(shape: Record, text: str, under: Sequence[str], file: str = "") -> int:
    """Return the length of the longest key of the mappings `under` these keys of `text`.

    Raises
    ------
    SchemaError
        If `text` is no YAML, or has not that `shape`.
    """
    _, root = _read(shape, text, file)
    return max(map(len, _keys_under(root, under)), default=0)


def _read(shape: Record, text: str, file: str) -> tuple[list[str], tree.Node]:
    """Return the lines of a file, and its tree."""
    lines = lines_of(text.removeprefix("\ufeff"))
    report = Report()
    root = parse("\n".join(lines), file, report)
    read_file(root, shape, report)
    for scalar in _scalars(root):
        if "\n" in scalar.text:
            report.add(scalar.position, "block-text", label="")
    if report.problems:
        raise SchemaError(report.problems, {file: text})
    return lines, root


def _keys_under(root: tree.Node, names: Sequence[str]) -> list[str]:
    items = root.items if isinstance(root, tree.Mapping) else ()
    groups = [node for key, node in items if key.text in names]
    return [key.text for node in groups if isinstance(node, tree.Mapping) for key, _ in node.items]


def _named_under(shape: Shape) -> Iterator[str]:
    """Yield the keys, at the top of a file, under which stand the columns of its rows."""
    match shape:
        case Record(_, keys, _, named_under):
            yield from [named_under] if named_under else []
            for key in keys.values():
                yield from _named_under(key.shape)
        case ListOf(inner) | MapOf(_, inner):
            yield from _named_under(inner)


def _scalars(node: tree.Node) -> Iterator[tree.Scalar]:
    match node:
        case tree.Scalar():
            yield node
        case tree.Sequence(_, items):
            for item in items:
                yield from _scalars(item)
        case tree.Mapping(_, pairs):
            for key, value in pairs:
                yield key
                yield from _scalars(value)


def _lines(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the lines of `entries`, of their comments, and of all below them."""
    for number, each in enumerate(entries):
        entry = _with_dash(each) if each.text == DASH else each
        indent = " " * (INDENT * entry.level)
        above = [*_remark_lines(entry.above, indent), *([""] if entry.follows_blank else [])]
        # A block starts in the line below its key.
        yield from above if number else _without_first_blank(above)
        yield f"{indent}{entry.text}{f'  {entry.beside}' if entry.beside else ''}"
        yield from _lines(entry.children)
        yield from _remark_lines(entry.below, indent)


def _with_dash(item: Entry) -> Entry:
    """Return an item of a list with its first line beside the dash, and its comments above."""
    first, *others = item.children
    first_lines = [Remark(item.beside, follows_blank=False)] if item.beside else []
    return replace(
        item,
        text=f"{DASH} {first.text}",
        above=[*item.above, *first_lines, *first.above],
        beside=first.beside,
        children=[*first.children, *others],
        below=[*first.below, *item.below],
    )


def _remark_lines(remarks: Iterable[Remark], indent: str) -> Iterator[str]:
    for remark in remarks:
        yield from [""] if remark.follows_blank else []
        yield f"{indent}{remark.text}"


def _without_first_blank(lines: Sequence[str]) -> Sequence[str]:
    return lines[1:] if lines[:1] == [""] else lines
