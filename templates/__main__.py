"""The command line of the package: `inspect` says what is in a command set, and what is wrong.

This file is copied as it is from `templates/__main__.py`. Do not edit the copy.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ._inspect import Input, InputError, inspect

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
        0 if every message conforms, 1 if one does not, 2 if one cannot be decoded.
    """
    options = _parser().parse_args(arguments)
    try:
        request = _read(options.request) if options.request else None
        text, code = inspect(_read(options.file), request, as_json=options.json)
        print(text)
        sys.stdout.flush()
    except InputError as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    return code


def _parser() -> argparse.ArgumentParser:
    name = (__package__ or "dimse_primitives").partition(".")[0]
    parser = argparse.ArgumentParser(prog=f"python -m {name}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser(
        "inspect",
        help="print a message, the rules it breaks and its irregularities",
        description="Print a command set, or messages as presentation data values, with the rules "
        "they break and their irregularities. Exit code 0: none; 1: some; 2: not decodable.",
    )
    command.add_argument("file", metavar="FILE", help="bytes or hexadecimal text; - for the input")
    command.add_argument(
        "--request", metavar="FILE", help="the request, to hold its response against"
    )
    command.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _read(name: str) -> Input:
    try:
        return Input(name, sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes())
    except OSError as error:
        raise InputError(f"{name}: {error.strerror or error}") from error


if __name__ == "__main__":
    sys.exit(main())
