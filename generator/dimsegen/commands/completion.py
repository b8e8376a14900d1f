"""`dimsegen completion`: print the completion script of a shell."""

from __future__ import annotations

import argparse

import shtab

from ..arguments import parser_of_all
from . import DONE


def run(options: argparse.Namespace) -> int:
    """Print the script for the shell that is asked for."""
    print(shtab.complete(parser_of_all(), options.shell))
    return DONE
