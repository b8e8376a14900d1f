"""Run both versions on every presence pattern of a direction, and keep where they differ.

Invariant: a difference names one parameter that one version objects to and the other does not. It
is decisive where the other version accepts the message altogether: then it breaks somebody. Where
both reject the message for other reasons, it is still a change of a rule, but not where both reject
its very status: what comes with a status that nobody may send concerns nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from ..compare.finding import Side
from .patterns import Pattern, patterns_of, requests_of
from .scope import Scope
from .validator import PRESENCE, Draft, Validator, Values, settable
from .values import Value

Key: TypeAlias = tuple[str, Side, bool, object]


@dataclass(frozen=True)
class Difference:
    """A parameter that one version objects to and the other does not.

    Attributes
    ----------
    keyword : str
        The parameter, empty where a version does not know the message.
    side : Side
        Who breaks, or would: senders where the new version objects.
    is_decisive : bool
        Whether the other version accepts the message.
    draft : Draft or None
        The first message that shows it; None where a version has no such message at all.
    """

    scope: Scope
    keyword: str
    side: Side
    is_decisive: bool
    draft: Draft | None


@dataclass
class Scan:
    """What running both versions has shown so far."""

    scope: Scope
    runs: int = 0
    found: dict[Key, Difference] = field(default_factory=dict)

    def note(self, draft: Draft, keyword: str, side: Side, is_decisive: bool) -> None:
        """Keep a difference, if it is the first of its kind."""
        status = draft.values.get(self.scope.status or "")
        key = (keyword, side, is_decisive, status)
        if key not in self.found:
            self.found[key] = Difference(self.scope, keyword, side, is_decisive, draft)


class Blame(NamedTuple):
    """The parameters that a version objects to, and those of them that even a tolerant one does."""

    strict: frozenset[str] = frozenset()
    tolerant: frozenset[str] = frozenset()


_NOTHING = Blame()


def scan(scope: Scope, old: Validator, new: Validator, *, tolerant: bool = False) -> Scan:
    """Return where both versions differ on the messages of `scope`."""
    result = Scan(scope)
    runners = _Runner(scope, old), _Runner(scope, new)
    requests = requests_of(scope)
    for request in requests:
        for runner in runners:
            runner.add_request(request)
    for pattern in patterns_of(scope):
        for runner in runners:
            runner.start(pattern.values)
        for keyword, value, numbers in _changes(scope, pattern, len(requests)):
            for runner in runners:
                runner.change(keyword, value)
            for number in numbers:
                result.runs += 1
                before, after = (runner.blame(number) for runner in runners)
                if before.strict != after.strict:
                    values = {**pattern.values, keyword: value} if keyword else pattern.values
                    draft = Draft(scope.name, scope.is_response, values, requests[number])
                    _compare(result, draft, before, after, tolerant)
    return result


def _changes(
    scope: Scope, pattern: Pattern, requests: int
) -> Iterator[tuple[str, Value, Sequence[int]]]:
    """Yield what to set next, and the numbers of the requests to hold it against."""
    status = scope.status or ""
    for code in pattern.statuses:
        yield status, code, range(requests)
    if not pattern.statuses:
        yield "", 0, range(requests)
    else:
        yield status, pattern.statuses[0], ()
    for keyword, value in pattern.others:
        yield keyword, value, range(min(requests, 2))
        yield keyword, pattern.values[keyword], ()


def _compare(result: Scan, draft: Draft, before: Blame, after: Blame, tolerant: bool) -> None:
    for side, one, other in ((Side.SENDERS, before, after), (Side.RECEIVERS, after, before)):
        breaking = other.tolerant if tolerant else other.strict
        if result.scope.status in one.strict & other.strict:
            continue
        for keyword in other.strict - one.strict:
            result.note(draft, keyword, side, not one.strict and keyword in breaking)


class _Runner:
    """One version, with the message that is being varied."""

    def __init__(self, scope: Scope, validator: Validator) -> None:
        self._name = scope.name
        self._is_response = scope.is_response
        self._validator = validator
        self._requests: list[Any] = []
        self._message: Any = None
        self._unknown: set[str] = set()
        self._refused: set[str] = set()

    def add_request(self, values: Values | None) -> None:
        """Add a request that responses are held against, without what it cannot have."""
        made = None if values is None else self._validator.make(self._name, values)[0]
        self._requests.append(made)

    def start(self, values: Values) -> None:
        """Take the next message."""
        self._message, refused = self._validator.make(self._name, values)
        self._unknown = {each.keyword for each in refused if each.is_unknown}
        self._refused = {each.keyword for each in refused} - self._unknown

    def change(self, keyword: str, value: Value) -> None:
        """Set one parameter to another value; nothing where `keyword` is empty."""
        if not keyword or keyword in self._unknown:
            return
        self._refused.discard(keyword)
        try:
            setattr(self._message, keyword, settable(value))
        except (TypeError, ValueError):
            self._refused.add(keyword)
            setattr(self._message, keyword, None)

    def blame(self, number: int) -> Blame:
        """Return what the version objects to, against the request with that number."""
        violations = (
            self._message.response_violations(self._requests[number])
            if self._is_response
            else self._message.request_violations()
        )
        if not (violations or self._refused or self._unknown):
            return _NOTHING
        told = {each.parameter for each in violations}
        grave = {each.parameter for each in violations if each.rule not in PRESENCE}
        return Blame(
            frozenset(told | self._refused | self._unknown), frozenset(grave | self._refused)
        )
