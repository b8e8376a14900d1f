"""The arguments of `dimsegen generate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import add_check, add_schemas, add_templates

if TYPE_CHECKING:
    from . import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("generate", help="write the package from the schemas")
    add_schemas(parser)
    add_templates(parser)
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        default=Path("generated"),
        help="folder to put the package in (default: generated)",
    )
    parser.add_argument(
        "--package",
        metavar="NAME",
        default="dimse_primitives",
        help="import name of the package (default: dimse_primitives)",
    )
    add_check(parser)
    parser.set_defaults(command="generate")
