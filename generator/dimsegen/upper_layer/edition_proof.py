"""What shows a change between editions: it is run where code can be made of what both print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..sets.finding import Finding, Side, Verdict
from ..sets.report import Assessed, Counterexample, Version
from ..witness.proof import NOTHING, Proof
from .compare import compare
from .docbook.differences import Difference
from .docbook.edition import differing, model_of
from .docbook.edition_model import stated
from .package import render_package
from .witness import tried

_UNSHOWN = "; nothing that was run shows it, for a page does not say what code would need"


def assessed_changes(proof: Proof, old: Version, new: Version) -> tuple[Assessed, ...]:
    """Return what changed from `old` to `new`, one of which is an edition, with what shows it.

    Raises
    ------
    RenderError
        If the schemas with what an edition prints cannot be rendered.
    """
    found = differing(old.schema, new.schema)
    if proof.verify == NOTHING or all(each.finding.is_harmless for each in found):
        return tuple(Assessed(each.finding) for each in found)
    before, after = (replace(each, schema=model_of(each.schema)) for each in (old, new))
    told = [_told(each, before) for each in found]
    asked = [each for several in told for each in several]
    files = (proof.package(each, render_package) for each in (before, after))
    shown = tried(asked, before, after, *files) or ()
    examples = {id(each.finding): each.counterexamples for each in shown}
    return tuple(
        _assessed(each.finding, several, examples)
        for each, several in zip(found, told, strict=True)
    )


def _told(difference: Difference, old: Version) -> tuple[Finding, ...]:
    """Return what schemas that differ in that alone would be told to differ in."""
    if difference.finding.is_harmless:
        return ()
    found = compare(old.schema, stated(old.schema, [difference]))
    return tuple(each for each in found if not each.is_harmless)


def _assessed(
    finding: Finding,
    told: Sequence[Finding],
    examples: Mapping[int, Mapping[Side, Counterexample]],
) -> Assessed:
    shown: dict[Side, Counterexample] = {}
    for side in Side:
        found = (examples.get(id(each), {}).get(side) for each in told)
        example = next((each for each in found if each is not None), None)
        if example is not None and finding.verdict(side) is not Verdict.OK:
            shown[side] = example
    broken = {side for side in Side if finding.verdict(side) is Verdict.BREAKS}
    if broken - {*shown}:
        finding = replace(finding, message=finding.message + _UNSHOWN)
    return Assessed(finding, shown)
