"""The text of one schema file, read from wherever its folder is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .places import Place
from .position import Position
from .problems import Report, lines_of


@dataclass(frozen=True)
class Source:
    """The text of a schema file; `kind` is a key of the `documents.DOCUMENTS` of its family."""

    kind: str
    file: str
    text: str


def start_of(place: Place, path: str) -> Position:
    """Return where the file begins, for what is wrong with all of it."""
    return Position(place.shown(path), 1, 1)


def texts_of(files: Iterable[str], places: Iterable[Place]) -> dict[str, str]:
    """Return the texts of `files`, which positions name, as far as one of `places` has them."""
    found: dict[str, str] = {}
    for place in places:
        for file in {*files} - {*found}:
            parts = file.replace("\\", "/").split("/")
            paths = ("/".join(parts[-count:]) for count in range(1, len(parts) + 1))
            path = next((each for each in paths if place.shown(each) == file), None)
            source = read_source("", place, path, Report()) if path is not None else None
            if source is not None:
                found[file] = source.text
    return found


def read_source(kind: str, place: Place, path: str, report: Report) -> Source | None:
    """Return the file at `path` in `place`, None if it cannot be read.

    Parameters
    ----------
    kind : str
        What it describes.
    report : Report
        Receives why it cannot be read.
    """
    start = start_of(place, path)
    try:
        data = place.read(path)
    except OSError as error:
        report.add(start, "unreadable-file", problem=error.strerror or str(error))
        return None
    if data is None:
        report.add(start, "not-a-file")
        return None
    try:
        if b"\0" in data:
            # Valid, but no editor writes it in UTF-8: this is UTF-16, or no text at all.
            raise UnicodeDecodeError("utf-8", data, data.index(b"\0"), len(data), "no text")
        return Source(kind, start.file, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace").removeprefix("\ufeff")
        lines = lines_of(before)
        byte = f"0x{data[error.start]:02X}"
        report.add(Position(start.file, len(lines), len(lines[-1]) + 1), "not-utf-8", byte=byte)
    return None
