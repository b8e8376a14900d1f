"""What the reader hands to the builders: values of the right shape, each in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from .position import Position


class Word(NamedTuple):
    """Text in its place."""

    position: Position
    text: str


@dataclass(frozen=True)
class Number:
    """A number in its place."""

    position: Position
    value: int


@dataclass(frozen=True)
class Items:
    """A list in its place, without the items that had the wrong shape."""

    position: Position
    items: tuple[Value, ...]
    is_whole: bool


@dataclass(frozen=True)
class Fields:
    """A mapping in its place.

    Attributes
    ----------
    values : mapping of str to Value
        The values that have the right shape, by key.
    keys : mapping of str to Position
        Every key that is written, whatever its value.
    is_whole : bool
        Whether nothing is missing and nothing, however deep below, was left out.
    is_open : bool
        Whether a key was lost, so that one that is not here may have been meant to be.
    """

    position: Position
    values: Mapping[str, Value]
    keys: Mapping[str, Position]
    is_whole: bool
    is_open: bool

    def word(self, key: str) -> Word | None:
        """Return the text under `key`, None if there is none of the right shape."""
        value = self.values.get(key)
        return value if isinstance(value, Word) else None

    def text(self, key: str) -> str:
        """Return the text under `key`, empty if there is none of the right shape."""
        word = self.word(key)
        return word.text if word else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts under `key`, one or a list, without their places."""
        return tuple(word.text for word in self.words(key))

    def number(self, key: str) -> int | None:
        """Return the number under `key`, None if there is none of the right shape."""
        value = self.values.get(key)
        return value.value if isinstance(value, Number) else None

    def quoted_number(self, key: str) -> int | None:
        """Return the number in quotes under `key`, None if there is none."""
        text = self.text(key)
        return int(text) if text else None

    def words(self, key: str) -> tuple[Word, ...]:
        """Return the texts under `key`, one or a list."""
        value = self.values.get(key)
        items = value.items if isinstance(value, Items) else (value,)
        return tuple(item for item in items if isinstance(item, Word))

    def fields(self, key: str) -> Fields | None:
        """Return the mapping under `key`, None if there is none of the right shape."""
        value = self.values.get(key)
        return value if isinstance(value, Fields) else None

    def records(self, key: str = "") -> tuple[tuple[str, Position, Fields], ...]:
        """Return key, place and mapping of every entry below `key`, or of this mapping."""
        inner = self.fields(key) if key else self
        if inner is None:
            return ()
        return tuple(
            (name, inner.keys[name], value)
            for name, value in inner.values.items()
            if isinstance(value, Fields)
        )

    def place(self, key: str) -> Position:
        """Return where the value under `key` stands; where the key does, if it has none."""
        value = self.values.get(key)
        return value.position if value is not None else self.keys[key]


Value: TypeAlias = Word | Number | Items | Fields
_OF_PARTS = (Items, Fields)


def is_whole(value: Value | None) -> bool:
    """Return whether `value` is there and complete."""
    if isinstance(value, _OF_PARTS):
        return value.is_whole
    return value is not None
