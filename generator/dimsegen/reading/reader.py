"""Read a tree as the shape it ought to have.

What comes out has the shape. Whatever has not is reported and left out, so that the builders never
meet a value of the wrong kind and every mistake of a file is found in one run.
"""

from __future__ import annotations

import re

from . import tree
from .keys import entries_of
from .position import Position
from .problems import Report
from .shapes import (
    Cell,
    Choice,
    Condition,
    Hex,
    HexOr,
    ListOf,
    MapOf,
    Record,
    Shape,
    Text,
    Tree,
    ValueOrItems,
    in_words,
)
from .slips import slip_in
from .spelling import did_you_mean
from .tree import keys_in
from .values import Fields, Items, Number, Value, Word, is_whole

_KINDS = {tree.Scalar: "a word", tree.Sequence: "a list", tree.Mapping: "a mapping"}
_HEX = re.compile(r"0x[0-9A-Fa-f]{4}")


class Reader:
    """Reads the nodes of one file by shape.

    Parameters
    ----------
    root : tree.Node
        The whole file; it makes known the keys that no shape can know.
    report : Report
        Receives whatever has another shape.
    """

    def __init__(self, root: tree.Node, report: Report) -> None:
        self._root = root
        self._report = report
        self._named: dict[str, tuple[str, ...] | None] = {}

    def read(self, shape: Shape, node: tree.Node, label: str = "") -> Value | None:
        """Return `node` as `shape`, or None if `node` has another kind or value.

        Parameters
        ----------
        shape : Shape
            What the node ought to be.
        node : tree.Node
            The node.
        label : str
            The key that the node stands under.
        """
        if isinstance(node, tree.Broken):
            return None
        if isinstance(node, tree.Scalar) and (node.is_nothing or node.is_block):
            self._add(node, "nothing" if node.is_nothing else "block-text", label, shape)
            return None
        match shape:
            case Text() | Choice() | Cell():
                return self._text(shape, node, label)
            case Hex() | HexOr():
                return self._value(shape, node, label)
            case ListOf():
                return self._list(shape, node, label)
            case MapOf() | Record():
                return self._fields(shape, node, label)
            case Condition(record):
                if isinstance(node, tree.Mapping):
                    return self._fields(record(), node, label)
                self._wrong_kind(shape, node, label)
                return None
            case Tree():
                return self._tree(shape, node, label)
            case ValueOrItems():
                return self._value_or_items(shape, node, label)

    def _tree(self, shape: Tree, node: tree.Node, label: str) -> Items | None:
        if not isinstance(node, tree.Sequence):
            self._wrong_kind(shape, node, label)
            return None
        if not node.items:
            self._add(node, "empty", label, shape)
            return None
        read = [
            self.read(shape if isinstance(item, tree.Sequence) else shape.row, item, label)
            for item in node.items
        ]
        values = tuple(value for value in read if value is not None)
        whole = len(values) == len(read) and all(map(is_whole, values))
        return Items(node.position, values, whole)

    def _value_or_items(
        self, shape: ValueOrItems, node: tree.Node, label: str
    ) -> Word | Items | None:
        if isinstance(node, tree.Scalar):
            return self._text(shape.value, node, label)
        if not isinstance(node, tree.Sequence):
            self._wrong_kind(shape, node, label)
            return None
        has_items = any(isinstance(each, tree.Mapping) for each in node.items)
        inner = shape.item() if has_items else shape.value
        read = [self.read(inner, each, label) for each in node.items]
        return Items(
            node.position,
            tuple(each for each in read if each is not None),
            all(map(is_whole, read)),
        )

    def _text(self, shape: Text | Choice | Cell, node: tree.Node, label: str) -> Word | None:
        if not isinstance(node, tree.Scalar):
            self._wrong_kind(shape, node, label)
            return None
        if not _is_accepted(shape, node.text):
            options = shape.options if isinstance(shape, Choice) else ()
            hint = did_you_mean(node.text, options)
            self._add(node, "wrong-value", label, shape, text=node.text, hint=hint)
        elif node.is_plain and _is_misread(shape, node):
            self._add(node, "unquoted", label, shape, text=node.text, right=node.text)
        else:
            return Word(node.position, node.text)
        return None

    def _value(self, shape: Hex | HexOr, node: tree.Node, label: str) -> Word | Number | None:
        if not isinstance(node, tree.Scalar):
            self._wrong_kind(shape, node, label)
            return None
        is_hex = _HEX.fullmatch(node.text) is not None
        if is_hex and node.is_plain:
            return Number(node.position, int(node.text, 16))
        if isinstance(shape, HexOr) and not is_hex and not node.is_misread:
            return self._text(shape.text, node, label)
        rule = "quoted-number" if is_hex else "wrong-value"
        self._add(node, rule, label, shape, text=node.text, hint="")
        return None

    def _list(self, shape: ListOf, node: tree.Node, label: str) -> Items | None:
        if not isinstance(node, tree.Sequence) and not shape.or_one:
            self._wrong_kind(shape, node, label)
            return None
        nodes = node.items if isinstance(node, tree.Sequence) else (node,)
        if shape.needs_one and not nodes:
            self._add(node, "empty", label, shape)
            return None
        items: dict[object, Value] = {}
        for number, item in enumerate(nodes):
            value = self.read(shape.item, item, label)
            name = value.text if isinstance(value, Word) else number
            if value is not None and name in items:
                self._report.add(value.position, "duplicate-item", name=name)
            elif value is not None:
                items[name] = value
        whole = len(items) == len(nodes) and all(map(is_whole, items.values()))
        return Items(node.position, tuple(items.values()), whole)

    def _fields(self, shape: Record | MapOf, node: tree.Node, label: str) -> Fields | None:
        if not isinstance(node, tree.Mapping):
            self._no_mapping(shape, node, label)
            return None
        if shape.needs_one and not node.items:
            self._add(node, "empty", label, shape)
            return None
        entries = entries_of(node, shape, self._others(shape), label, self._report)
        values: dict[str, Value] = {}
        keys: dict[str, Position] = {}
        whole = not node.is_open
        for entry in entries:
            keys[entry.key] = entry.position
            value = self.read(entry.shape, entry.node, entry.key) if entry.shape else None
            if value is not None:
                values[entry.key] = value
            whole = is_whole(value) and whole
        for key, expected in shape.keys.items() if isinstance(shape, Record) else ():
            if expected.is_required and key not in keys:
                whole = False
                self._add(node, "missing-key", label, shape, key=key, doc=expected.doc.rstrip("."))
        return Fields(node.position, values, keys, whole, node.is_open)

    def _others(self, shape: Record | MapOf) -> tuple[str, ...] | None:
        """Return the keys that the file itself makes known, None if it does not tell them."""
        if isinstance(shape, MapOf) or not shape.named_under:
            return ()
        if shape.named_under not in self._named:
            self._named[shape.named_under] = self._names_under(shape.named_under)
        return self._named[shape.named_under]

    def _names_under(self, named_under: str) -> tuple[str, ...] | None:
        root = self._root.items if isinstance(self._root, tree.Mapping) else ()
        nodes = [node for key, node in root if key.text == named_under]
        used = {key for child, node in root if child.text != named_under for key in keys_in(node)}
        for node in nodes:
            if isinstance(node, tree.Mapping) and not node.is_open:
                names = tuple(name.text for name, _ in node.items)
                # One that nothing uses may be meant for those that are unknown.
                return names if names and used.issuperset(names) else None
        return None

    def _no_mapping(self, shape: Record | MapOf, node: tree.Node, label: str) -> None:
        slip = slip_in(node)
        is_known = slip is not None and isinstance(shape, Record) and slip.key in shape.keys
        if slip is not None and (is_known or slip.is_sure):
            slip.tell(self._report)
        else:
            self._wrong_kind(shape, node, label)

    def _wrong_kind(self, shape: Shape, node: tree.Node, label: str) -> None:
        self._add(node, "wrong-kind", label, shape, kind=_KINDS[type(node)])

    def _add(self, node: tree.Node, rule: str, label: str, shape: Shape, **facts: object) -> None:
        prefix = f"{label}: " if label else ""
        self._report.add(node.position, rule, label=prefix, what=in_words(shape), **facts)


def _is_accepted(shape: Text | Choice | Cell, text: str) -> bool:
    match shape:
        case Text(_, pattern, _, is_looked_up):
            return is_looked_up or re.fullmatch(pattern, text) is not None
        case Choice(options):
            return text in options
        case Cell():
            # Its builder knows the row, and says more about a wrong code.
            return True


def _is_misread(shape: Text | Choice | Cell, node: tree.Scalar) -> bool:
    match shape:
        case Text(_, pattern, is_quoted):
            is_right = re.fullmatch(pattern, node.text) is not None
            return is_right and (is_quoted or node.is_misread)
        case Choice():
            return node.is_misread
        case Cell(_, quoted):
            return node.text in quoted
