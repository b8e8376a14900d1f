"""Build the errata from `errata.yaml`.

An erratum names rows that exist, so that whoever reads a rule finds its decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...reading.names import Names
from ...reading.problems import Report
from ...reading.spelling import SURELY_MEANT
from ...reading.values import Fields
from ...table.errata_file import build_errata as build_common
from ...table.erratum import Erratum
from .origins import Origins
from .service import Description


def build_errata(document: Fields, origins: Origins, report: Report) -> dict[str, Erratum]:
    """Return the errata of `document` by identifier."""
    return {
        identifier: replace(
            erratum,
            applies_to=tuple(_cell(word.text) for word in fields.words("applies_to")),
            standard=origins.of(fields, position, report),
        )
        for erratum, (identifier, position, fields) in zip(
            build_common(document), document.records("errata"), strict=True
        )
    }


def errata_by_cell(errata: Mapping[str, Erratum]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the identifiers of the errata that shape each (service, keyword)."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for erratum in errata.values():
        for cell in erratum.applies_to:
            found[cell] = (*found.get(cell, ()), erratum.identifier)
    return found


def check_cells(document: Fields, services: Names[Description], report: Report) -> None:
    """Report every row that an erratum names and no service table has.

    Parameters
    ----------
    document : Fields
        The file, read as `documents.ERRATA`.
    services : Names of Description
        The services that the folder describes.
    report : Report
        Receives what is wrong.
    """
    known = [
        f"{name}.{keyword}"
        for name, description in services.found.items()
        for keyword in description.lines
    ]
    for _, _, fields in document.records("errata"):
        for word in fields.words("applies_to"):
            name, keyword = _cell(word.text)
            description = services.found.get(name)
            names: Names[Any] = description.lines if description else services
            if names.is_unknown(keyword if description else name):
                # The name of the service alone makes any two of its rows alike.
                rule, likeness = "unknown-cell", SURELY_MEANT
                report.add_unknown(word.position, rule, word.text, known, likeness=likeness)


def _cell(text: str) -> tuple[str, str]:
    service, _, keyword = text.partition(".")
    return service, keyword
