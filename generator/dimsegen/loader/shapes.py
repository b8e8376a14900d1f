"""What a schema file may look like, as data.

Invariant: a shape is written once, in `documents`, and serves twice: to read a file with errors
that name their place, and as the JSON Schema by which editors complete and check.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Text:
    """Words. With `is_quoted`, they must be in quotes, because YAML misreads them without.

    Attributes
    ----------
    what : str
        What the text is, for the error message, e.g. ``a tag such as "(0000,0110)"``.
    pattern : str
        Regular expression that all of it matches.
    """

    what: str
    pattern: str = r"\S(.*\S)?"
    is_quoted: bool = False


@dataclass(frozen=True)
class Choice:
    """One of the words `options`."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Hex:
    """A number written with ``0x`` and `digits` hexadecimal digits."""

    digits: int = 4


@dataclass(frozen=True)
class FixedValue:
    """A number written with ``0x``, or words."""


@dataclass(frozen=True)
class ListOf:
    """A list; with `or_one`, a single item may stand without brackets."""

    item: Shape
    or_one: bool = False


@dataclass(frozen=True)
class MapOf:
    """A mapping from any word that matches `key` to `value`."""

    key: Text
    value: Shape


@dataclass(frozen=True)
class Key:
    """A key of a record: its shape, whether it must be there, and what it is for."""

    shape: Shape
    doc: str
    is_required: bool = True


@dataclass(frozen=True)
class Record:
    """A mapping with known keys.

    Attributes
    ----------
    name : str
        What to call it in JSON Schema.
    others : Shape or None
        The shape of words under keys that only the file itself makes known.
    """

    name: str
    keys: Mapping[str, Key] = field(default_factory=dict)
    others: Text | None = None


@dataclass(frozen=True)
class Condition:
    """A condition: a mapping of `TESTS`, which all must hold."""


Shape: TypeAlias = Text | Choice | Hex | FixedValue | ListOf | MapOf | Record | Condition
