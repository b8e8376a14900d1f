"""Let each version read what the other one sends.

Only what both versions accept is sent, so that what is found is a difference of the bytes (tags,
Value Representations, Command Fields), and none of the rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...sets.finding import Side
from .bench import Bench
from .exhaustive import Difference
from .patterns import needed, patterns_of
from .scope import Face, Scope
from .search import Ends
from .validator import Draft, Refusal


def scan_reading(scope: Scope, bench: Bench) -> tuple[Difference, ...]:
    """Return what each version cannot read of what the other one sends."""
    found: dict[tuple[str, Side], Difference] = {}
    for draft in _accepted(scope, bench):
        for side, face in ((Side.SENDERS, scope.old), (Side.RECEIVERS, scope.new)):
            ends = bench.ends(side)
            for refusal in _refusals(draft, face, ends):
                keyword = _keyword(scope, refusal)
                difference = Difference(scope, keyword, side, True, draft)
                found.setdefault((keyword, side), difference)
    return tuple(found.values())


def _accepted(scope: Scope, bench: Bench) -> Iterator[Draft]:
    """Yield a message of each pattern that both versions accept."""
    least = set(needed(scope))
    for pattern in patterns_of(scope):
        if not least <= pattern.values.keys():
            continue
        for status in pattern.statuses or (None,):
            values = dict(pattern.values)
            if status is not None:
                values[scope.status_of(values)] = status
            draft = Draft(scope.name, scope.is_response, values)
            if not (bench.old.refusals(draft) or bench.new.refusals(draft)):
                yield draft
                break


def _refusals(draft: Draft, face: Face | None, ends: Ends) -> tuple[Refusal, ...]:
    assert face is not None, "both versions have the message"
    sent = ends.accepting.send(draft, face.direction.message_type)
    return ends.rejecting.read(sent, tolerant=ends.is_tolerant)


def _keyword(scope: Scope, refusal: Refusal) -> str:
    """Return the parameter that could not be read, by keyword or by the tag of either version."""
    for keyword in scope.keywords:
        tags = {each.tag for each in scope.variants(keyword)}
        if refusal.keyword == keyword or (refusal.tag is not None and refusal.tag in tags):
            return keyword
    return refusal.keyword
