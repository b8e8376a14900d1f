"""What a command takes, as data: what it does, examples, and options."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..data import folder_of
from ..families import is_schemas

FORMATS = ("text", "markdown", "json", "github", "sarif")


class Option:
    """An argument, as `add_argument` takes it."""

    def __init__(self, *names: str, **settings: Any) -> None:
        self._names = names
        self._settings = settings

    def add(self, parser: argparse._ActionsContainer) -> None:
        """Add it to a parser, or to a group of one."""
        parser.add_argument(*self._names, **self._settings)


class OneOf(Option):
    """Arguments of which one at most can be given."""

    def __init__(self, *options: Option) -> None:
        self._options = options

    def add(self, parser: argparse._ActionsContainer) -> None:
        """Add it to a parser, or to a group of one."""
        group = parser.add_mutually_exclusive_group()
        for option in self._options:
            option.add(group)


@dataclass(frozen=True)
class Command:
    """What a command takes, and what its help says.

    Attributes
    ----------
    description : str
        What it does.
    examples : tuple of str
        Command lines.
    options : sequence of Option
        What it takes.
    """

    description: str
    examples: tuple[str, ...]
    options: Sequence[Option]

    def describe(self, parser: argparse.ArgumentParser) -> None:
        """Make `parser` that of the command."""
        parser.description = self.description
        parser.epilog = "\n".join(["examples::", "", *(f"  {line}" for line in self.examples)])
        for option in self.options:
            option.add(parser)


def folder(name: str, what: str, default: Path | None = None) -> Option:
    """Return the option that names a folder."""
    return Option(name, type=Path, metavar="DIR", help=what, default=default)


def output_folder(default: str, what: str = "folder to put them in") -> Option:
    """Return the option that says where to write."""
    return folder("--output", f"{what} (default: {default})", Path(default))


def package(what: str = "import name of the package") -> Option:
    """Return the option that names a package."""
    name = "dimse_primitives"
    return Option("--package", metavar="NAME", default=name, help=f"{what} (default: {name})")


def flag(name: str, what: str) -> Option:
    """Return an option that takes no value."""
    return Option(name, action="store_true", help=what)


def formats(*names: str) -> Option:
    """Return the option that chooses one of `names`; the first is the default."""
    return Option("--format", choices=names, default=names[0])


# Stands for the folder where none is named. Argparse makes a path of a text when it reads a command
# line, so that the folder is looked for where the command is called.
_HERE = "schemas here"


def _schemas(word: str) -> Path:
    """Return a folder of schemas that is named, else the one here, else that of this package."""
    if word is not _HERE:
        return Path(word)
    here = Path("schemas")
    return here if is_schemas(here) else folder_of("schemas")


EXTENDS = Option(
    "--extends",
    choices=("standard",),
    default="",
    help="take the standard tables of this package, too; the folder adds to them and replaces "
    "what it has of them (default: what its package.yaml says)",
)
SCHEMAS = (
    Option(
        "--schemas",
        type=_schemas,
        default=_HERE,
        metavar="DIR",
        help="folder of schemas (default: schemas here, else those of this package)",
    ),
    EXTENDS,
)
TEMPLATES = folder(
    "--templates", "folder of templates (default: those of this package)", folder_of("templates")
)
CHECK = flag("--check", "write nothing, print the difference; exit 1 if there is any")
VERSIONS = (
    Option("inputs", nargs="*", metavar="OLD", help="OLD, or OLD and NEW: see above"),
    folder("--schemas", "folder of schemas of the working tree (default: schemas here or above)"),
    EXTENDS,
    folder(
        "--templates",
        "folder of templates, for the code that is run (default: those of this package)",
        folder_of("templates"),
    ),
)
AUDIENCE = (
    Option(
        "--side",
        choices=("senders", "receivers", "both"),
        default="both",
        help="count only what breaks this side of a message (default: both)",
    ),
    Option(
        "--role",
        choices=("invoker", "performer", "requestor", "acceptor", "provider"),
        help="count only what breaks those who ask, or those who answer; of an association, those "
        "who request it, accept it, or carry it",
    ),
    Option(
        "--fail-on",
        choices=("error", "warning", "note"),
        default="warning",
        help="the least level that fails (default: warning)",
    ),
    OneOf(
        Option(
            "--strict",
            action="store_const",
            const=False,
            default=False,
            dest="tolerant",
            help="receivers reject what shall not be present (default)",
        ),
        Option(
            "--tolerant",
            action="store_true",
            default=False,
            help="receivers ignore what shall not be present",
        ),
    ),
)
REPORTS = Option(
    "-o",
    "--output",
    action="append",
    metavar="FORMAT[=FILE]",
    help=f"{', '.join(FORMATS)}; to FILE or standard output; may be repeated (default: text)",
)
