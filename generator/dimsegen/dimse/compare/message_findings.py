"""What has changed in the message tables: which elements a message carries, and their own values.

What a change of a cell brings with it, because no table is legal without, is not reported again: an
element that comes or goes with its cell, and a data set type that follows its data set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...sets.cell_findings import cell_of
from ...sets.diff_rules import stated
from ...sets.finding import Finding
from ...sets.pair import in_both, nearest
from ...sets.verdicts import Verdicts, compare_values
from ...table.usage import STATES, State, Usage
from ..model import Message, MessageField, Parameter, Role
from .version import Pair

_NOT_CARRIED = "not carried"
_RULES = {
    Role.COMMAND_FIELD: "command-field-changed",
    Role.DATA_SET_TYPE: "data-set-type-changed",
}


def message_findings(pair: Pair) -> Iterator[Finding]:
    """Yield what has changed, message by message in the order of the columns."""
    old, new = pair.old.service.messages, pair.new.service.messages
    for column in in_both(old, new):
        if column in old and column in new:
            yield from _Messages(pair, column, old[column], new[column]).findings()
        else:
            yield _whole(pair, column)


def _whole(pair: Pair, column: str) -> Finding:
    """Return the finding about a message of one version only."""
    old, new = pair.old.service.messages, pair.new.service.messages
    is_new = column in new
    message = new[column] if is_new else old[column]
    places = {key: each.position for key, each in new.items() if each.position}
    rule = "message-added" if is_new else "message-removed"
    return pair.finding(
        rule,
        f"{message.name} {'is a new message' if is_new else 'is gone'}",
        stated(rule),
        old="" if is_new else message.name,
        new=message.name if is_new else "",
        direction=column,
        reference=f"{pair.part} {message.section}, Table {message.table}",
        position=message.position if is_new else nearest(column, list(old), places),
    )


@dataclass(frozen=True)
class _Messages:
    """The message of one column in both versions."""

    pair: Pair
    column: str
    old: Message
    new: Message

    def findings(self) -> Iterator[Finding]:
        before, after = _fields(self.old), _fields(self.new)
        for keyword in in_both(before, after):
            old, new = before.get(keyword), after.get(keyword)
            if self._written(old) != self._written(new) and not self._follows(keyword, old, new):
                yield self._finding(keyword, old, new)

    def _finding(self, keyword: str, old: MessageField | None, new: MessageField | None) -> Finding:
        field = new or old
        assert field is not None
        before, after = self._written(old), self._written(new)
        places = {key: each.position for key, each in _fields(self.new).items() if each.position}
        return self.pair.finding(
            self._rule(old, new),
            f"{field.parameter.name} of {self.new.name} was {before} and is {after}",
            self._verdicts(keyword, old, new),
            old=before,
            new=after,
            direction=self.column,
            parameter=field.parameter,
            reference=f"{self.pair.part} {self.new.section}, Table {self.new.table}",
            position=places.get(keyword)
            or nearest(keyword, list(_fields(self.old)), places)
            or self.new.position,
        )

    def _rule(self, old: MessageField | None, new: MessageField | None) -> str:
        if old is None or new is None:
            return "message-field-added" if new else "message-field-removed"
        role = new.parameter.role
        return _RULES.get(role, "message-field-changed") if role else "message-field-changed"

    def _written(self, field: MessageField | None) -> str:
        if field is None:
            return _NOT_CARRIED
        if field.usage is None:
            return "carried as the service table says"
        value = "" if field.value is None else f" 0x{field.value:04X}"
        excluded = "" if field.excluded is None else f" but not 0x{field.excluded:04X}"
        return f"{field.usage.value}{value}{excluded}"

    def _follows(self, keyword: str, old: MessageField | None, new: MessageField | None) -> bool:
        """Return whether another change makes this one necessary."""
        field = new or old
        if field is not None and field.parameter.role is Role.DATA_SET_TYPE:
            return _has_data_set(self.old) != _has_data_set(self.new)
        versions = ((self.pair.old, old), (self.pair.new, new))
        cells = [(cell_of(v.rows.get(keyword), self.column).usage, f) for v, f in versions]
        if cells[0][0] is cells[1][0]:
            return False
        return any(
            usage.is_forbidden or (carried is not None and usage.is_mandatory)
            for usage, carried in cells
        )

    def _verdicts(
        self, keyword: str, old: MessageField | None, new: MessageField | None
    ) -> Verdicts:
        numbers = {n for f in (old, new) if f for n in (f.value, f.excluded) if n is not None}
        values: frozenset[object] = frozenset({*numbers, State.OTHER})
        rows = self.pair.old.rows.get(keyword), self.pair.new.rows.get(keyword)
        before, after = (
            _allowed(field, cell_of(row, self.column).usage, values)
            for field, row in zip((old, new), rows, strict=True)
        )
        return compare_values(before, after)


def _allowed(
    field: MessageField | None, from_table: Usage, values: frozenset[object]
) -> frozenset[object]:
    """Return what can be found where `field` may stand: nothing, or one of `values`."""
    if field is None:
        return frozenset({State.ABSENT})
    states = STATES[field.usage or from_table]
    found = values & {field.value} if field.value is not None else values - {field.excluded}
    return found | (states & {State.ABSENT})


def _fields(message: Message) -> dict[str, MessageField]:
    # What every message has is known by its part in it: under another keyword it is the same bytes.
    return {_key_of(field.parameter): field for field in message.fields}


def _key_of(parameter: Parameter) -> str:
    role = parameter.role
    return parameter.keyword if role is None or role is Role.STATUS else role.value


def _has_data_set(message: Message) -> bool:
    return any(field.parameter.is_data_set for field in message.fields)
