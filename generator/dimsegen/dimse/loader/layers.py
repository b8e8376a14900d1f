"""The files of a folder of schemas, laid over those that it extends.

Invariant: what a file adds stands where it would stand if it had been written into the file that
it extends, so that an extended folder gives what a changed copy of the standard tables gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any, TypeAlias

from ...data import folder_of
from ...reading import tree
from ...reading.extending import base_of
from ...reading.merging import Replaced, merge
from ...reading.override import Override, overrides_of
from ...reading.parser import parse
from ...reading.places import Disk, Place
from ...reading.problems import Report
from ...reading.shapes import Record
from ...reading.sources import Source
from ...reading.values import Fields
from ...reading.whole_files import read_file
from ..documents import DOCUMENTS, EXTENDING
from .folder import read_folder
from .services import service_in

_SERVICE = "service"
_TAGGED = ("elements", "retired")
_DESCRIBED, _DESCRIPTIONS = ("elements", "data_sets", "parameters"), "descriptions"
_Items: TypeAlias = tuple[tuple[tree.Scalar, tree.Node], ...]
# What a folder says of itself, or is lenient about, is not what it extends says.
_WAIVERS, _PACKAGE = "waivers", "package"


@dataclass(frozen=True)
class Layers:
    """The files of a folder, and those that it extends."""

    own: tuple[Source, ...]
    base: tuple[Source, ...] = ()

    @property
    def shapes(self) -> Mapping[str, Record]:
        """The shapes of the files of the folder by their kinds."""
        return EXTENDING if self.base else DOCUMENTS


@dataclass(frozen=True)
class Document:
    """What a file says, and what it extends; `fields` is None if nobody could read it."""

    kind: str
    file: str
    fields: Fields | None
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True)
class _Tree:
    source: Source
    root: tree.Node
    replaced: tuple[Replaced, ...] = ()

    @property
    def name(self) -> tuple[str, str]:
        """What it is about: one file at most of a folder is about the same."""
        is_service = self.source.kind == _SERVICE
        service = service_in(self.source.text.encode()) if is_service else ""
        is_nameless = is_service and not service
        return self.source.kind, PurePath(self.source.file).name if is_nameless else service


def read_layers(
    folder: Place | Path, report: Report, *, may_be_empty: bool = False, extends: bool = False
) -> Layers:
    """Return the files of `folder`, and those that it extends.

    Parameters
    ----------
    folder : Place or pathlib.Path
        The folder, wherever it is.
    report : Report
        Receives what is missing and what cannot be read.
    may_be_empty : bool, optional
        Whether a folder without any service is as good as others.
    extends : bool, optional
        Whether it extends the standard though it does not say so.
    """
    place = Disk(folder) if isinstance(folder, Path) else folder
    base = base_of(place, folder_of("schemas"), extends=extends)
    own = read_folder(place, report, may_be_empty=may_be_empty, extends=base is not None)
    if base is None:
        return Layers(own)
    below = read_folder(base, report)
    return Layers(own, tuple(each for each in below if each.kind != _WAIVERS))


def read_documents(
    sources: Iterable[Source], base: Iterable[Source], report: Report
) -> tuple[Document, ...]:
    """Return what every file says: those of `sources`, laid over those of `base`.

    Both may say something of their package. Services come in the order of the names of their files,
    whichever folder has them.
    """
    below = {each.name: each for each in (_tree(source, report) for source in base)}
    found: list[_Tree] = []
    for source in sources:
        each = _tree(source, report)
        before = below.pop(each.name, None) if source.kind != _PACKAGE else None
        found.append(_laid(each, before) if before else each)
    if below or any(each.replaced for each in found):
        found = sorted([*below.values(), *found], key=lambda each: PurePath(each.source.file).name)
    return tuple(_document(each, report) for each in found)


def _tree(source: Source, report: Report) -> _Tree:
    return _Tree(source, parse(source.text, source.file, report))


def _laid(own: _Tree, before: _Tree) -> _Tree:
    root, replaced = merge(DOCUMENTS[own.source.kind], before.root, own.root)
    return replace(own, root=_in_order(root), replaced=replaced)


def _in_order(root: tree.Node) -> tree.Node:
    """Return a file with its elements ascending by tag, and descriptions as what they describe."""
    groups = dict(_mappings(root))
    for name in filter(groups.__contains__, _TAGGED):
        groups[name] = _sorted(groups[name], lambda item: _tag(item[1]))
    described = [word.text for name in _DESCRIBED if name in groups for word, _ in groups[name]]
    if _DESCRIPTIONS in groups:
        ranks = {keyword: rank for rank, keyword in enumerate(described)}
        last = len(ranks)
        groups[_DESCRIPTIONS] = _sorted(
            groups[_DESCRIPTIONS], lambda item: ranks.get(item[0].text, last)
        )
    if not isinstance(root, tree.Mapping):
        return root
    items = [
        (key, replace(node, items=groups[key.text]) if isinstance(node, tree.Mapping) else node)
        for key, node in root.items
    ]
    return replace(root, items=tuple(items))


def _mappings(root: tree.Node) -> Iterator[tuple[str, _Items]]:
    for key, node in root.items if isinstance(root, tree.Mapping) else ():
        if isinstance(node, tree.Mapping):
            yield key.text, node.items


def _sorted(items: _Items, rank: Callable[[tuple[tree.Scalar, tree.Node]], Any]) -> _Items:
    return tuple(sorted(items, key=rank))


def _tag(element: tree.Node) -> str:
    items = element.items if isinstance(element, tree.Mapping) else ()
    tags = [node.text for key, node in items if key.text == "tag" and isinstance(node, tree.Scalar)]
    return tags[0].upper() if tags else ""


def _document(each: _Tree, report: Report) -> Document:
    kind, name = each.name
    fields = read_file(each.root, DOCUMENTS[kind], report)
    return Document(kind, each.source.file, fields, tuple(overrides_of(name, each.replaced)))
