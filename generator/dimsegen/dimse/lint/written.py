"""The files of a folder that loads, with the place of every key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...reading.parser import parse
from ...reading.problems import Report
from ...reading.reader import Reader
from ...reading.sources import Source
from ...reading.values import Fields
from ..documents import DOCUMENTS


@dataclass(frozen=True)
class Document:
    """A file and what it says."""

    source: Source
    fields: Fields


def read_document(source: Source) -> Document:
    """Return the document in `source`, a file that loads."""
    report = Report()
    root = parse(source.text, source.file, report)
    fields = Reader(root, report).read(DOCUMENTS[source.kind], root)
    assert isinstance(fields, Fields)
    return Document(source, fields)


def services_in(documents: Sequence[Document]) -> dict[str, Fields]:
    """Return the files that describe services, by the name of the service."""
    found = [each.fields for each in documents if each.source.kind == "service"]
    return {fields.text("service"): fields for fields in found}
