"""Which document a table is printed in: that of the standard, or the folder's own.

Invariant: a table is cited from the document of the folder whose file says where it is printed.
"""

from __future__ import annotations

from collections.abc import Collection

from ...reading.position import Position
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
    """

    def __init__(self, package: Fields | None, extended: Collection[str]) -> None:
        self._extended = extended
        self.summary = package.text("summary") if package else ""
        written = package.fields("standard") if package else None
        self._own = PRINTED
        if written is not None:
            name, edition, link = (written.text(key) for key in ("name", "edition", "link"))
            self._own = Standard(name, edition, link)

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The documents, that of the standard first."""
        found = (PRINTED, self._own) if self._extended else (self._own,)
        return tuple(dict.fromkeys(found))

    def at(self, position: Position) -> Standard:
        """Return the document that is cited by what stands at `position`."""
        return PRINTED if position.file in self._extended else self._own
