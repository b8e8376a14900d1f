"""Links to PS3.7."""

from __future__ import annotations

from ...pages.links import Links
from ..family import FAMILY

_PS37 = Links(FAMILY.page)
section, table, linked = _PS37.section, _PS37.table, _PS37.linked
