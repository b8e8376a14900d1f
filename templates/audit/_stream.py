"""An audit as JSON while it is made: a document, or a line a file.

Invariant: what is written is one JSON value, however many associations there are; none is kept.
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from ._json import FORMAT_VERSION, association_to_json, file_to_json, summary_to_json
from ._record import Association, File, Summary


class JSONDocument:
    """Writes one document."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._separator = "\n"
        stream.write(f'{{\n"format_version": {FORMAT_VERSION},\n"associations": [')

    def association(self, association: Association) -> None:
        """Write an association."""
        self._stream.write(f"{self._separator}{_dumped(association_to_json(association))}")
        self._separator = ",\n"

    def file(self, file: File) -> None:
        """Files are written at the end."""

    def end(self, files: list[File], summary: Summary) -> None:
        """Write the files and the summary."""
        listed = ",\n".join(_dumped(file_to_json(file)) for file in files)
        self._stream.write(f'\n],\n"files": [\n{listed}\n],\n')
        self._stream.write(f'"summary": {_dumped(summary_to_json(summary))}\n}}\n')


class JSONLines:
    """Writes a line a file: each of them is a document of its own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._associations: list[dict[str, Any]] = []

    def association(self, association: Association) -> None:
        """Keep an association until its file is complete."""
        self._associations.append(association_to_json(association))

    def file(self, file: File) -> None:
        """Write the line of a file."""
        self._stream.write(f"{_dumped(line_of(file, self._associations))}\n")
        self._stream.flush()
        self._associations = []

    def end(self, files: list[File], summary: Summary) -> None:
        """Every line has its own summary."""


def line_of(file: File, associations: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the document of one file."""
    return {
        "format_version": FORMAT_VERSION,
        "files": [file_to_json(file)],
        "associations": associations,
        "summary": summary_to_json(file.summary),
    }


def _dumped(value: Any) -> str:
    return json.dumps(value, separators=(", ", ": "))
