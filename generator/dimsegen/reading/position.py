"""Where something is written."""

from __future__ import annotations

from typing import NamedTuple


class Position(NamedTuple):
    """A place in a schema file: path as given, line and column from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
