"""What a cell asks of the sender and of the receiver, in plain words.

Invariant: everything follows from the states that the usage code allows and from the conditions of
the row; no usage code is known here.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..dimse.model import Cell, Row, decided_columns
from ..table.condition import All, Condition, Not
from ..table.satisfiable import can_hold
from ..table.status_codes import show
from ..table.words import ANNEX, in_words
from .asked import Subject


@dataclass(frozen=True)
class Meaning:
    """What a cell asks of either side; the roles are ``invoker`` and ``performer``."""

    sender: str
    receiver: str
    sending: str
    receiving: str


def meaning_of(subject: Subject) -> Meaning:
    """Return what the cell of `subject` means."""
    sender, receiver = ("performer", "invoker") if subject.is_response else ("invoker", "performer")
    if subject.row is None:
        return Meaning(sender, receiver, *_of_status_field(subject))
    words = _Words(subject, subject.row)
    return Meaning(sender, receiver, words.sending(), words.receiving())


def _of_status_field(subject: Subject) -> tuple[str, str]:
    permitted = show(_permitted(subject))
    if not subject.is_response:
        return "shall not send it: a request has no status.", "never finds it."
    return (
        f"may send it with {permitted}, as {ANNEX} permits, and with no other status.",
        f"may find it with {permitted}; with any other status the message is invalid.",
    )


def _permitted(subject: Subject) -> frozenset[int]:
    """Return the statuses that the service lists and with which Annex C permits the parameter."""
    if not subject.is_response:
        return frozenset()
    primitive = subject.primitive
    listed = frozenset[int]().union(*(status.codes for status in primitive.statuses))
    return primitive.permitted.get(subject.parameter.keyword, frozenset()) & listed


class _Words:
    """The words for one cell."""

    def __init__(self, subject: Subject, row: Row) -> None:
        self._subject = subject
        self._row = row
        self._column = subject.direction.column
        self._cell: Cell = row.cells[self._column]
        self._names = {key: each.name for key, each in subject.primitive.parameters.items()}
        self._required = self._deciding(row.required_when)
        self._forbidden = self._deciding(row.forbidden_when)

    def sending(self) -> str:
        """Return what the sender shall and may do."""
        usage = self._cell.usage
        if usage.is_forbidden:
            return f"shall not send it{self._unless()}."
        if usage.is_mandatory:
            return f"shall send it{self._fixed()}{self._equal()}."
        parts = self._parts("shall send it", "shall not send it", "may send it or leave it out")
        mentioned = self._deciding(self._row.permitted_when)
        text = "; ".join(parts) + self._fixed() + self._equal()
        if mentioned is not None:
            text += f". The text says that it may when {self._when(mentioned)}, and forbids nothing"
        return f"{text}."

    def receiving(self) -> str:
        """Return what the receiver can rely on, and has to cope with."""
        usage = self._cell.usage
        if usage.is_forbidden:
            return f"never finds it{self._unless()}; with it the message is invalid."
        if usage.is_mandatory:
            return "always finds it; without it the message is invalid."
        if not self._is_decided:
            return "copes with its presence and with its absence."
        parts = self._parts("always finds it", "never finds it", "copes with either")
        return "; ".join(parts) + ". Any other message is invalid."

    def _parts(self, required: str, forbidden: str, free: str) -> list[str]:
        """Return what happens when, for each of the conditions and for what they leave open."""
        parts: list[str] = []
        if self._required is not None:
            parts.append(f"{required} when {self._when(self._required)}")
        if self._forbidden is not None:
            parts.append(f"{forbidden} when {self._when(self._forbidden)}{self._unless()}")
        if self._is_free:
            parts.append(f"otherwise {free}" if parts else free)
        return parts

    def _deciding(self, condition: Condition | None) -> Condition | None:
        if condition is None or self._column not in decided_columns(self._row.cells, condition):
            return None
        return condition

    def _when(self, condition: Condition) -> str:
        return in_words(condition, self._names)

    @property
    def _is_decided(self) -> bool:
        return self._required is not None or self._forbidden is not None

    @property
    def _is_free(self) -> bool:
        """Whether there are messages in which no condition decides."""
        decided = [each for each in (self._required, self._forbidden) if each is not None]
        return not decided or can_hold(All(tuple(Not(each) for each in decided)))

    def _unless(self) -> str:
        permitted = _permitted(self._subject)
        return f", but for {show(permitted)}, with which {ANNEX} permits it" if permitted else ""

    def _fixed(self) -> str:
        value = self._row.value
        if not self._cell.usage.is_fixed or value is None:
            return ""
        return f", and always as {f'0x{value:04X}' if isinstance(value, int) else repr(value)}"

    def _equal(self) -> str:
        if not self._subject.is_response:
            return ""
        if self._cell.is_equal_to_left:
            return ". Where it is sent, it has the value of the request"
        source = self._names.get(self._row.equals or self._row.parameter.equals or "")
        return f". Where it is sent, it has the value of {source} of the request" if source else ""
