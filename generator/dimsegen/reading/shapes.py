"""What a schema file may look like, as data.

A shape is written once, in `documents`, and serves twice: to read a file with errors that name
their place, and as the JSON Schema by which editors complete and check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from .problems import listed


@dataclass(frozen=True)
class Text:
    """Words.

    Attributes
    ----------
    what : str
        What the text is, for the error message, e.g. ``a name as printed``.
    pattern : str
        Regular expression that all of it matches.
    is_quoted : bool
        Whether it must be in quotes, because YAML misreads it without.
    is_looked_up : bool
        Whether it is a name that its builder looks up. The builder knows all names and says more
        about a wrong one than that it breaks the pattern.
    is_prose : bool
        Whether it is sentences, which the formatter puts in quotes whether YAML needs them or not.
    has_quotes : bool
        Whether the formatter puts it in quotes, too, without it being sentences.
    """

    what: str
    pattern: str
    is_quoted: bool = False
    is_looked_up: bool = False
    is_prose: bool = False
    has_quotes: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a service table: a usage code, perhaps with the sign of equality.

    Attributes
    ----------
    options : tuple of str
        What can be written.
    quoted : tuple of str
        Those that YAML would misread without quotes.
    equal_in : callable
        Gives those of the columns of a table that may have the sign of equality.
    """

    options: tuple[str, ...]
    quoted: tuple[str, ...] = ()
    equal_in: Callable[[Sequence[str]], Sequence[str]] = lambda columns: columns[1:]


@dataclass(frozen=True)
class Choice:
    """One of the words `options`."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Hex:
    """A number written with ``0x`` and four hexadecimal digits."""


@dataclass(frozen=True)
class HexOr:
    """A number written with ``0x`` and four hexadecimal digits, or `text`."""

    text: Text


@dataclass(frozen=True)
class ListOf:
    """A list without repetitions.

    Attributes
    ----------
    or_one : bool
        Whether a single item may stand without brackets.
    needs_one : bool
        Whether it must not be empty.
    told_by : tuple of str
        The keys that tell its items apart, where one list is laid over another item by item.
    """

    item: Shape
    or_one: bool = False
    needs_one: bool = False
    told_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapOf:
    """A mapping from any word that matches `key` to `value`.

    Attributes
    ----------
    needs_one : bool
        Whether it must not be empty.
    usual : tuple of str
        Keys that many files have, for an editor to offer.
    stop : int
        How long a key may be before its value leaves the stop of all others; 0 for as long as the
        longest keyword of the tables.
    """

    key: Text
    value: Shape
    needs_one: bool = False
    usual: tuple[str, ...] = ()
    stop: int = 0


@dataclass(frozen=True)
class Key:
    """A key of a record.

    Attributes
    ----------
    doc : str
        What it is for.
    is_required : bool
        Whether it must be there.
    stop : int
        How long its value may be before what follows leaves the stop of all rows; 0 for no stop.
    """

    shape: Shape
    doc: str
    is_required: bool = True
    stop: int = 0


@dataclass(frozen=True)
class Record:
    """A mapping with known keys.

    Attributes
    ----------
    name : str
        What to call it in JSON Schema.
    others : Shape or None
        The shape of what stands under keys that only the file itself makes known.
    named_under : str
        The key, at the top of the file, of the mapping whose keys those are.
    needs_one : bool
        Whether it must not be empty.
    usual : tuple of str
        Those of the others that many files have, for an editor to offer.
    is_grid : bool
        Whether the others stand below one another in all rows, on stops that the widest of them
        makes: those of a table with too many columns for fixed stops.
    """

    name: str
    keys: Mapping[str, Key]
    others: Shape | None = None
    named_under: str = ""
    needs_one: bool = False
    usual: tuple[str, ...] = ()
    is_grid: bool = False

    @cached_property
    def shapes(self) -> Mapping[str, Shape]:
        """The shapes of what stands under the known keys."""
        return {name: key.shape for name, key in self.keys.items()}


@dataclass(frozen=True)
class Condition:
    """A condition: the record that `record` returns, in which conditions may stand again."""

    record: Callable[[], Record]


@dataclass(frozen=True)
class ValueOrItems:
    """A value, a list of values, or a list of items: the mappings that `item` returns.

    Unlike `ListOf`, it may repeat a value. In the mapping of an item the shape may stand again.
    """

    value: Text
    item: Callable[[], MapOf]


@dataclass(frozen=True)
class Tree:
    """A list of rows, each a mapping from one word to `row.value`; a list in it is what is below.

    A row that has others below it is one line, as any row is, and the list of those follows it.
    """

    row: MapOf


Shape: TypeAlias = (
    Text | Cell | Choice | Hex | HexOr | ListOf | MapOf | Record | Condition | Tree | ValueOrItems
)

_NUMBER = "a number such as 0x01A0, with four digits"


def listed_codes(codes: Iterable[str]) -> str:
    """Return `codes` as ``a, b or c``, in quotes where YAML wants them."""
    return listed(code if code[:1].isalpha() else f'"{code}"' for code in codes)


def in_words(shape: Shape) -> str:
    """Return what to write, for a person."""
    match shape:
        case Text(what):
            return what
        case Cell(options):
            return f"a usage code: {listed_codes(options)}"
        case Choice(options):
            return listed(options)
        case Hex():
            return _NUMBER
        case HexOr(text):
            return f"{text.what} or {_NUMBER}"
        case ListOf(_, or_one, needs_one):
            return "a list" if or_one or needs_one else "a list, [] for none"
        case MapOf(_, _, needs_one, usual):
            example = f" such as {{{usual[0]}: …}}" if usual else ""
            return f"a mapping{example}{'' if needs_one else ', {} for none'}"
        case Record(_, keys, _, named_under):
            others = [f"the {named_under}"] if named_under else []
            return f"a mapping of {', '.join([*others, *keys])}"
        case Condition():
            return "a condition such as {status: success}"
        case Tree(row):
            return f"rows such as - {row.key.what}: {{…}}"
        case ValueOrItems(value):
            return f"{value.what}, or a list of such or of items, [] for none"
