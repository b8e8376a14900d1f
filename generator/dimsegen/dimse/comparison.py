"""Compare the tables of PS3.7 in two versions, and prove what was found by running both."""

from __future__ import annotations

from collections.abc import Sequence

from ..inputs.pairs import only
from ..sets.finding import Finding
from ..sets.report import Assessed, Compared, Version
from ..witness.packages import Files
from ..witness.proof import EXHAUSTIVE, Proof
from ..witness.proof import NOTHING as NO_PROOF
from .compare import compare
from .family import FAMILY
from .model import Schema
from .package import render_package
from .witness import VerifyResult, assess, verify

# Every folder of schemas has these tables.
NOTHING = None


def counts(schema: Schema) -> tuple[tuple[int, str], ...]:
    """Return how much the tables hold: numbers, and of what."""
    rows = [row for service in schema.services for row in service.rows]
    cells = sum(len(row.cells) for row in rows)
    return (len(schema.services), "service"), (len(rows), "parameter"), (cells, "cell")


def compared(proof: Proof, old: Version, new: Version) -> Compared:
    """Return what changed from `old` to `new`, with what shows it.

    Raises
    ------
    RenderError, ContradictionError
        If they cannot be rendered, or findings and generated code contradict.
    """
    findings = compare(old.schema, new.schema, tolerant=proof.tolerant)
    assessed = _assessed(proof, findings, old, new)
    result = _verified(proof, findings, old, new)
    return Compared(
        assessed,
        counts(new.schema),
        new.schema.waivers,
        result.sentence if result else "",
        result.disagreements if result else (),
    )


def _assessed(
    proof: Proof, findings: Sequence[Finding], old: Version, new: Version
) -> tuple[Assessed, ...]:
    """Return the findings with what shows them; only the services concerned are rendered."""
    names = {each.service for each in findings if not each.is_harmless}
    if proof.verify == NO_PROOF or not names:
        return tuple(map(Assessed, findings))
    if "" not in names:
        old, new = only(old, FAMILY, names), only(new, FAMILY, names)
    files = _rendered(proof, old, new)
    return assess(findings, old, new, *files, tolerant=proof.tolerant)


def _verified(
    proof: Proof, findings: Sequence[Finding], old: Version, new: Version
) -> VerifyResult | None:
    if proof.verify != EXHAUSTIVE:
        return None
    before, after = _rendered(proof, old, new)
    # What was committed, if it was: it shows what a template or the renderer has changed, too.
    before = proof.committed(old) or before
    return verify(findings, old, new, before, after, tolerant=proof.tolerant)


def _rendered(proof: Proof, old: Version, new: Version) -> tuple[Files, Files]:
    templates = proof.templates
    return render_package(old.schema, templates), render_package(new.schema, templates)
