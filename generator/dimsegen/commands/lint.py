"""`dimsegen lint`: say what a reviewer would object to in the schemas.

1 is for what may be said better; what is no schema is 2, as everywhere.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ..families import families_in
from ..reading.problems import Problem, SchemaError, show_problems
from . import DONE, DRIFT, CommandError, counted


def run(options: argparse.Namespace) -> int:
    """Print every finding, and how many there are."""
    folder: Path = options.schemas
    try:
        reviews = [each.step("lint").review(folder) for each in families_in(folder, "lint")]
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


def _with_rule(problem: Problem) -> str:
    return f"{problem} [{problem.rule}]"
