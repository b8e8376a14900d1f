"""One module a command of `dimsegen`: each has `run`, which returns the exit code.

A command that only one family of tables has is in the `commands` of that family.

This module itself needs nothing but the standard library, so that the command line can say what to
install where PyYAML or Jinja2 is missing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..table.notation import counted

if TYPE_CHECKING:
    from ..families import Family

__all__ = ["DONE", "DRIFT", "FAILED", "CommandError", "counted", "load"]

DONE = 0
DRIFT = 1
FAILED = 2


class CommandError(Exception):
    """The command cannot give an answer; the text says why and what to do."""


def load(family: Family, folder: Path, *, extends: bool = False) -> Any:
    """Return what the folder of schemas says of `family`.

    Parameters
    ----------
    family : Family
        The family.
    folder : pathlib.Path
        The folder.
    extends : bool, optional
        Whether it extends the standard though it does not say so.

    Raises
    ------
    CommandError
        With every problem, if it cannot be used.
    """
    from ..families import folder_with
    from ..reading.problems import SchemaError

    loader = family.step("loader")
    try:
        if family.is_laid_over:
            return loader.load_schema(folder, extends=extends)
        return loader.load_schema(folder_with(family, folder, extends=extends))
    except SchemaError as error:
        raise CommandError(error.explain()) from error
