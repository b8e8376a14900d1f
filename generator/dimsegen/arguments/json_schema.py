"""The arguments of `dimsegen json-schema`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import add_check

if TYPE_CHECKING:
    from . import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "json-schema", help="write the JSON Schemas by which editors check the YAML files"
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        default=Path("schemas/json-schema"),
        help="folder to put them in (default: schemas/json-schema)",
    )
    add_check(parser)
    parser.set_defaults(command="json_schema")
