"""Audit captures: the one call, and the streams that the command line works with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from os import PathLike, fspath
from pathlib import Path
from typing import TypeAlias

from ._capture import Readable
from ._files import FileReader, Options, Progress
from ._record import Association, File, Summary

#: A path to a file or a folder, ``-`` for standard input, bytes, or a binary file.
Source: TypeAlias = str | PathLike[str] | bytes | Readable


@dataclass(slots=True)
class Audit:
    """What was found in one capture or several.

    Attributes
    ----------
    files : list of File
        What was read, and what could not be.
    associations : list of Association
        The dialogues, in the order in which they ended.
    """

    files: list[File] = field(default_factory=list)
    associations: list[Association] = field(default_factory=list)

    @property
    def summary(self) -> Summary:
        """How much was found."""
        found = Summary()
        for file in self.files:
            found.add(file.summary)
        return found


def audit(*sources: Source, port: int | None = None) -> Audit:
    """Return what was said in captures, and what is wrong with it.

    Parameters
    ----------
    *sources : str, path, bytes or binary file
        Captures (pcap and pcapng, also packed with gzip), folders of them, PDUs as they are, or
        text that people paste; ``-`` is standard input.
    port : int, optional
        The only TCP port to look at, 1 to 65535; what is on it is taken for DICOM, whatever it
        starts with. By default, DICOM is found on any port.

    Returns
    -------
    Audit
        All associations are kept: for captures of any size, `audit_file` yields them one by one.

    Raises
    ------
    OSError
        If a file cannot be opened. What is wrong in one is the `problem` of its `File`.
    """
    found = Audit()
    for name, source in named(sources):
        reader = FileReader(name, Options(port))
        with opened(source) as stream:
            found.associations += reader.read(stream)
        found.files.append(reader.file)
    return found


def audit_file(
    name: str, options: Options | None = None, progress: Progress | None = None
) -> Iterator[Association | File]:
    """Yield every association of a file as it ends, and the `File` last; memory is bounded.

    Raises
    ------
    OSError
        If the file cannot be opened.
    """
    reader = FileReader(name, options or Options(), progress)
    with opened(name) as stream:
        yield from reader.read(stream)
    yield reader.file


def named(sources: tuple[Source, ...]) -> Iterator[tuple[str, Source]]:
    """Yield each source with its name, and the files of a folder one by one."""
    for source in sources:
        if isinstance(source, bytes):
            yield "bytes", source
        elif isinstance(source, str | PathLike):
            path = fspath(source)
            if path != "-" and Path(path).is_dir():
                for file in files_in(Path(path)):
                    yield file, file
            else:
                yield path, path
        else:
            yield str(getattr(source, "name", "stream")), source


def files_in(folder: Path) -> list[str]:
    """Return every file of a folder and of those in it, without hidden ones.

    A folder that cannot be looked into is among them, so that reading it says why.
    """
    found: list[str] = []

    def note(error: OSError) -> None:
        found.append(str(error.filename))

    for inside, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (Path(inside, name) for name in names if not name.startswith("."))
        found += (str(path) for path in paths if path.is_file())
    return sorted(found)


class opened:
    """A source as a binary file; only a file that was opened here is closed."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._file: Readable | None = None

    def __enter__(self) -> Readable:
        source = self._source
        if isinstance(source, bytes):
            return BytesIO(source)
        if not isinstance(source, str | PathLike):
            return source
        if fspath(source) == "-":
            if sys.stdin is None:
                raise OSError("standard input is closed")
            return sys.stdin.buffer
        if Path(source).is_dir():
            os.listdir(source)
        self._file = opened_file = Path(source).open("rb")
        return opened_file

    def __exit__(self, *_: object) -> None:
        close = getattr(self._file, "close", None)
        if close is not None:
            close()
