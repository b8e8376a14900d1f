"""Read PS3.8 and Annex D of PS3.7 as NEMA publishes them, and hold them against the schemas.

Both sides become the same printed tables (`grids`), rows by name and cells by column; `differences`
compares those and knows neither DocBook nor YAML.
"""

from __future__ import annotations

from dataclasses import replace

from ...data import folder_of
from ...document.book import Book, has_no_table
from ...sets.edition_check import Verification
from ..family import FAMILY
from ..loader import load_schema
from ..model import UpperLayer
from .differences import verify
from .edition import Edition, edition_of
from .page_grids import read_grids, unknown_tables
from .schema_grids import elsewhere, grids_of

__all__ = ["PARTS", "Edition", "edition_of", "load", "verify_book"]

#: The parts in which the family has tables: PS3.8, and PS3.7 Annex D.
PARTS = (FAMILY.part, "PS3.7")


def verify_book(book: Book, layer: UpperLayer) -> Verification:
    """Return how `layer` differs from what `book` prints.

    Raises
    ------
    DocumentError
        If a table has other columns than any edition, or nothing of it is there.
    """
    known = grids_of(layer, book.part)
    tables = book.tables
    page = read_grids(tables, known)
    if not page and book.part == FAMILY.part:
        raise has_no_table(book)
    alone = unknown_tables(tables, known)
    found = verify(book.name, page, known, alone, layer)
    return replace(found, elsewhere=tuple(elsewhere(layer)))


def load(book: Book) -> Edition | None:
    """Return what an edition of PS3.8 prints, or Annex D of PS3.7, for a comparison with another.

    None of a PS3.7 without a table of that annex.

    Raises
    ------
    DocumentError
        If it lacks a table, or one cannot be read.
    SchemaError
        If the schemas that came with this generator do not load: they say who sends what.
    """
    layer = load_schema(folder_of("schemas"))
    known = grids_of(layer, book.part)
    if book.part != FAMILY.part and all(book.tables.find(grid.label) is None for grid in known):
        return None
    return edition_of(book, layer)
