"""Which document a table is printed in: that of the standard, or one of the folder's own.

Invariant: a table is cited from the document that it names or, where it names none, from that of
the folder whose file says where it is printed.
"""

from __future__ import annotations

from collections.abc import Collection

from ...reading.names import Names
from ...reading.position import Position
from ...reading.problems import Report
from ...reading.values import Fields
from ...table.standard import Standard
from ..family import PRINTED


class Origins:
    """The documents that the files of a folder, and of what it extends, are printed in.

    Parameters
    ----------
    package : Fields or None
        The file ``package.yaml``, read as `documents.PACKAGE`; None if there is none.
    extended : collection of str
        The files of the standard that the folder extends.
    below : Fields or None, optional
        The file ``package.yaml`` beside them: where they are a fork's, it names their documents.
    """

    def __init__(
        self, package: Fields | None, extended: Collection[str], below: Fields | None = None
    ) -> None:
        self._extended = extended
        self.summary = package.text("summary") if package else ""
        written = package.fields("standard") if package else None
        self._own = PRINTED
        if written is not None:
            name, edition, link = (written.text(key) for key in ("name", "edition", "link"))
            self._own = Standard(name, edition, link)
        known = {
            name: Standard(name, fields.text("edition"), fields.text("link"))
            for each in (below, package)
            if each is not None
            for name, _, fields in each.records("documents")
        }
        self._named = Names("unknown-document", known)

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The documents, that of the standard first."""
        found = (PRINTED, self._own) if self._extended else (self._own,)
        return tuple(dict.fromkeys((*found, *self._named.found.values())))

    def of(self, fields: Fields, position: Position, report: Report) -> Standard:
        """Return the document that is cited by what stands at `position` and says `fields`."""
        word = fields.word("document")
        named = self._named.find(word.text, word.position, report) if word else None
        if named is not None:
            return named
        return PRINTED if position.file in self._extended else self._own
