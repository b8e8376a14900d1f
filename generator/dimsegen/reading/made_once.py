"""What is made of the texts of a folder is made once: the same texts give the same model.

Models are frozen, and so is what a file says: everybody who asks for the same may have the same
one. What could not be made is not kept, and its mistakes are told anew to each who asks.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class MadeOnce(Generic[T]):
    """What was made last, by what it was made of.

    Parameters
    ----------
    most : int
        How many are kept: as one run compares, for more would only fill the memory of one that
        goes through a history.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: dict[Hashable, T] = {}

    def get(self, texts: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes of `texts`, or has made of them before.

        Parameters
        ----------
        texts : hashable
            All that the result depends on.
        make : callable
            Makes it; what it raises is raised.
        """
        made = self._made.pop(texts) if texts in self._made else make()
        self._made[texts] = made
        if len(self._made) > self._most:
            del self._made[next(iter(self._made))]
        return made
