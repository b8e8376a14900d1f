"""Tell what the keys of a mapping are meant to be.

Every entry comes out under the key that is meant, as far as that can be told; a slip (a misspelt
key, a colon or quotes left out) is reported once, here, and not again as a key that is missing or a
value that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from . import tree
from .position import Position
from .problems import Report
from .shapes import MapOf, Record, Shape, Text, in_words
from .slips import Slip, slip_in
from .spelling import closest


class Entry(NamedTuple):
    """A key and what is written under it; `shape` is None where nothing more can be said of it."""

    key: str
    position: Position
    shape: Shape | None
    node: tree.Node


def entries_of(
    mapping: tree.Mapping,
    shape: Record | MapOf,
    others: Collection[str] | None,
    label: str,
    report: Report,
) -> tuple[Entry, ...]:
    """Return the entries of `mapping`, in the order of the file.

    Parameters
    ----------
    mapping : tree.Mapping
        What is written.
    shape : Record or MapOf
        What ought to be.
    others : collection of str, or None
        The keys that the file itself makes known; None if nobody could read which.
    label : str
        The key of the mapping itself.
    report : Report
        Receives the slips.
    """
    return _KeyReader(mapping, shape, others, label, report).entries()


class _KeyReader:
    def __init__(
        self,
        mapping: tree.Mapping,
        shape: Record | MapOf,
        others: Collection[str] | None,
        label: str,
        report: Report,
    ) -> None:
        self._mapping = mapping
        self._key_shape = shape.key if isinstance(shape, MapOf) else None
        self._known: Mapping[str, Shape] = {}
        self._any: Shape | None = None
        if isinstance(shape, MapOf):
            self._any = shape.value
        else:
            self._known = shape.shapes
            if shape.others is not None:
                self._known = {**dict.fromkeys(others or (), shape.others), **self._known}
                self._any = shape.others if others is None else None
        self._given = {key.text for key, _ in mapping.items}
        self._label = label
        self._report = report

    def entries(self) -> tuple[Entry, ...]:
        found: dict[str, Entry] = {}
        done = 0
        for number, (key, node) in enumerate(self._mapping.items):
            if number < done:
                continue
            entry = self._entry(key, node)
            rest = self._rest(number, entry)
            if rest:
                self._report_torn(entry, rest)
                entry = Entry(entry.key, entry.position, None, node)
                done = number + 1 + len(rest)
            found.setdefault(entry.key, entry)
        return tuple(found.values())

    def _entry(self, key: tree.Scalar, node: tree.Node) -> Entry:
        if key.text in self._known:
            return Entry(key.text, key.position, self._known[key.text], node)
        if slip := self._slip(key, node):
            slip.tell(self._report)
            return Entry(slip.key, key.position, None, node)
        if self._any is not None:
            is_right = self._key_shape is None or self._is_right(key, self._key_shape)
            return Entry(key.text, key.position, self._any if is_right else None, node)
        self._report.add_unknown(key.position, "unknown-key", key.text, self._known)
        meant = closest(key.text, self._known)
        if meant is not None and meant not in self._given:
            return Entry(meant, key.position, self._known[meant], node)
        return Entry(key.text, key.position, None, node)

    def _slip(self, key: tree.Scalar, node: tree.Node) -> Slip | None:
        slip = slip_in(key)
        if slip is None or slip.is_sure:
            return slip
        is_alone = isinstance(node, tree.Scalar) and node.is_nothing and self._mapping.is_flow
        is_known = slip.key in self._known or self._any is not None
        return slip if is_alone and is_known else None

    def _is_right(self, key: tree.Scalar, shape: Text) -> bool:
        label = f"{self._label}: " if self._label else ""
        matches = re.fullmatch(shape.pattern, key.text) is not None
        if not matches and not shape.is_looked_up:
            facts = {"text": key.text, "what": in_words(shape), "hint": ""}
            self._report.add(key.position, "wrong-value", label=label, **facts)
        elif matches and key.is_misread:
            self._report.add(key.position, "unquoted", label=label, text=key.text, right=key.text)
        else:
            return True
        return False

    def _rest(self, number: int, entry: Entry) -> list[tree.Scalar]:
        """Return the keys that are in truth the rest of the text that `entry` starts."""
        found: list[tree.Scalar] = []
        node = entry.node
        if not (isinstance(entry.shape, Text) and isinstance(node, tree.Scalar)):
            return found
        if not (self._mapping.is_flow and node.is_plain and node.text):
            return found
        for key, after in self._mapping.items[number + 1 :]:
            is_alone = isinstance(after, tree.Scalar) and after.is_nothing
            if not is_alone or key.text in self._known or self._slip(key, after):
                break
            found.append(key)
        return found

    def _report_torn(self, entry: Entry, rest: list[tree.Scalar]) -> None:
        node = entry.node
        assert isinstance(node, tree.Scalar)
        assert isinstance(entry.shape, Text)
        text, end = node.text, node.position.column + len(node.text)
        for key in rest:
            gap = max(key.position.column - end - 1, 0)
            text += "," + " " * gap + key.text
            end = key.position.column + len(key.text)
        meant = (text, f"({text})")
        right = next((each for each in meant if re.fullmatch(entry.shape.pattern, each)), "")
        facts = {"label": f"{entry.key}: ", "text": text, "right": right}
        if right:
            self._report.add(node.position, "unquoted", **facts)
        else:
            what = in_words(entry.shape)
            self._report.add(node.position, "wrong-value", what=what, hint="", **facts)
