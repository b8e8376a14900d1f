"""The arguments of `dimsegen explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import add_schemas, add_templates

if TYPE_CHECKING:
    from . import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("explain", help="say what a rule or a cell means, with examples")
    parser.add_argument(
        "subject",
        metavar="RULE|SERVICE.PARAMETER",
        nargs="+",
        help="e.g. usage-u-to-m, N-GET.AttributeList, or N-GET response Attribute List",
    )
    parser.add_argument("--format", choices=("text", "markdown"), default="text")
    add_schemas(parser)
    add_templates(parser)
    parser.set_defaults(command="explain")
