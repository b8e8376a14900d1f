"""What files of an older vocabulary do not say yet, taken from files of today's.

Invariant: only a word is taken that none of the older files has where it could stand, or without
which its record is none: what such files do say is left as it is, and so is what they leave out of
words that they know. Of the lists that stand under a key each is for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dict

from .merging import told
from .shapes import ListOf, MapOf, Record, Shape
from .tree import Mapping, Node, Scalar, Sequence


class Completer:
    """Completes the files of one kind.

    Parameters
    ----------
    shape : Record
        What they ought to be.
    files : mapping of str to Node
        All of them, by path.

    Attributes
    ----------
    taken : Counter of str
        How often each word was taken, as ``issued of service``.
    """

    def __init__(self, shape: Record, files: Dict[str, Node]) -> None:
        self._shape = shape
        self._files = files
        self._used = {word for path, file in files.items() for word in _words(shape, file, path)}
        self.taken: Counter[str] = Counter()

    def complete(self, path: str, known: Node) -> Node:
        """Return the file at `path` with what `known`, the same file of today, says besides."""
        self._path = path
        return self._node(self._shape, self._files[path], known)

    def _node(self, shape: Shape | None, own: Node, known: Node, under: str = "") -> Node:
        match shape:
            case Record() if isinstance(own, Mapping) and isinstance(known, Mapping):
                return self._record(shape, own, known, under)
            case MapOf(_, value) if isinstance(own, Mapping) and isinstance(known, Mapping):
                theirs = {key.text: node for key, node in known.items}
                found = [(key, value, theirs.get(key.text)) for key, _ in own.items]
                return self._with(own, found, is_each_alone=_is_list(value))
            case ListOf() if isinstance(own, Sequence) and isinstance(known, Sequence):
                others = {told(each, shape.told_by): each for each in known.items}
                items = [
                    self._node(shape.item, each, others[name], under)
                    if shape.told_by and (name := told(each, shape.told_by)) in others
                    else each
                    for each in own.items
                ]
                return Sequence(own.position, tuple(items))
        return own

    def _record(self, shape: Record, own: Mapping, known: Mapping, under: str) -> Mapping:
        theirs = {key.text: node for key, node in known.items}
        shapes = {name: key.shape for name, key in shape.keys.items()}
        pairs = [(key, shapes.get(key.text), theirs.get(key.text)) for key, _ in own.items]
        found = self._with(own, pairs)
        there = {key.text for key, _ in own.items}
        more = [
            item
            for item in known.items
            if item[0].text not in there and self._is_taken(shape, item[0].text, under)
        ]
        self.taken.update(f"{key.text} of {shape.name}" for key, _ in more)
        return Mapping(own.position, (*found.items, *more), own.is_flow, own.is_open)

    def _is_taken(self, shape: Record, name: str, under: str) -> bool:
        word = shape.keys.get(name)
        is_new = (shape.name, name, under) not in self._used
        return word is not None and (word.is_required or is_new)

    def _with(
        self,
        own: Mapping,
        pairs: Iterable[tuple[Scalar, Shape | None, Node | None]],
        *,
        is_each_alone: bool = False,
    ) -> Mapping:
        items = [
            (
                key,
                self._node(shape, node, other, f"{self._path} {key.text}" if is_each_alone else "")
                if other is not None
                else node,
            )
            for (key, node), (_, shape, other) in zip(own.items, pairs, strict=True)
        ]
        return Mapping(own.position, tuple(items), own.is_flow, own.is_open)


def _words(
    shape: Shape | None, node: Node, path: str, under: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Yield the keys that records below `node` have: what the record is called, and its list."""
    match shape, node:
        case Record(), Mapping():
            for key, value in node.items:
                if key.text in shape.keys:
                    yield shape.name, key.text, under
                    yield from _words(shape.keys[key.text].shape, value, path)
        case MapOf(), Mapping():
            for key, value in node.items:
                alone = f"{path} {key.text}" if _is_list(shape.value) else ""
                yield from _words(shape.value, value, path, alone)
        case ListOf(), Sequence():
            for value in node.items:
                yield from _words(shape.item, value, path, under)


def _is_list(shape: Shape) -> bool:
    return isinstance(shape, ListOf)
