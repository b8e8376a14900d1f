"""Run both versions on every presence pattern of a direction, and keep where they differ.

A difference names one parameter that one version objects to and the other does not. It is decisive
where the other version accepts the message altogether: then it breaks somebody. Where both reject
the message for other reasons, it is still a change of a rule, but not where both reject its very
status: what comes with a status that nobody may send concerns nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from ...sets.finding import Side
from .patterns import Pattern, patterns_of, requests_of
from .samples import Value
from .scope import Scope
from .validator import PRESENCE, Draft, Validator, Values, settable

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

    @property
    def status(self) -> object:
        """The status of the message, None where it has none."""
        if self.draft is None:
            return None
        return self.draft.values.get(self.scope.status_of(self.draft.values))


@dataclass
class Scan:
    """What running both versions has shown so far."""

    scope: Scope
    runs: int = 0
    found: dict[Key, Difference] = field(default_factory=dict)

    def note(self, draft: Draft, keyword: str, side: Side, is_decisive: bool) -> None:
        """Keep a difference, if it is the first of its kind."""
        difference = Difference(self.scope, keyword, side, is_decisive, draft)
        self.found.setdefault((keyword, side, is_decisive, difference.status), difference)


class Blame(NamedTuple):
    """The parameters that a version objects to, and those of them that it does not ignore."""

    told: frozenset[str] = frozenset()
    grave: frozenset[str] = frozenset()


_NOTHING = Blame()
_FAILED = Blame(frozenset({""}), frozenset({""}))


def scan(scope: Scope, old: Validator, new: Validator, *, tolerant: bool = False) -> Scan:
    """Return where both versions differ on the messages of `scope`."""
    result = Scan(scope)
    runners = tuple(_Runner(scope, each, tolerant) for each in (old, new))
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
                if before.told != after.told:
                    values = {**pattern.values, keyword: value} if keyword else pattern.values
                    draft = Draft(scope.name, scope.is_response, values, requests[number])
                    _compare(result, draft, before, after)
    return result


def _changes(
    scope: Scope, pattern: Pattern, requests: int
) -> Iterator[tuple[str, Value, Sequence[int]]]:
    """Yield what to set next, and the numbers of the requests to hold it against."""
    status = scope.status_of(pattern.values)
    for code in pattern.statuses:
        yield status, code, range(requests)
    if not pattern.statuses:
        yield "", 0, range(requests)
    else:
        yield status, pattern.statuses[0], ()
    for keyword, value in pattern.others:
        yield keyword, value, range(min(requests, 2))
        yield keyword, pattern.values[keyword], ()


def _compare(result: Scan, draft: Draft, before: Blame, after: Blame) -> None:
    status = result.scope.status_of(draft.values)
    for side, one, other in ((Side.SENDERS, before, after), (Side.RECEIVERS, after, before)):
        if (status and status in one.told & other.told) or one is _FAILED:
            continue
        for keyword in other.told - one.told:
            result.note(draft, keyword, side, not one.told and keyword in other.grave)


class _Runner:
    """One version, with the message that is being varied."""

    def __init__(self, scope: Scope, validator: Validator, tolerant: bool) -> None:
        self._ignored = PRESENCE if tolerant else frozenset[str]()
        self._name = scope.name
        self._is_response = scope.is_response
        self._validator = validator
        self._requests: list[Any] = []
        self._message: Any = None
        self._spelled = partial(validator.spelled, scope.name)
        self._called = partial(validator.called, scope.name)
        self._unknown = frozenset[str]()
        self._refused = frozenset[str]()

    def add_request(self, values: Values | None) -> None:
        """Add a request that responses are held against, without what it cannot have."""
        made = None if values is None else self._validator.make(self._name, values)[0]
        self._requests.append(made)

    def start(self, values: Values) -> None:
        """Take the next message."""
        self._message, refused = self._validator.make(self._name, values)
        self._unknown = frozenset(each.keyword for each in refused if each.is_unknown)
        self._refused = frozenset(each.keyword for each in refused) - self._unknown

    def change(self, keyword: str, value: Value) -> None:
        """Set one parameter to another value; nothing where `keyword` is empty."""
        if not keyword or keyword in self._unknown:
            return
        self._refused -= {keyword}
        try:
            setattr(self._message, self._spelled(keyword), settable(value))
        except (TypeError, ValueError):
            self._refused |= {keyword}
            setattr(self._message, self._spelled(keyword), None)

    def blame(self, number: int) -> Blame:
        """Return what the version objects to, against the request with that number."""
        try:
            violations = (
                self._message.response_violations(self._requests[number])
                if self._is_response
                else self._message.request_violations()
            )
        except Exception:  # a template can do anything wrong
            return _FAILED
        if not (violations or self._refused or self._unknown):
            return _NOTHING
        told = frozenset([self._called(each.parameter) for each in violations])
        told |= self._refused | self._unknown
        if not self._ignored:
            return Blame(told, told)
        kept = [each for each in violations if each.rule not in self._ignored]
        return Blame(told, self._refused.union(self._called(each.parameter) for each in kept))
