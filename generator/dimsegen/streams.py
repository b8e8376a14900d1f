"""Standard output and error of a command: any text can be shown, and nothing is lost unnoticed.

Invariant: whatever becomes of the streams (a reader that has gone, a full disk, one that is closed,
a terminal of ASCII), no error of theirs is raised after `forget`, by the interpreter's end neither.

Every generated package has a copy of this module as its `_streams`: edit `dimsegen/streams.py`.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TextIO


class _ClosedStream(io.StringIO):
    """Standard output where there is none: what is written is lost, and that is an error, once."""

    def flush(self) -> None:
        if self.getvalue():
            self.truncate(0)
            raise OSError("it is closed")


def show_any_text() -> None:
    """Show a code for what a terminal has no character for, and have both streams, open or not."""
    # Python has None for a stream that was closed before it started.
    sys.stdout = sys.stdout or _ClosedStream()
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def complain(text: str) -> None:
    """Print `text` to standard error, if that can be."""
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        forget(sys.stderr)


def explain(error: OSError) -> str:
    """Return which file has failed, and why; what has no name is standard output, now forgotten."""
    reason = error.strerror or str(error)
    if error.filename is not None:
        return f"{os.fsdecode(error.filename)}: {reason}"
    forget(sys.stdout)
    return f"standard output: {reason}"


def forget(stream: TextIO) -> None:
    """Let nothing be written any more: the interpreter would try it again at its end."""
    # A stream that is no file has nothing to forget.
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
