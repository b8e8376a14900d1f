"""The arguments of `dimsegen git-diff-driver`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import Commands

_SETUP = """
Once in a clone: git config diff.dimsegen.command 'dimsegen git-diff-driver'; in .gitattributes:
schemas/services/*.yaml diff=dimsegen. Then git diff shows the report, and so does git log -p
--ext-diff. git calls it with PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE.
"""


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "git-diff-driver", help="let git show the report instead of the lines", epilog=_SETUP
    )
    parser.add_argument("words", nargs="*", metavar="ARGUMENT", help="what git passes")
    parser.set_defaults(command="git_diff_driver")
