"""The file of errata: its shape, and what it says.

That of PS3.7 has more to say: which cells and statuses each of them is about.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..reading.shapes import Key, ListOf, MapOf, Record
from ..reading.values import Fields
from .erratum import Erratum
from .terms import ERRATUM_NAME, SENTENCE, TITLE


def errata(**others: Key) -> Record:
    """Return the shape of a file of errata, each with `others` where a family has more to say."""
    erratum = {
        "title": Key(TITLE, "The contradiction in a few words."),
        "clause": Key(SENTENCE, "What one clause says."),
        "other_clause": Key(SENTENCE, "What the other says."),
        "decision": Key(SENTENCE, "What the schemas do."),
        **others,
        "explains": Key(
            ListOf(SENTENCE),
            "The differences from the printed page that `dimsegen verify` lets pass for it: "
            "rule, cell, what is printed and what the schemas say.",
            is_required=False,
        ),
    }
    every = MapOf(ERRATUM_NAME, Record("erratum", erratum))
    return Record("errata", {"errata": Key(every, "The errata, by identifier.")})


ERRATA = errata()


def build_errata(document: Fields) -> Iterator[Erratum]:
    """Yield the errata of `document`."""
    for name, position, fields in document.records("errata"):
        yield Erratum(
            name,
            fields.text("title"),
            fields.text("clause"),
            fields.text("other_clause"),
            fields.text("decision"),
            (),
            position,
            fields.texts("explains"),
        )
