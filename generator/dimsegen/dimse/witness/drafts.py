"""Messages to try: the least that is needed, that with one parameter more, or all by size.

What a parameter is set to is what it repeats of the request, or else what is usual.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...sets.verdicts import subsets
from .samples import Value, alternatives, usual
from .scope import Face, Scope
from .status_samples import representatives
from .validator import Draft, Values


def given(scope: Scope, face: Face, keyword: str, request: Values | None) -> Value:
    """Return what a parameter is set to in an answer to `request`."""
    for value in _repeated(scope, keyword, request):
        return value
    return usual(scope, face, keyword)


def choices(scope: Scope, face: Face, keyword: str, request: Values | None) -> tuple[Value, ...]:
    """Return every value of a parameter that is worth trying in an answer to `request`."""
    first = given(scope, face, keyword, request)
    repeated = _repeated(scope, keyword, request)
    return tuple(dict.fromkeys((first, *repeated, *alternatives(scope, keyword))))


def _repeated(scope: Scope, keyword: str, request: Values | None) -> Iterator[Value]:
    asked = request or {}
    return (asked[key] for key in scope.repeated(keyword) if key in asked)


def least_draft(scope: Scope) -> Draft:
    """Return the message that has what is mandatory, and nothing else."""
    face = scope.any
    values = {key: usual(scope, face, key) for key in scope.keywords if face.is_mandatory(key)}
    return Draft(scope.name, scope.is_response, values)


def small_drafts(scope: Scope) -> Iterator[Draft]:
    """Yield the least message and those with one parameter more, with every kind of status."""
    needed = least_draft(scope).values
    optional = [key for key in scope.keywords if key not in needed]
    for more in ({}, *({key: usual(scope, scope.any, key)} for key in optional)):
        yield from with_statuses(scope, {**needed, **more}, representatives(scope))


def with_statuses(
    scope: Scope, values: Values, codes: Sequence[int], request: Values | None = None
) -> Iterator[Draft]:
    """Yield the message with each of the statuses; once as it is if it has none."""
    if status := scope.status_of(values):
        for code in codes:
            yield Draft(scope.name, scope.is_response, {**values, status: code}, request)
    else:
        yield Draft(scope.name, scope.is_response, values, request)


class DraftsBySize:
    """All messages of a direction, the smallest first.

    Parameters
    ----------
    scope : Scope
        The direction.
    face : Face
        The direction as the version has it that is to accept them.
    keyword : str
        The parameter to give every value that is worth trying; empty where none is.
    codes : sequence of int
        The statuses to try; those of every kind if there are none.
    """

    def __init__(self, scope: Scope, face: Face, keyword: str, codes: Sequence[int]) -> None:
        self._scope = scope
        self._face = face
        self._keyword = keyword
        self._needed = [key for key in scope.keywords if face.is_mandatory(key)]
        self._free = sorted(
            (key for key in scope.keywords if self._is_free(key)), key=lambda key: key != keyword
        )
        self._codes = codes or representatives(scope)
        self._requests = tuple(self._make_requests())

    def _is_free(self, keyword: str) -> bool:
        if self._face.is_mandatory(keyword):
            return False
        return keyword == self._keyword or not self._face.is_forbidden(keyword)

    def __iter__(self) -> Iterator[Draft]:
        for chosen in subsets(self._free):
            present = {*self._needed, *chosen}
            ordered = [key for key in self._scope.keywords if key in present]
            for request in self._requests:
                yield from self._with_values(ordered, request)

    def _with_values(self, keywords: Sequence[str], request: Values | None) -> Iterator[Draft]:
        scope, face, varied = self._scope, self._face, self._keyword
        values = {key: given(scope, face, key, request) for key in keywords}
        is_varied = varied in values and varied != scope.status_of(values)
        every = choices(scope, face, varied, request) if is_varied else ()
        for draft in with_statuses(scope, values, self._codes, request):
            yield from (replace(draft, values={**draft.values, varied: each}) for each in every)
            if not is_varied:
                yield draft

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
        keywords = [self._keyword] if self._keyword else list(scope.keywords)
        found = (
            key for each in keywords for key in (*scope.repeated(each), *scope.looked_up(each))
        )
        return tuple(dict.fromkeys(found))
