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

from .arguments import COMMANDS
from .commands import FAILED, CommandError

_EXTRA = {
    "defusedxml": "defusedxml",
    "jinja2": "Jinja2",
    "markupsafe": "MarkupSafe",
    "yaml": "PyYAML",
}


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
    package = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if package in _EXTRA:
        missing = _EXTRA[package]
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
    for name in COMMANDS:
        importlib.import_module(f".arguments.{name}", __package__).add(commands)
    return parser
