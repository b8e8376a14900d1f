"""The document that a table is printed in."""

from __future__ import annotations

from dataclasses import dataclass

_PARTS = "PS3."


@dataclass(frozen=True)
class Standard:
    """A document as it is cited.

    Attributes
    ----------
    name : str
        What references call it, e.g. ``PS3.7``.
    edition : str
        Its edition; empty where nothing says it.
    link : str
        Its address; ``{kind}`` (``sect``, ``table``, ``chapter``) and ``{place}`` stand for what a
        reference names. Empty where it has none.
    """

    name: str
    edition: str = ""
    link: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.edition}".rstrip()


def other_document(clause: str) -> str:
    """Return the document that `clause` names, unless that is a part of the standard."""
    name, _, section = clause.rpartition(" ")
    return name if section and not name.startswith(_PARTS) else ""
