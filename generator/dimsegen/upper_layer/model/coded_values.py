"""The lines of the values that are printed for a field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...reading.position import Position

#: What is printed for a code that is not used and, with a capital, for a field that is not.
RESERVED = "reserved"
Condition = Mapping[str, tuple[str, ...]]


def holds(condition: Condition) -> str:
    """Return `condition` in words: ``result is A or B``."""
    return " and ".join(f"{name} is {' or '.join(codes)}" for name, codes in condition.items())


@dataclass(frozen=True)
class Value:
    """A line of the values that are printed for a field.

    Attributes
    ----------
    first, last : int
        The code; the same number, or the ends of a range.
    when : mapping of str to tuple of str
        The field on which it depends, and the codes that it has then.
    name : str
        The member of the enumeration; empty if it is none.
    text : str
        The meaning as printed.
    table : str
        The only table that prints it; empty if all do.
    clause : str
        Where it is printed instead, after the document; empty if a table of its field prints it.
    """

    first: int
    last: int
    when: Condition
    name: str
    text: str
    table: str
    position: Position = field(compare=False)
    clause: str = ""

    @property
    def code(self) -> str:
        """Its code as printed: a number, or the ends of a range."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def depends_on(self) -> str:
        """What it depends on, in words; empty if it depends on nothing."""
        return ", ".join(f"{name} {' or '.join(codes)}" for name, codes in self.when.items())

    @property
    def is_reserved(self) -> bool:
        """Whether it is printed as one that is not used."""
        return self.text == RESERVED
