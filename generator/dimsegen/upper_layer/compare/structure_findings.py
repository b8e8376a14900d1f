"""What has changed in PDUs and in the items in them.

Invariant: reserved bytes are not tested when received (PS3.8 9.3); what a change does to either
side follows from that and from set arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...sets.finding import Finding
from ...sets.pair import in_both
from ...sets.told import Subject
from ...sets.verdicts import Verdicts, verdicts_of
from ..ends import BothEnds
from ..model import Kind, Structure
from ..views.structure import where_of
from .edits import edits
from .field_findings import Fields, field_findings
from .item_findings import item_findings
from .value_findings import value_findings

_TOLD = {"class_name", "fields", "values", "contains", "order", "places"}


def structure_findings(
    old: Mapping[str, Structure], new: Mapping[str, Structure], ends: BothEnds
) -> Iterator[Finding]:
    """Yield them, structure by structure."""
    for name in in_both(old, new):
        if name in old and name in new:
            if old[name] != new[name]:  # most are equal, in most changes
                yield from _of_structure(old[name], new[name], ends)
        else:
            is_new = name in new
            structure = (new if is_new else old)[name]
            what = "is a new structure" if is_new else "is gone"
            changed = ("", structure.name) if is_new else (structure.name, "")
            subject = _subject(structure, ends)
            verdicts = _known_to_one(structure, is_new=is_new)
            yield subject.finding("layout-changed", f"{structure.name} {what}", changed, verdicts)


def _known_to_one(structure: Structure, *, is_new: bool) -> Verdicts:
    """Return whom a structure breaks that one version knows: a PDU its receiver, an item nobody.

    An item that is not known is skipped; how often it stands where has findings of its own.
    """
    is_pdu = structure.kind is Kind.PDU
    return verdicts_of(narrows=is_pdu and not is_new, widens=is_pdu and is_new)


def _subject(structure: Structure, ends: BothEnds) -> Subject:
    name, where = structure.class_name, where_of(structure)
    actors = ends.structure(name)
    return Subject(structure.name, name, where, structure.position, actors=actors)


def _of_structure(old: Structure, new: Structure, ends: BothEnds) -> Iterator[Finding]:
    subject = _subject(new, ends)
    pairs = Fields(old, new)
    yield from field_findings(subject, pairs)
    for name in in_both({pairs.now.get(each, each): 0 for each in old.values}, new.values):
        # A field that may have any number is told of as such, and one that was reserved, too.
        if not pairs.is_coded(name) or name in {*pairs.uses, *pairs.uses.values()}:
            continue
        lists = (old.values.get(pairs.before(name), ()), new.values.get(name, ()))
        yield from value_findings(pairs.subject(subject, name), *lists)
    yield from item_findings(subject, old, new, ends)
    yield from edits(subject, old, new, _TOLD)
    yield from subject.edited("place", where_of(old), where_of(new))
