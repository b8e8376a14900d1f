"""What the command line takes, as data: the commands in the order of `dimsegen --help`.

Nothing here needs more than the standard library, so that `--help` and the word on what to install
work without the extra.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from .data import folder_of

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[Any]

FORMATS = ("text", "markdown", "json", "github", "sarif")


class _Option:
    """An argument, as `add_argument` takes it."""

    def __init__(self, *names: str, **settings: Any) -> None:
        self._names = names
        self._settings = settings

    def add(self, parser: argparse._ActionsContainer) -> None:
        parser.add_argument(*self._names, **self._settings)


class _OneOf(_Option):
    """Arguments of which one at most can be given."""

    def __init__(self, *options: _Option) -> None:
        self._options = options

    def add(self, parser: argparse._ActionsContainer) -> None:
        group = parser.add_mutually_exclusive_group()
        for option in self._options:
            option.add(group)


def _folder(name: str, what: str, default: Path | None = None) -> _Option:
    return _Option(name, type=Path, metavar="DIR", help=what, default=default)


def _output(folder: str, what: str = "folder to put them in") -> _Option:
    return _folder("--output", f"{what} (default: {folder})", Path(folder))


def _flag(name: str, what: str) -> _Option:
    return _Option(name, action="store_true", help=what)


def _format(*names: str) -> _Option:
    return _Option("--format", choices=names, default=names[0])


def _schemas_here() -> Path:
    here = Path("schemas")
    return here if (here / "elements.yaml").is_file() else folder_of("schemas")


_SCHEMAS = _folder(
    "--schemas",
    "folder of schemas (default: schemas here, else those of this package)",
    _schemas_here(),
)
_TEMPLATES = _folder(
    "--templates", "folder of templates (default: those of this package)", folder_of("templates")
)
_PACKAGE = _Option(
    "--package",
    metavar="NAME",
    default="dimse_primitives",
    help="import name of the package (default: dimse_primitives)",
)
_CHECK = _flag("--check", "write nothing, print the difference; exit 1 if there is any")
_VERSIONS = (
    _Option("inputs", nargs="*", metavar="[OLD] [NEW]", help="see below"),
    _folder("--schemas", "folder of schemas of the working tree (default: schemas here or above)"),
    _folder(
        "--templates",
        "folder of templates, for the code that is run (default: those of this package)",
        folder_of("templates"),
    ),
)
_AUDIENCE = (
    _Option(
        "--side",
        choices=("senders", "receivers", "both"),
        default="both",
        help="count only what breaks this side of a message (default: both)",
    ),
    _Option(
        "--role",
        choices=("invoker", "performer"),
        help="count only what breaks those who ask, or those who answer",
    ),
    _Option(
        "--fail-on",
        choices=("error", "warning", "note"),
        default="warning",
        help="the least level that fails (default: warning)",
    ),
    _OneOf(
        _Option(
            "--strict",
            action="store_const",
            const=False,
            default=False,
            dest="tolerant",
            help="receivers reject what shall not be present (default)",
        ),
        _Option(
            "--tolerant",
            action="store_true",
            default=False,
            help="receivers ignore what shall not be present",
        ),
    ),
)
_REPORTS = _Option(
    "-o",
    "--output",
    action="append",
    metavar="FORMAT[=FILE]",
    help=f"{', '.join(FORMATS)}; to FILE or standard output; may be repeated (default: text)",
)
_OF_DIFF = """
OLD and NEW are each a folder of schemas, a service file, REV (the schemas of a revision) or
REV:PATH; A..B compares two revisions, A...B what B has changed since it left A. Without NEW,
the working tree is new. Without both, what the working tree has changed since it left the default
branch. Exit codes: 0 nothing fails, 1 unwaived findings, 2 no comparison was possible.
"""
_OF_EXPORT = """
Example: dimsegen export -o ps3.7.json. The document says its format and version first; its JSON
Schema is schemas/json-schema/export.json, and dimsegen json-schema writes that. The same schemas
always give the same bytes.
"""
_OF_DRIVER = """
Once in a clone: git config diff.dimsegen.command 'dimsegen git-diff-driver'; in .gitattributes:
schemas/services/*.yaml diff=dimsegen. Then git diff shows the report, and so does git log -p
--ext-diff. git calls it with PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE.
"""

_COMMANDS: tuple[tuple[str, str, str, Sequence[_Option]], ...] = (
    (
        "generate",
        "write the package from the schemas",
        "",
        (
            _SCHEMAS,
            _TEMPLATES,
            _output("generated", "folder to put the package in"),
            _PACKAGE,
            _CHECK,
        ),
    ),
    (
        "docs",
        "write the reference pages from the schemas",
        "",
        (
            _SCHEMAS,
            _TEMPLATES,
            _output("docs/reference"),
            _Option(
                "--package",
                metavar="NAME",
                default="dimse_primitives",
                help="import name of the package that they are about (default: dimse_primitives)",
            ),
            _CHECK,
        ),
    ),
    (
        "export",
        "write all tables as one JSON document, for other languages",
        _OF_EXPORT,
        (
            _Option(
                "-o",
                "--output",
                type=Path,
                metavar="FILE",
                help="file to write (default: standard output)",
            ),
            _SCHEMAS,
            _CHECK,
        ),
    ),
    (
        "show",
        "print the matrix of a service, or list the services",
        "",
        (
            _Option(
                "service",
                metavar="SERVICE",
                nargs="?",
                help="name of a primitive, e.g. N-GET (default: list all of them)",
            ),
            _format("table", "json", "rst"),
            _SCHEMAS,
        ),
    ),
    (
        "explain",
        "say what a rule, a cell, a status, an element or an erratum means, with examples",
        "",
        (
            _Option(
                "subject",
                metavar="RULE|SERVICE.PARAMETER|STATUS|ELEMENT|ERRATUM",
                nargs="+",
                help="e.g. usage-u-to-m, N-GET.AttributeList, N-GET response Attribute List, "
                "0120H, '(0000,1001)', ErrorComment, S4",
            ),
            _format("text", "markdown"),
            _SCHEMAS,
            _TEMPLATES,
        ),
    ),
    (
        "rules",
        "list every rule that can be reported",
        "",
        (
            _Option(
                "kind",
                metavar="KIND",
                nargs="?",
                help="loader, lint, diff, violation or anomaly (default: all)",
            ),
            _format("text", "json", "markdown"),
        ),
    ),
    (
        "diff",
        "say whom a change of the schemas breaks, and how",
        _OF_DIFF,
        (
            *_VERSIONS,
            *_AUDIENCE,
            _Option(
                "--verify",
                choices=("counterexamples", "exhaustive", "none"),
                default="counterexamples",
                help="run a message for each finding, or every pattern of presence of the "
                "services that changed, up to 4096 of a direction (a sample beyond is said to "
                "be one), or nothing (default: counterexamples)",
            ),
            _REPORTS,
            _flag("--json-schema", "print the JSON Schema of -o json, and no more"),
        ),
    ),
    (
        "waive",
        "accept a finding of diff: write it into waivers.yaml",
        "",
        (
            _Option(
                "fingerprint",
                nargs="?",
                metavar="FINGERPRINT",
                help="the twelve digits that diff prints with the finding",
            ),
            *_VERSIONS,
            _Option("--reason", metavar="TEXT", help="why the change is accepted (mandatory)"),
            _Option("--reference", metavar="TEXT", default="", help="where that was decided"),
            _Option("--expires", metavar="YYYY-MM-DD", help="the last day on which it counts"),
            _flag("--prune", "remove the waivers that match no finding"),
        ),
    ),
    (
        "check",
        "do all that continuous integration does: lint, drift, waivers, diff, verification",
        "",
        (
            _Option(
                "--base",
                metavar="REV",
                help="what to compare with (default: where HEAD left the default branch)",
            ),
            _SCHEMAS,
            _TEMPLATES,
            _output("generated", "folder that holds the package"),
            _PACKAGE,
            _folder(
                "--pages",
                "folder of the reference pages, if there are any (default: docs/reference)",
                Path("docs/reference"),
            ),
            *_AUDIENCE,
        ),
    ),
    ("lint", "say what a reviewer would object to in the schemas", "", [_SCHEMAS]),
    (
        "fmt",
        "write schema files in their canonical form",
        "",
        (
            _Option(
                "files",
                type=Path,
                metavar="FILE",
                nargs="*",
                help="schema files (default: all those of the folder)",
            ),
            _SCHEMAS,
            _CHECK,
        ),
    ),
    (
        "git-diff-driver",
        "let git show the report instead of the lines",
        _OF_DRIVER,
        [_Option("words", nargs="*", metavar="ARGUMENT", help="what git passes")],
    ),
    (
        "json-schema",
        "write the JSON Schemas of the YAML files, for editors, and of what export writes",
        "",
        (_output("schemas/json-schema"), _CHECK),
    ),
    (
        "verify",
        "compare the schemas with PS3.7 itself, the DocBook file part07.xml",
        "",
        (
            _Option(
                "document",
                type=Path,
                metavar="PART07.XML",
                help="PS3.7 in DocBook, as NEMA publishes it on dicom.nema.org",
            ),
            _REPORTS,
            _SCHEMAS,
        ),
    ),
    (
        "editions",
        "write the page about what changed between editions of PS3.7",
        "",
        (
            _Option(
                "folder",
                type=Path,
                metavar="FOLDER",
                help="folder of editions in DocBook: EDITION/part07.xml, as NEMA publishes it",
            ),
            _SCHEMAS,
            _TEMPLATES,
            _output("docs/editions", "folder to put the page in"),
            _CHECK,
        ),
    ),
)


def add_commands(commands: Commands) -> None:
    """Add every command to the command line; `command` becomes the name of its module."""
    for name, purpose, epilog, options in _COMMANDS:
        parser = commands.add_parser(name, help=purpose, epilog=epilog or None)
        for option in options:
            option.add(parser)
        parser.set_defaults(command=name.replace("-", "_"))
