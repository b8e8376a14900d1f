"""What the commands that write have in common: `--check` looks at what writing would do.

Writing and checking ask the same question, so that they cannot disagree.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from .. import writer
from . import DONE, DRIFT, CommandError, counted


def write(files: Mapping[str, bytes], folder: Path, banner: str) -> writer.Drift:
    """Make `folder` hold `files`, and return what that changed.

    Raises
    ------
    CommandError
        If a file cannot be read or written.
    """
    try:
        drift = writer.find_drift(files, folder, banner)
        writer.write(drift, folder)
    except OSError as error:
        raise _refused(error, folder) from error
    return drift


def check(files: Mapping[str, bytes], folder: Path, banner: str, remedy: str) -> int:
    """Print how `folder` differs from `files`, and return the exit code.

    Parameters
    ----------
    files : mapping of str to bytes
        What `folder` ought to hold, by path in it.
    folder : pathlib.Path
        The folder to look at; nothing in it is changed.
    banner : str
        The first line by which an orphan is known.
    remedy : str
        The command that writes what is missing.

    Raises
    ------
    CommandError
        If a file cannot be read.
    """
    shown = folder.as_posix()
    try:
        drift = writer.find_drift(files, folder, banner)
        difference = list(writer.unified_diff(drift, folder, shown))
    except OSError as error:
        raise _refused(error, folder) from error
    sys.stdout.writelines(difference)
    if not drift:
        print(f"{shown}: {counted(drift.same, 'file')}, up to date")
        return DONE
    differing = counted(len(drift.changed) + len(drift.orphans), "file")
    print(f"{shown}: {differing} out of date: run {remedy}", file=sys.stderr)
    return DRIFT


def _refused(error: OSError, folder: Path) -> CommandError:
    place = error.filename or folder
    return CommandError(f"{place}: {error.strerror}: correct that, or choose another --output")
