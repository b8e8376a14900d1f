"""The command `dimsegen`.

0 is done or nothing to do, 1 is drift, 2 is that no answer could be given: bad arguments, schemas
that do not load, a file that cannot be written, a reader of the output that has gone. No command
ends in a traceback.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import streams
from .arguments import parser_of_all
from .commands import FAILED, CommandError
from .families import families

_EXTRA = {
    "defusedxml": "defusedxml",
    "jinja2": "Jinja2",
    "markupsafe": "MarkupSafe",
    "shtab": "shtab",
    "yaml": "PyYAML",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``dimsegen``; those of the process by default.
    """
    streams.show_any_text()
    try:
        try:
            return _run(arguments)
        finally:
            # Help, too, is only done when it is written.
            sys.stdout.flush()
    except BrokenPipeError:
        streams.forget(sys.stdout)
    except KeyboardInterrupt:
        streams.complain("interrupted")
    except OSError as error:
        streams.complain(streams.explain(error))
    except Exception as error:
        streams.complain(_explain(error))
    return FAILED


def _run(arguments: Sequence[str] | None) -> int:
    options = parser_of_all().parse_args(arguments)
    # Only now, so that `--help` and the word on what to install need none of the extra.
    code: int = _command(options.command).run(options)
    return code


def _command(name: str) -> Any:
    """Return the module of a command: a common one, or that of the family which has it."""
    if (Path(__file__).parent / "commands" / f"{name}.py").is_file():
        return importlib.import_module(f".commands.{name}", __package__)
    step = f"commands.{name}"
    return next(each.step(step) for each in families() if each.has(step))


def _explain(error: Exception) -> str:
    if isinstance(error, CommandError):
        return str(error)
    package = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if package in _EXTRA:
        missing = _EXTRA[package]
        return f"dimsegen needs {missing}: pip install {' '.join(sorted(_EXTRA.values()))}"
    return f"internal error: {type(error).__name__}: {error}: please report it"
