"""What has changed in the statuses that a service returns, and in what they permit.

A status that a service does not list is invalid there, so that whatever happens to it is nothing to
that service. A change of Annex C is a finding in each service that it reaches; only what reaches
none is reported as a change of Annex C itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...reading.position import Position
from ...sets.finding import Finding, Verdict
from ...sets.pair import in_both, nearest
from ...sets.verdicts import Verdicts, compare_slots, verdicts_of
from ...table.status_codes import show
from ..family import statuses_in
from ..model import Parameter, StatusField, StatusType
from .version import Pair

_NOT_LISTED = "not listed"
_NOT_PERMITTED = "not permitted"


def status_findings(pair: Pair) -> Iterator[Finding]:
    """Yield what has changed for one service, in the order of its Status clause."""
    if pair.response and pair.response in pair.columns:
        yield from _Statuses(pair).findings()


@dataclass(frozen=True)
class _Statuses:
    pair: Pair

    def findings(self) -> Iterator[Finding]:
        before, after = (by_name(v.service.statuses) for v in (self.pair.old, self.pair.new))
        for name in in_both(before, after):
            old, new = before.get(name), after.get(name)
            if old is None or new is None:
                yield self._listed(old, new)
                continue
            if old.codes != new.codes:
                yield self._codes(old, new)
            for field in changed_fields(old, new, self.pair.name):
                if self._can_carry(field.parameter):
                    yield self._field(field, old, new)

    def _listed(self, old: StatusType | None, new: StatusType | None) -> Finding:
        status = new or old
        assert status is not None
        what = named(status)
        return self._finding(
            "status-added" if new else "status-removed",
            f"{what} was {_NOT_LISTED} for {self.pair.name} and is"
            if new
            else f"{what} was listed for {self.pair.name} and is not",
            self._verdicts(status, status),
            old=_NOT_LISTED if new else what,
            new=what if new else _NOT_LISTED,
            status=status,
        )

    def _codes(self, old: StatusType, new: StatusType) -> Finding:
        return self._finding(
            "status-codes-changed",
            f"{new.name} was {show(old.codes)} and is {show(new.codes)}",
            self._verdicts(old, new),
            old=show(old.codes),
            new=show(new.codes),
            status=new,
        )

    def _field(self, field: Changed, old: StatusType, new: StatusType) -> Finding:
        codes = old.codes & new.codes
        return self._finding(
            field.rule,
            field.message(new, f" for {self.pair.name}"),
            self._slots(field.parameter.keyword, codes),
            old=_NOT_PERMITTED if field.is_new else named(old),
            new=named(new) if field.is_new else _NOT_PERMITTED,
            status=new,
            parameter=field.parameter,
            position=field.position or new.position,
        )

    def _verdicts(self, old: StatusType, new: StatusType) -> Verdicts:
        """Compare the codes that are listed and, where both list them, what they permit."""
        column = self.pair.response
        before, after = (v.tables[column].listed for v in (self.pair.old, self.pair.new))
        codes = old.codes | new.codes
        found = [
            verdicts_of(narrows=bool(codes & before - after), widens=bool(codes & after - before))
        ]
        keywords = {field.parameter.keyword for each in (old, new) for field in each.fields}
        # What a changed row does to them is told there.
        old_rows, new_rows = self.pair.old.rows, self.pair.new.rows
        same = [key for key in keywords if old_rows.get(key) == new_rows.get(key)]
        found += [self._slots(keyword, codes & before & after) for keyword in same]
        return Verdicts(_gravest(v.senders for v in found), _gravest(v.receivers for v in found))

    def _reference(self, status: StatusType) -> str:
        """Return where a status is listed, and where it is defined."""
        row = self.pair.new.primitive.status_row or self.pair.old.primitive.status_row
        defined = f"{statuses_in(status.standard)} {status.clause}"
        if row is None:
            return defined
        part = self.pair.part
        return f"{part} {row.clause}, {defined.removeprefix(f'{part} ')}"

    def _finding(
        self,
        rule: str,
        message: str,
        verdicts: Verdicts,
        *,
        old: str,
        new: str,
        status: StatusType,
        parameter: Parameter | None = None,
        position: Position | None = None,
    ) -> Finding:
        row = self.pair.new.primitive.status_row or self.pair.old.primitive.status_row
        return self.pair.finding(
            rule,
            message,
            verdicts,
            old=old,
            new=new,
            direction=self.pair.response,
            parameter=parameter or (row.parameter if row else None),
            reference=self._reference(status),
            position=position or self._place(status.identifier),
        )

    def _place(self, identifier: str) -> Position | None:
        """Return where the status is listed, or was."""
        listings = self.pair.new.service.listings
        places = {name: each.position for name, each in listings.items()}
        order = list(self.pair.old.service.listings)
        found = places.get(identifier)
        return found or (nearest(identifier, order, places) if identifier in order else None)

    def _slots(self, keyword: str, codes: frozenset[int]) -> Verdicts:
        tables = (version.tables[self.pair.response] for version in (self.pair.old, self.pair.new))
        old, new = tables
        return compare_slots(old, new, keyword, tolerant=self.pair.tolerant, codes=codes)

    def _can_carry(self, parameter: Parameter) -> bool:
        """Return whether a message has a place for it; only a data set needs a row."""
        return not parameter.is_data_set or parameter.keyword in self.pair.keywords


@dataclass(frozen=True)
class Changed:
    """A field that a status type permits in one version only."""

    parameter: Parameter
    is_new: bool
    position: Position | None

    @property
    def rule(self) -> str:
        """The rule that reports it."""
        return "status-field-added" if self.is_new else "status-field-removed"

    def message(self, status: StatusType, where: str) -> str:
        """Say what has changed."""
        change = "was not permitted and is" if self.is_new else "was permitted and is not"
        return f"{self.parameter.name} {change}, with {named(status)}{where}"


def changed_fields(old: StatusType, new: StatusType, service: str) -> Iterator[Changed]:
    """Yield the fields of one version only in the responses of `service`; of any, if empty."""
    before, after = _fields(old, service), _fields(new, service)
    for keyword in in_both(before, after):
        if (keyword in before) != (keyword in after):
            is_new = keyword in after
            field = after[keyword] if is_new else before[keyword]
            yield Changed(field.parameter, is_new, field.position if is_new else None)


def _fields(status: StatusType, service: str) -> Mapping[str, StatusField]:
    return {
        field.parameter.keyword: field
        for field in status.fields
        if not service or field.is_permitted_in(service)
    }


def named(status: StatusType) -> str:
    """Return the status as printed, with its codes."""
    return f"{status.name} ({show(status.codes)})"


def by_name(statuses: tuple[StatusType, ...]) -> dict[str, StatusType]:
    """Return `statuses` by identifier."""
    return {status.identifier: status for status in statuses}


def _gravest(verdicts: Iterable[Verdict]) -> Verdict:
    found = set(verdicts)
    return next(each for each in (Verdict.BREAKS, Verdict.DEPENDS, Verdict.OK) if each in found)
