"""Schemas for a command: what keeps them from being used is its answer."""

from __future__ import annotations

import argparse
from typing import Any

from ..agreement_of import check_agreement
from ..families import Family, families_in, folder_with
from .outcome import CommandError


def loaded(options: argparse.Namespace, step: str) -> list[tuple[Family, Any]]:
    """Return the families that have `step` and tables in the folder, with what it says of each.

    Raises
    ------
    CommandError
        With every problem, if it cannot be used.
    """
    from ..reading.problems import SchemaError

    able = families_in(options.schemas, step, extends=options.extends)
    found = [(family, load(options, family)) for family in able]
    try:
        check_agreement({family.name: schema for family, schema in found})
    except SchemaError as error:
        raise CommandError(error.explain()) from error
    return found


def load(options: argparse.Namespace, family: Family) -> Any:
    """Return what the folder of schemas says of one family."""
    from ..reading.problems import SchemaError

    folder, extends = options.schemas, bool(options.extends)
    loader = family.step("loader")
    try:
        if family.is_laid_over:
            return loader.load_schema(folder, extends=extends)
        return loader.load_schema(folder_with(family, folder, extends=extends))
    except SchemaError as error:
        raise CommandError(error.explain()) from error
