"""A YAML file as a tree in which everything knows its place.

Invariant: nothing is interpreted and nothing is lost. A plain ``0110`` stays the text ``0110``
(YAML 1.1 would make it 72), a duplicate key is a problem, not a silent last one wins. This is
the only module that imports yaml.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from ..model.schema import Position
from .problems import Report


@dataclass(frozen=True)
class Scalar:
    """A word or number; `is_plain` if it is written without quotes."""

    position: Position
    text: str
    is_plain: bool


@dataclass(frozen=True)
class Sequence:
    """A list."""

    position: Position
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Mapping:
    """Keys and values, in the order of the file, each key once."""

    position: Position
    items: tuple[tuple[Scalar, Node], ...]


Node: TypeAlias = Scalar | Sequence | Mapping


class _UnreadableError(Exception):
    """The file has no tree; the report says why."""


def parse(text: str, file: str, report: Report) -> Node | None:
    """Return the tree of a YAML document, or None if `report` now says why there is none.

    Parameters
    ----------
    text : str
        The content of the file.
    file : str
        Its path, for the positions.
    report : Report
        Receives syntax errors, duplicate keys and the YAML features that schemas do not use.
    """
    try:
        return _Parser(text, file, report).document()
    except _UnreadableError:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        position = Position(file, line, column)
        if error.problem and "block sequence entries" in error.problem:
            report.add(position, "bare-dash")
        else:
            report.add(position, "syntax", problem=error.problem or "not a YAML file")
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        position = Position(file, before.count("\n") + 1, error.position - before.rfind("\n"))
        report.add(position, "syntax", problem=str(error.reason))
    except RecursionError:
        report.add(Position(file, 1, 1), "syntax", problem="nested too deeply")
    return None


class _Parser:
    """Builds the tree from the events of the YAML parser."""

    def __init__(self, text: str, file: str, report: Report) -> None:
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=yaml.SafeLoader))
        self._file = file
        self._report = report

    def document(self) -> Node:
        """Return the only document of the stream."""
        next(self._events)  # the start of the stream
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            self._fail(start, "empty-file")
        node = self._node(next(self._events))
        next(self._events)  # the end of the document
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._fail(after, "second-document")
        return node

    def _node(self, event: yaml.Event) -> Node:
        if isinstance(event, yaml.AliasEvent):
            self._fail(event, "alias")
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._fail(event, "alias")
        if isinstance(event, yaml.ScalarEvent):
            if event.tag is not None:
                self._fail(event, "yaml-tag", tag=event.tag)
            return Scalar(self._position(event), event.value, event.style is None)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(self._position(event), tuple(self._items()))
        return self._mapping(event)

    def _items(self) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event)

    def _mapping(self, start: yaml.Event) -> Mapping:
        items: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event)
            value = self._node(next(self._events))
            if not isinstance(key, Scalar):
                self._report.add(key.position, "key-not-a-word")
            elif key.text in items:
                first = items[key.text][0].position.line
                self._report.add(key.position, "duplicate-key", key=key.text, line=first)
            else:
                items[key.text] = (key, value)
        return Mapping(self._position(start), tuple(items.values()))

    def _position(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Position(self._file, line, column)

    def _fail(self, event: yaml.Event, rule: str, **facts: object) -> None:
        self._report.add(self._position(event), rule, **facts)
        raise _UnreadableError
