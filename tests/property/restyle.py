"""Write a schema file in another style than its own.

Invariant: what comes out means what went in. The order of keys, blanks, line breaks, quotes, braces
or indentation, and comments are left to chance wherever YAML and the shape of the file leave a
choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from random import Random

from dimsegen.dimse.documents import DOCUMENTS
from dimsegen.reading import tree
from dimsegen.reading.parser import parse
from dimsegen.reading.problems import Report
from dimsegen.reading.shapes import Condition, Hex, HexOr, ListOf, MapOf, Record, Shape, Text
from dimsegen.reading.sources import Source

_FLOW_SIGNS = frozenset(",[]{}")


def restyled(
    source: Source,
    random: Random,
    with_comments: bool,
    documents: Mapping[str, Record] = DOCUMENTS,
) -> Source:
    """Return `source` in a style that `random` chooses; `documents` are the shapes of its kind."""
    root = _tree_of(source)
    style = _Style(random, with_comments)
    text = style.block(documents[source.kind], root, 0)
    start = random.choice(["", "\n", "---\n", "%YAML 1.1\n---\n"]) + style.remarks(0)
    return Source(source.kind, source.file, start + text + style.remarks(0))


@cache
def _tree_of(source: Source) -> tree.Node:
    return parse(source.text, source.file, Report())


class _Style:
    def __init__(self, random: Random, with_comments: bool) -> None:
        self._random = random
        self._with_comments = with_comments
        self._count = 0

    def block(self, shape: Shape, node: tree.Node, column: int) -> str:
        """Return a mapping or list over several lines, from the start of a line."""
        if isinstance(node, tree.Mapping):
            record = _record(shape)
            text = ""
            for key, value in self._in_some_order(record, node.items):
                name = key.text if self._random.random() < 0.8 else self._quoted(key.text)
                colon = " " * self._random.choice([0, 0, 0, 2]) + ":"
                text += self.remarks(column)
                text += f"{' ' * column}{name}{colon}"
                text += self._value(_under(record, key.text), value, column)
            return text
        assert isinstance(node, tree.Sequence)
        assert isinstance(shape, ListOf)
        text = ""
        for item in node.items:
            text += f"{self.remarks(column)}{' ' * column}-{self._blanks(1)}"
            text += f"{self.flow(shape.item, item, column + 2)}{self._end()}"
        return text

    def flow(self, shape: Shape, node: tree.Node, column: int) -> str:
        """Return a value in braces, brackets or quotes."""
        if isinstance(node, tree.Scalar):
            return self._word(shape, node, is_in_flow=True)
        if isinstance(node, tree.Mapping):
            record = _record(shape)
            members = [
                f"{key.text}:{self._blanks(1)}{self.flow(_under(record, key.text), value, column)}"
                for key, value in self._in_some_order(record, node.items)
            ]
            return "{" + self._joined(members, column) + "}"
        assert isinstance(node, tree.Sequence)
        assert isinstance(shape, ListOf)
        members = [self.flow(shape.item, item, column) for item in node.items]
        if shape.or_one and len(members) == 1 and self._random.random() < 0.5:
            return members[0]
        return "[" + self._joined(members, column) + "]"

    def remarks(self, column: int) -> str:
        """Return some lines without content."""
        text = ""
        while self._random.random() < 0.15:
            text += self._random.choice(["\n", "  \n", "\n\n\n"])
            if self._with_comments:
                text += f"{' ' * self._random.choice([column, 0, column + 2])}{self._comment()}\n"
        return text

    def _value(self, shape: Shape, node: tree.Node, column: int) -> str:
        if isinstance(node, tree.Scalar):
            is_below = self._random.random() < 0.1
            gap = f"\n{' ' * (column + 1)}" if is_below else self._blanks(1)
            return f"{gap}{self._word(shape, node, is_in_flow=False)}{self._end()}"
        is_empty = isinstance(node, tree.Mapping | tree.Sequence) and not node.items
        if is_empty or self._random.random() < 0.3:
            return f"{self._blanks(1)}{self.flow(shape, node, column + 1)}{self._end()}"
        least = 0 if isinstance(node, tree.Sequence) else 1
        return self._end() + self.block(shape, node, column + self._random.randint(least, 5))

    def _word(self, shape: Shape, node: tree.Scalar, is_in_flow: bool) -> str:
        inner = shape.item if isinstance(shape, ListOf) else shape
        is_number = isinstance(inner, Hex | HexOr) and node.is_plain and node.text[:2] == "0x"
        if is_number:
            return self._random.choice([node.text, f"0x{node.text[2:].lower()}"])
        is_plain = node.is_plain and not (is_in_flow and _FLOW_SIGNS & set(node.text))
        if is_plain and self._random.random() < 0.6:
            return node.text
        return self._quoted(node.text, may_break=isinstance(inner, Text) and inner.is_prose)

    def _quoted(self, text: str, may_break: bool = False) -> str:
        if may_break and " " in text and self._random.random() < 0.2:
            first, rest = text.split(" ", 1)
            # A line break within quotes is one blank.
            text = f"{first}\n{' ' * 40}{rest}" if not rest.startswith(" ") else text
        if "'" not in text and self._random.random() < 0.5:
            return f"'{text}'"
        return f'"{text}"'

    def _in_some_order(
        self, record: Record | MapOf, items: Sequence[tuple[tree.Scalar, tree.Node]]
    ) -> list[tuple[tree.Scalar, tree.Node]]:
        found = list(items)
        if isinstance(record, Record) and self._random.random() < 0.5:
            self._random.shuffle(found)
        return found

    def _joined(self, members: Sequence[str], column: int) -> str:
        if not members:
            return self._blanks(0)
        text = self._break(column)
        for number, member in enumerate(members):
            last = number == len(members) - 1
            text += (
                f"{member}{self._blanks(0)}{',' if not last else self._random.choice(['', ','])}"
            )
            text += self._break(column) or ("" if last else self._blanks(1))
        return text

    def _break(self, column: int) -> str:
        if self._random.random() < 0.85:
            return ""
        return (
            self._end() + self.remarks(column + 1) + " " * (column + 1 + self._random.randint(0, 3))
        )

    def _end(self) -> str:
        comment = self._with_comments and self._random.random() < 0.1
        return f"{self._blanks(0)}{f' {self._comment()}' if comment else ''}\n"

    def _comment(self) -> str:
        self._count += 1
        return f"# {self._random.choice(['why', 'a: b', '{', 'x # y'])} {self._count}"

    def _blanks(self, least: int) -> str:
        return " " * self._random.choice([least, least, least, least + 1, least + 4])


def _record(shape: Shape) -> Record | MapOf:
    if isinstance(shape, Condition):
        return shape.record()
    assert isinstance(shape, Record | MapOf)
    return shape


def _under(record: Record | MapOf, key: str) -> Shape:
    if isinstance(record, MapOf):
        return record.value
    if key in record.keys:
        return record.keys[key].shape
    assert record.others is not None
    return record.others
