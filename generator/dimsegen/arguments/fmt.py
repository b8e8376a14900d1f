"""The arguments of `dimsegen fmt`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import add_check, add_schemas

if TYPE_CHECKING:
    from . import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("fmt", help="write schema files in their canonical form")
    parser.add_argument(
        "files",
        type=Path,
        metavar="FILE",
        nargs="*",
        help="schema files (default: all those of the folder)",
    )
    add_schemas(parser)
    add_check(parser)
    parser.set_defaults(command="fmt")
