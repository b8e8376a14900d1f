"""Compare two versions of the Upper Layer.

Invariant: the order of the findings is that of the new version: services, structures, the state
machine; what only the old one has comes after those that are still there.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...sets.cell_findings import cell_findings
from ...sets.finding import Finding
from ...sets.pair import in_both
from ...sets.told import Subject
from ..ends import BothEnds
from ..family import FAMILY
from ..model import UpperLayer
from ..views.service_codes import ServiceCodes
from .edits import edits
from .machine_findings import machine_findings
from .service_findings import service_findings
from .service_sets import Pair, Version, printed
from .structure_findings import structure_findings


def compare(old: UpperLayer, new: UpperLayer, *, tolerant: bool = False) -> tuple[Finding, ...]:
    """Return everything that differs between `old` and `new`.

    Parameters
    ----------
    old, new : UpperLayer
        The tables before and after.
    tolerant : bool
        Whether receivers ignore a parameter that they do not expect.
    """
    return tuple(_findings(old, new, tolerant))


def _findings(old: UpperLayer, new: UpperLayer, tolerant: bool) -> Iterator[Finding]:
    before, after, ends = _versions(old), _versions(new), BothEnds(old, new)
    for name in in_both(before, after):
        if name in before and name in after:
            pair = Pair(before[name], after[name], FAMILY.part, tolerant, ends=ends)
            yield from cell_findings(pair)
            yield from service_findings(pair)
        else:
            yield _whole(before, after, name, ends)
    yield from structure_findings(old.structures, new.structures, ends)
    if old.machine != new.machine:
        yield from machine_findings(old.machine, new.machine, ends)
    if old.services and new.services:
        everything = Subject("the standard", "", FAMILY.part, None, "edition")
        yield from everything.edited("edition", old.edition, new.edition)
    yield from _errata(old, new)


def _versions(layer: UpperLayer) -> dict[str, Version]:
    return {
        each.name: Version(printed(each), each, ServiceCodes(each, layer))
        for each in layer.services
    }


def _whole(old: dict[str, Version], new: dict[str, Version], name: str, ends: BothEnds) -> Finding:
    """Return the finding about a service of one version only."""
    is_new = name in new
    service = (new if is_new else old)[name].service
    where = FAMILY.cited(service.section, service.table)
    actors = ends.primitives(name, service.columns)
    subject = Subject(name, name, where, service.position, actors=actors)
    rule, what = ("service-added", "is a new service") if is_new else ("service-removed", "is gone")
    return subject.finding(rule, f"{name} {what}", ("", name) if is_new else (name, ""))


def _errata(old: UpperLayer, new: UpperLayer) -> Iterator[Finding]:
    before, after = ({each.identifier: each for each in layer.errata} for layer in (old, new))
    for name in in_both(before, after):
        was, is_now = before.get(name), after.get(name)
        each = is_now or was
        assert each is not None, "one of the two has it"
        subject = Subject(f"erratum {name}", "", FAMILY.part, each.position, name)
        if was is None or is_now is None:
            yield from subject.edited("text", *(one.title if one else "" for one in (was, is_now)))
        else:
            yield from edits(subject, was, is_now, {"identifier"})
