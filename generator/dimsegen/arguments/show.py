"""The arguments of `dimsegen show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import add_schemas

if TYPE_CHECKING:
    from . import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("show", help="print the matrix of a service")
    parser.add_argument("service", metavar="SERVICE", help="name of a primitive, e.g. N-GET")
    parser.add_argument("--format", choices=("table", "json", "rst"), default="table")
    add_schemas(parser)
    parser.set_defaults(command="show")
