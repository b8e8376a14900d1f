"""`dimsegen git-diff-driver`: the report on one schema file, where git would print its lines.

The exit code is 0 whatever the files hold, since git stops at any other. A file that is no service,
or that does not load beside the schemas of the working tree, is shown as lines.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..command_line.options import Command, Option
from ..command_line.outcome import DONE, CommandError
from ..inputs.errors import InputError
from ..reading.regular import read_regular

COMMAND = Command(
    "Let git show the report instead of the lines, in git diff and in git log -p --ext-diff: "
    "with the two lines below, once in a clone. git calls it with PATH OLD-FILE OLD-HEX "
    "OLD-MODE NEW-FILE NEW-HEX NEW-MODE.",
    (
        "git config diff.dimsegen.command 'dimsegen git-diff-driver'",
        "echo 'schemas/services/*.yaml diff=dimsegen' >> .gitattributes",
    ),
    [Option("words", nargs="*", metavar="ARGUMENT", help="what git passes")],
)

_ARGUMENTS = 7
_NOTHING = os.devnull


@dataclass(frozen=True)
class _Change:
    """What git passes: a path, and the files and names of its content before and after."""

    path: str
    old_file: Path
    old_name: str
    new_file: Path
    new_name: str


def run(options: argparse.Namespace) -> int:
    """Print what has changed in one file."""
    words: list[str] = options.words
    if len(words) == 1:
        # A path that is not merged yet: git has no two sides to compare.
        print(f"* Unmerged path {words[0]}")
        return DONE
    if len(words) < _ARGUMENTS:
        raise CommandError("git-diff-driver: git calls this: set diff.dimsegen.command to it")
    path, old_file, old_hex, _, new_file, new_hex, *_ = words
    change = _Change(path, Path(old_file), old_hex[:7], Path(new_file), new_hex[:7])
    print(f"diff --dimsegen a/{path} b/{path}")
    try:
        sys.stdout.write(_report(change))
    except InputError as error:
        print(f"(shown as lines: {str(error).splitlines()[0]})")
        sys.stdout.writelines(_lines(change))
    except OSError as error:
        print(f"(cannot be shown: {error.filename}: {error.strerror})")
    return DONE


def _report(change: _Change) -> str:
    from ..inputs.pairs import version_of_file
    from ..reporting import changes_between
    from ..reports import text

    if str(change.old_file) == _NOTHING or str(change.new_file) == _NOTHING:
        raise InputError("the file is new" if str(change.old_file) == _NOTHING else "it is gone")
    old = version_of_file(change.path, read_regular(change.old_file))
    new = version_of_file(change.path, read_regular(change.new_file))
    old, new = (
        replace(each, name=f"{change.path} {name}")
        for each, name in ((old, change.old_name), (new, change.new_name))
    )
    return text.render(changes_between(old, new))


def _lines(change: _Change) -> Iterator[str]:
    """Yield the change as git would, in the lines of a unified diff."""
    sides = []
    for file, name in (
        (change.old_file, f"a/{change.path}"),
        (change.new_file, f"b/{change.path}"),
    ):
        is_nothing = str(file) == _NOTHING
        content = "" if is_nothing else read_regular(file).decode("utf-8", "replace")
        sides.append((content.splitlines(keepends=True), _NOTHING if is_nothing else name))
    (old, old_name), (new, new_name) = sides
    for line in difflib.unified_diff(old, new, old_name, new_name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
