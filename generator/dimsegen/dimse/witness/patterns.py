"""Every presence pattern of a direction, as messages to run.

Every subset of the rows is there, with each status of a kind of its own and each request that a
rule can look back at. Where there are more than `MOST`, those are there that differ least from the
least message that can be valid, and from the fullest. The subsets of the status fields without a
row take turns over the patterns; each of them alone, and none, are there for every status.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...sets.verdicts import subsets
from ...witness.chosen_patterns import MOST, chosen
from .drafts import choices
from .samples import Value, usual
from .scope import Face, Scope
from .status_samples import every_kind, representatives
from .validator import Values


@dataclass(frozen=True)
class Pattern:
    """What is present, and all that is to be tried with it.

    Attributes
    ----------
    values : mapping of str to Value
        What is set.
    statuses : sequence of int
        The statuses to set in turn; empty where there is none.
    others : sequence of (str, Value)
        Single changes of values to try, with the first status.
    """

    values: Values
    statuses: Sequence[int]
    others: Sequence[tuple[str, Value]] = ()


def all_patterns(scope: Scope) -> int:
    """Return how many presence patterns the rows of a direction have."""
    return 1 << len(_rows(scope))


def number_of_patterns(scope: Scope) -> int:
    """Return how many of them are run."""
    return min(all_patterns(scope), MOST)


def patterns_of(scope: Scope) -> Iterator[Pattern]:
    """Yield every pattern of `scope`."""
    rows = _rows(scope)
    fields = [key for key in scope.keywords if key not in rows]
    turns = list(subsets(fields))
    codes, every = representatives(scope), every_kind(scope)
    make = _Maker(scope)
    for number, present in enumerate(chosen(rows, needed(scope), MOST)):
        yield make.pattern(present, codes, with_others=True)
        if turn := turns[number % len(turns)]:
            yield make.pattern(present + turn, codes)
    for present in (needed(scope), rows):
        for field in ((), *((key,) for key in fields)):
            yield make.pattern(present + field, every)


def needed(scope: Scope) -> tuple[str, ...]:
    """Return what no message that both versions accept can lack."""
    return tuple(key for key in _rows(scope) if any(face.is_mandatory(key) for face in scope.faces))


def requests_of(scope: Scope) -> tuple[Values | None, ...]:
    """Return the requests that the responses of `scope` are held against.

    None, a full one and, where it makes a difference, one without all that some rule asks for.
    """
    if not scope.is_response:
        return (None,)
    asked = scope.request
    face = asked.any
    full = {key: usual(asked, face, key) for key in asked.keywords if not _is_empty(asked, key)}
    looked_up = {name for key in scope.keywords for name in scope.looked_up(key)}
    without = {key: value for key, value in full.items() if key not in looked_up}
    return (None, full) if without == full else (None, full, without)


class _Maker:
    """Makes patterns; what a parameter is set to is looked up once."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        asked = scope.request
        request = {key: usual(asked, asked.any, key) for key in asked.keywords}
        every = {key: choices(scope, scope.any, key, request) for key in scope.keywords}
        self._usual = {key: values[0] for key, values in every.items()}
        self._others = {
            key: [(key, value) for value in values[1:]]
            for key, values in every.items()
            if key != scope.status_of([key])
        }

    def pattern(
        self, present: Sequence[str], codes: Sequence[int], *, with_others: bool = False
    ) -> Pattern:
        values = {key: value for key, value in self._usual.items() if key in present}
        others = [each for key in values for each in self._others.get(key, ()) if with_others]
        return Pattern(values, codes if self._scope.status_of(values) else (), others)


def _rows(scope: Scope) -> tuple[str, ...]:
    return tuple(key for key in scope.keywords if any(_has_row(face, key) for face in scope.faces))


def _has_row(face: Face, keyword: str) -> bool:
    return face.row(keyword) is not None


def _is_empty(scope: Scope, keyword: str) -> bool:
    return all(face.is_forbidden(keyword) for face in scope.faces)
