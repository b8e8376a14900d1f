"""Turn references into links to the standard's own text, and into links to the errata page.

Every section, table and annex that a page names can be clicked.
"""

from __future__ import annotations

import re

from ..table.standard import Standard
from . import rst

_PLACE = re.compile(
    r"(?P<table>Tables? (?P<tables>[A-Z0-9.]+-[0-9]+(?:(?:, | and )[A-Z0-9.]+-[0-9]+)*))"
    r"|(?P<annex>Annex (?P<letter>[A-Z]))"
    r"|(?P<errata>errat(?:um|a) (?P<names>[A-Z]+[0-9]+(?:(?:, | and )[A-Z]+[0-9]+)*))"
    r"|(?<![A-Za-z0-9.-])(?P<section>(?:[0-9]+|[A-Z])(?:\.[0-9]+)+)(?![0-9-])"
)
_TABLE = re.compile(r"[A-Z0-9.]+-[0-9]+")
_ERRATUM = re.compile(r"[A-Z]+[0-9]+")


class Links:
    """The links to documents.

    Parameters
    ----------
    standard : Standard
        The document that is meant where a text names none.
    others : Standard
        Those that a text may name.
    """

    def __init__(self, standard: Standard, *others: Standard) -> None:
        self._standard = standard
        self._known = (standard, *others)

    def section(self, number: str) -> str:
        """Return the address of a section, e.g. ``10.1.2.1.8``; empty if there is none."""
        return address(self._standard, "sect", number)

    def table(self, number: str) -> str:
        """Return the address of a table, e.g. ``10.1-2``; empty if there is none."""
        return address(self._standard, "table", number)

    def linked(self, text: str) -> str:
        """Return `text` as reStructuredText in which every place of a document is a link."""
        parts, done = [], 0
        for found in _PLACE.finditer(text):
            cited = max(self._known, key=lambda each: text.rfind(each.name, 0, found.start()))
            parts += [rst.inline(text[done : found.start()]), _link(found, cited)]
            done = found.end()
        return rst.unlike_a_block("".join([*parts, rst.inline(text[done:])]))


def address(standard: Standard, kind: str, place: str) -> str:
    """Return the address of a section (``sect``), ``table`` or ``chapter``; empty for none."""
    return standard.link.replace("{kind}", kind).replace("{place}", place)


def _link(found: re.Match[str], standard: Standard) -> str:
    if found["section"]:
        return rst.link(found["section"], address(standard, "sect", found["section"]))
    if found["annex"]:
        return rst.link(found["annex"], address(standard, "chapter", found["letter"]))
    if found["table"]:
        return _TABLE.sub(
            lambda each: rst.link(each[0], address(standard, "table", each[0])), found["table"]
        )
    return _ERRATUM.sub(lambda each: f":ref:`{each[0]} <{each[0]}>`", found["errata"])
