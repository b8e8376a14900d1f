"""One module a command of `dimsegen`: each has `add`, which describes its arguments.

Invariant: nothing here needs more than the standard library, so that `--help` and the word on what
to install work without the extra.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ..data import folder_of

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

# In the order of `dimsegen --help`.
COMMANDS = (
    "generate",
    "docs",
    "show",
    "explain",
    "rules",
    "diff",
    "waive",
    "check",
    "lint",
    "fmt",
    "git_diff_driver",
    "json_schema",
    "verify",
    "editions",
)


def add_schemas(parser: argparse.ArgumentParser) -> None:
    """Add ``--schemas``."""
    parser.add_argument(
        "--schemas",
        type=Path,
        metavar="DIR",
        default=_default("schemas"),
        help="folder of schemas (default: schemas here, else those of this package)",
    )


def add_templates(parser: argparse.ArgumentParser) -> None:
    """Add ``--templates``."""
    parser.add_argument(
        "--templates",
        type=Path,
        metavar="DIR",
        default=folder_of("templates"),
        help="folder of templates (default: those of this package)",
    )


def add_check(parser: argparse.ArgumentParser) -> None:
    """Add ``--check``, for a command that writes."""
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing, print the difference; exit 1 if there is any",
    )


def _default(kind: str) -> Path:
    here = Path(kind)
    return here if (here / "elements.yaml").is_file() else folder_of(kind)
