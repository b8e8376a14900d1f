"""The arguments of `dimsegen check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import add_schemas, add_templates
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
    add_templates(parser)
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
    parser.add_argument(
        "--pages",
        type=Path,
        metavar="DIR",
        default=Path("docs/reference"),
        help="folder of the reference pages, if there are any (default: docs/reference)",
    )
    add_audience(parser)
    parser.set_defaults(command="check")
