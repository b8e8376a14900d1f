"""Read a chapter of the standard as sections that hold tables and list items.

Nothing here knows what a table means. Every text comes out with single blanks for white space;
the conversion that made the files wraps narrow cells inside words, so a blank may be spurious and
only `squeeze` d texts are safe to compare. A lone dash, which reStructuredText takes for an empty
bullet list, comes out as the dash that was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from docutils import nodes
from docutils.core import publish_doctree

_LABEL = re.compile(r"^\.\. _(?:chapter|sect)_(\S+):$", re.MULTILINE)
_SETTINGS = {
    "doctitle_xform": False,  # the chapter stays a section, with its number
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,  # links wrapped inside a cell are broken and not needed
    "halt_level": 5,
}


@dataclass(frozen=True)
class Table:
    """A table: its title, its column heads (squeezed, no stars) and the texts of its cells."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def records(self) -> list[dict[str, str]]:
        """Return each row as a mapping from column head to cell."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Section:
    """A section without its subsections.

    Attributes
    ----------
    number, title : str
        ``"9.1.1.1"`` and ``"C-STORE Parameters"``.
    parent : str
        The number of the enclosing section; empty for a chapter.
    tables : tuple of Table
    items : tuple of str
        The items of its lists.
    named_tables : frozenset of str
        The numbers of the tables that its prose points at, ``"9.1-1"``.
    """

    number: str
    title: str
    parent: str
    tables: tuple[Table, ...]
    items: tuple[str, ...]
    named_tables: frozenset[str]


def squeeze(text: str) -> str:
    """Remove all white space."""
    return "".join(text.split())


def section_numbers(path: Path) -> frozenset[str]:
    """Return the numbers of all sections of one file, from their labels alone."""
    return frozenset(number.upper() for number in _LABEL.findall(path.read_text("utf-8")))


@cache
def read_chapter(path: Path) -> tuple[Section, ...]:
    """Return the sections of one file, in order."""
    text = path.read_text(encoding="utf-8")
    tree = publish_doctree(text, source_path=path.name, settings_overrides=_SETTINGS)
    for remark in list(tree.findall(nodes.system_message)):
        remark.parent.remove(remark)
    return tuple(_section(node) for node in tree.findall(nodes.section))


def _section(node: nodes.section) -> Section:
    children = node.children
    lists = [
        each for each in children if isinstance(each, nodes.bullet_list | nodes.enumerated_list)
    ]
    return Section(
        number=_number(node),
        title=_text(_first(node, nodes.title)),
        parent=_number(node.parent),
        tables=tuple(_table(each) for each in children if isinstance(each, nodes.table)),
        items=tuple(_text(item) for each in lists for item in each.children),
        named_tables=frozenset(_named_tables(node)),
    )


def _number(node: nodes.Element | None) -> str:
    """Return what follows the underscore in the label of a section, ``sect_9.1.1``."""
    names = node["names"] if isinstance(node, nodes.section) else []
    for name in names:
        kind, _, number = name.partition("_")
        if kind in ("chapter", "sect"):
            return str(number).upper()
    return ""


def _named_tables(node: nodes.section) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, nodes.paragraph):
            for reference in child.findall(nodes.reference):
                target = str(reference.get("refuri", ""))
                if target.startswith("#table_"):
                    yield target.removeprefix("#table_")


def _table(node: nodes.table) -> Table:
    titles = [child for child in node.children if isinstance(child, nodes.title)]
    heads = [row for head in node.findall(nodes.thead) for row in head.children]
    rows = [row for body in node.findall(nodes.tbody) for row in body.children]
    return Table(
        title=_text(titles[0]) if titles else "",
        columns=tuple(squeeze(_text(cell)).strip("*") for row in heads for cell in row.children),
        rows=tuple(tuple(_text(cell) for cell in row.children) for row in rows),
    )


def _first(node: nodes.Element, kind: type[nodes.Element]) -> nodes.Element:
    return next(child for child in node.children if isinstance(child, kind))


def _text(node: nodes.Node) -> str:
    text = " ".join(node.astext().split())
    if not text and any(True for _ in node.findall(nodes.bullet_list)):
        return "-"
    return text
