"""A YAML file as a tree in which everything knows its place.

Invariant: nothing is interpreted and nothing is lost. A plain ``0110`` stays the text ``0110``
(YAML 1.1 would make it 72), and what could not be read is `Broken` and in the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from .position import Position


@dataclass(frozen=True)
class Broken:
    """Something that has been reported; whoever meets it keeps silent about it."""

    position: Position


class Scalar(NamedTuple):
    """A word or number; most of a file is such, and a tuple is made the fastest.

    Attributes
    ----------
    is_plain : bool
        Whether it is written without quotes.
    is_misread : bool
        Whether YAML makes something else of it than the text that is written.
    is_block : bool
        Whether it is a block of text below ``|`` or ``>``.
    """

    position: Position
    text: str
    is_plain: bool
    is_misread: bool = False
    is_block: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is written."""
        return self.is_plain and not self.text


@dataclass(frozen=True)
class Sequence:
    """A list."""

    position: Position
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Mapping:
    """Keys and values, in the order of the file, each key once.

    Attributes
    ----------
    is_flow : bool
        Whether it is written in braces.
    is_open : bool
        Whether a key was there twice: one of the two may have been meant for another.
    """

    position: Position
    items: tuple[tuple[Scalar, Node], ...]
    is_flow: bool
    is_open: bool


Node: TypeAlias = Broken | Scalar | Sequence | Mapping


def keys_in(node: Node) -> Iterator[str]:
    """Yield every key that is written in `node` or below."""
    match node:
        case Mapping(_, items):
            for key, value in items:
                yield key.text
                yield from keys_in(value)
        case Sequence(_, values):
            for value in values:
                yield from keys_in(value)
