"""Read the files of a family of tables: which there are, and what each says.

Invariant: a file that cannot be read is reported and left out, as is one of the wrong shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .parser import parse
from .places import Place
from .position import Position
from .problems import Report
from .reader import Reader
from .shapes import Record
from .sources import Source, read_source
from .values import Fields

_SUFFIX = ".yaml"


@dataclass(frozen=True)
class Document:
    """A file: its kind, its path in the folder, what positions call it, its text, its values."""

    kind: str
    path: str
    shown: str
    text: str
    fields: Fields | None


def documents_of(
    place: Place, kinds: Mapping[str, str], shapes: Mapping[str, Record], report: Report
) -> tuple[Document, ...]:
    """Return every file of a family.

    Parameters
    ----------
    place : Place
        The folder of schemas.
    kinds : mapping of str to str
        Where the files of each kind are: a file, or a folder, which ends with ``/``. Of a folder,
        those are left out that are another kind.
    shapes : mapping of str to Record
        The shape of each kind.
    report : Report
        Receives what is wrong.
    """
    found = []
    for path, source in sources_of(place, kinds, report):
        root = parse(source.text, source.file, report)
        value = Reader(root, report).read(shapes[source.kind], root)
        fields = value if isinstance(value, Fields) else None
        found.append(Document(source.kind, path, source.file, source.text, fields))
    return tuple(found)


def sources_of(
    place: Place, kinds: Mapping[str, str], report: Report
) -> Iterator[tuple[str, Source]]:
    """Yield the path and the text of every file of a family that can be read."""
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
