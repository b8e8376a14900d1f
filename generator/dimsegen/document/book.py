"""A part of the standard as NEMA publishes it, one book of DocBook 5."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..reading.problems import listed
from .plain_text import text_of
from .sections import Section, label_of, read_sections
from .tables import Tables
from .unreadable import DocumentError, Problem
from .xml_tree import IDENTIFIER, NAMESPACE, Node, read_tree

_EDITION = re.compile(r"\b\d{4}[a-z]?\b")


@dataclass(frozen=True, eq=False)
class Book:
    """A part in one edition.

    Attributes
    ----------
    part : str
        Which part, e.g. ``PS3.7``.
    edition : str
        Which edition, e.g. ``2024a``.
    document : Section
        The whole of it.
    """

    part: str
    edition: str
    document: Section

    @cached_property
    def tables(self) -> Tables:
        """Its tables with a label."""
        return Tables(self.document)

    @property
    def name(self) -> str:
        """The part and its edition, e.g. ``PS3.7 2024a``."""
        return f"{self.part} {self.edition}"


def read_book(content: bytes, name: str, documents: Mapping[str, str]) -> Book:
    """Return the part in a DocBook file.

    Parameters
    ----------
    content : bytes
        The file, as NEMA publishes it.
    name : str
        What positions in it are to show.
    documents : mapping of str to str
        The parts that can be read, e.g. ``PS3.7``, and what NEMA calls their files.

    Raises
    ------
    DocumentError
        If the file is none of them.
    """
    root = read_tree(content, name)
    give = f"give {listed(documents.values())}"
    if root.name != "book":
        text = f"not a book of DocBook 5 ({NAMESPACE}), as NEMA publishes the parts"
        raise DocumentError(Problem(root.position, f"{text}: {give}"))
    subtitle = root.first("subtitle")
    said = text_of(subtitle) if subtitle else ""
    part = label_of(root) or root.attributes.get(IDENTIFIER, "")
    if part not in documents:
        shown = said or part or "a book without a label"
        raise DocumentError(Problem(root.position, f"{shown}: not {listed(documents)}: {give}"))
    return Book(part, _edition(root, part, said), read_sections(root))


def has_no_table(book: Book) -> DocumentError:
    """Return the error of an edition in which nothing is that a family reads."""
    text = f"{book.name}: none of its tables is here: give the whole part, as NEMA publishes it"
    return DocumentError(Problem(book.document.node.position, text))


def _edition(root: Node, part: str, said: str) -> str:
    found = _EDITION.search(said.removeprefix("DICOM").replace(part, ""))
    if found is None:
        shown = f"its subtitle is '{said}'" if said else "it has no subtitle"
        text = f"{part} without an edition ({shown}): give the file as NEMA publishes it"
        raise DocumentError(Problem(root.position, text))
    return found[0]
