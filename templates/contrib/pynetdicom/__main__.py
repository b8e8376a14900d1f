"""Run a program with this package in place of the primitives of pynetdicom.

    python -m dimse_primitives.contrib.pynetdicom [--codec] (-m MODULE | -c CODE | SCRIPT) [ARG ...]

Invariant: the program sees what it would see if python itself had been told to run it: `sys.argv`,
`sys.path[0]`, ``__main__``; and its exit code is that of the process.

This file is copied as it is from `templates/contrib/pynetdicom/__main__.py`. Do not edit the copy.
"""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from ..._streams import complain, explain, forget, show_any_text
from . import UnsupportedVersionError, install

PROGRAM = "python -m dimse_primitives.contrib.pynetdicom"
USAGE = f"usage: {PROGRAM} [--codec] (-m MODULE | -c CODE | SCRIPT) [ARG ...]"
HELP = f"""{USAGE}

Run a program with the generated primitives in place of those of pynetdicom.

  --codec    encode and decode with the generated codec, too
  -m MODULE  run a module, as python -m does
  -c CODE    run code, as python -c does
  SCRIPT     run a file, or a folder or zip file with a __main__.py"""
_CANNOT_RUN = 2


class UsageError(Exception):
    """The command line says nothing that can be run."""


@dataclass(frozen=True)
class Request:
    """What to run: a kind (``-m``, ``-c`` or empty for a file), its target and its arguments."""

    kind: str
    target: str
    arguments: tuple[str, ...]
    codec: bool


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line; return an exit code if nothing can be run.

    Parameters
    ----------
    words : sequence of str, optional
        The words after the name of this module; those of the process by default.
    """
    words = sys.argv[1:] if words is None else words
    if words and words[0] in ("-h", "--help"):
        return _help()
    try:
        request = _read(words)
        install(codec=request.codec)
    except UsageError as error:
        return _refuse(f"{USAGE}\n{PROGRAM}: {error}")
    except UnsupportedVersionError as error:
        return _refuse(str(error))
    return _RUN[request.kind](request)


def _help() -> int:
    show_any_text()
    try:
        print(HELP, flush=True)
    except BrokenPipeError:
        forget(sys.stdout)
    except OSError as error:
        complain(explain(error))
    else:
        return 0
    return _CANNOT_RUN


def _read(words: Sequence[str]) -> Request:
    rest = list(words)
    codec = False
    while rest and rest[0] == "--codec":
        codec = True
        rest.pop(0)
    if not rest:
        raise UsageError("nothing to run: give -m MODULE, -c CODE or SCRIPT")
    kind = ""
    if rest[0] in ("-m", "-c"):
        kind = rest.pop(0)
        if not rest:
            raise UsageError(f"{kind} needs a value")
    elif rest[0].startswith("-"):
        raise UsageError(f"{rest[0]}: no such option")
    return Request(kind, rest[0], tuple(rest[1:]), codec)


def _run_module(request: Request) -> int:
    sys.argv = [request.target, *request.arguments]
    sys.path[0] = os.getcwd()
    try:
        runpy.run_module(request.target, run_name="__main__", alter_sys=True)
    except ImportError as error:
        # What the module itself fails to import is its own affair.
        if error.__traceback__ is not None and _is_of_runpy(error):
            return _refuse(str(error))
        raise
    return 0


def _is_of_runpy(error: ImportError) -> bool:
    """Return whether runpy raised `error` because there is no such module to run."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_globals.get("__name__") == "runpy"


def _run_code(request: Request) -> int:
    sys.argv = ["-c", *request.arguments]
    sys.path[0] = ""
    module = ModuleType("__main__")
    sys.modules["__main__"] = module
    exec(compile(request.target, "<string>", "exec", dont_inherit=True), vars(module))
    return 0


def _run_script(request: Request) -> int:
    path = Path(request.target)
    if not path.exists():
        return _refuse(f"{path}: no such file")
    sys.argv = [request.target, *request.arguments]
    sys.path[0] = str(path.resolve().parent)
    if not path.is_file() or path.suffix in (".zip", ".pyz"):
        # runpy puts the folder or archive first itself.
        del sys.path[0]
    runpy.run_path(request.target, run_name="__main__")
    return 0


def _refuse(message: str) -> int:
    complain(message)
    return _CANNOT_RUN


_RUN: dict[str, Callable[[Request], int]] = {
    "-m": _run_module,
    "-c": _run_code,
    "": _run_script,
}

if __name__ == "__main__":
    sys.exit(main())
