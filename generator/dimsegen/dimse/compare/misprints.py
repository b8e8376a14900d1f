"""What one table or clause calls otherwise than the table that defines it, and no longer does.

Only a document has such names: 9.3-10 printed "Number of Complete Sub-operations" until 2018e,
where Annex E has "Number of Completed Sub-operations". They decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from ...reading.position import Position
from ...sets.finding import Finding
from ...sets.pair import in_both
from ...sets.verdicts import KEEPS
from ..family import ANNEX, STANDARD
from ..model import Listing, MessageField, Parameter, Row, Schema, StatusField, StatusType
from .version import Pair

_NOT_LISTED = "not listed"
_Named: TypeAlias = Row | MessageField | StatusField


def printed_names(pair: Pair) -> Iterator[Finding]:
    """Yield what the tables of a service call otherwise, and its Status clause."""
    yield from _rows(pair)
    yield from _fields(pair)
    yield from _listings(pair)


def _rows(pair: Pair) -> Iterator[Finding]:
    for keyword, row in pair.new.rows.items():
        was = pair.old.rows.get(keyword)
        if was is not None:
            place = _Place(
                f"Table {pair.new.service.table}",
                pair.reference(keyword),
                row.position,
                row.parameter,
                pair.name,
            )
            yield from place.names(was, row)


def _fields(pair: Pair) -> Iterator[Finding]:
    for column, message in pair.new.service.messages.items():
        old = pair.old.service.messages.get(column)
        before = {each.parameter.keyword: each for each in old.fields} if old else {}
        for field in message.fields:
            was = before.get(field.parameter.keyword)
            if was is not None:
                where = f"Table {message.table}"
                reference = f"{pair.part} {message.section}, {where}"
                place = _Place(where, reference, field.position, field.parameter, pair.name, column)
                yield from place.names(was, field)


def _listings(pair: Pair) -> Iterator[Finding]:
    row = pair.new.primitive.status_row
    if row is None:
        return
    reference = f"{pair.part} {row.clause}"
    services = pair.old.service, pair.new.service
    before, after = (each.listings for each in services)
    place = _Place(row.clause, reference, row.position, row.parameter, pair.name, pair.response)
    yield from place.texts(_codes(before), _codes(after))
    names = [{each.identifier: each.name for each in version.statuses} for version in services]
    for identifier in in_both(before, after):
        old, new = before.get(identifier), after.get(identifier)
        # A status that only one version lists is a finding of its own.
        is_told = (identifier in names[0]) != (identifier in names[1])
        if not is_told and _printed(old) != _printed(new):
            shown = (
                _shown(each, given.get(identifier, identifier))
                for each, given in zip((old, new), names, strict=True)
            )
            yield from replace(place, position=new.position if new else row.position).texts(*shown)


def _printed(listing: Listing | None) -> str | None:
    return listing.printed if listing else None


def _shown(listing: Listing | None, name: str) -> str:
    return (listing.printed or name) if listing else _NOT_LISTED


def _codes(listings: Mapping[str, Listing]) -> str:
    """Return how many items of a Status clause state a code."""
    number = sum(each.has_code for each in listings.values())
    if number == len(listings):
        return "all codes"
    return f"{number} of {len(listings)} codes" if number else "no codes"


def printed_in_annex(old: Schema, new: Schema) -> Iterator[Finding]:
    """Yield what the tables of Annex C call otherwise."""
    before = {each.identifier: each for each in old.status_types}
    for status in new.status_types:
        if before.get(status.identifier) is status:
            continue
        was = _status_fields(before.get(status.identifier))
        for keyword, field in _status_fields(status).items():
            if keyword in was:
                where = f"{ANNEX} {status.clause}"
                place = _Place(where, f"{STANDARD} {where}", field.position, field.parameter)
                yield from place.names(was[keyword], field)


def _status_fields(status: StatusType | None) -> Mapping[str, StatusField]:
    return {each.parameter.keyword: each for each in status.fields} if status else {}


@dataclass(frozen=True)
class _Place:
    """A table or a clause, and what it prints."""

    where: str
    reference: str
    position: Position | None
    parameter: Parameter
    service: str = ""
    direction: str = ""

    def names(self, old: _Named, new: _Named) -> Iterator[Finding]:
        """Yield that the name was another."""
        if old.printed != new.printed:
            yield from self.texts(*(each.printed or each.parameter.name for each in (old, new)))

    def texts(self, old: str, new: str) -> Iterator[Finding]:
        """Yield that what is printed differs, if it does."""
        if old != new:
            yield Finding(
                "documentation-edited",
                f"{self.where} printed {old} and prints {new}",
                self.service,
                self.direction,
                self.parameter,
                old,
                new,
                KEEPS.senders,
                KEEPS.receivers,
                self.reference,
                self.position,
            )
