"""The page that says how editions of PS3.4 differ from the schemas, and whom that breaks.

Every part is what `verify` finds in one edition; nothing is known here of any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..document.book import read_book
from ..pages import rst
from ..pages.edition_steps import BANNER
from ..reading.regular import read_regular
from ..render import Printed
from ..sets.edition_check import Verification
from ..sets.finding import Finding
from .docbook import PARTS, verify_book
from .family import FAMILY
from .model import SOPClasses

_HEADS = ("Where", "What", "Edition", "Schemas", "Who breaks")


@dataclass(frozen=True)
class Part:
    """An edition: its heading, what was compared, and a table of what differs."""

    title: str
    text: str
    table: str


def pages(folder: Path, model: SOPClasses) -> Iterator[Printed]:
    """Yield the page about the editions in `folder`; none if there are none.

    Raises
    ------
    OSError
        If a file cannot be read.
    DocumentError
        If it is no such edition.
    """
    parts = [_part(path, model) for path in FAMILY.editions_in(folder)]
    if parts:
        values = {"banner": BANNER, "title": f"Editions of {FAMILY.part}", "parts": parts}
        yield Printed(f"{FAMILY.folder}.rst", "sop_classes.rst.j2", values)


def _part(path: Path, model: SOPClasses) -> Part:
    documents = dict(zip(PARTS, (FAMILY.document,), strict=True))
    found = verify_book(read_book(read_regular(path), path.as_posix(), documents), model)
    counts = ", ".join(f"{number} {what}s" for number, what in found.compared)
    missing = f" Not printed yet: {', '.join(found.missing)}." if found.missing else ""
    rows = list(_rows(found))
    text = f"{counts} compared, {len(rows)} differ.{missing}"
    table = rst.list_table(_HEADS, rows, kind="editions") if rows else ""
    return Part(f"{path.parent.name} to the schemas", text, table)


def _rows(found: Verification) -> Iterator[tuple[str, ...]]:
    for group in _grouped(found.findings):
        one = group[0]
        names = ", ".join(dict.fromkeys(each.keyword for each in group if each.keyword))
        where = f"{one.reference}: {names}" if names else one.reference
        cells = (where, one.direction, one.old or "nothing", one.new or "nothing", _broken(one))
        yield tuple(map(rst.escaped, cells))


def _grouped(found: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Yield the findings that say the same of several attributes of one table together."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for each in found:
        same = (each.reference, each.direction, each.old, each.new, each.senders, each.receivers)
        groups.setdefault(same, []).append(each)
    yield from groups.values()


def _broken(finding: Finding) -> str:
    return ", ".join(side.value for side in finding.sides) or "nobody"
