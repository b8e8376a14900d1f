"""What has changed in Annex C and reaches no service, and in its status classes.

No finding here is about the validity of a message. A class decides nothing by itself; the
conditions that name it are compared in their cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...reading.position import Position
from ...sets.finding import Finding
from ...sets.pair import in_both, nearest
from ...sets.verdicts import KEEPS
from ...table.status_codes import show
from ..family import statuses_in
from ..model import Schema, StatusClass, StatusType
from .status_findings import by_name, changed_fields, named
from .version import Pair

_MISSING = "not in Annex C"


def annex_findings(old: Schema, new: Schema, pairs: Sequence[Pair]) -> Iterator[Finding]:
    """Yield what has changed; `pairs` are the services of both versions."""
    yield from _classes(old, new)
    yield from _Types(old, new, tuple(pairs)).findings()


def _classes(old: Schema, new: Schema) -> Iterator[Finding]:
    before = {each.identifier: each for each in old.status_classes}
    after = {each.identifier: each for each in new.status_classes}
    places = {name: each.position for name, each in after.items() if each.position}
    for name in in_both(before, after):
        was, is_now = (_codes(each.get(name)) for each in (before, after))
        if was != is_now:
            status_class = after.get(name) or before[name]
            place = places.get(name) or nearest(name, list(before), places)
            message = f"The status class {status_class.name} had the codes {was} and has {is_now}"
            yield _finding("status-class-changed", message, was, is_now, _in(status_class), place)


def _codes(status_class: StatusClass | None) -> str:
    return show(status_class.codes) if status_class else "none"


@dataclass(frozen=True)
class _Types:
    old: Schema
    new: Schema
    pairs: tuple[Pair, ...]

    def findings(self) -> Iterator[Finding]:
        before, after = by_name(self.old.status_types), by_name(self.new.status_types)
        places = {name: each.position for name, each in after.items() if each.position}
        for name in in_both(before, after):
            old, new = before.get(name), after.get(name)
            place = places.get(name) or nearest(name, list(before), places)
            if old is None or new is None:
                yield from self._whole(old, new, place)
            elif old is not new:
                yield from self._type(old, new, place)

    def _whole(
        self, old: StatusType | None, new: StatusType | None, place: Position | None
    ) -> Iterator[Finding]:
        status, schema = (new, self.new) if new else (old, self.old)
        assert status is not None
        if any(status.identifier in by_name(each.statuses) for each in schema.services):
            return
        what = named(status)
        if new:
            message = f"{what} is a new status type, which no service lists"
            yield _finding("status-added", message, _MISSING, what, _in(status), place)
        else:
            message = f"{what} is gone, a status type that no service listed"
            yield _finding("status-removed", message, what, _MISSING, _in(status), place)

    def _type(self, old: StatusType, new: StatusType, place: Position | None) -> Iterator[Finding]:
        classes = [each.status_class for each in (old, new)]
        if classes[0].identifier != classes[1].identifier:
            was, is_now = (each.name for each in classes)
            message = f"{new.name} was a status of the class {was} and is one of {is_now}"
            yield _finding("status-class-changed", message, was, is_now, _in(new), place)
        listing = [pair for pair in self.pairs if self._lists(pair, new.identifier)]
        if old.codes != new.codes and not any(_has_other_codes(each, new) for each in listing):
            was, is_now = show(old.codes), show(new.codes)
            message = f"{new.name} was {was} and is {is_now}"
            yield _finding("status-codes-changed", message, was, is_now, _in(new), place)
        for field in changed_fields(old, new, ""):
            keyword = field.parameter.keyword
            reached = {
                each.parameter.keyword
                for pair in listing
                for each in changed_fields(old, new, pair.name)
                if not each.parameter.is_data_set or each.parameter.keyword in pair.keywords
            }
            if keyword not in reached:
                words = ("not permitted", named(new))
                was, is_now = words if field.is_new else words[::-1]
                message = field.message(new, "")
                yield _finding(field.rule, message, was, is_now, _in(new), field.position or place)

    def _lists(self, pair: Pair, identifier: str) -> bool:
        return all(
            identifier in by_name(version.service.statuses) for version in (pair.old, pair.new)
        )


def _has_other_codes(pair: Pair, status: StatusType) -> bool:
    """Return whether a service that lists `status` lists other codes of it than before."""
    old, new = (
        by_name(version.service.statuses)[status.identifier] for version in (pair.old, pair.new)
    )
    return old.codes != new.codes


def _finding(
    rule: str, message: str, old: str, new: str, reference: str, position: Position | None
) -> Finding:
    verdicts = (KEEPS.senders, KEEPS.receivers)
    return Finding(rule, message, "", "", None, old, new, *verdicts, reference, position)


def _in(entry: StatusClass | StatusType) -> str:
    return f"{statuses_in(entry.standard)} {entry.clause}"
