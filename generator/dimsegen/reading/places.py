"""Where a folder of schemas may be: on the disk, in memory, or one with a file exchanged.

Every place answers with the same errors as a disk does, so that whoever reads a folder does not
know, and need not, whether it is that of a revision.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Place(Protocol):
    """A folder of schemas; paths in it are written with ``/``."""

    def names(self, folder: str = "") -> list[str]:
        """Return the names in `folder`, sorted.

        Raises
        ------
        OSError
            If it is not there, or no folder.
        """

    def read(self, path: str) -> bytes | None:
        """Return the content of a file, None if something else is there.

        Raises
        ------
        OSError
            If it is not there or cannot be read.
        """

    def shown(self, path: str = "") -> str:
        """Return what positions call the file."""


@dataclass(frozen=True)
class Disk:
    """A folder on the disk."""

    folder: Path

    def names(self, folder: str = "") -> list[str]:
        """Return the names in `folder`, sorted."""
        return sorted(os.listdir(self.folder / folder))

    def read(self, path: str) -> bytes | None:
        """Return the content of a file, None if something else is there."""
        place = self.folder / path
        return place.read_bytes() if stat.S_ISREG(place.stat().st_mode) else None

    def shown(self, path: str = "") -> str:
        """Return its path, relative to the working folder where it lies below it."""
        return str(shown_path(self.folder / path))


@dataclass(frozen=True)
class Memory:
    """A folder whose files are known already, as those of a revision are.

    Attributes
    ----------
    files : mapping of str to bytes
        The content of every file, by its path in the folder.
    name : str
        What positions call the folder, e.g. ``main:schemas``.
    """

    files: Mapping[str, bytes]
    name: str

    def names(self, folder: str = "") -> list[str]:
        """Return the names in `folder`, sorted."""
        start = f"{folder}/" if folder else ""
        inner = {path[len(start) :] for path in self.files if path.startswith(start)}
        if not inner:
            code = errno.ENOTDIR if folder in self.files else errno.ENOENT
            raise OSError(code, os.strerror(code), self.shown(folder))
        return sorted({path.split("/")[0] for path in inner})

    def read(self, path: str) -> bytes | None:
        """Return the content of a file, None if a folder is there."""
        if path in self.files:
            return self.files[path]
        self.names(path)
        return None

    def shown(self, path: str = "") -> str:
        """Return the name of the folder and the path in it."""
        if not path or self.name.endswith(":"):
            return self.name + path
        return f"{self.name}/{path}" if self.name else path


@dataclass(frozen=True)
class Overlaid:
    """The folder `place`, in which the file `path` has another content and another name."""

    place: Place
    path: str
    content: bytes
    name: str

    def names(self, folder: str = "") -> list[str]:
        """Return the names in `folder`, sorted."""
        names = set(self.place.names(folder))
        head, _, tail = self.path.rpartition("/")
        return sorted(names | ({tail} if head == folder else set()))

    def read(self, path: str) -> bytes | None:
        """Return the content of a file, None if something else is there."""
        return self.content if path == self.path else self.place.read(path)

    def shown(self, path: str = "") -> str:
        """Return what the place calls the file, but for the one that is exchanged."""
        return self.name if path == self.path else self.place.shown(path)


def shown_path(path: Path) -> Path:
    """Return `path` relative to the working folder where it lies below it."""
    absolute = Path(os.path.abspath(path))
    working = Path.cwd()
    return absolute.relative_to(working) if absolute.is_relative_to(working) else path
