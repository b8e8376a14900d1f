"""Schemas for a command: what keeps them from being used is its answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..families import Family, families_in, folder_with
from .outcome import CommandError


def loaded(folder: Path, step: str, *, extends: bool = False) -> list[tuple[Family, Any]]:
    """Return the families that have `step` and tables in `folder`, with what it says of each.

    Parameters
    ----------
    folder : pathlib.Path
        The folder of schemas.
    step : str
        What is to be done with the tables.
    extends : bool, optional
        Whether the folder extends the standard though it does not say so.

    Raises
    ------
    CommandError
        With every problem, if it cannot be used.
    """
    able = families_in(folder, step, extends=extends)
    return [(family, load(family, folder, extends=extends)) for family in able]


def load(family: Family, folder: Path, *, extends: bool = False) -> Any:
    """Return what the folder of schemas says of `family`.

    Raises
    ------
    CommandError
        With every problem, if it cannot be used.
    """
    from ..reading.problems import SchemaError

    loader = family.step("loader")
    try:
        if family.is_laid_over:
            return loader.load_schema(folder, extends=extends)
        return loader.load_schema(folder_with(family, folder, extends=extends))
    except SchemaError as error:
        raise CommandError(error.explain()) from error
