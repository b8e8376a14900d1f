"""What changed between two versions of the SOP classes, and whom it breaks.

Invariant: what an attribute's change does follows from the sets of `presence`; a row that is not
there asks for nothing, as a blank cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...sets.finding import Finding
from ..model import SOPClasses
from ..printed_lines import tables_of
from .attribute_findings import attribute_findings, whole_table
from .owners import is_told_with_its_sop_classes
from .sop_class_findings import sop_class_findings

__all__ = ["compare"]


def compare(old: SOPClasses, new: SOPClasses) -> tuple[Finding, ...]:
    """Return every finding, in the order of the new version."""
    return tuple(_findings(old, new))


def _findings(old: SOPClasses, new: SOPClasses) -> Iterator[Finding]:
    before = {table.label: table for table in tables_of(old)}
    after = {table.label: table for table in tables_of(new)}
    for label, table in after.items():
        if label in before:
            yield from attribute_findings(before[label], table, old, new)
        else:
            is_alone = not is_told_with_its_sop_classes(label, new, old)
            yield whole_table(table, is_new=True, is_alone=is_alone)
    for label, table in before.items():
        if label not in after:
            is_alone = not is_told_with_its_sop_classes(label, old, new)
            yield whole_table(table, is_new=False, is_alone=is_alone)
    yield from sop_class_findings(old, new)
