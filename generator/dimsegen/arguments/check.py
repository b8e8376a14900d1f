"""The arguments of `dimsegen check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..data import folder_of
from . import add_schemas
from .diff import add_audience

if TYPE_CHECKING:
    from . import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "check",
        help="do all that continuous integration does: lint, drift, waivers, diff, verification",
    )
    parser.add_argument(
        "--base",
        metavar="REV",
        help="what to compare with (default: where HEAD left the default branch)",
    )
    add_schemas(parser)
    parser.add_argument(
        "--templates",
        type=Path,
        metavar="DIR",
        default=folder_of("templates"),
        help="folder of templates (default: those of this package)",
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        default=Path("generated"),
        help="folder that holds the package (default: generated)",
    )
    parser.add_argument(
        "--package",
        metavar="NAME",
        default="dimse_primitives",
        help="import name of the package (default: dimse_primitives)",
    )
    add_audience(parser)
    parser.set_defaults(command="check")
