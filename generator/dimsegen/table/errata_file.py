"""The file of errata: its shape, and what it says.

That of PS3.7 has more to say: which cells and statuses each of them is about.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..reading.shapes import Key, ListOf, MapOf, Record
from ..reading.values import Fields
from .erratum import Erratum
from .terms import ERRATUM_NAME, SENTENCE, TITLE

ERRATUM = Record(
    "erratum",
    {
        "title": Key(TITLE, "The contradiction in a few words."),
        "clause": Key(SENTENCE, "What one clause says."),
        "other_clause": Key(SENTENCE, "What the other says."),
        "decision": Key(SENTENCE, "What the schemas do."),
        "explains": Key(
            ListOf(SENTENCE),
            "The differences from the printed page that follow from the decision.",
            is_required=False,
        ),
    },
)
ERRATA = Record("errata", {"errata": Key(MapOf(ERRATUM_NAME, ERRATUM), "The errata.")})


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
            tuple(word.text for word in fields.words("explains")),
        )
