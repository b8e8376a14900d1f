"""The commands of `dimsegen`: the files of this folder, each of which is all of one.

Each has what it takes, `COMMAND`, and `run`, which returns the exit code. To read a command line,
only the file of its command is imported; what takes a while, or needs the extra ``generator``, only
in `run` and in what that calls. `--help` then is quick, and works without the extra.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from ..command_line.argument_parser import Parser, Version

# In the order of `dimsegen --help`.
PURPOSES = {
    "generate": "write the package from the schemas",
    "docs": "write the reference pages from the schemas",
    "export": "write all tables as one JSON document, for other languages",
    "json-schema": "write the JSON Schemas of the YAML files, for editors, and of what export "
    "writes",
    "editions": "write the pages about what changed between editions of the standard",
    "show": "print a table, or list all of them",
    "explain": "say what a rule, a cell, a status, an element or an erratum means, with examples",
    "rules": "list every rule that can be reported",
    "verify": "compare the schemas with the standard itself, in DocBook",
    "diff": "say whom a change of the schemas breaks, and how",
    "waive": "accept a finding of diff: write it into waivers.yaml",
    "check": "do all that continuous integration does: lint, drift, waivers, diff, verification",
    "git-diff-driver": "let git show the report instead of the lines",
    "lint": "say what a reviewer would object to in the schemas",
    "fmt": "write schema files in their canonical form",
    "completion": "print the completion script of a shell",
}


def module_of(name: str) -> Any:
    """Return the file of a command."""
    return import_module(f".{name.replace('-', '_')}", __package__)


@cache
def parser_of_all(*, is_lazy: bool = False) -> Parser:
    """Return the parser of the command line; `run` becomes what runs the command.

    Parameters
    ----------
    is_lazy : bool, optional
        Whether a command is looked at only when a command line has its name.
    """
    parser = Parser(
        prog="dimsegen",
        description="Generate typed Python from the tables of DICOM, and look at what they say.",
        epilog="dimsegen COMMAND --help says more, with examples.",
    )
    about = "print the version, and no more"
    parser.add_argument("--version", action=Version, const="dimse-primitives", help=about)
    commands: Any = parser.add_subparsers(
        required=True, metavar="COMMAND", parser_class=_CommandParser
    )
    for name, purpose in PURPOSES.items():
        own = commands.add_parser(name, help=purpose, command=name)
        if not is_lazy:
            own.complete()
    return parser


class _CommandParser(Parser):
    """The parser of one command, which is completed when it has a command line to read."""

    def __init__(self, *arguments: Any, command: str, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._missing = [command]

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Read a command line."""
        self.complete()
        return super().parse_known_args(args, namespace)

    def complete(self) -> None:
        """Add what the file of the command says."""
        while self._missing:
            module = module_of(self._missing[-1])
            self._missing.pop()
            module.COMMAND.describe(self)
            self.set_defaults(run=module.run)
