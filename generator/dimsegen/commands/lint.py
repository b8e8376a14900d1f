"""`dimsegen lint`: say what a reviewer would object to in the schemas.

1 is for what may be said better; what is no schema is 2, as everywhere.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..command_line.loading import loaded
from ..command_line.options import SCHEMAS, Command
from ..command_line.outcome import DONE, DRIFT, CommandError
from ..command_line.overriding import overrides_in_words
from ..families import families_in
from ..table.notation import counted

if TYPE_CHECKING:
    from ..reading.problems import Problem

_OUTCOME = "style was not looked at"
COMMAND = Command(
    "Say what a reviewer would object to in schemas that load: a condition that says "
    "nothing, a waiver without a finding, a text that repeats the standard's.",
    ("dimsegen lint", "dimsegen lint --schemas mine"),
    SCHEMAS,
)


def run(options: argparse.Namespace) -> int:
    """Print every finding, and how many there are."""
    from ..reading.problems import SchemaError, show_problems

    folder: Path = options.schemas
    # The tables of one family name what those of another have to have.
    loaded(options, "lint", _OUTCOME)
    try:
        reviews = list(_reviews(folder, bool(options.extends)))
    except SchemaError as error:
        raise CommandError(error.explain(_OUTCOME)) from error
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
        found = family.step("lint").review(folder, extends=extends)
        for line in overrides_in_words({family: found}, folder, extends=extends):
            print(f"note: {line}" if line[0] != " " else line)
        yield found


def _with_rule(problem: Problem) -> str:
    return f"{problem} [{problem.rule}]"
