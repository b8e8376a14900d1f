"""Turn references into links to the standard's own text, and into links to the errata page.

Every section, table and annex that a page names can be clicked.
"""

from __future__ import annotations

import re

from . import rst

_STANDARD = "https://dicom.nema.org/medical/dicom/current/output/html"

_PLACE = re.compile(
    r"(?P<table>Tables? (?P<tables>[A-Z0-9.]+-[0-9]+(?:(?:, | and )[A-Z0-9.]+-[0-9]+)*))"
    r"|(?P<annex>Annex (?P<letter>[A-Z]))"
    r"|(?P<errata>errat(?:um|a) (?P<names>[A-Z]+[0-9]+(?:(?:, | and )[A-Z]+[0-9]+)*))"
    r"|(?<![A-Za-z0-9.-])(?P<section>(?:[0-9]+|[A-Z])(?:\.[0-9]+)+)(?![0-9-])"
)
_TABLE = re.compile(r"[A-Z0-9.]+-[0-9]+")
_ERRATUM = re.compile(r"[A-Z]+[0-9]+")


class Links:
    """The links to one part of the standard; `page` is the name of its page."""

    def __init__(self, page: str) -> None:
        self._page = f"{_STANDARD}/{page}"

    def section(self, number: str) -> str:
        """Return the address of a section, e.g. ``10.1.2.1.8``."""
        return f"{self._page}#sect_{number}"

    def table(self, number: str) -> str:
        """Return the address of a table, e.g. ``10.1-2``."""
        return f"{self._page}#table_{number}"

    def linked(self, text: str) -> str:
        """Return `text` as reStructuredText in which every place of the part is a link."""
        parts, done = [], 0
        for found in _PLACE.finditer(text):
            parts += [rst.inline(text[done : found.start()]), self._link(found)]
            done = found.end()
        return rst.unlike_a_block("".join([*parts, rst.inline(text[done:])]))

    def _link(self, found: re.Match[str]) -> str:
        if found["section"]:
            return _anonymous(found["section"], self.section(found["section"]))
        if found["annex"]:
            return _anonymous(found["annex"], f"{self._page}#chapter_{found['letter']}")
        if found["table"]:
            return _TABLE.sub(lambda each: _anonymous(each[0], self.table(each[0])), found["table"])
        return _ERRATUM.sub(lambda each: f":ref:`{each[0]} <{each[0]}>`", found["errata"])


def _anonymous(words: str, address: str) -> str:
    return f"`{words} <{address}>`__"
