"""Run an audit from the command line: files in, one after the other or side by side; reports out.

Invariant: reports are written as the associations come. A file for a report is complete or as it
was before: it is written beside, and put in its place at the end.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Protocol, TextIO, TypeAlias

from .._inspect import InputError
from .._inspect_text import in_one_line
from ._audit import audit_file, named
from ._files import Options
from ._page import Page
from ._progress import Progress
from ._record import Association, File, Summary
from ._sarif import Sarif
from ._stream import JSONDocument, JSONLines
from ._timeline import Timeline

NOTHING, SOMETHING, UNREADABLE = 0, 1, 2
_Waiting: TypeAlias = "tuple[str, Future[list[Association | File]]]"


class Report(Protocol):
    """What becomes of an audit."""

    def association(self, association: Association) -> None:
        """Take an association."""

    def file(self, file: File) -> None:
        """Take what was read of a file, after its associations."""

    def end(self, files: list[File], summary: Summary) -> None:
        """Take the end."""


def run(options: argparse.Namespace) -> int:
    """Audit what the options name, and return the exit code."""
    names = [name for name, _ in named(tuple(options.captures))]
    if not names:
        raise InputError(f"{', '.join(options.captures)}: there is no file in it")
    files: list[File] = []
    summary = Summary()
    with ExitStack() as stack:
        reports = _reports(options, stack)
        for each in _results(names, options):
            if isinstance(each, File):
                files.append(each)
                summary.add(each.summary)
                for report in reports:
                    report.file(each)
            else:
                for report in reports:
                    report.association(each)
        for report in reports:
            report.end(files, summary)
    return _exit_code(files, summary)


def _exit_code(files: list[File], summary: Summary) -> int:
    unreadable = [file for file in files if file.problem and not file.is_cut]
    for file in unreadable:
        print(in_one_line(f"{file.name}: {file.problem}"), file=sys.stderr)
    if unreadable:
        return UNREADABLE
    is_cut = any(file.is_cut for file in files)
    return NOTHING if summary.is_faultless and not is_cut else SOMETHING


def _reports(options: argparse.Namespace, stack: ExitStack) -> list[Report]:
    reports: list[Report] = []
    if options.json != "-" and not (options.cluster and not options.json):
        reports.append(Timeline(sys.stdout, only_violations=bool(options.only)))
    if options.json or options.cluster:
        to_stdout = options.json in (None, "-")
        stream = sys.stdout if to_stdout else stack.enter_context(_replaced(Path(options.json)))
        reports.append(JSONLines(stream) if options.cluster else JSONDocument(stream))
    if options.sarif:
        reports.append(Sarif(stack.enter_context(_replaced(options.sarif))))
    if options.html:
        stream = stack.enter_context(_replaced(options.html))
        reports.append(Page(stream, shows_values=options.values))
    return reports


def _results(names: list[str], arguments: argparse.Namespace) -> Iterator[Association | File]:
    options = Options(arguments.port, bool(arguments.only), arguments.values)
    if arguments.cluster:
        from ._cluster import on_cluster

        return on_cluster(names, arguments.cluster, options)
    if arguments.jobs > 1 and len(names) > 1:
        return _side_by_side(names, arguments.jobs, options)
    return _one_by_one(names, options)


def _one_by_one(names: list[str], options: Options) -> Iterator[Association | File]:
    progress = Progress(names)
    for name in names:
        try:
            yield from audit_file(name, options, progress.read)
        except OSError as error:
            yield File(name, problem=error.strerror or str(error))
        progress.done(name)
    progress.end()


def _side_by_side(names: list[str], jobs: int, options: Options) -> Iterator[Association | File]:
    progress = Progress(names)
    with ProcessPoolExecutor(min(jobs, len(names))) as pool:
        waiting: deque[_Waiting] = deque()
        # What is read ahead is bounded: results wait for those before them.
        for name in names:
            waiting.append((name, pool.submit(whole_file, name, options)))
            if len(waiting) > 2 * jobs:
                yield from _next(waiting, progress)
        while waiting:
            yield from _next(waiting, progress)
    progress.end()


def _next(waiting: deque[_Waiting], progress: Progress) -> list[Association | File]:
    name, future = waiting.popleft()
    found = future.result()
    progress.done(name)
    return found


def whole_file(name: str, options: Options) -> list[Association | File]:
    """Return everything that was found in a file: a pure function of it."""
    try:
        return list(audit_file(name, options))
    except OSError as error:
        return [File(name, problem=error.strerror or str(error))]


class _replaced:
    """A text file that is put in its place when it is complete."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> TextIO:
        try:
            self._file: IO[str] = NamedTemporaryFile(
                "w",
                dir=self._path.parent,
                prefix=f".{self._path.name}.",
                delete=False,
                encoding="utf-8",
            )
        except OSError as error:
            raise InputError(f"{self._path}: {error.strerror or error}") from error
        return self._file  # type: ignore[return-value]

    def __exit__(self, kind: object, *_: object) -> None:
        self._file.close()
        if kind is not None:
            os.unlink(self._file.name)
            return
        os.chmod(self._file.name, 0o666 & ~_umask())
        try:
            os.replace(self._file.name, self._path)
        except OSError as error:
            os.unlink(self._file.name)
            raise InputError(f"{self._path}: {error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
