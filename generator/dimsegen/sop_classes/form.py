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
from .loader import OF_SOP_CLASSES, read_folder
from .loader.prose_rules import RULES

__all__ = ["RULES", "read_file", "read_folder", "shapes_for", "width_for"]

# Where the values behind a keyword start; the rows of the tables have a stop of their own.
_STOP = 38


def read_file(path: Path, report: Report) -> Source | None:
    """Return the schema file `path`, None if it cannot be read; its name says what it describes."""
    kind = path.stem if path.stem in DOCUMENTS else OF_SOP_CLASSES
    return read_source(kind, Disk(path.parent), path.name, report)


def shapes_for(source: Source, schemas: Path, *, extends: bool = False) -> Mapping[str, Record]:
    """Return the shapes of the files of the folder that `source` is in, or is written for."""
    folder = near_folder(source.file, schemas)
    return EXTENDING if base_folder(folder, extends=extends) else DOCUMENTS


def width_for(source: Source, schemas: Path, *, extends: bool = False) -> int:
    """Return the width of a keyword, which is the same in all files."""
    del source, schemas, extends
    return _STOP
