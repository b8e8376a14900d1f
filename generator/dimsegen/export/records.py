"""What the writer, the reader and the JSON Schema of a document have to agree on.

Whatever is written once at the root is named by its key everywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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


def value_of(hint: Any) -> Any:
    """Return the type of the values of a mapping."""
    return get_args(_among(hint, Mapping))[1]


def _among(hint: Any, kind: Any) -> Any:
    return next(each for each in members(hint) if issubclass(class_of(each), kind))


def kind_of(kind: Any) -> str:
    """Return the name of a dataclass in a document: ``StatusIn`` is ``status_in``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", class_of(kind).__name__).lower()
