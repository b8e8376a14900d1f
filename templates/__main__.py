"""The command line of the package: `inspect` a command set, `echo` a peer, `serve` one.

Invariant: 0 and 1 are answers that were written whole. Everything else is 2, and no traceback:
input that holds no message, a reader that has gone, a full disk, a stream that is closed.

This file is copied as it is from `templates/__main__.py`. Do not edit the copy.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO

from ._inspect import Input, InputError, in_one_line, inspect

UNREADABLE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after the name of the package; those of the process by default.

    Returns
    -------
    int
        0 if every message conforms, 1 if one does not, 2 if one cannot be decoded or the answer
        cannot be written.
    """
    _show_any_text()
    try:
        try:
            return _run(arguments)
        finally:
            # Help, too, is only done when it is written.
            sys.stdout.flush()
    except InputError as error:
        _complain(str(error))
    except KeyboardInterrupt:
        _complain("interrupted")
    except BrokenPipeError:
        _forget(sys.stdout)
    except OSError as error:
        _forget(sys.stdout)
        _complain(f"standard output: {error.strerror or error}")
    return UNREADABLE


def _run(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    code: int = options.run(options)
    return code


def _inspect(options: argparse.Namespace) -> int:
    request = _read(options.request) if options.request else None
    text, code = inspect(_read(options.file), request, as_json=options.json)
    print(text)
    return code


def _show_any_text() -> None:
    """Show a code for what a terminal has no character for, and have both streams, open or not."""
    # Python has None for a stream that was closed before it started.
    sys.stdout = sys.stdout or _ClosedStream()
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


class _ClosedStream(io.StringIO):
    """Standard output where there is none: what is written is lost, and that is an error, once."""

    def flush(self) -> None:
        if self.getvalue():
            self.truncate(0)
            raise OSError("it is closed")


def _complain(text: str) -> None:
    try:
        print(in_one_line(text), file=sys.stderr, flush=True)
    except OSError:
        _forget(sys.stderr)


def _forget(stream: TextIO) -> None:
    """Let nothing be written any more: the interpreter would try it again at its end."""
    # A stream that is no file has nothing to forget.
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class _Parser(argparse.ArgumentParser):
    """A parser that does not pass over help that cannot be written, as the one of Python does."""

    def _print_message(self, message: str, file: Any = None) -> None:
        (file or sys.stderr).write(message)


def _parser() -> argparse.ArgumentParser:
    name = (__package__ or "dimse_primitives").partition(".")[0]
    parser = _Parser(prog=f"python -m {name}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_inspect(commands)
    if find_spec(f"{name}.aio") is not None:
        _add_echo(commands)
        _add_serve(commands)
    return parser


def _add_inspect(commands: Any) -> None:
    command = commands.add_parser(
        "inspect",
        help="print a message, the rules it breaks and its irregularities",
        description="Print a command set, or messages as presentation data values, with the rules "
        "they break and their irregularities. Exit code 0: none; 1: some; 2: not decodable, or "
        "not written.",
    )
    command.add_argument("file", metavar="FILE", help="bytes or hexadecimal text; - for the input")
    command.add_argument(
        "--request", metavar="FILE", help="the request, to hold its response against"
    )
    command.add_argument("--json", action="store_true", help="print JSON")
    command.set_defaults(run=_inspect)


def _add_echo(commands: Any) -> None:
    command = commands.add_parser(
        "echo",
        help="ask a peer whether it is there (C-ECHO)",
        description="Open an association, send a C-ECHO and print its status. Exit code 0: "
        "Success; 1: another status, or rejected, or aborted; 2: not reached.",
    )
    command.add_argument("host", metavar="HOST", help="name or address of the peer")
    command.add_argument("port", metavar="PORT", type=int, help="its port")
    command.add_argument(
        "--calling", metavar="TITLE", default="DIMSEPRIMITIVES", help="our AE title"
    )
    command.add_argument("--called", metavar="TITLE", default="ANY-SCP", help="that of the peer")
    command.add_argument(
        "--timeout", metavar="SECONDS", type=float, default=10.0, help="how long to wait; 10"
    )
    command.set_defaults(run=_echo)


def _add_serve(commands: Any) -> None:
    command = commands.add_parser(
        "serve",
        help="answer C-ECHO, and keep what is stored",
        description="Answer C-ECHO and, with --folder, write what is stored to files, until it is "
        "interrupted.",
    )
    command.add_argument("port", metavar="PORT", type=int, help="the port; 0 for one that is free")
    command.add_argument(
        "--host", metavar="ADDRESS", default="127.0.0.1", help="the address; 127.0.0.1"
    )
    command.add_argument("--title", help="answer only who calls us by this AE title")
    command.add_argument("--folder", type=Path, help="where to keep what is stored")
    command.set_defaults(run=_serve)


# Only who speaks to a peer waits for what that needs to be imported.
def _echo(options: argparse.Namespace) -> int:
    from .upper_layer._commands import run_echo

    return run_echo(options.host, options.port, options.calling, options.called, options.timeout)


def _serve(options: argparse.Namespace) -> int:
    from .upper_layer._commands import run_serve

    return run_serve(options.host, options.port, options.title, options.folder)


def _read(name: str) -> Input:
    try:
        if name != "-":
            return Input(name, Path(name).read_bytes())
        if sys.stdin is None:
            raise InputError("-: standard input is closed")
        return Input(name, sys.stdin.buffer.read())
    except OSError as error:
        raise InputError(f"{name}: {error.strerror or error}") from error


if __name__ == "__main__":
    sys.exit(main())
