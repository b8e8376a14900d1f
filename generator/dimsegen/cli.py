"""The command `dimsegen`.

0 is done or nothing to do, 1 is drift, 2 is that no answer could be given: bad arguments, schemas
that do not load, a file that cannot be written, a reader of the output that has gone. No command
ends in a traceback.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from . import streams
from .command_line.outcome import FAILED, CommandError
from .commands import parser_of_all

_EXTRA = {
    "defusedxml": "defusedxml",
    "jinja2": "Jinja2",
    "markupsafe": "MarkupSafe",
    "shtab": "shtab",
    "yaml": "PyYAML",
}
# What a command reads it keeps, and there are no circles in it: looking for some at every 700th
# object, as Python does, takes a tenth of the time.
_OBJECTS = 200_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``dimsegen``; those of the process by default.
    """
    streams.show_any_text()
    if 0 < gc.get_threshold()[0] < _OBJECTS:
        gc.set_threshold(_OBJECTS)
    try:
        try:
            options = parser_of_all(is_lazy=True).parse_args(arguments)
            code: int = options.run(options)
            return code
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


def _explain(error: Exception) -> str:
    if isinstance(error, CommandError):
        return str(error)
    package = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if package in _EXTRA:
        missing = _EXTRA[package]
        return f"dimsegen needs {missing}: pip install {' '.join(sorted(_EXTRA.values()))}"
    return f"internal error: {type(error).__name__}: {error}: please report it"
