"""`dimsegen completion`: print the completion script of a shell."""

from __future__ import annotations

import argparse

from ..command_line.options import Command, Option
from ..command_line.outcome import DONE
from . import parser_of_all

COMMAND = Command(
    "Print the completion script of a shell.",
    ('eval "$(dimsegen completion bash)"', "dimsegen completion zsh > ~/.zfunc/_dimsegen"),
    [Option("shell", choices=("bash", "zsh", "tcsh"), metavar="SHELL", help="bash, zsh or tcsh")],
)


def run(options: argparse.Namespace) -> int:
    """Print the script for the shell that is asked for."""
    import shtab

    print(shtab.complete(parser_of_all(), options.shell))
    return DONE
