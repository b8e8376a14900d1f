"""What pages call the documents that their tables are in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ...pages import rst
from ...table.standard import Standard
from ..family import PRINTED, STANDARD, elements_in, statuses_in
from ..model import Schema


@dataclass(frozen=True)
class Places:
    """Documents and places in them, as a page says them.

    Attributes
    ----------
    tables : str
        The documents with their editions.
    documents : str
        Their names, of which one is meant.
    statuses, elements : str
        Where the statuses and the elements are.
    """

    tables: str
    documents: str
    statuses: str
    elements: str


def places_of(schema: Schema) -> Places:
    """Return what the pages of `schema` call its documents."""
    documents = [each.name for each in schema.standards]
    return Places(
        _escaped(map(str, with_editions(schema)), " and "),
        _escaped(documents, " or "),
        _places(statuses_in, (each.standard for each in schema.status_types)),
        _places(elements_in, (each.standard for each in schema.parameters.values())),
    )


def with_editions(schema: Schema) -> tuple[Standard, ...]:
    """Return the documents of `schema`, PS3.7 with the edition that the elements state."""
    return tuple(
        Standard(each.name, schema.edition, each.link) if each == PRINTED else each
        for each in schema.standards
    )


def _places(place: Callable[[Standard], str], standards: Iterable[Standard]) -> str:
    found = list(dict.fromkeys(map(place, standards)))
    # Where there is one document only, its annex says enough.
    return _escaped([found[0].removeprefix(f"{STANDARD} ")] if len(found) == 1 else found, " and ")


def _escaped(names: Iterable[str], conjunction: str) -> str:
    return rst.escaped(conjunction.join(names))
