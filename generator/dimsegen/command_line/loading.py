"""Schemas for a command: what keeps them from being used is its answer."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
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
    able = families_in(options.schemas, step, extends=bool(options.extends))
    return list(loaded_in_turn(options, able, outcome))


def loaded_in_turn(
    options: argparse.Namespace, able: Iterable[Family], outcome: str = _OUTCOME
) -> Iterator[tuple[Family, Any]]:
    """Yield each family of `able` with what the folder says of it, read when its turn comes.

    Raises
    ------
    CommandError
        After the last, with every problem of those that cannot be used.
    """
    from ..reading.problems import SchemaError

    read: dict[str, Any] = {}
    errors: list[SchemaError] = []
    for family in able:
        try:
            read[family.name] = _read(options, family)
            check_agreement(read, _folders(options))
        except SchemaError as error:
            errors.append(error)
        else:
            yield family, read[family.name]
    if errors:
        problems = {each for error in errors for each in error.problems}
        sources = {file: text for error in errors for file, text in error.sources.items()}
        raise CommandError(SchemaError(tuple(sorted(problems)), sources).explain(outcome))


def _folders(options: argparse.Namespace) -> list[Path]:
    base = base_folder(options.schemas, extends=bool(options.extends))
    return [options.schemas, *([base] if base else [])]


def the_least_first(able: Sequence[Family], options: argparse.Namespace) -> list[Family]:
    """Return the families in the order of how much there is to read of each."""
    folders = {each.folder for each in able} - {""}

    def places(family: Family) -> Iterator[Path]:
        for folder in _folders(options):
            own = (each for each in folder.iterdir() if each.name not in folders)
            yield from [folder / family.folder] if family.folder else own

    def size(family: Family) -> int:
        found = (path for place in places(family) for path in (place, *place.rglob("*.yaml")))
        return sum(path.stat().st_size for path in found if path.suffix == ".yaml")

    return sorted(able, key=size)


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
