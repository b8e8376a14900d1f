"""The arguments of `dimsegen lint`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import add_schemas

if TYPE_CHECKING:
    from . import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("lint", help="say what a reviewer would object to in the schemas")
    add_schemas(parser)
    parser.set_defaults(command="lint")
