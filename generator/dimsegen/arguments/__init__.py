"""What the command line takes: the commands in the order of `dimsegen --help`."""

from __future__ import annotations

from functools import cache
from typing import Any

from .command_line import Parser, Version
from .keeping import COMMANDS as KEEPING
from .looking import COMMANDS as LOOKING
from .reviewing import COMMANDS as REVIEWING
from .writing import COMMANDS as WRITING

COMMANDS = (*WRITING, *LOOKING, *REVIEWING, *KEEPING)


@cache
def parser_of_all() -> Parser:
    """Return the parser of the command line; `command` becomes the name of a module."""
    parser = Parser(
        prog="dimsegen",
        description="Generate typed Python from the tables of DICOM, and look at what they say.",
        epilog="dimsegen COMMAND --help says more, with examples.",
    )
    about = "print the version, and no more"
    parser.add_argument("--version", action=Version, const="dimse-primitives", help=about)
    commands: Any = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        examples = "\n".join(["examples::", "", *(f"  {line}" for line in command.examples)])
        own = commands.add_parser(
            command.name,
            help=command.purpose,
            description=command.description,
            epilog=examples,
        )
        for option in command.options:
            option.add(own)
        own.set_defaults(command=command.name.replace("-", "_"))
    return parser
