"""Links to the documents that the tables are printed in."""

from __future__ import annotations

from ...pages.links import Links
from ...table.standard import Standard
from ..family import PRINTED

_PS37 = Links(PRINTED)
section, table, linked = _PS37.section, _PS37.table, _PS37.linked


def links_of(standard: Standard) -> Links:
    """Return the links of what is printed in `standard`, which may cite PS3.7, too."""
    return Links(standard, PRINTED)
