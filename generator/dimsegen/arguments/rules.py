"""The arguments of `dimsegen rules`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("rules", help="list every rule that can be reported")
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    parser.set_defaults(command="rules")
