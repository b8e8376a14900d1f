"""Which SOP classes a table is about.

Invariant: a table that comes or goes with all of them breaks nobody but whom that breaks.
"""

from __future__ import annotations

from ..model import SOPClasses, StatusTable, Table


def is_told_with_its_sop_classes(label: str, model: SOPClasses, other: SOPClasses) -> bool:
    """Return whether no SOP class that `other` has is described by a table of `model`.

    A macro describes none by itself: whatever includes it is told of.
    """
    known = {each.keyword for each in other.sop_classes}
    return not (_owners(label, model) & known)


def _owners(label: str, model: SOPClasses) -> set[str]:
    found: set[str] = set()
    for file in model.files:
        tables: tuple[Table | StatusTable, ...] = (*file.tables, *file.statuses)
        for table in tables:
            if table.label == label:
                found |= {*table.sop_classes} or {each.keyword for each in file.sop_classes}
    return found
