"""Where the reports of `diff` and `verify` go: files, and standard output, in several formats."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ..reports import FORMATS
from ..writer import write_report
from .outcome import CommandError

Print: TypeAlias = Callable[[str], str]
TEXT = "text"
_STDOUT = "-"


@dataclass(frozen=True)
class Output:
    """A format, and the file it goes to; None is standard output."""

    format: str
    file: Path | None = None


def outputs_of(words: Sequence[str]) -> list[Output]:
    """Return what ``-o`` asks for, in order.

    Raises
    ------
    CommandError
        If there is no such format, or no file after its ``=``.
    """
    return [_output(word) for word in words]


def _output(word: str) -> Output:
    name, equals, file = word.partition("=")
    if name not in FORMATS:
        raise CommandError(f"-o {word}: no such format: use {', '.join(FORMATS)}")
    if equals and not file:
        raise CommandError(f"-o {word}: no file: write -o {name}=FILE or -o {name}")
    return Output(name, Path(file) if file and file != _STDOUT else None)


def write(outputs: Sequence[Output], in_file: Print, on_screen: Print) -> None:
    """Write the files, then print: nothing is printed if a file cannot be written.

    Parameters
    ----------
    in_file, on_screen : callable
        Return the report in a format.
    """
    for output in outputs:
        if output.file is not None:
            content = in_file(output.format).encode("utf-8")
            try:
                write_report(output.file, content)
            except OSError as error:
                place = error.filename or output.file
                raise CommandError(f"{place}: {error.strerror}: choose another file") from error
    for output in outputs:
        if output.file is None:
            sys.stdout.write(on_screen(output.format))
