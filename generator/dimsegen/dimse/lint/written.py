"""The files of a folder that loads, with the place of every key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...reading.problems import Report
from ...reading.values import Fields
from ..loader.layers import Layers, read_documents
from ..loader.prose_rules import ADVICE, RULES


@dataclass(frozen=True)
class Document:
    """What a file says, and what it extends."""

    kind: str
    fields: Fields


def read_written(layers: Layers) -> tuple[Document, ...]:
    """Return what the files say that a folder has or extends; they load."""
    found = read_documents(layers.own, layers.base, Report(RULES, ADVICE))
    return tuple(Document(each.kind, each.fields) for each in found if each.fields)


def services_in(documents: Sequence[Document]) -> dict[str, Fields]:
    """Return the files that describe services, by the name of the service."""
    found = [each.fields for each in documents if each.kind == "service"]
    return {fields.text("service"): fields for fields in found}
