"""Read the schemas of the Upper Layer into their model.

Invariant: `load_schema` either returns what keeps every invariant of the model, or raises one
`SchemaError` with everything that is wrong in any file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...reading.documents_of import Document, documents_of
from ...reading.mistakes import ADVICE as COMMON_ADVICE
from ...reading.mistakes import RULES as COMMON_RULES
from ...reading.places import Disk, Place
from ...reading.problems import Report, SchemaError
from ...reading.values import Fields
from ..documents import DOCUMENTS
from ..model import Machine, Structure, UpperLayer
from .errata import build_errata
from .machine import build_machine
from .prose_rules import ADVICE, RULES
from .services import build_service, check_services
from .structures import build_structure, check_structures

FOLDER = "upper_layer"
# Where the files of each kind are.
_KINDS = {
    "service": f"{FOLDER}/services/",
    "pdu": f"{FOLDER}/pdus/",
    "states": f"{FOLDER}/states.yaml",
    "errata": f"{FOLDER}/errata.yaml",
}


def has_upper_layer(schemas: Path | Place) -> bool:
    """Return whether `schemas` has a folder ``upper_layer``."""
    place = Disk(schemas) if isinstance(schemas, Path) else schemas
    try:
        return bool(place.names(FOLDER))
    except OSError:
        return False


def load_schema(schemas: Path | Place) -> UpperLayer:
    """Read the folder ``upper_layer`` of `schemas`.

    Raises
    ------
    SchemaError
        If anything is wrong; it has every problem with its file, line and column.
    """
    place = Disk(schemas) if isinstance(schemas, Path) else schemas
    report = Report({**COMMON_RULES, **RULES}, {**COMMON_ADVICE, **ADVICE})
    documents = documents_of(place, _KINDS, DOCUMENTS, report)
    built = _build(documents, report)
    if report.problems or built is None:
        raise SchemaError(report.problems, {each.shown: each.text for each in documents})
    return built


def _build(documents: tuple[Document, ...], report: Report) -> UpperLayer | None:
    structures: dict[str, Structure] = {}
    for path, fields in _of_kind("pdu", documents):
        structure = build_structure(fields, path, report)
        structures[structure.class_name] = structure
    services = tuple(build_service(fields, report) for _, fields in _of_kind("service", documents))
    # What refers to other files is only held against them when all of them could be read.
    machine: Machine | None = None
    if not report.problems:
        check_structures(structures, report)
        check_services(services, structures, report)
        for _, fields in _of_kind("states", documents):
            machine = build_machine(fields, structures, report)
    errata = [each for _, fields in _of_kind("errata", documents) for each in build_errata(fields)]
    if machine is None:
        return None
    return UpperLayer(services, structures, machine, tuple(errata))


def _of_kind(kind: str, documents: tuple[Document, ...]) -> Iterator[tuple[str, Fields]]:
    for each in documents:
        if each.kind == kind and each.fields is not None:
            yield each.path, each.fields
