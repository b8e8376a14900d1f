"""Build the tree of a text from the events of the YAML parser.

Each key of a mapping is there once; a second one is a problem, not a silent last one wins. The YAML
features that schemas do not use are problems too.

PyYAML's nodes have the same marks and are made as fast, both in 0.15 s for the 86 schemas. But they
no longer say where an anchor or a tag was written, and libyaml ends the process when it makes nodes
of a hundred thousand brackets, where events can be refused at the depth that no schema has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Protocol

import yaml

from .position import Position
from .problems import Report, lines_of
from .tree import Broken, Mapping, Node, Scalar, Sequence

# No schema comes near; a file that does is none.
_DEEPEST = 20
_TAGS_OF_YAML = "tag:yaml.org,2002:"
_TEXT_TAG = f"{_TAGS_OF_YAML}str"
_MERGE = "<<"


class _Loader(Protocol):
    """What is used of a YAML parser, whose own stubs do not say it."""

    def get_event(self) -> yaml.Event: ...


class _Resolver(Protocol):
    """What says which type YAML takes a plain word for."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str: ...


_RESOLVER: _Resolver = yaml.resolver.Resolver()


@lru_cache(8192)  # a few hundred words make up most of a folder
def _is_no_text(word: str) -> bool:
    """Return whether YAML takes a plain `word` for a number, a date or a truth value."""
    return _RESOLVER.resolve(yaml.ScalarNode, word, (True, False)) != _TEXT_TAG


class TooDeepError(Exception):
    """The text is nested too deeply; the report says where."""


class TreeBuilder:
    """Builds one tree.

    Parameters
    ----------
    text : str
        The text.
    file : str
        Its path, for the positions.
    broken_lines : collection of int
        The lines, from 1, whose value was taken out because it is no YAML.
    report : Report
        Receives what YAML allows and schemas do not.
    loader : yaml.SafeLoader
        The YAML parser at the start of the text.

    Attributes
    ----------
    has_empty_or_block : bool
        Whether a value has been met that is empty or a block of text.
    """

    def __init__(
        self,
        text: str,
        file: str,
        broken_lines: Collection[int],
        report: Report,
        loader: yaml.SafeLoader,
    ) -> None:
        self._text = text
        self._has_backslash = "\\" in text
        self._file = file
        self._broken_lines = broken_lines
        self._report = report
        self._loader: _Loader = loader
        self.has_empty_or_block = False

    def build(self) -> Node:
        """Return the only document of the text.

        Raises
        ------
        yaml.MarkedYAMLError
            Where the text stops being YAML.
        ValueError or OverflowError
            Where the YAML parser itself stumbles over a number.
        TooDeepError
            Where no schema would be.
        """
        self._next()  # the start of the stream
        if isinstance(self._next(), yaml.StreamEndEvent):
            return self._broken(Position(self._file, 1, 1), "empty-file")
        node = self._node(self._next(), 0)
        self._next()  # the end of the document
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            self._report.add(self._position(after), "second-document")
        if isinstance(node, Scalar) and node.is_nothing:
            return self._broken(Position(self._file, 1, 1), "empty-file")
        return node

    def _next(self) -> yaml.Event:
        return self._loader.get_event()

    def _node(self, event: yaml.Event, depth: int) -> Node:
        position = self._position(event)
        # Nearly all are words without anything of what is asked below.
        if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            return self._scalar(event, position)
        if isinstance(event, yaml.AliasEvent):
            return self._broken(position, "alias")
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._report.add(position, "alias")
        tag = getattr(event, "tag", None)
        if tag is not None:
            shown = str(tag).replace(_TAGS_OF_YAML, "!!").rstrip(",")
            self._report.add(position, "yaml-tag", tag=shown)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, position)
        if depth > _DEEPEST:
            self._report.add(position, "too-deep")
            raise TooDeepError
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(position, tuple(self._items(depth + 1)))
        return self._mapping(event, position, depth + 1)

    def _scalar(self, event: yaml.ScalarEvent, position: Position) -> Node:
        if event.style in ("|", ">"):
            self.has_empty_or_block = True
            return Scalar(position, event.value, is_plain=False, is_block=True)
        is_plain = not event.style
        if is_plain and not event.value:
            self.has_empty_or_block = True
            if position.line in self._broken_lines:
                return Broken(position)
        start, end = event.start_mark, event.end_mark
        written = ""
        if self._has_backslash and start and end:
            written = self._text[start.index : end.index]
        if "\\" in written:
            *above, before = lines_of(written[: written.index("\\")])
            column = len(before) + (1 if above else position.column)
            return self._broken(
                Position(self._file, position.line + len(above), column), "backslash"
            )
        return Scalar(position, event.value, is_plain, is_plain and _is_no_text(event.value))

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield self._node(event, depth)

    def _mapping(self, start: yaml.Event, position: Position, depth: int) -> Mapping | Broken:
        items: dict[str, tuple[Scalar, Node]] = {}
        is_readable, is_open = True, False
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth)
            value = self._node(self._next(), depth)
            if not isinstance(key, Scalar) or self._is_no_key(key, value):
                is_readable = False
                if isinstance(key, Sequence | Mapping):
                    self._report.add(key.position, "key-not-a-word")
            elif key.text in items:
                first = items[key.text][0].position.line
                self._report.add(key.position, "duplicate-key", key=key.text, line=first)
                is_open = True
            else:
                items[key.text] = (key, value)
        is_flow = bool(getattr(start, "flow_style", False))
        mapping = Mapping(position, tuple(items.values()), is_flow, is_open)
        return mapping if is_readable else Broken(position)

    def _is_no_key(self, key: Scalar, value: Node) -> bool:
        """Return whether `key` leaves open which keys its mapping has, and report that."""
        if key.is_block:
            self._report.add(key.position, "key-not-a-word")
        if key.is_nothing and not self._report.has_any_at(key.position):
            self._report.add(key.position, "no-key")
        is_merge = key.is_plain and key.text == _MERGE
        if is_merge and not isinstance(value, Broken):
            self._report.add(key.position, "alias")
        return is_merge or key.is_block or key.is_nothing

    def _broken(self, position: Position, rule: str) -> Broken:
        self._report.add(position, rule)
        return Broken(position)

    def _position(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        return Position(self._file, line + 1, column + 1)
