"""Hold what the tables of one family say of those of another against them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .families import families


def check_agreement(models: Mapping[str, Any]) -> None:
    """Refuse tables that name what those of another family have not.

    Parameters
    ----------
    models : mapping of str to object
        What was read, by family.

    Raises
    ------
    SchemaError
        With every place that names something.
    """
    from .reading.problems import SchemaError  # which --help does without

    read = [each for each in families() if each.name in models]
    requests = {
        service: parameters
        for family in read
        if family.has("requests")
        for service, parameters in family.step("requests")
        .parameters_of_requests(models[family.name])
        .items()
    }
    problems = [
        problem
        for family in read
        if family.has("agreement")
        for problem in family.step("agreement").disagreements(models[family.name], requests)
    ]
    if problems:
        raise SchemaError(tuple(problems), {})
