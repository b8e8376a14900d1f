"""Read the files of a family of tables: which there are, and what each says.

A file that cannot be read is reported and left out, as is one of the wrong shape. One of a folder
that extends another is laid over the file of the same path there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, TypeVar

from .completing import Completer
from .made_once import MadeOnce
from .merging import Replaced, merge
from .override import Override, overrides_of
from .parser import parse
from .places import Disk, Place
from .position import Position
from .problems import Report, SchemaError
from .shapes import Record
from .sources import Source, read_source
from .tree import Node
from .values import Fields
from .whole_files import read_file

_SUFFIX = ".yaml"
_MODELS = MadeOnce[Any](8)
T = TypeVar("T")


@dataclass(frozen=True)
class Document:
    """A file: its kind, its path in the folder, its values, and what of another it replaces."""

    kind: str
    path: str
    fields: Fields | None
    replaced: tuple[Replaced, ...] = ()


class Documents(tuple[Document, ...]):
    """The files of a family."""

    __slots__ = ()

    def of_kind(self, kind: str) -> Iterator[tuple[str, Fields]]:
        """Yield path and values of each file of a kind that could be read."""
        for each in self:
            if each.kind == kind and each.fields is not None:
                yield each.path, each.fields

    @property
    def overrides(self) -> tuple[Override, ...]:
        """What they say otherwise than the files that they are laid over."""
        return tuple(
            override
            for each in self
            for override in overrides_of(PurePath(each.path).stem, each.replaced)
        )


def load(
    schemas: Path | Place,
    kinds: Mapping[str, str],
    shapes: Mapping[str, Record],
    report: Report,
    build: Callable[[Documents, Report], T | None],
    base: Place | None = None,
) -> T:
    """Return the model that `build` makes of the files of a family.

    Parameters
    ----------
    schemas : pathlib.Path or Place
        The folder of schemas.
    kinds : mapping of str to str
        Where the files of each kind are: a file, or a folder, which ends with ``/``. Of a folder,
        those are left out that are another kind.
    shapes : mapping of str to Record
        The shape of each kind.
    report : Report
        Receives what is wrong.
    build : callable
        Makes the model of the files that could be read; None where it cannot.
    base : Place, optional
        The folder that `schemas` extends.

    Raises
    ------
    SchemaError
        If anything is wrong; it has every problem with its file, line and column.
    """
    place = Disk(schemas) if isinstance(schemas, Path) else schemas
    below = tuple(sources_of(base, kinds, report)) if base else ()
    sources = tuple(sources_of(place, kinds, report, may_lack=base is not None))

    def make() -> T:
        built = build(_documents(sources, below, shapes, report), report)
        if report.problems or built is None:
            texts = {source.file: source.text for _, source in (*below, *sources)}
            raise SchemaError(report.problems, texts)
        return built

    # A file that could not be read is none of the texts, so that they are not all that counts.
    made: T = make() if report.problems else _MODELS.get((build, sources, below), make)
    return made


def load_completed(
    schemas: Place,
    kinds: Mapping[str, str],
    shapes: Mapping[str, Record],
    report: Report,
    build: Callable[[Documents, Report], T | None],
    today: Place,
) -> tuple[T, tuple[str, ...]]:
    """Return what older files say, and the words that they lack and `today` has given them.

    Raises
    ------
    SchemaError
        If they do not make up a model all the same.
    """
    known = dict(sources_of(today, kinds, Report()))
    sources = dict(sources_of(schemas, kinds, report, may_lack=True))
    trees = {path: _tree(source, report) for path, source in sources.items()}
    found: list[Document] = []
    taken = Counter[str]()
    for kind in kinds:
        own = {path: trees[path] for path, source in sources.items() if source.kind == kind}
        completer = Completer(shapes[kind], own)
        for path, written in own.items():
            other = known.get(path)
            root = completer.complete(path, _tree(other, report)) if other else written
            found.append(Document(kind, path, read_file(root, shapes[kind], report)))
        missing = [kinds[kind]] if kinds[kind] in known and not own else []
        for path in missing:
            root = _tree(known[path], report)
            found.append(Document(kind, path, read_file(root, shapes[kind], report)))
        taken.update(completer.taken)
        taken.update(f"all of {path}" for path in missing)
    built = build(Documents(found), report)
    if report.problems or built is None:
        texts = {source.file: source.text for source in (*known.values(), *sources.values())}
        raise SchemaError(report.problems, texts)
    return built, tuple(taken)


def _documents(
    sources: Iterable[tuple[str, Source]],
    below: Iterable[tuple[str, Source]],
    shapes: Mapping[str, Record],
    report: Report,
) -> Documents:
    """Return the files of both folders, by their kinds and in the order of their paths."""
    trees = {path: _tree(source, report) for path, source in below}
    found: dict[str, tuple[str, Node, tuple[Replaced, ...]]] = {
        path: (source.kind, trees[path], ()) for path, source in below
    }
    for path, source in sources:
        root = _tree(source, report)
        laid = merge(shapes[source.kind], trees[path], root) if path in trees else (root, ())
        found[path] = (source.kind, *laid)
    paths = sorted(found) if trees else list(found)
    files = ((path, *found[path]) for path in paths)
    return Documents(
        Document(kind, path, read_file(root, shapes[kind], report), replaced)
        for path, kind, root, replaced in files
    )


def _tree(source: Source, report: Report) -> Node:
    return parse(source.text, source.file, report)


def sources_of(
    schemas: Path | Place, kinds: Mapping[str, str], report: Report, *, may_lack: bool = False
) -> Iterator[tuple[str, Source]]:
    """Yield the path and the text of every file of a family that can be read.

    What is missing is reported, unless the folder may lack it.
    """
    place = Disk(schemas) if isinstance(schemas, Path) else schemas
    for kind, where in kinds.items():
        for path in _paths(place, where, kinds, report, may_lack):
            source = read_source(kind, place, path, report)
            if source is not None:
                yield path, source


def _paths(
    place: Place, where: str, kinds: Mapping[str, str], report: Report, may_lack: bool
) -> list[str]:
    folder, _, name = where.rpartition("/")
    if name and not may_lack:
        return [where]
    try:
        names = place.names(folder)
    except OSError:
        names = []
    if name:
        return [where] if name in names else []
    paths = [f"{where}{each}" for each in names if each.endswith(_SUFFIX)]
    found = [path for path in paths if path not in kinds.values()]
    if not (found or may_lack):
        report.add(Position(place.shown(where), 1, 1), "no-files", folder=where)
    return found
