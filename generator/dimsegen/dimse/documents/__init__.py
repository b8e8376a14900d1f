"""The shapes of the six kinds of schema files.

This is the whole vocabulary. A key that is not here is an error in a file, and a key that is here
has a builder that reads it.
"""

from __future__ import annotations

from ...reading.merging import partial
from ...reading.shapes import Choice, Key, ListOf, MapOf, Record
from ...table.errata_file import errata
from ...table.terms import (
    DOCUMENT_NAME,
    ERRATUM_ROW,
    LINK,
    NAME,
    SENTENCE,
    STANDARD_TABLES,
    TITLE,
)
from ...table.waivers import WAIVERS
from .element_shapes import ELEMENTS, IN_DOCUMENT
from .service_shapes import CELL, CONDITION, DOCUMENT, FROM_TABLE, ROW
from .status_shapes import STATUSES

__all__ = ["CELL", "CONDITION", "DOCUMENTS", "EXTENDING", "FROM_TABLE", "ROW"]

ERRATA = errata(
    applies_to=Key(ListOf(ERRATUM_ROW), "The cells whose rule it shapes."), document=IN_DOCUMENT
)

_EDITION_AND_LINK = {
    "edition": Key(TITLE, "Its edition.", is_required=False),
    "link": Key(
        LINK,
        "Its address; {place} in it stands for the section or the table of a reference.",
        is_required=False,
    ),
}
PRINTED_IN = Record(
    "standard", {"name": Key(NAME, "What references call it."), **_EDITION_AND_LINK}
)

PACKAGE = Record(
    "package",
    {
        "summary": Key(
            SENTENCE, "What the package is, for whoever asks for help.", is_required=False
        ),
        "standard": Key(
            PRINTED_IN, "The document that the tables of this folder are in.", is_required=False
        ),
        "documents": Key(
            MapOf(DOCUMENT_NAME, Record("document", _EDITION_AND_LINK), needs_one=True),
            "Other documents, in which what says so is printed.",
            is_required=False,
        ),
        "extends": Key(
            Choice((STANDARD_TABLES,)),
            "standard: all tables of the standard count, too, but for what this folder replaces.",
            is_required=False,
        ),
    },
)

DOCUMENTS = {
    "elements": ELEMENTS,
    "statuses": STATUSES,
    "service": DOCUMENT,
    "errata": ERRATA,
    "waivers": WAIVERS,
    "package": PACKAGE,
}

# The files of a folder that extends the standard say what they add and replace, and no more.
EXTENDING = {
    **DOCUMENTS,
    **{kind: partial(DOCUMENTS[kind]) for kind in ("elements", "statuses", "service", "errata")},
}
