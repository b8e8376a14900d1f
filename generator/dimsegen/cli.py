"""The command `dimsegen`.

Invariant: 0 is done or nothing to do, 1 is drift, 2 is that no answer could be given: bad
arguments, schemas that do not load, a file that cannot be written. No command ends in a traceback.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from .commands import FAILED, CommandError
from .data import folder_of

_EXTRA = {"jinja2": "Jinja2", "markupsafe": "MarkupSafe", "yaml": "PyYAML"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``dimsegen``; those of the process by default.
    """
    _write_any_text()
    options = _parser().parse_args(arguments)
    try:
        # Only now, so that `--help` and the word on what to install need none of the extra.
        command = importlib.import_module(f".commands.{options.command}", __package__)
        code: int = command.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        return FAILED
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return FAILED
    except Exception as error:
        print(_explain(error), file=sys.stderr)
        return FAILED
    return code


def _explain(error: Exception) -> str:
    if isinstance(error, CommandError):
        return str(error)
    if isinstance(error, ModuleNotFoundError) and error.name in _EXTRA:
        missing = _EXTRA[error.name]
        return f"dimsegen needs {missing}: pip install 'dimse-primitives[generator]'"
    return f"internal error: {type(error).__name__}: {error}: please report it"


def _write_any_text() -> None:
    """Let a terminal that knows no arrow show its code instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _forget_stdout() -> None:
    """Let nothing be written any more: the reader has gone, and the interpreter would complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dimsegen", description="Generate DIMSE primitives from the tables of PS3.7."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_generate(commands)
    _add_show(commands)
    _add_json_schema(commands)
    return parser


def _add_schemas(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--schemas",
        type=Path,
        metavar="DIR",
        default=_default("schemas"),
        help="folder of schemas (default: schemas here, else those of this package)",
    )


def _default(kind: str) -> Path:
    here = Path(kind)
    return here if (here / "elements.yaml").is_file() else folder_of(kind)


def _add_generate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("generate", help="write the package from the schemas")
    _add_schemas(parser)
    parser.add_argument(
        "--templates",
        type=Path,
        metavar="DIR",
        default=folder_of("templates"),
        help="folder of templates (default: those of this package)",
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        default=Path("generated"),
        help="folder to put the package in (default: generated)",
    )
    parser.add_argument(
        "--package",
        metavar="NAME",
        default="dimse_primitives",
        help="import name of the package (default: dimse_primitives)",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing, print the difference; exit 1 if there is any",
    )
    parser.set_defaults(command="generate")


def _add_show(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("show", help="print the matrix of a service")
    parser.add_argument("service", metavar="SERVICE", help="name of a primitive, e.g. N-GET")
    parser.add_argument("--format", choices=("table", "json", "rst"), default="table")
    _add_schemas(parser)
    parser.set_defaults(command="show")


def _add_json_schema(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "json-schema", help="write the JSON Schemas by which editors check the YAML files"
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        default=Path("schemas/json-schema"),
        help="folder to put them in (default: schemas/json-schema)",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing, print the difference; exit 1 if there is any",
    )
    parser.set_defaults(command="json_schema")
