"""Hold what the tables of one family say of those of another against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .families import families
from .reading.places import Disk, Place


def check_agreement(models: Mapping[str, Any], places: Iterable[Path | Place] = ()) -> None:
    """Refuse tables that name what those of another family have not.

    Parameters
    ----------
    models : mapping of str to object
        What was read, by family.
    places : iterable of pathlib.Path or Place, optional
        The folders that it was read in, to show the lines that are wrong.

    Raises
    ------
    SchemaError
        With every place that names something, and its line.
    """
    # What --help does without.
    from .reading.problems import SchemaError
    from .reading.sources import texts_of

    read = [each for each in families() if each.name in models]
    requests = {
        service: parameters
        for family in read
        if family.has("requests")
        for service, parameters in family.step("requests")
        .parameters_of_requests(models[family.name])
        .items()
    }
    # Without those that have requests there is nothing to hold the others against.
    problems = [
        problem
        for family in read
        if requests and family.has("agreement")
        for problem in family.step("agreement").disagreements(models[family.name], requests)
    ]
    if problems:
        files = [each.position.file for each in problems]
        read_in = (Disk(each) if isinstance(each, Path) else each for each in places)
        raise SchemaError(tuple(problems), texts_of(files, read_in))
