"""Schemas for a command: what keeps them from being used is its answer."""

from __future__ import annotations

import argparse
from typing import Any

from ..agreement_of import check_agreement
from ..families import Family, base_folder, families_in, folder_with
from .outcome import CommandError

_OUTCOME = "nothing was written"


def loaded(
    options: argparse.Namespace, step: str, outcome: str = _OUTCOME
) -> list[tuple[Family, Any]]:
    """Return the families that have `step` and tables in the folder, with what it says of each.

    Parameters
    ----------
    outcome : str, optional
        What a command says that it did not do because of a problem.

    Raises
    ------
    CommandError
        With every problem of any family, if it cannot be used.
    """
    from ..reading.problems import SchemaError

    folder, extends = options.schemas, bool(options.extends)
    found, errors = [], []
    for family in families_in(folder, step, extends=extends):
        try:
            found.append((family, _read(options, family)))
        except SchemaError as error:
            errors.append(error)
    try:
        if errors:
            raise SchemaError(
                tuple(sorted({each for error in errors for each in error.problems})),
                {file: text for error in errors for file, text in error.sources.items()},
            )
        base = base_folder(folder, extends=extends)
        check_agreement(
            {family.name: schema for family, schema in found}, [folder, *([base] if base else [])]
        )
    except SchemaError as error:
        raise CommandError(error.explain(outcome)) from error
    return found


def load(options: argparse.Namespace, family: Family) -> Any:
    """Return what the folder of schemas says of one family."""
    from ..reading.problems import SchemaError

    try:
        return _read(options, family)
    except SchemaError as error:
        raise CommandError(error.explain()) from error


def _read(options: argparse.Namespace, family: Family) -> Any:
    folder, extends = options.schemas, bool(options.extends)
    loader = family.step("loader")
    if family.is_laid_over:
        return loader.load_schema(folder, extends=extends)
    return loader.load_schema(folder_with(family, folder, extends=extends))
