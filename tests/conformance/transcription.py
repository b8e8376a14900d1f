"""Read the typed copy of the tables, ``transcription/*.csv``.

A file is read as it is or not at all: its header is exactly the fields of its record, and a cell
is empty only where the record allows ``None``.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar, get_type_hints

from .facts import (
    Element,
    Facts,
    MessageRow,
    ServiceRow,
    ServiceStatus,
    StatusClass,
    StatusField,
    StatusType,
)

Record = TypeVar("Record")

FOLDER = Path(__file__).with_name("transcription")


@cache
def read_transcription(folder: Path = FOLDER) -> Facts:
    """Read every file of `folder`.

    Raises
    ------
    ValueError
        If a header, the number of cells in a line or a cell is not what the record asks for; the
        text begins with the file and the line.
    """
    return Facts(
        service_tables=_read(folder / "service_tables.csv", ServiceRow),
        message_tables=_read(folder / "message_tables.csv", MessageRow),
        elements=_read(folder / "elements.csv", Element),
        retired_elements=_read(folder / "retired_elements.csv", Element),
        status_types=_read(folder / "status_types.csv", StatusType),
        status_fields=_read(folder / "status_fields.csv", StatusField),
        status_classes=_read(folder / "status_classes.csv", StatusClass),
        service_statuses=_read(folder / "service_statuses.csv", ServiceStatus),
    )


def _read(path: Path, record: Callable[..., Record]) -> tuple[Record, ...]:
    """Read one file into records of one kind, whose fields are the columns."""
    kinds = get_type_hints(record)
    columns = [name.rstrip("_") for name in kinds]
    with path.open(encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream, strict=True)
        if next(lines, None) != columns:
            raise ValueError(f"{path.name}:1: the header is not {','.join(columns)}")
        return tuple(
            record(**_values(cells, kinds, f"{path.name}:{lines.line_num}")) for cells in lines
        )


def _values(cells: list[str], kinds: dict[str, object], place: str) -> dict[str, str | int | None]:
    """Turn the cells of a line into the fields of a record."""
    if len(cells) != len(kinds):
        raise ValueError(f"{place}: {len(cells)} cells, not {len(kinds)}")
    fields = zip(kinds.items(), cells, strict=True)
    return {name: _value(cell, kind, f"{place}: {name}") for (name, kind), cell in fields}


def _value(cell: str, kind: object, place: str) -> str | int | None:
    """Turn a cell into the kind of value that the record declares for it."""
    if cell != " ".join(cell.split()):
        raise ValueError(f"{place}: stray white space in {cell!r}")
    if kind is int:
        if not cell.isdecimal():
            raise ValueError(f"{place}: not a number: {cell!r}")
        return int(cell)
    if not cell and kind is str:
        raise ValueError(f"{place}: empty")
    return cell or None
