"""Compare rendered files with a folder, and write what differs.

Invariant: this is the only module that writes files. A file is replaced as a whole or not at all,
one that is already right keeps its time stamp, and nothing that the generator did not make is
removed.
"""

from __future__ import annotations

import difflib
import errno
import os
import re
import secrets
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TEMPORARY = ".tmp"
_BINARY = getattr(os, "O_BINARY", 0)  # where line ends would be translated
_STRAY = re.compile(rf"\..+\.[0-9a-f]{{8}}{re.escape(_TEMPORARY)}")


@dataclass(frozen=True)
class Drift:
    """How a folder differs from what it ought to hold.

    Attributes
    ----------
    changed : mapping of str to bytes
        What to write, by path in the folder: new files and files with other content.
    orphans : tuple of str
        Files that are there and ought not to be, what a killed writer left included.
    same : int
        Number of files that are right.
    """

    changed: Mapping[str, bytes]
    orphans: tuple[str, ...]
    same: int

    def __bool__(self) -> bool:
        return bool(self.changed or self.orphans)


def find_drift(files: Mapping[str, bytes], folder: Path, banner: str) -> Drift:
    """Return how `folder` differs from `files`; an orphan has `banner` as its first line.

    Raises
    ------
    OSError
        If a file there cannot be read, or stands where `folder` or one above it should.
    """
    nearest = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not nearest.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "is a file, not a folder", str(nearest))
    changed = {
        name: content for name, content in files.items() if _content(folder / name) != content
    }
    orphans = tuple(name for name in _generated(folder, banner, files) if name not in files)
    orphans += tuple(_stray(folder))
    return Drift(changed, orphans, len(files) - len(changed))


def write(drift: Drift, folder: Path) -> None:
    """Make `folder` what it ought to be."""
    for name, content in drift.changed.items():
        write_file(folder / name, content)
    for name in drift.orphans:
        (folder / name).unlink(missing_ok=True)


def write_file(path: Path, content: bytes) -> None:
    """Write `content` to `path` in one step: whoever reads it sees the old or the new file.

    Raises
    ------
    OSError
        If that fails; it names `path`, and what was there is there still.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as error:
        raise OSError(error.errno, f"cannot be written: {error.strerror}", str(path)) from error


def write_report(path: Path, content: bytes) -> None:
    """Write `content` to the file, link or device that a user has named.

    Raises
    ------
    OSError
        If that fails; it names `path`.
    """
    if not path.is_symlink() and (path.is_file() or not path.exists()):
        write_file(path, content)
        return
    try:
        # A device, or a link to one: to replace it would take it from everybody else.
        with path.open("wb") as file:
            file.write(content)
    except OSError as error:
        raise OSError(error.errno, f"cannot be written: {error.strerror}", str(path)) from error


def _replace(path: Path, content: bytes) -> None:
    # Its name is known before it is there: whatever happens from then on, it can be removed.
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_TEMPORARY}")
    with _uninterrupted():
        try:
            handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o644)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl+C wait until a file is written, where the system can make it wait."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stray(folder: Path) -> Iterator[str]:
    """Yield what a writer that was killed has left behind."""
    for path in sorted(folder.rglob(f".*{_TEMPORARY}")):
        if _STRAY.fullmatch(path.name) and path.is_file():
            yield path.relative_to(folder).as_posix()


def unified_diff(drift: Drift, folder: Path, shown: str) -> Iterator[str]:
    """Yield the lines of a unified diff from `folder` as it is to what it ought to be."""
    for name in sorted({*drift.changed, *drift.orphans}):
        old = _lines(_content(folder / name))
        new = _lines(drift.changed.get(name))
        old_name = f"{shown}/{name}" if old is not None else os.devnull
        new_name = f"{shown}/{name}" if new is not None else os.devnull
        for line in difflib.unified_diff(old or [], new or [], old_name, new_name):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(content: bytes | None) -> list[str] | None:
    if content is None:
        return None
    # Not splitlines: it would break lines at form feeds and the like, too.
    *lines, last = content.decode("utf-8", "replace").split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _generated(folder: Path, banner: str, files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what is generated, of the kinds of `files` that have a banner: modules, or pages."""
    first_line = banner.encode()
    kinds = {Path(name).suffix for name, content in files.items() if content.startswith(first_line)}
    for path in sorted(folder.rglob("*")):
        if path.suffix not in kinds or not path.is_file():
            continue
        with path.open("rb") as file:
            if file.readline().rstrip(b"\r\n") == first_line:
                yield path.relative_to(folder).as_posix()
