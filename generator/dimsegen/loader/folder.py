"""Find and read the files of a folder of schemas.

Invariant: files come in one order on every machine, and one that cannot be read is a problem
like any other.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ..model.schema import Position
from .problems import Report

REQUIRED = ("elements", "statuses")


@dataclass(frozen=True)
class Source:
    """The text of a schema file; `kind` is a key of `documents.DOCUMENTS`."""

    kind: str
    file: str
    text: str


def read_folder(folder: Path, report: Report) -> tuple[Source, ...]:
    """Return the schema files of `folder`: elements, statuses, services by name, errata."""
    shown = shown_path(folder)
    paths = [(kind, folder / f"{kind}.yaml") for kind in REQUIRED]
    services = sorted((folder / "services").glob("*.yaml"), key=lambda path: path.name)
    paths += [("service", path) for path in services]
    if not services:
        report.add(Position(str(shown / "services"), 1, 1), "no-services")
    errata = folder / "errata.yaml"
    if errata.exists():
        paths.append(("errata", errata))
    read = (_read(kind, path, report) for kind, path in paths)
    return tuple(source for source in read if source is not None)


def shown_path(path: Path) -> Path:
    """Return `path` relative to the working folder where it lies below it."""
    absolute = Path(os.path.abspath(path))
    working = Path.cwd()
    return absolute.relative_to(working) if absolute.is_relative_to(working) else path


def _read(kind: str, path: Path, report: Report) -> Source | None:
    file = str(shown_path(path))
    start = Position(file, 1, 1)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        report.add(start, "missing-file")
    except UnicodeDecodeError as error:
        report.add(Position(file, error.object.count(b"\n", 0, error.start) + 1, 1), "not-utf-8")
    except OSError as error:
        report.add(start, "unreadable-file", problem=error.strerror or str(error))
    else:
        return Source(kind, file, text)
    return None
