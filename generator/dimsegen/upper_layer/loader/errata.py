"""Build the errata."""

from __future__ import annotations

from collections.abc import Iterator

from ...reading.values import Fields
from ...table.erratum import Erratum


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
