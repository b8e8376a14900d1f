"""`dimsegen diff`: say whom a change of the schemas breaks, with which message, and what to do."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...commands import DONE, DRIFT, CommandError
from ...commands.terminal import is_coloured
from ...reports import FORMATS, text
from ...reports.json import json_schema
from ...sets.report import Report
from ...writer import write_report
from ..comparison import report_of, request_of

_TEXT = "text"
_STDOUT = "-"


@dataclass(frozen=True)
class Output:
    """A format, and the file it goes to; None is standard output."""

    format: str
    file: Path | None = None


def run(options: argparse.Namespace) -> int:
    """Compare, and print the report in every format that is asked for."""
    if options.json_schema:
        print(json.dumps(json_schema(), indent=2))
        return DONE
    outputs = _outputs(options.output or [_TEXT])
    report = report_of(request_of(options))
    _write(report, outputs)
    return DONE if report.is_clean else DRIFT


def _outputs(words: Sequence[str]) -> list[Output]:
    return [_output(word) for word in words]


def _output(word: str) -> Output:
    name, equals, file = word.partition("=")
    if name not in FORMATS:
        raise CommandError(f"-o {word}: no such format: use {', '.join(FORMATS)}")
    if equals and not file:
        raise CommandError(f"-o {word}: no file: write -o {name}=FILE or -o {name}")
    return Output(name, Path(file) if file and file != _STDOUT else None)


def _write(report: Report, outputs: Sequence[Output]) -> None:
    """Write the files, then print: nothing is printed if a file cannot be written."""
    for output in outputs:
        if output.file is not None:
            content = FORMATS[output.format](report).encode("utf-8")
            try:
                write_report(output.file, content)
            except OSError as error:
                place = error.filename or output.file
                raise CommandError(f"{place}: {error.strerror}: choose another file") from error
    for output in outputs:
        if output.file is None:
            sys.stdout.write(_printed(report, output.format))


def _printed(report: Report, name: str) -> str:
    if name != _TEXT or not sys.stdout.isatty():
        return FORMATS[name](report)
    width = min(shutil.get_terminal_size().columns, 100)
    return text.render(report, colour=is_coloured(), width=width)
