"""Compare the SOP classes of two versions."""

from __future__ import annotations

from ..sets.report import Compared, Version
from ..witness.proof import Proof
from .model import SOPClasses
from .printed_lines import lines_of, tables_of

NOTHING = SOPClasses({}, {}, {}, {}, {}, {}, (), ())


def counts(model: SOPClasses) -> tuple[tuple[int, str], ...]:
    """Return how much the tables hold: numbers, and of what."""
    tables = tables_of(model)
    lines = [line for table in tables for line in lines_of(table)]
    statuses = {table.label: table.statuses for file in model.files for table in file.statuses}
    found = (
        (len(model.sop_classes), "SOP class"),
        (len(tables), "attribute table"),
        (len(lines), "attribute row"),
        (sum(len(line.cells) for line in lines), "usage"),
        (sum(map(len, statuses.values())), "SOP class status"),
    )
    return tuple(each for each in found if each[0])


def compared(proof: Proof, old: Version, new: Version) -> Compared:
    """Return what changed from `old` to `new`, with data sets that show it.

    Raises
    ------
    RenderError
        If they cannot be rendered.
    """
    if old.schema is new.schema:
        return Compared((), counts(new.schema))
    # Only here, for most comparisons are of other tables.
    from .compare import compare
    from .package import render_package
    from .witness import assess

    findings = compare(old.schema, new.schema)
    chosen = [each for each in findings if not new.items or each.service in new.items]
    assessed = proof.of(chosen, old, new, assess, render_package, NOTHING)
    return Compared(assessed, counts(new.schema))
