"""Read PS3.7 as NEMA publishes it, DocBook 5, and hold it against the schemas.

Nothing here is written for one edition: what an edition has otherwise is a finding, and what nobody
can read is an error with its place.
"""

from __future__ import annotations

from dataclasses import replace

from ...data import folder_of
from ...document.book import Book
from ...document.unreadable import DocumentError, Problem
from ...reading.position import Position
from ...sets.edition_check import Verification
from ..loader import load_schema
from ..model import Schema
from .differences import verify
from .elsewhere import elsewhere, of_standard
from .part import PART, Part, part_in, read_part
from .printed import worded
from .undecided import broken

__all__ = [
    "PARTS",
    "DocumentError",
    "Part",
    "Verification",
    "load",
    "read_part",
    "verify",
    "verify_book",
    "whole",
]

#: The parts in which the family has tables.
PARTS = (PART,)


def verify_book(book: Book, schema: Schema) -> Verification:
    """Return how `schema` differs from what `book` prints; see `verify`.

    What `schema` has in a document of its own, the standard cannot print.
    """
    known = of_standard(schema)
    found = verify(part_in(book, known), known)
    return replace(found, elsewhere=tuple(elsewhere(schema)))


def load(book: Book) -> Schema:
    """Return what an edition of PS3.7 prints, for a comparison with another edition.

    Raises
    ------
    DocumentError
        If something in its tables cannot be read.
    SchemaError
        If the schemas that came with this generator do not load: they give keywords their names.
    """
    known = load_schema(folder_of("schemas"))
    return whole(part_in(book, known), known)


def whole(part: Part, known: Schema) -> Schema:
    """Return what `part` prints, if it lacks nothing: that would pass for equal, or for gone.

    Parameters
    ----------
    part : Part
        An edition.
    known : Schema
        Gives the descriptions that generated code needs.

    Raises
    ------
    DocumentError
        If it lacks something that it speaks of itself, or no code can be made of it: then a message
        carries what no row decides, or the other way round.
    """
    if part.missing:
        shown = ", ".join(part.missing)
        text = f"{part.name}: not the whole part: it lacks {shown}: give it as NEMA publishes it"
        raise DocumentError(Problem(Position(part.file, 1, 1), text))
    if problems := [each for service in part.schema.services for each in broken(service)]:
        raise DocumentError(*problems)
    return worded(part.schema, known)
