"""An edition as a version that can be compared with another, or with the schemas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...document.book import Book
from ...document.plain_text import compact
from ...document.unreadable import DocumentError, Problem
from ...sets.finding import Finding
from ...sets.verdicts import KEEPS
from ..model import UpperLayer
from .differences import FOLLOWED, Difference, compared, differences
from .edition_model import stated
from .grids import Grid
from .page_grids import read_grids
from .rules_of_rows import EDITED
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
    page = read_grids(book.tables, known)
    there = {grid.key for grid in page}
    if missing := dict.fromkeys(f"Table {grid.label}" for grid in known if grid.key not in there):
        text = f"{book.name}: not the whole part: it lacks {', '.join(missing)}: give it as NEMA "
        raise DocumentError(Problem(book.document.node.position, f"{text}publishes it"))
    return Edition(book.part, book.edition, page, layer)


def model_of(version: Edition | UpperLayer) -> UpperLayer:
    """Return what code can be made of: of an edition, the schemas with what it prints."""
    if not isinstance(version, Edition):
        return version
    layer = version.layer
    errata = {change for each in layer.errata for change in each.explains}
    known = grids_of(layer, version.part)
    printed = {each.told for each in differences(version.grids, known, layer, FOLLOWED)} & errata
    found = differences(known, version.grids, layer, FOLLOWED)
    return stated(layer, (each for each in found if _turned(each) not in printed))


def changes(old: Edition | UpperLayer, new: Edition | UpperLayer) -> tuple[Finding, ...]:
    """Return what differs, as findings; one of both at least is an edition."""
    return tuple(each.finding for each in differing(old, new))


def differing(old: Edition | UpperLayer, new: Edition | UpperLayer) -> tuple[Difference, ...]:
    """Return the cells and rows that differ; one of both at least is an edition."""
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


def between(
    old: tuple[Grid, ...], new: tuple[Grid, ...], layer: UpperLayer
) -> Iterator[Difference]:
    """Yield what differs between two editions.

    What an erratum explains is a misprint that came or went, and breaks nobody; blanks within the
    bytes of a field are nothing at all.
    """
    errata = {change for each in layer.errata for change in each.explains}
    backwards = {each.told for each in differences(new, old, layer, FOLLOWED)} & errata
    for each in differences(old, new, layer, FOLLOWED):
        if compact(each.finding.old) == compact(each.finding.new):
            continue
        is_misprint = each.told in errata or _turned(each) in backwards
        yield replace(each, finding=_harmless(each.finding)) if is_misprint else each


def _turned(difference: Difference) -> str:
    """Return what an erratum would have to say to explain a difference the other way round."""
    finding = difference.finding
    back = replace(finding, old=finding.new, new=finding.old)
    return replace(difference, finding=back).told


def _harmless(finding: Finding) -> Finding:
    return replace(finding, rule=EDITED, senders=KEEPS.senders, receivers=KEEPS.receivers)
