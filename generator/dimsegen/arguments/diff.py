"""The arguments of `dimsegen diff`, and those it shares with `waive` and `check`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..data import folder_of

if TYPE_CHECKING:
    from . import Commands

FORMATS = ("text", "markdown", "json", "github", "sarif")
_INPUTS = """
OLD and NEW are each a folder of schemas, a service file, REV (the schemas of a revision) or
REV:PATH; A..B compares two revisions, A...B what B has changed since it left A. Without NEW,
the working tree is new. Without both, what the working tree has changed since it left the default
branch. Exit codes: 0 nothing fails, 1 unwaived findings, 2 no comparison was possible.
"""


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "diff", help="say whom a change of the schemas breaks, and how", epilog=_INPUTS
    )
    add_inputs(parser)
    add_audience(parser)
    add_verify(parser)
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        metavar="FORMAT[=FILE]",
        help=f"{', '.join(FORMATS)}; to FILE or standard output; may be repeated (default: text)",
    )
    parser.add_argument(
        "--json-schema", action="store_true", help="print the JSON Schema of -o json, and no more"
    )
    parser.set_defaults(command="diff")


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """Add OLD, NEW and the folders."""
    parser.add_argument("inputs", nargs="*", metavar="[OLD] [NEW]", help="see below")
    parser.add_argument(
        "--schemas",
        type=Path,
        metavar="DIR",
        help="folder of schemas of the working tree (default: schemas here or above)",
    )
    parser.add_argument(
        "--templates",
        type=Path,
        metavar="DIR",
        default=folder_of("templates"),
        help="folder of templates, for the code that is run (default: those of this package)",
    )


def add_audience(parser: argparse.ArgumentParser) -> None:
    """Add for whom the report is, and what fails it."""
    parser.add_argument(
        "--side",
        choices=("senders", "receivers", "both"),
        default="both",
        help="count only what breaks this side of a message (default: both)",
    )
    parser.add_argument(
        "--role",
        choices=("invoker", "performer"),
        help="count only what breaks those who ask, or those who answer",
    )
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "note"),
        default="warning",
        help="the least level that fails (default: warning)",
    )
    reading = parser.add_mutually_exclusive_group()
    reading.add_argument(
        "--strict",
        action="store_const",
        const=False,
        dest="tolerant",
        help="receivers reject what shall not be present (default)",
    )
    reading.add_argument(
        "--tolerant",
        action="store_const",
        const=True,
        help="receivers ignore what shall not be present",
    )
    parser.set_defaults(tolerant=False)


def add_verify(parser: argparse.ArgumentParser) -> None:
    """Add how the findings are proved."""
    parser.add_argument(
        "--verify",
        choices=("counterexamples", "exhaustive", "none"),
        default="counterexamples",
        help="run a message for each finding, or every pattern of presence of the services that "
        "changed, or nothing (default: counterexamples)",
    )
