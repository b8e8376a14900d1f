"""The smallest message that one version accepts and the other rejects because of one parameter.

Messages are tried by size, and what is found was run through both versions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from ...witness.least import Shown, least
from .drafts import DraftsBySize
from .scope import Face, Scope
from .validator import Draft, Refusal, Refusals, RequestError, Validator

Found: TypeAlias = Shown[Draft, Refusal]
"""A message that one version accepts, and what the other says to it."""


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
    drafts = DraftsBySize(scope, face, cause.keyword, cause.statuses)
    return least(drafts, partial(_difference, scope, face, ends), cause.is_behind)


def _difference(scope: Scope, face: Face, ends: Ends, draft: Draft) -> Refusals:
    """Return why one version rejects what the other accepts; nothing if that is not so."""
    try:
        if ends.accepting.refusals(draft) or not ends.accepting.is_asked(draft):
            return ()
        is_known = len(scope.faces) > 1
        if is_known and (refusals := ends.rejecting.refusals(draft, tolerant=ends.is_tolerant)):
            return refusals
    except RequestError:
        return ()
    sent = ends.accepting.send(draft, face.direction.message_type)
    return ends.rejecting.read(sent, tolerant=ends.is_tolerant)
