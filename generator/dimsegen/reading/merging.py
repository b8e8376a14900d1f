"""One file laid over another: what a folder of schemas says of its own, and what it extends.

Invariant: a mapping of entries is merged entry by entry, an entry is replaced as a whole. What
replaces something else is listed; what is written the same again is not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .position import Position
from .shapes import Key, MapOf, Record, Shape
from .tree import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True)
class Replaced:
    """Something that is written otherwise: the keys that lead to it, and both places."""

    path: tuple[str, ...]
    position: Position
    before: Position


def merge(shape: Shape, base: Node, own: Node) -> tuple[Node, tuple[Replaced, ...]]:
    """Return `base` with what `own` says otherwise or besides, and a list of what it replaces.

    Parameters
    ----------
    shape : Shape
        What both ought to be; what `own` does not say, it need not.
    base, own : Node
        The two files.
    """
    merger = _Merger()
    return merger.merge(shape, base, own, ()), tuple(merger.replaced)


class _Merger:
    def __init__(self) -> None:
        self.replaced: list[Replaced] = []

    def merge(self, shape: Shape | None, base: Node, own: Node, path: tuple[str, ...]) -> Node:
        is_merged = shape is not None and _holds_entries(shape)
        if is_merged and isinstance(base, Mapping) and isinstance(own, Mapping):
            return self._mapping(shape, base, own, path)
        if not _is_same(base, own):
            self.replaced.append(Replaced(path, own.position, base.position))
        return own

    def _mapping(
        self, shape: Shape | None, base: Mapping, own: Mapping, path: tuple[str, ...]
    ) -> Mapping:
        given = {key.text: (key, node) for key, node in own.items}
        known = {key.text for key, _ in base.items}
        items: list[tuple[Scalar, Node]] = []
        for key, node in base.items:
            if key.text in given:
                own_key, own_node = given[key.text]
                inner = _below(shape, key.text)
                node = self.merge(inner, node, own_node, (*path, key.text))
                key = own_key
            items.append((key, node))
        items += [(key, node) for key, node in own.items if key.text not in known]
        return Mapping(own.position, tuple(items), own.is_flow, own.is_open)


def _below(shape: Shape | None, key: str) -> Shape | None:
    match shape:
        case MapOf(_, value):
            return value
        case Record(_, keys):
            return keys[key].shape if key in keys else None
        case _:
            return None


def _holds_entries(shape: Shape) -> bool:
    """Return whether a mapping of that shape is merged by key: entries stand in it, or below it."""
    match shape:
        case MapOf():
            return True
        case Record(_, keys):
            below = [key.shape for key in keys.values()]
            return any(isinstance(each, MapOf) and isinstance(each.value, Record) for each in below)
        case _:
            return False


def partial(shape: Record) -> Record:
    """Return the shape of a file that is laid over another: it may lack what that one says."""
    keys = {name: Key(_partial(key.shape), key.doc, False) for name, key in shape.keys.items()}
    return replace(shape, keys=keys)


def _partial(shape: Shape) -> Shape:
    match shape:
        case MapOf(_, value):
            return replace(shape, value=_partial(value), needs_one=False)
        case Record() if _holds_entries(shape):
            return partial(shape)
        case _:
            return shape


def _is_same(one: Node, two: Node) -> bool:
    """Return whether both say the same, wherever it stands."""
    match one, two:
        case Scalar(), Scalar():
            return one.text == two.text
        case Sequence(_, ours), Sequence(_, theirs):
            return len(ours) == len(theirs) and all(map(_is_same, ours, theirs))
        case Mapping(_, ours), Mapping(_, theirs):
            before, after = ({key.text: node for key, node in pairs} for pairs in (ours, theirs))
            return before.keys() == after.keys() and all(
                _is_same(before[key], after[key]) for key in before
            )
        case _:
            return False
