"""One file laid over another: what a folder of schemas says of its own, and what it extends.

Invariant: a mapping of entries is merged entry by entry, and so is a list whose items a key tells
apart; an entry is replaced as a whole. What replaces something else is listed; what is written the
same again is not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .position import Position
from .shapes import Key, ListOf, MapOf, Record, Shape
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
        is_told = isinstance(shape, ListOf) and bool(shape.told_by)
        if is_told and isinstance(base, Sequence) and isinstance(own, Sequence):
            assert isinstance(shape, ListOf), "only its items are told apart"
            return self._list(shape, base, own, path)
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

    def _list(
        self, shape: ListOf, base: Sequence, own: Sequence, path: tuple[str, ...]
    ) -> Sequence:
        given = {told(each, shape.told_by): each for each in own.items}
        items: list[Node] = []
        for node in base.items:
            name = told(node, shape.told_by)
            found = given.pop(name, None)
            items.append(self.merge(None, node, found, (*path, name[0])) if found else node)
        return Sequence(own.position, (*items, *given.values()))


def told(item: Node, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return what tells `item` from the others of its list."""
    values = {key.text: node for key, node in item.items} if isinstance(item, Mapping) else {}
    return tuple(_in_words(values[key]) if key in values else "" for key in keys)


def _in_words(node: Node) -> str:
    match node:
        case Scalar():
            return node.text
        case Sequence(_, items):
            return f"[{', '.join(map(_in_words, items))}]"
        case Mapping(_, items):
            each = sorted(f"{key.text}: {_in_words(value)}" for key, value in items)
            return f"{{{', '.join(each)}}}"
        case _:
            return ""


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
            inside = [each.value for each in below if isinstance(each, MapOf)]
            return any(isinstance(each, Record | MapOf) for each in inside)
        case _:
            return False


def partial(shape: Record) -> Record:
    """Return the shape of a file that is laid over another: it may lack what that one says."""
    keys = {name: Key(_partial(key.shape), key.doc, False) for name, key in shape.keys.items()}
    return replace(shape, keys=keys)


def partials(shapes: dict[str, Record]) -> dict[str, Record]:
    """Return the shapes of files that are laid over others, by their kinds."""
    return {kind: partial(shape) for kind, shape in shapes.items()}


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
