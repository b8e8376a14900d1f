"""Read a folder of schemas into the model.

Invariant: `load_schema` either returns a schema that keeps every invariant of the model, or raises
one `SchemaError` with everything that is wrong in any file. The loader is the only room that
imports yaml.
"""

from __future__ import annotations

from pathlib import Path

from ...reading.places import Disk, Memory, Overlaid, Place
from ...reading.problems import Problem, Report, SchemaError
from ...reading.sources import Source
from ...table.waiver import Waiver
from ..model import Schema
from .assemble import assemble, read_waivers
from .folder import read_folder
from .services import service_in

__all__ = [
    "Disk",
    "Memory",
    "Overlaid",
    "Place",
    "Problem",
    "SchemaError",
    "load_schema",
    "load_sources",
    "load_waivers",
    "service_in",
]


def load_schema(folder: Path) -> Schema:
    """Read `folder` and return what it says.

    Parameters
    ----------
    folder : pathlib.Path
        A folder with ``elements.yaml``, ``statuses.yaml``, ``services/*.yaml`` and, optionally,
        ``errata.yaml`` and ``waivers.yaml``.

    Returns
    -------
    Schema

    Raises
    ------
    SchemaError
        If anything is wrong; it has every problem with its file, line and column.
    """
    return load_sources(Disk(folder))


def load_sources(place: Place, *, may_be_empty: bool = False) -> Schema:
    """Read the folder of schemas that is at `place`, and return what it says.

    Parameters
    ----------
    may_be_empty : bool, optional
        Whether it may lack any service, as the version before the first one does.

    Raises
    ------
    SchemaError
        If anything is wrong; positions name the files as `place` does.
    """
    report = Report()
    return assemble(read_folder(place, report, may_be_empty=may_be_empty), report)


def load_waivers(text: str, file: str) -> tuple[Waiver, ...]:
    """Return the waivers in `text`, the content of ``waivers.yaml``; none if it is empty.

    Raises
    ------
    SchemaError
        If anything is wrong; positions name `file`.
    """
    if not text.strip():
        return ()
    report = Report()
    waivers = read_waivers(Source("waivers", file, text), report)
    if report.problems:
        raise SchemaError(report.problems, {file: text})
    return waivers
