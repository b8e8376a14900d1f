"""Find a SOP class.

This file is copied as it is from `templates/sop_classes/_registry.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ._index import INDEX
from ._sop_class import SOPClass

SOP_CLASSES: Final[Mapping[str, SOPClass]] = MappingProxyType(
    {each.keyword: each for each in INDEX}
)
"""Every SOP class that the tables know, by keyword."""

_NAMED: Final[dict[str, SOPClass]] = {
    name: each for each in INDEX for name in (each.name, each.keyword, each.uid)
}


def sop_class(uid: str) -> SOPClass | None:
    """Return a SOP class.

    Parameters
    ----------
    uid : str
        Its UID, as text or as a UID of pydicom, its keyword or its name.

    Returns
    -------
    SOPClass or None
        None if the tables do not know it.
    """
    return _NAMED.get(uid)
