"""One column of a service table, as the slots of its parameters.

A parameter without a row has a slot too. It is a dash, but where Annex C permits it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..table.condition import Present, PresentInRequest
from .states import Slot

_NOTHING = Slot()


@dataclass(frozen=True)
class Table:
    """A column.

    Attributes
    ----------
    slots : mapping of str to Slot
        What it says of each parameter.
    status : str
        Keyword of the status, empty where there is none.
    listed : frozenset of int
        The statuses with which a message of the column is valid.
    requested : mapping of str to frozenset of bool
        For each row, whether the request may have it, and may lack it.
    """

    slots: Mapping[str, Slot]
    status: str = ""
    listed: frozenset[int] = frozenset()
    requested: Mapping[str, frozenset[bool]] = field(default_factory=dict)

    def slot(self, keyword: str) -> Slot:
        """Return what is said of `keyword`."""
        return self.slots.get(keyword, _NOTHING)

    def neighbours(self, keyword: str) -> Iterator[str]:
        """Yield the parameters that decide on `keyword`, and those that it decides on."""
        for other, slot in self.slots.items():
            for leaf in slot.leaves:
                if isinstance(leaf, Present):
                    if other == keyword:
                        yield leaf.keyword
                    elif leaf.keyword == keyword:
                        yield other

    def looks_back_at(self, keyword: str) -> Iterator[str]:
        """Yield the parameters of the request that decide on `keyword`."""
        for leaf in self.slot(keyword).leaves:
            if isinstance(leaf, PresentInRequest):
                yield leaf.keyword
