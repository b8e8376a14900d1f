"""The lines of a transcription, which is a folder of CSV files."""

from __future__ import annotations

import csv
from pathlib import Path

Line = tuple[str, ...]


def lines_of_file(folder: Path, name: str) -> list[Line]:
    """Return the lines of a file of the transcription, without its header."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream, strict=True))
    assert all(len(line) == len(lines[0]) for line in lines), name
    return [tuple(line) for line in lines[1:]]
