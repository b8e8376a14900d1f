"""`dimsegen lint`: say what a reviewer would object to in the schemas.

1 is for what may be said better; what is no schema is 2, as everywhere.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..families import families_in, folder_with
from ..reading.problems import Problem, SchemaError, show_problems
from . import DONE, DRIFT, CommandError, counted
from .overriding import overrides_in_words


def run(options: argparse.Namespace) -> int:
    """Print every finding, and how many there are."""
    folder: Path = options.schemas
    try:
        reviews = list(_reviews(folder, bool(options.extends)))
    except SchemaError as error:
        raise CommandError(error.explain("style was not looked at")) from error
    problems = [problem for review in reviews for problem in review.problems]
    sources = {file: text for review in reviews for file, text in review.sources.items()}
    if problems:
        files = {problem.position.file for problem in problems}
        print("\n".join(show_problems(problems, sources, _with_rule)))
        print(f"{counted(len(problems), 'finding')} in {counted(len(files), 'file')}")
        return DRIFT
    print(f"{folder.as_posix()}: {counted(len(sources), 'file')}, nothing to object to")
    return DONE


def _reviews(folder: Path, extends: bool) -> Iterator[Any]:
    """Yield the review of each family that has files in `folder`; notes are printed at once."""
    for family in families_in(folder, "lint", extends=extends):
        review = family.step("lint").review
        if family.is_laid_over:
            found = review(folder, extends=extends)
            for line in overrides_in_words({family: found}, folder, extends=extends):
                print(f"note: {line}" if line[0] != " " else line)
            yield found
        elif folder_with(family, folder, extends=extends) == folder:
            yield review(folder)


def _with_rule(problem: Problem) -> str:
    return f"{problem} [{problem.rule}]"
