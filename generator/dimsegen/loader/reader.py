"""Read a tree as the shape it ought to have.

Invariant: what comes out has the shape. Whatever has not is reported and left out, so that the
builders never meet a value of the wrong kind and every mistake of a file is found in one run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from typing import TypeAlias

from ..model.schema import Position
from . import tree
from .problems import Report, hint, listed
from .shapes import (
    Choice,
    Condition,
    FixedValue,
    Hex,
    ListOf,
    MapOf,
    Record,
    Shape,
    Text,
)


@dataclass(frozen=True)
class Word:
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


@dataclass(frozen=True)
class Fields:
    """A mapping in its place.

    Attributes
    ----------
    values : mapping of str to Value
        The values that have the right shape, by key.
    keys : mapping of str to Position
        Every key that is written, whatever its value.
    """

    position: Position
    values: MappingOf[str, Value]
    keys: MappingOf[str, Position]

    def word(self, key: str) -> Word | None:
        """Return the text under `key`, None if there is none of the right shape."""
        value = self.values.get(key)
        return value if isinstance(value, Word) else None

    def text(self, key: str) -> str:
        """Return the text under `key`, empty if there is none of the right shape."""
        word = self.word(key)
        return word.text if word else ""

    def number(self, key: str) -> int | None:
        """Return the number under `key`, None if there is none of the right shape."""
        value = self.values.get(key)
        return value.value if isinstance(value, Number) else None

    def words(self, key: str) -> tuple[Word, ...]:
        """Return the list of texts under `key`."""
        value = self.values.get(key)
        items = value.items if isinstance(value, Items) else ()
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
        found = ((name, inner.keys[name], value) for name, value in inner.values.items())
        return tuple(entry for entry in found if isinstance(entry[2], Fields))  # type: ignore[misc]


Value: TypeAlias = Word | Number | Items | Fields | tree.Mapping


class Reader:
    """Reads nodes by shape; problems go to `report`."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def read(self, shape: Shape, node: tree.Node) -> Value | None:
        """Return `node` as `shape`, or None if `node` has another kind or value."""
        match shape:
            case Text():
                return self._text(shape, node)
            case Choice(options):
                what = f"one of {listed(options)}"
                return self._text(Text(what, "|".join(map(re.escape, options))), node)
            case Hex() | FixedValue():
                return self._value(shape, node)
            case ListOf():
                return self._list(shape, node)
            case Condition():
                return self._mapping(node, "a condition such as {status: success}")
            case Record() | MapOf():
                return self._fields(shape, node)

    def _text(self, shape: Text, node: tree.Node) -> Word | None:
        if not isinstance(node, tree.Scalar):
            self._wrong_kind(shape.what, node)
            return None
        if not re.fullmatch(shape.pattern, node.text):
            self._report.add(node.position, "wrong-value", text=node.text, what=shape.what)
        elif node.is_plain and (shape.is_quoted or node.text == "-"):
            self._report.add(node.position, "unquoted", text=node.text)
        else:
            return Word(node.position, node.text)
        return None

    def _value(self, shape: Hex | FixedValue, node: tree.Node) -> Word | Number | None:
        digits = shape.digits if isinstance(shape, Hex) else 4
        what = f"a number such as 0x{'0110'.rjust(digits, '0')}"
        if not isinstance(node, tree.Scalar):
            self._wrong_kind(what, node)
            return None
        if node.is_plain and re.fullmatch(rf"0x[0-9A-Fa-f]{{{digits}}}", node.text):
            return Number(node.position, int(node.text, 16))
        if isinstance(shape, FixedValue) and not node.is_plain:
            return Word(node.position, node.text)
        what += " or text in quotes" if isinstance(shape, FixedValue) else ""
        self._report.add(node.position, "wrong-value", text=node.text, what=what)
        return None

    def _list(self, shape: ListOf, node: tree.Node) -> Items | None:
        if isinstance(node, tree.Sequence):
            items = node.items
        elif shape.or_one:
            items = (node,)
        else:
            self._wrong_kind("a list", node)
            return None
        read = (self.read(shape.item, item) for item in items)
        return Items(node.position, tuple(item for item in read if item is not None))

    def _mapping(self, node: tree.Node, what: str) -> tree.Mapping | None:
        if isinstance(node, tree.Mapping):
            return node
        self._wrong_kind(what, node)
        return None

    def _fields(self, shape: Record | MapOf, node: tree.Node) -> Fields | None:
        what = "a mapping" if isinstance(shape, MapOf) else f"a mapping of {', '.join(shape.keys)}"
        mapping = self._mapping(node, what)
        if mapping is None:
            return None
        values: dict[str, Value] = {}
        for key, child in mapping.items:
            child_shape = self._shape_of(shape, key, child)
            value = None if child_shape is None else self.read(child_shape, child)
            if value is not None:
                values[key.text] = value
        keys = {key.text: key.position for key, _ in mapping.items}
        if isinstance(shape, Record):
            for name, entry in shape.keys.items():
                if entry.is_required and name not in keys:
                    self._report.add(mapping.position, "missing-key", key=name, doc=entry.doc)
        return Fields(mapping.position, values, keys)

    def _shape_of(self, shape: Record | MapOf, key: tree.Scalar, child: tree.Node) -> Shape | None:
        if isinstance(shape, MapOf):
            return shape.value if self._text(shape.key, key) else None
        if key.text in shape.keys:
            return shape.keys[key.text].shape
        if shape.others is not None and isinstance(child, tree.Scalar):
            return shape.others
        self._report.add(
            key.position,
            "unknown-key",
            key=key.text,
            known=listed(shape.keys),
            hint=hint(key.text, shape.keys),
        )
        return None

    def _wrong_kind(self, what: str, node: tree.Node) -> None:
        kind = {tree.Scalar: "a word", tree.Sequence: "a list", tree.Mapping: "a mapping"}
        self._report.add(node.position, "wrong-kind", kind=kind[type(node)], what=what)
