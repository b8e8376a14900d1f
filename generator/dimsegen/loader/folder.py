"""Find and read the files of a folder of schemas.

Invariant: files come in one order on every machine, and one that cannot be read is a problem
like any other.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from ..model.schema import Position
from .problems import SURELY_MEANT, Report, closest, lines_of

REQUIRED = ("elements", "statuses")
_KINDS = (*REQUIRED, "errata")
_SUFFIX = ".yaml"
# What people write for it, in capitals or not.
_SUFFIXES = (_SUFFIX, ".yml")


@dataclass(frozen=True)
class Source:
    """The text of a schema file; `kind` is a key of `documents.DOCUMENTS`."""

    kind: str
    file: str
    text: str


def read_folder(folder: Path, report: Report) -> tuple[Source, ...]:
    """Return the schema files of `folder`: elements, statuses, errata, services by name.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.
    report : Report
        Receives what is missing and what cannot be read.
    """
    names = _list(folder, "missing-folder", report)
    if names is None:
        return ()
    paths: list[tuple[str, Path]] = []
    misnamed = _misnamed(names)
    for kind in _KINDS:
        name = f"{kind}{_SUFFIX}"
        if name in names:
            paths.append((kind, folder / name))
        elif name in misnamed:
            _add_misnamed(folder / misnamed[name], name, report)
        elif kind in REQUIRED:
            report.add(_start(folder / name), "missing-file")
    services = folder / "services"
    paths += [("service", services / name) for name in _services(services, report)]
    read = (read_file(kind, path, report) for kind, path in paths)
    return tuple(source for source in read if source is not None)


def shown_path(path: Path) -> Path:
    """Return `path` relative to the working folder where it lies below it."""
    absolute = Path(os.path.abspath(path))
    working = Path.cwd()
    return absolute.relative_to(working) if absolute.is_relative_to(working) else path


def _list(folder: Path, missing: str, report: Report) -> list[str] | None:
    """Return the names in `folder` but for hidden ones; None, and `missing`, if it is not there."""
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except FileNotFoundError:
        report.add(_start(folder), missing)
    except NotADirectoryError:
        report.add(_start(folder), "not-a-folder")
    except OSError as error:
        report.add(_start(folder), "unreadable-file", problem=error.strerror or str(error))
    return None


def _misnamed(names: list[str]) -> dict[str, str]:
    """Return for each file that is missing the one that seems to be meant for it."""
    found: dict[str, str] = {}
    for name in names:
        stem, suffix = os.path.splitext(name)
        meant = closest(stem, _KINDS, SURELY_MEANT)
        if meant is not None and suffix.lower() in _SUFFIXES:
            found[f"{meant}{_SUFFIX}"] = name
    return found


def _services(folder: Path, report: Report) -> list[str]:
    names = _list(folder, "no-services", report)
    if names is None:
        return []
    found = [name for name in names if name.endswith(_SUFFIX)]
    alike = [name for name in names if name.lower().endswith(_SUFFIXES) and name not in found]
    for name in alike:
        _add_misnamed(folder / name, f"{os.path.splitext(name)[0]}{_SUFFIX}", report)
    if not found and not alike:
        report.add(_start(folder), "no-services")
    return found


def kind_of(path: Path) -> str:
    """Return what the file `path` describes, by its name: a key of `documents.DOCUMENTS`."""
    return path.stem if path.stem in _KINDS else "service"


def read_file(kind: str, path: Path, report: Report) -> Source | None:
    """Return the schema file `path`, or None if it cannot be read.

    Parameters
    ----------
    kind : str
        What it describes, a key of `documents.DOCUMENTS`.
    path : pathlib.Path
        The file.
    report : Report
        Receives why it cannot be read.
    """
    start = _start(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            report.add(start, "not-a-file")
            return None
        data = path.read_bytes()
    except OSError as error:
        report.add(start, "unreadable-file", problem=error.strerror or str(error))
        return None
    try:
        if b"\0" in data:
            # Valid, but no editor writes it in UTF-8: this is UTF-16, or no text at all.
            raise UnicodeDecodeError("utf-8", data, data.index(b"\0"), len(data), "no text")
        return Source(kind, start.file, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace").removeprefix("\ufeff")
        lines = lines_of(before)
        place = Position(start.file, len(lines), len(lines[-1]) + 1)
        report.add(place, "not-utf-8", byte=f"0x{data[error.start]:02X}")
    return None


def _add_misnamed(path: Path, expected: str, report: Report) -> None:
    report.add(_start(path), "misnamed-file", expected=expected)


def _start(path: Path) -> Position:
    return Position(str(shown_path(path)), 1, 1)
