"""Read a folder of schemas into the model.

Invariant: `load_schema` either returns a schema that keeps every invariant of the model, or raises
one `SchemaError` with everything that is wrong in any file. The loader is the only room that
imports yaml.
"""

from __future__ import annotations

from pathlib import Path

from ..model.schema import Schema
from .assemble import assemble
from .folder import read_folder
from .problems import Problem, Report, SchemaError

__all__ = ["Problem", "SchemaError", "load_schema"]


def load_schema(folder: Path) -> Schema:
    """Read `folder` and return what it says.

    Parameters
    ----------
    folder : pathlib.Path
        A folder with ``elements.yaml``, ``statuses.yaml``, ``services/*.yaml`` and, optionally,
        ``errata.yaml``.

    Returns
    -------
    Schema

    Raises
    ------
    SchemaError
        If anything is wrong; it has every problem with its file, line and column.
    """
    report = Report()
    return assemble(read_folder(folder, report), report)
