"""An edition as a version that can be compared with another, or with the schemas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...document.book import Book
from ...document.tables import Tables
from ...document.unreadable import DocumentError, Problem
from ...sets.finding import Finding
from ..model import UpperLayer
from .differences import between, compared
from .grids import Grid
from .page_grids import read_grids
from .schema_grids import grids_of


@dataclass(frozen=True)
class Edition:
    """What an edition prints.

    Attributes
    ----------
    part, name : str
        E.g. ``PS3.8`` and ``2024a``.
    grids : tuple of Grid
        Its tables.
    layer : UpperLayer
        What the schemas say: who sends what, and what is a misprint.
    """

    part: str
    name: str
    grids: tuple[Grid, ...]
    layer: UpperLayer

    @property
    def counts(self) -> tuple[tuple[int, str], ...]:
        """How much the tables hold: numbers, and of what."""
        return tuple(compared(self.grids))


def edition_of(book: Book, layer: UpperLayer) -> Edition:
    """Return what `book` prints, if it lacks no table: that would pass for equal, or for gone.

    Raises
    ------
    DocumentError
        If it lacks one, or one cannot be read.
    """
    known = grids_of(layer, book.part)
    page = read_grids(Tables(book.document), known)
    there = {grid.key for grid in page}
    if missing := dict.fromkeys(f"Table {grid.label}" for grid in known if grid.key not in there):
        text = f"{book.name}: not the whole part: it lacks {', '.join(missing)}: give it as NEMA "
        raise DocumentError(Problem(book.document.node.position, f"{text}publishes it"))
    return Edition(book.part, book.edition, page, layer)


def changes(old: Edition | UpperLayer, new: Edition | UpperLayer) -> tuple[Finding, ...]:
    """Return what differs; one of both at least is an edition."""
    edition = old if isinstance(old, Edition) else new
    assert isinstance(edition, Edition), "two schemas are compared as such"
    before, after = (_grids(each, edition) for each in (old, new))
    return tuple(between(before, after, edition.layer))


def _grids(version: Edition | UpperLayer, edition: Edition) -> tuple[Grid, ...]:
    """Return the tables of a version, those without rows that only the edition has."""
    own = version.grids if isinstance(version, Edition) else grids_of(version, edition.part)
    return tuple(_filled(own, edition.grids))


def _filled(own: tuple[Grid, ...], others: tuple[Grid, ...]) -> Iterator[Grid]:
    there = {grid.key: grid for grid in own}
    yield from own
    yield from (replace(grid, rows=()) for grid in others if grid.key not in there)
