"""The arguments of `dimsegen waive`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .diff import add_inputs

if TYPE_CHECKING:
    from . import Commands


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "waive", help="accept a finding of diff: write it into waivers.yaml"
    )
    parser.add_argument(
        "fingerprint",
        nargs="?",
        metavar="FINGERPRINT",
        help="the twelve digits that diff prints with the finding",
    )
    add_inputs(parser)
    parser.add_argument("--reason", metavar="TEXT", help="why the change is accepted (mandatory)")
    parser.add_argument("--reference", metavar="TEXT", default="", help="where that was decided")
    parser.add_argument("--expires", metavar="YYYY-MM-DD", help="the last day on which it counts")
    parser.add_argument(
        "--prune", action="store_true", help="remove the waivers that match no finding"
    )
    parser.set_defaults(command="waive")
