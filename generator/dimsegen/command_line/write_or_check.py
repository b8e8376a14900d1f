"""How the commands that write end: `--check` looks at what writing would do.

Writing and checking ask the same question, so that they cannot disagree.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from ..table.notation import counted
from ..writer import Drift, find_drift, unified_diff, write
from .outcome import DONE, DRIFT, CommandError

# No file is an orphan by its first line.
NO_BANNER = "\0"


def write_or_check(
    files: Mapping[str, bytes],
    folder: Path,
    told: Callable[[Drift], str],
    *,
    remedy: str,
    check: bool,
    banner: str = NO_BANNER,
) -> int:
    """Make `folder` hold `files` or say how it differs from that, and return the exit code.

    Parameters
    ----------
    files : mapping of str to bytes
        What `folder` ought to hold, by path in it.
    folder : pathlib.Path
        The folder.
    told : callable
        Returns what to print of what was written.
    remedy : str
        The command that writes what is missing.
    check : bool
        Whether to print the difference, and change nothing.
    banner : str, optional
        The first line by which an orphan is known.

    Raises
    ------
    CommandError
        If a file cannot be read or written.
    """
    shown = folder.as_posix()
    try:
        drift = find_drift(files, folder, banner)
        if check:
            difference = list(unified_diff(drift, folder, shown))
        else:
            write(drift, folder)
    except OSError as error:
        place = error.filename or folder
        text = f"{place}: {error.strerror}: correct that, or choose another --output"
        raise CommandError(text) from error
    if not check:
        print(told(drift))
        return DONE
    sys.stdout.writelines(difference)
    if not drift:
        print(f"{shown}: {counted(drift.same, 'file')}, up to date")
        return DONE
    differing = counted(len(drift.changed) + len(drift.orphans), "file")
    print(f"{shown}: {differing} out of date: run {remedy}", file=sys.stderr)
    return DRIFT


def written(drift: Drift, noun: str = "") -> str:
    """Return how many files were written, and of how many, in a word for one of them."""
    total = f"{counted(drift.same + len(drift.changed), noun)}, " if noun else ""
    return f"{total}{len(drift.changed)} written, {drift.same} unchanged"
