"""Read PS3.4 as NEMA publishes it, and hold it against the schemas.

Invariant: both sides become the same lines; `differences` compares those and knows neither DocBook
nor YAML.
"""

from __future__ import annotations

from ...document.book import Book, has_no_table
from ...sets.edition_check import Verification
from ..family import FAMILY
from ..model import SOPClasses
from .differences import verify

__all__ = ["PARTS", "verify_book"]

#: The parts in which the family has tables.
PARTS = (FAMILY.part,)


def verify_book(book: Book, model: SOPClasses) -> Verification:
    """Return how `model` differs from what `book` prints.

    Raises
    ------
    DocumentError
        If nothing of it is there, or nobody can read a table.
    """
    found = verify(book.name, book.document, model)
    if not found.compared[0][0]:
        raise has_no_table(book)
    return found
