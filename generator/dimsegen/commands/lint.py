"""`dimsegen lint`: say what a reviewer would object to in the schemas.

Invariant: 1 is for what may be said better; what is no schema is 2, as everywhere.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ..dimse.build import SchemaError
from ..style import review
from . import DONE, DRIFT, CommandError, counted


def run(options: argparse.Namespace) -> int:
    """Print every finding, and how many there are."""
    folder: Path = options.schemas
    try:
        found = review(folder)
    except SchemaError as error:
        raise CommandError(error.explain("style was not looked at")) from error
    if found.problems:
        files = {problem.position.file for problem in found.problems}
        print(found.explain())
        print(f"{counted(len(found.problems), 'finding')} in {counted(len(files), 'file')}")
        return DRIFT
    print(f"{folder.as_posix()}: {counted(len(found.sources), 'file')}, nothing to object to")
    return DONE
