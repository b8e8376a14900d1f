"""Both versions on the bench: imported from memory, in the keywords of the new one.

A parameter that was renamed is one parameter here. Only the validator of the old version knows how
it used to be called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from ...sets.finding import Side
from ...sets.report import Version
from ...witness.packages import Files, imported
from ..compare.renamed import Renames, renames_between
from .scope import Scope, scopes_of
from .search import Ends
from .validator import Validator


@dataclass(frozen=True)
class Bench:
    """Both versions, ready to run."""

    scopes: tuple[Scope, ...]
    old: Validator
    new: Validator
    is_tolerant: bool

    def ends(self, side: Side) -> Ends:
        """Return who accepts and who rejects the message that breaks `side`."""
        versions = (self.old, self.new) if side is Side.SENDERS else (self.new, self.old)
        return Ends(*versions, self.is_tolerant)


@contextmanager
def benched(
    old: Version, new: Version, old_files: Files, new_files: Files, *, tolerant: bool
) -> Iterator[Bench]:
    """Give both versions, imported for as long as the context lasts."""
    renames = renames_between(old.schema, new.schema)
    scopes = scopes_of(renames.schema, new.schema)
    with imported(old_files) as before, imported(new_files) as after:
        yield Bench(
            scopes,
            Validator("old", before, _former_names(scopes, renames)),
            Validator("new", after),
            tolerant,
        )


def _former_names(scopes: tuple[Scope, ...], renames: Renames) -> Mapping[str, Mapping[str, str]]:
    """Return for each primitive the keywords that the old version writes otherwise."""
    found: dict[str, dict[str, str]] = {}
    for scope in scopes:
        names = {**renames.elements, **renames.rows.get(scope.service, {})}
        known = {keyword: former for former, keyword in names.items()}
        if known:
            found.setdefault(scope.name, {}).update(known)
    return found
