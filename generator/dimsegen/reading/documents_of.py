"""Read the files of a family of tables: which there are, and what each says.

A file that cannot be read is reported and left out, as is one of the wrong shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from .made_once import MadeOnce
from .parser import parse
from .places import Disk, Place
from .position import Position
from .problems import Report, SchemaError
from .shapes import Record
from .sources import Source, read_source
from .values import Fields
from .whole_files import read_file

_SUFFIX = ".yaml"
_MODELS = MadeOnce[Any](8)
T = TypeVar("T")


@dataclass(frozen=True)
class Document:
    """A file: its kind, its path in the folder, what positions call it, its text, its values."""

    kind: str
    path: str
    shown: str
    text: str
    fields: Fields | None


class Documents(tuple[Document, ...]):
    """The files of a family."""

    __slots__ = ()

    def of_kind(self, kind: str) -> Iterator[tuple[str, Fields]]:
        """Yield path and values of each file of a kind that could be read."""
        for each in self:
            if each.kind == kind and each.fields is not None:
                yield each.path, each.fields


def load(
    schemas: Path | Place,
    kinds: Mapping[str, str],
    shapes: Mapping[str, Record],
    report: Report,
    build: Callable[[Documents, Report], T | None],
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

    Raises
    ------
    SchemaError
        If anything is wrong; it has every problem with its file, line and column.
    """
    place = Disk(schemas) if isinstance(schemas, Path) else schemas
    sources = tuple(sources_of(place, kinds, report))

    def make() -> T:
        built = build(_documents(sources, shapes, report), report)
        if report.problems or built is None:
            texts = {source.file: source.text for _, source in sources}
            raise SchemaError(report.problems, texts)
        return built

    # A file that could not be read is none of the texts, so that they are not all that counts.
    made: T = make() if report.problems else _MODELS.get((build, sources), make)
    return made


def _documents(
    sources: Iterable[tuple[str, Source]], shapes: Mapping[str, Record], report: Report
) -> Documents:
    found = []
    for path, source in sources:
        root = parse(source.text, source.file, report)
        fields = read_file(root, shapes[source.kind], report)
        found.append(Document(source.kind, path, source.file, source.text, fields))
    return Documents(found)


def sources_of(
    schemas: Path | Place, kinds: Mapping[str, str], report: Report
) -> Iterator[tuple[str, Source]]:
    """Yield the path and the text of every file of a family that can be read."""
    place = Disk(schemas) if isinstance(schemas, Path) else schemas
    for kind, where in kinds.items():
        for path in _paths(place, where, kinds, report):
            source = read_source(kind, place, path, report)
            if source is not None:
                yield path, source


def _paths(place: Place, where: str, kinds: Mapping[str, str], report: Report) -> list[str]:
    if not where.endswith("/"):
        return [where]
    try:
        names = place.names(where.rstrip("/"))
    except OSError:
        names = []
    paths = [f"{where}{name}" for name in names if name.endswith(_SUFFIX)]
    found = [path for path in paths if path not in kinds.values()]
    if not found:
        report.add(Position(place.shown(where), 1, 1), "no-files", folder=where)
    return found
