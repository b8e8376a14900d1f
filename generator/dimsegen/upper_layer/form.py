"""Which files of a folder `fmt` writes, and the stop behind the keywords in each of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..families import base_folder, near_folder
from ..reading.places import Disk
from ..reading.problems import Report
from ..reading.shapes import Record
from ..reading.sources import Source, read_source
from .documents import DOCUMENTS, EXTENDING
from .loader import kind_of, read_folder
from .loader.prose_rules import RULES

__all__ = ["NO_WIDTH", "RULES", "read_file", "read_folder", "shapes_for", "width_for"]

#: The shape of each table says how long its keywords are; none is as long as another table's.
NO_WIDTH = 0


def read_file(path: Path, report: Report) -> Source | None:
    """Return the schema file `path`, None if it cannot be read.

    Its folder says what it describes, or its name.
    """
    return read_source(kind_of(path), Disk(path.parent), path.name, report)


def shapes_for(source: Source, schemas: Path, *, extends: bool = False) -> Mapping[str, Record]:
    """Return the shapes of the files of the folder that `source` is in, or is written for."""
    folder = near_folder(source.file, schemas)
    return EXTENDING if base_folder(folder, extends=extends) else DOCUMENTS


def width_for(source: Source, schemas: Path, *, extends: bool = False) -> int:
    """Return no width of a keyword: each table has its own."""
    del source, schemas, extends
    return NO_WIDTH
