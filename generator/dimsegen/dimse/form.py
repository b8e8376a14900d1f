"""Which files of a folder `fmt` writes, and the stop behind the keywords in each of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from ..families import base_folder, near_folder
from ..reading.places import Disk
from ..reading.problems import Report, SchemaError
from ..reading.shapes import Record
from ..reading.sources import Source, read_source
from ..style import longest_key
from .documents import DOCUMENTS, EXTENDING
from .family import FAMILY
from .loader.folder import KINDS, read_folder
from .loader.prose_rules import RULES

__all__ = ["RULES", "longest_keyword", "read_file", "read_folder", "shapes_for", "width_for"]

# The kind of file with the keywords, and the keys that they are under.
_ELEMENTS = "elements"
_KEYWORDS = ("elements", "data_sets")


def read_file(path: Path, report: Report) -> Source | None:
    """Return the schema file `path`, None if it cannot be read; its name says what it describes.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    report : Report
        Receives why it cannot be read.
    """
    kind = path.stem if path.stem in KINDS else "service"
    return read_source(kind, Disk(path.parent), path.name, report)


def shapes_for(source: Source, schemas: Path, *, extends: bool = False) -> Mapping[str, Record]:
    """Return the shapes of the files of the folder that `source` is in, or is written for."""
    folder = near_folder(source.file, schemas)
    return EXTENDING if base_folder(folder, extends=extends) else DOCUMENTS


def width_for(source: Source, schemas: Path, *, extends: bool = False) -> int:
    """Return the length of the longest keyword of the elements that `source` may use.

    Raises
    ------
    SchemaError
        If they cannot be read.
    """
    folder = near_folder(source.file, schemas)
    base = base_folder(folder, extends=extends)
    shapes, folders = (EXTENDING, (folder, base)) if base else (DOCUMENTS, (folder,))
    return max(_longest_in(each, shapes is EXTENDING) for each in folders)


def _longest_in(folder: Path, may_lack_it: bool) -> int:
    elements = folder / FAMILY.file
    if may_lack_it and not elements.exists():
        return 0
    report = Report(RULES)
    source = read_file(elements, report)
    if source is None:
        raise SchemaError(report.problems, {})
    return _longest(source.text, source.file, may_lack_it)


@lru_cache(maxsize=4)  # the files of a folder have one in common
def _longest(text: str, file: str, is_partial: bool) -> int:
    return longest_keyword(EXTENDING if is_partial else DOCUMENTS, text, file)


def longest_keyword(shapes: Mapping[str, Record], text: str, file: str = "") -> int:
    """Return the length of the longest keyword of `text`, the content of ``elements.yaml``.

    Raises
    ------
    SchemaError
        If `text` cannot be read as that.
    """
    return longest_key(shapes[_ELEMENTS], text, _KEYWORDS, file)
