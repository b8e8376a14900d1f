"""The arguments of `dimsegen verify`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import add_schemas

if TYPE_CHECKING:
    from . import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "verify", help="compare the schemas with PS3.7 itself, the DocBook file part07.xml"
    )
    parser.add_argument(
        "document",
        type=Path,
        metavar="PART07.XML",
        help="PS3.7 in DocBook, as NEMA publishes it on dicom.nema.org",
    )
    add_schemas(parser)
    parser.set_defaults(command="verify")
