"""What a folder of schemas says otherwise than the standard that it extends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .merging import Replaced
from .position import Position


@dataclass(frozen=True)
class Override:
    """What a folder says otherwise than the standard that it extends.

    Attributes
    ----------
    name : str
        The keys that lead to it, e.g. ``N-GET parameters AttributeIdentifierList``.
    position, before : Position or None
        Where it stands, and where what it replaces does.
    """

    name: str
    position: Position | None = field(default=None, compare=False)
    before: Position | None = field(default=None, compare=False)


def overrides_of(about: str, replaced: Iterable[Replaced]) -> Iterator[Override]:
    """Yield what a file replaces; `about` is what the file is about, empty if it says nothing."""
    for each in replaced:
        name = " ".join(filter(None, (about, *each.path)))
        yield Override(name, each.position, each.before)
