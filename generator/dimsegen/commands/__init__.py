"""One module a command of `dimsegen`: each has `run`, which returns the exit code.

Invariant: this module itself needs nothing but the standard library, so that the command line can
say what to install where PyYAML or Jinja2 is missing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..dimse.model import Schema

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


def counted(number: int, noun: str) -> str:
    """Return ``1 file`` or ``2 files``."""
    plural = "es" if noun.endswith("s") else "s"
    return f"{number} {noun}{'' if number == 1 else plural}"
