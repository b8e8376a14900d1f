"""Which files of a folder `fmt` writes, and the stop behind the keywords in each of them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ..reading.places import Disk
from ..reading.problems import Report, SchemaError
from ..reading.sources import Source, read_source
from ..style import longest_keyword
from .documents import DOCUMENTS
from .loader.folder import KINDS, read_folder

__all__ = ["read_file", "read_folder", "width_for"]

_ELEMENTS = "elements"


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


def width_for(source: Source, schemas: Path) -> int:
    """Return the length of the longest keyword of the ``elements.yaml`` that `source` uses.

    Raises
    ------
    SchemaError
        If that cannot be read.
    """
    near = Path(source.file).parent
    places = [folder / f"{_ELEMENTS}.yaml" for folder in (near, near / "..", schemas)]
    report = Report()
    elements = read_file(next((each for each in places if each.is_file()), places[-1]), report)
    if elements is None:
        raise SchemaError(report.problems, {})
    return _longest(elements.text, elements.file)


@lru_cache(maxsize=4)  # the files of a folder have one in common
def _longest(text: str, file: str) -> int:
    return longest_keyword(DOCUMENTS, text, file)
