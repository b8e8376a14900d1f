"""What the commands `echo` and `serve` take; what they do is imported when they run.

This file is copied as it is from `templates/upper_layer/root/_network.py`. Do not edit the copy.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add_commands(commands: Any) -> None:
    """Add both to the sub-parsers of the package's command line."""
    _add_echo(commands)
    _add_serve(commands)


def _add_echo(commands: Any) -> None:
    command = commands.add_parser(
        "echo",
        help="ask a peer whether it is there (C-ECHO)",
        description="Open an association, send a C-ECHO and print its status. Exit code 0: "
        "Success; 1: another status, or rejected, or aborted; 2: not reached.",
    )
    command.epilog = f"examples::\n\n  {command.prog} localhost 11112 --called ORTHANC"
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
    command.epilog = f"examples::\n\n  {command.prog} 11112 --folder received"
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
