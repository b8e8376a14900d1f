"""Compare the tables of the Upper Layer in two versions, and prove it by running both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..sets.report import Compared, Version
from ..witness.proof import EXHAUSTIVE, Proof
from .family import FAMILY
from .model import NO_MACHINE, UpperLayer

if TYPE_CHECKING:
    from .docbook.edition import Edition

NOTHING = UpperLayer((), {}, NO_MACHINE, ())


def counts(layer: UpperLayer | Edition) -> tuple[tuple[int, str], ...]:
    """Return how much the tables hold: numbers, and of what."""
    if not isinstance(layer, UpperLayer):
        return layer.counts
    rows = [row for service in layer.services for row in service.rows]
    found = (
        (len(layer.services), "service"),
        (len(rows), "parameter"),
        (sum(len(row.cells) for row in rows), "cell"),
        (len(layer.structures), "structure"),
        (len(layer.machine.transitions), "transition"),
    )
    return tuple(each for each in found if each[0])


def compared(proof: Proof, old: Version, new: Version) -> Compared:
    """Return what changed from `old` to `new`, with what shows it.

    Raises
    ------
    RenderError, ContradictionError
        If they cannot be rendered, or findings and generated code contradict.
    """
    if not all(isinstance(each.schema, UpperLayer) for each in (old, new)):
        # Only here, so that nothing else needs the XML library.
        from .edition_proof import assessed_changes

        return Compared(assessed_changes(proof, old, new), counts(new.schema))
    if old.schema is new.schema and proof.verify != EXHAUSTIVE:
        return Compared((), counts(new.schema))
    # Only here, for most comparisons are of other tables.
    from .compare import compare
    from .package import render_package
    from .witness import VerifyResult, assess, verify

    found = compare(old.schema, new.schema, tolerant=proof.tolerant)
    findings = tuple(each for each in found if not new.items or each.service in new.items)
    # Where one version has none of these tables, there is nothing to run.
    is_alone = NOTHING in (old.schema, new.schema)
    assessed = proof.of(findings, old, new, assess, render_package, NOTHING)
    result = VerifyResult()
    if proof.verify == EXHAUSTIVE and not is_alone:
        # What was committed, if it was: it shows what a template has changed, too.
        before = proof.committed(old) or {}
        is_there = any(path.startswith(f"{FAMILY.folder}/") for path in before)
        files = before if is_there else proof.package(old, render_package)
        result = verify(found, old, new, files, proof.package(new, render_package))
    return Compared(
        assessed,
        counts(new.schema),
        verified=result.sentence,
        disagreements=result.disagreements,
    )
