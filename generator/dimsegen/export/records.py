"""What the writer, the reader and the JSON Schema of a document have to agree on.

Whatever is written once at the root is named by its key everywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from ..reading.position import Position

Json: TypeAlias = Any
# The key that tells which of several dataclasses an object is.
KIND = "kind"
# The keys of a run of codes.
FIRST, LAST = "first", "last"


class ExportError(ValueError):
    """A document is not what the form says; the text says where, and what was expected."""


@dataclass(frozen=True)
class Form:
    """How a model is written.

    Attributes
    ----------
    name : str
        What kind of document it is, as its first key says.
    version : int
        Raised whenever a reader of the version before could misread the document.
    root : type
        The dataclass that holds everything.
    references : mapping of type to str
        The dataclasses that only the root writes out, and the field by which others name them.
    ordered : mapping of (type, str) to str
        The mappings whose order says something: they are lists, and each item has its key in the
        field of that name.
    """

    name: str
    version: int
    root: type
    references: Mapping[type, str]
    ordered: Mapping[tuple[type, str], str] = field(default_factory=dict)


def class_of(kind: Any) -> type:
    """Return the class of a type, without what stands in its brackets."""
    found: type = get_origin(kind) or kind
    return found


@cache
def shape_of(kind: Any) -> Mapping[str, Any]:
    """Return the type of each field of a dataclass that is written, in order."""
    own: Any = class_of(kind)
    given = dict(zip(getattr(own, "__parameters__", ()), get_args(kind), strict=True))
    hints = get_type_hints(own)
    shown = {each.name: given.get(hints[each.name], hints[each.name]) for each in fields(own)}
    return {name: hint for name, hint in shown.items() if not _is_place(hint)}


def _is_place(hint: Any) -> bool:
    """Return whether a type is that of positions in files, which no document has."""
    return Position in (*members(hint), *get_args(hint))


@cache
def places_of(kind: Any) -> tuple[str, ...]:
    """Return the fields of a dataclass that say where something is written, which are not."""
    hints = get_type_hints(class_of(kind))
    return tuple(name for name, hint in hints.items() if Position in members(hint))


@cache
def members(hint: Any) -> tuple[Any, ...]:
    """Return the alternatives of a type: those of a union, else the type alone."""
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def records(hint: Any) -> tuple[Any, ...]:
    """Return the dataclasses among the alternatives of a type."""
    return tuple(each for each in members(hint) if is_dataclass(class_of(each)))


def items_of(hint: Any, number: int) -> tuple[Any, ...]:
    """Return the type of each of the `number` items of a tuple."""
    arguments = get_args(_among(hint, tuple))
    return arguments[:1] * number if arguments[1:] == (Ellipsis,) else arguments


def key_of(hint: Any) -> Any:
    """Return the type of the keys of a mapping."""
    return get_args(_among(hint, Mapping))[0]


def value_of(hint: Any) -> Any:
    """Return the type of the values of a mapping."""
    return get_args(_among(hint, Mapping))[1]


def _among(hint: Any, kind: Any) -> Any:
    return next(each for each in members(hint) if issubclass(class_of(each), kind))


def kind_of(kind: Any) -> str:
    """Return the name of a dataclass in a document: ``StatusIn`` is ``status_in``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", class_of(kind).__name__).lower()


@cache
def kinds_below(root: Any) -> tuple[Any, ...]:
    """Return the dataclasses below `root`, in the order in which they are met."""
    found = [root]
    for kind in found:
        for hint in _hints(*shape_of(kind).values()):
            found += [each for each in records(hint) if each not in found]
    return tuple(found[1:])


@cache
def told_apart(root: Any) -> frozenset[Any]:
    """Return the dataclasses that stand somewhere as one of several: they are written with kind."""
    return frozenset(
        each
        for kind in (root, *kinds_below(root))
        for hint in _hints(*shape_of(kind).values())
        if len(records(hint)) > 1
        for each in records(hint)
    )


def _hints(*hints: Any) -> Iterator[Any]:
    for hint in hints:
        yield hint
        for each in members(hint):
            yield from _hints(*(arg for arg in get_args(each) if arg is not Ellipsis))
