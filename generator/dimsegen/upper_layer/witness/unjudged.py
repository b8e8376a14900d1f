"""What the generated code does not judge: the grounds on which a break has no counterexample."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...sets.finding import Finding
from ..compare.issuer_findings import RULE
from ..model import Row, UpperLayer


def unjudged(finding: Finding, old: UpperLayer, new: UpperLayer) -> str:
    """Return why the generated code says nothing of what a finding is about, empty if it does."""
    layers = old, new
    return next((why for why, holds in UNJUDGED.items() if holds(finding, layers)), "")


def _rows(finding: Finding, layers: tuple[UpperLayer, UpperLayer]) -> list[Row]:
    return [
        row
        for layer in layers
        for service in layer.services
        for row in service.rows
        if (service.name, row.name) == (finding.service, finding.keyword)
    ]


def _is_prose(finding: Finding, layers: tuple[UpperLayer, UpperLayer]) -> bool:
    rows = [each for each in _rows(finding, layers) if finding.direction in each.cells]
    return any(each.usage(finding.direction).is_conditional for each in rows)


def _is_same_as_unknown(finding: Finding, layers: tuple[UpperLayer, UpperLayer]) -> bool:
    is_same = any(each.same_as for each in _rows(finding, layers))
    return is_same and finding.direction != "response"


def _is_kind(finding: Finding, layers: tuple[UpperLayer, UpperLayer]) -> bool:
    return finding.rule == "layout-changed" and bool(_rows(finding, layers))


def _is_issuer(finding: Finding, layers: tuple[UpperLayer, UpperLayer]) -> bool:
    del layers
    return finding.rule == RULE


UNJUDGED: Mapping[str, Callable[[Finding, tuple[UpperLayer, UpperLayer]], bool]] = {
    "C without a condition that a value decides: only a person knows when it holds": _is_prose,
    "a value that is that of another parameter, elsewhere than in the response to the indication "
    "that has it: whoever judges it has none of the two": _is_same_as_unknown,
    "who issues a primitive: it does not say who made it": _is_issuer,
    "the kind of a parameter: PDUs carry it, and their fields have findings of their own": _is_kind,
}
