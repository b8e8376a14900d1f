"""Build the errata from `errata.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.schema import Erratum, Service
from .problems import Report, hint
from .reader import Fields


def build_errata(document: Fields) -> dict[str, Erratum]:
    """Return the errata of `document` by identifier."""
    return {
        identifier: Erratum(
            identifier,
            fields.text("title"),
            fields.text("clause"),
            fields.text("other_clause"),
            fields.text("decision"),
            tuple(_cell(word.text) for word in fields.words("applies_to")),
        )
        for identifier, _, fields in document.records("errata")
    }


def errata_by_cell(errata: Mapping[str, Erratum]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the identifiers of the errata that shape each (service, keyword)."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for erratum in errata.values():
        for cell in erratum.applies_to:
            found[cell] = (*found.get(cell, ()), erratum.identifier)
    return found


def check_cells(document: Fields, services: tuple[Service, ...], report: Report) -> None:
    """Report every cell that an erratum names and no service table has."""
    cells = [f"{service.name}.{row.keyword}" for service in services for row in service.rows]
    for _, _, fields in document.records("errata"):
        for word in fields.words("applies_to"):
            if word.text not in cells:
                close = hint(word.text, cells)
                report.add(word.position, "unknown-cell", cell=word.text, hint=close)


def _cell(text: str) -> tuple[str, str]:
    service, _, keyword = text.partition(".")
    return service, keyword
