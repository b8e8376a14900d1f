"""The arguments of `dimsegen editions`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import add_check, add_schemas, add_templates

if TYPE_CHECKING:
    from . import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "editions", help="write the page about what changed between editions of PS3.7"
    )
    parser.add_argument(
        "folder",
        type=Path,
        metavar="FOLDER",
        help="folder of editions in DocBook: EDITION/part07.xml, as NEMA publishes it",
    )
    add_schemas(parser)
    add_templates(parser)
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        default=Path("docs/editions"),
        help="folder to put the page in (default: docs/editions)",
    )
    add_check(parser)
    parser.set_defaults(command="editions")
