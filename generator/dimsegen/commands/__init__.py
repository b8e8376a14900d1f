"""One module a command of `dimsegen`: each has `run`, which returns the exit code.

Invariant: this module itself needs nothing but the standard library, so that the command line can
say what to install where PyYAML or Jinja2 is missing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..dimse.model import Schema
    from ..upper_layer.model import UpperLayer

DONE = 0
DRIFT = 1
FAILED = 2


class CommandError(Exception):
    """The command cannot give an answer; the text says why and what to do."""


def load(folder: Path) -> Schema:
    """Return the schema in `folder`.

    Raises
    ------
    CommandError
        With every problem, if it cannot be used.
    """
    from ..dimse.build import SchemaError, load_schema

    try:
        return load_schema(folder)
    except SchemaError as error:
        raise CommandError(error.explain()) from error


def load_upper(folder: Path) -> UpperLayer | None:
    """Return what the folder ``upper_layer`` in `folder` says; None if there is none.

    Raises
    ------
    CommandError
        With every problem, if it cannot be used.
    """
    from ..reading.problems import SchemaError
    from ..upper_layer import has_upper_layer, load_upper_layer

    if not has_upper_layer(folder):
        return None
    try:
        return load_upper_layer(folder)
    except SchemaError as error:
        raise CommandError(error.explain()) from error


def counted(number: int, noun: str) -> str:
    """Return ``1 file`` or ``2 files``."""
    plural = "es" if noun.endswith("s") else "s"
    return f"{number} {noun}{'' if number == 1 else plural}"
