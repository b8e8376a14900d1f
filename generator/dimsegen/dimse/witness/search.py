"""The smallest message that one version accepts and the other rejects because of one parameter.

Messages are tried by size, and what is found was run through both versions. A message on which the
versions differ for this parameter alone goes before one on which they differ for others, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...sets.verdicts import subsets
from .samples import Value, alternatives, usual
from .scope import Face, Scope
from .status_samples import representatives
from .validator import Draft, Refusal, Refusals, RequestError, Validator, Values


@dataclass(frozen=True)
class Cause:
    """What a refusal has to be about.

    Attributes
    ----------
    keyword : str
        The parameter, empty where any will do.
    tags : frozenset of int
        The tags of the parameter.
    statuses : tuple of int
        The only statuses to try, empty where any will do.
    former : str
        What the parameter may have been called before.
    """

    keyword: str = ""
    tags: frozenset[int] = frozenset()
    statuses: tuple[int, ...] = ()
    former: str = ""

    def is_behind(self, refusal: Refusal) -> bool:
        """Return whether `refusal` is about it."""
        is_named = refusal.keyword in (self.keyword, self.former)
        return not self.keyword or is_named or refusal.tag in self.tags


@dataclass(frozen=True)
class Found:
    """A message that one version accepts, and what the other says to it."""

    scope: Scope
    draft: Draft
    refusals: Refusals
    is_alone: bool


@dataclass(frozen=True)
class Ends:
    """Who is to accept a message and who is to reject it, tolerantly or not."""

    accepting: Validator
    rejecting: Validator
    is_tolerant: bool = False


def search(scope: Scope, face: Face, cause: Cause, ends: Ends) -> Found | None:
    """Return the smallest message that one end accepts and the other rejects.

    Parameters
    ----------
    scope : Scope
        The direction to search in.
    face : Face
        The direction as the accepting version has it.
    cause : Cause
        What the refusal has to be about.
    """
    best: Found | None = None
    for draft in _Drafts(scope, face, cause):
        refusals = _difference(scope, face, draft, ends)
        mine = [each for each in refusals if cause.is_behind(each)]
        if mine and len(mine) == len(refusals):
            return Found(scope, draft, refusals, True)
        if mine and best is None:
            best = Found(scope, draft, refusals, False)
    return best


def _difference(scope: Scope, face: Face, draft: Draft, ends: Ends) -> Refusals:
    """Return why one version rejects what the other accepts; nothing if that is not so."""
    try:
        if ends.accepting.refusals(draft):
            return ()
        is_known = len(scope.faces) > 1
        if is_known and (refusals := ends.rejecting.refusals(draft, tolerant=ends.is_tolerant)):
            return refusals
    except RequestError:
        return ()
    sent = ends.accepting.send(draft, face.direction.message_type)
    return ends.rejecting.read(sent, tolerant=ends.is_tolerant)


class _Drafts:
    """The messages to try, by size."""

    def __init__(self, scope: Scope, face: Face, cause: Cause) -> None:
        self._scope = scope
        self._face = face
        self._cause = cause
        self._needed = [key for key in scope.keywords if face.is_mandatory(key)]
        self._free = sorted(
            (key for key in scope.keywords if self._is_free(key)),
            key=lambda key: key != cause.keyword,
        )
        self._codes = cause.statuses or representatives(scope)
        self._requests = tuple(self._make_requests())

    def _is_free(self, keyword: str) -> bool:
        if self._face.is_mandatory(keyword):
            return False
        return keyword == self._cause.keyword or not self._face.is_forbidden(keyword)

    def __iter__(self) -> Iterator[Draft]:
        for chosen in subsets(self._free):
            present = {*self._needed, *chosen}
            ordered = [key for key in self._scope.keywords if key in present]
            for request in self._requests:
                yield from self._with_values(ordered, request)

    def _with_values(self, keywords: Sequence[str], request: Values | None) -> Iterator[Draft]:
        scope = self._scope
        values = {key: self._value(key, request) for key in keywords}
        status = scope.status_of(values)
        codes: Sequence[Value] = self._codes if status else (0,)
        for code in codes:
            if status:
                values[status] = code
            if self._cause.keyword in values and self._cause.keyword != status:
                for value in self._values_of_cause(request):
                    tried = {**values, self._cause.keyword: value}
                    yield Draft(scope.name, scope.is_response, tried, request)
            else:
                yield Draft(scope.name, scope.is_response, dict(values), request)

    def _value(self, keyword: str, request: Values | None) -> Value:
        """Return what a parameter is set to: what it repeats, or else what is usual."""
        for source in self._scope.repeated(keyword):
            if request and source in request:
                return request[source]
        return usual(self._scope, self._face, keyword)

    def _values_of_cause(self, request: Values | None) -> tuple[Value, ...]:
        keyword = self._cause.keyword
        first = self._value(keyword, request)
        asked = request or {}
        repeated = (asked[key] for key in self._scope.repeated(keyword) if key in asked)
        return tuple(dict.fromkeys((first, *repeated, *alternatives(self._scope, keyword))))

    def _make_requests(self) -> Iterator[Values | None]:
        """Yield no request, the smallest one, and those with what the response refers to."""
        yield None
        scope = self._scope
        if not scope.is_response:
            return
        asked = scope.request
        face = asked.old if self._face is scope.old else asked.new
        assert face is not None, "the version has the direction"
        other = asked.new if face is asked.old else asked.old
        known = [key for key in asked.keywords if other is None or key in other.parameters]
        needed = [key for key in known if face.is_mandatory(key)]
        free = [key for key in self._referred() if key in known and not face.is_forbidden(key)]
        free = [key for key in free if key not in needed]
        for chosen in subsets(free):
            present = {*needed, *chosen}
            yield {key: usual(asked, face, key) for key in known if key in present}

    def _referred(self) -> tuple[str, ...]:
        scope = self._scope
        keywords = [self._cause.keyword] if self._cause.keyword else list(scope.keywords)
        found = (
            key for each in keywords for key in (*scope.repeated(each), *scope.looked_up(each))
        )
        return tuple(dict.fromkeys(found))
