"""One module a command of `dimsegen`: each has `run`, which returns the exit code."""

from __future__ import annotations

from pathlib import Path

from ..loader import SchemaError, load_schema
from ..model.schema import Schema

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
    try:
        return load_schema(folder)
    except SchemaError as error:
        raise CommandError(error.explain()) from error
