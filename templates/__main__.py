"""The command line of the package: `inspect` messages and PDUs, `audit` a capture, `echo` a peer.

Invariant: 0 and 1 are answers that were written whole. Everything else is 2, and no traceback:
input that holds no message, a reader that has gone, a full disk, a stream that is closed.

This file is copied as it is from `templates/__main__.py`. Do not edit the copy.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ._inspect import DataSet, Input, InputError, inspect, read_input
from ._inspect_text import in_one_line
from ._parser import Parser, Version
from ._streams import complain, explain, forget, show_any_text
from ._terminal import as_seen

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
    show_any_text()
    try:
        try:
            return _run(arguments)
        finally:
            # Help, too, is only done when it is written.
            sys.stdout.flush()
    except InputError as error:
        if error.shown:
            print(as_seen(error.shown), flush=True)
        complain(in_one_line(str(error)))
    except KeyboardInterrupt:
        complain("interrupted")
    except BrokenPipeError:
        forget(sys.stdout)
    except OSError as error:
        complain(in_one_line(explain(error)))
    return UNREADABLE


def _run(arguments: Sequence[str] | None) -> int:
    options = command_line().parse_args(arguments)
    code: int = options.run(options)
    return code


def _inspect(options: argparse.Namespace) -> int:
    request = _read(options.request) if options.request else None
    source = _read(options.file)
    # No PDU is of type 0, with which a command set begins; what reads them takes a while to import.
    pdus: Any = None if source.data.startswith(b"\0") else _part("_inspect_pdus")
    has_pdus = pdus is not None and pdus.is_pdus(source.data)
    look = pdus.inspect_pdus if has_pdus else inspect
    data = _read(options.data_set).data if options.data_set else None
    data_set = DataSet(data, options.transfer_syntax)
    text, code = look(source, request, as_json=options.json, data_set=data_set)
    print(text if options.json else as_seen(text))
    return code


def _part(name: str) -> Any:
    """Return a module that only a package with the Upper Layer has; None where it is not."""
    package = (__package__ or "dimse_primitives").partition(".")[0]
    try:
        found = find_spec(f"{package}.{name}")
    except ModuleNotFoundError:
        return None
    return None if found is None else import_module(found.name)


def command_line() -> argparse.ArgumentParser:
    """Return the parser of all commands; the site is drawn from it, too."""
    name = (__package__ or "dimse_primitives").partition(".")[0]
    parser = Parser(
        prog=f"python -m {name}",
        description="Look at DICOM messages, and exchange them.",
        epilog=f"python -m {name} COMMAND --help says more, with examples.",
    )
    parser.add_argument("--version", action=Version, help="print the version, and no more")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_inspect(commands)
    # Only a package that has the Upper Layer speaks to peers.
    if (network := _part("_network")) is not None:
        network.add_commands(commands)
    if (audit := _part("_auditing")) is not None:
        audit.add_command(commands)
    return parser


def _add_inspect(commands: Any) -> None:
    command = commands.add_parser(
        "inspect",
        help="print a message or PDUs, the rules they break and their irregularities",
        description="Print a command set, messages as presentation data values, or PDUs and the "
        "messages in them, with the rules that they break and their irregularities. Exit code 0: "
        "none; 1: some; 2: not decodable, or not written.",
    )
    command.epilog = (
        f"examples::\n\n  {command.prog} response.bin --request request.bin\n"
        f"  xxd -p request.bin | {command.prog} - --json"
    )
    command.add_argument(
        "file",
        metavar="FILE",
        help="bytes, or what tools print for them (hexadecimal, Base64, arrays, logs); - for the "
        "input",
    )
    command.add_argument(
        "--request", metavar="FILE", help="the request, to hold its response against"
    )
    command.add_argument(
        "--data-set",
        metavar="FILE",
        help="its data set, if it is not in FILE, to hold against the tables of its SOP class",
    )
    command.add_argument(
        "--transfer-syntax",
        metavar="UID",
        help="that of the data set (default: Explicit or Implicit VR Little Endian, as it looks)",
    )
    command.add_argument("--json", action="store_true", help="print JSON")
    command.set_defaults(run=_inspect)


def _read(name: str) -> Input:
    try:
        if name != "-":
            return read_input(name, Path(name).read_bytes())
        if sys.stdin is None:
            raise InputError("-: standard input is closed")
        return read_input(name, sys.stdin.buffer.read())
    except OSError as error:
        raise InputError(f"{name}: {error.strerror or error}") from error


if __name__ == "__main__":
    sys.exit(main())
