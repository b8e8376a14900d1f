"""The arguments of `dimsegen docs`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import add_check, add_schemas, add_templates

if TYPE_CHECKING:
    from . import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("docs", help="write the reference pages from the schemas")
    add_schemas(parser)
    add_templates(parser)
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        default=Path("docs/reference"),
        help="folder to put them in (default: docs/reference)",
    )
    parser.add_argument(
        "--package",
        metavar="NAME",
        default="dimse_primitives",
        help="import name of the package that they are about (default: dimse_primitives)",
    )
    add_check(parser)
    parser.set_defaults(command="docs")
