"""Put the files of a folder together into one schema.

Invariant: a file that cannot be used does not hide the mistakes of the others.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..model.schema import Schema
from .documents import DOCUMENTS
from .elements import build_parameters
from .errata import build_errata, check_cells, errata_by_cell
from .folder import REQUIRED, Source
from .primitives import check_services
from .problems import Report, SchemaError
from .reader import Fields, Reader
from .service import Vocabulary, build_service
from .statuses import build_classes, build_types, check_response_names
from .tree import parse


def assemble(sources: Iterable[Source], report: Report) -> Schema:
    """Return the schema that `sources` make up.

    Raises
    ------
    SchemaError
        If `report` holds any problem at the end, from before or from here.
    """
    sources = tuple(sources)
    reader = Reader(report)
    documents: dict[str, list[Fields]] = {kind: [] for kind in DOCUMENTS}
    for source in sources:
        node = parse(source.text, source.file, report)
        document = reader.read(DOCUMENTS[source.kind], node) if node is not None else None
        if isinstance(document, Fields):
            documents[source.kind].append(document)
    texts = {source.file: source.text for source in sources}
    if not all(documents[kind] for kind in REQUIRED):
        raise SchemaError(report.problems, texts)
    schema = _build(documents, report)
    if report.problems:
        raise SchemaError(report.problems, texts)
    return schema


def _build(documents: dict[str, list[Fields]], report: Report) -> Schema:
    elements, statuses = (documents[kind][0] for kind in REQUIRED)
    parameters = build_parameters(elements, report)
    classes = build_classes(statuses, report)
    types = build_types(statuses, classes, parameters, report)
    errata = build_errata(documents["errata"][0]) if documents["errata"] else {}
    vocabulary = Vocabulary(
        parameters,
        {status_class.identifier: status_class for status_class in classes},
        {status_type.identifier: status_type for status_type in types},
        errata_by_cell(errata),
    )
    services = tuple(
        build_service(document, vocabulary, report) for document in documents["service"]
    )
    check_services(services, report)
    check_response_names(statuses, tuple(service.name for service in services), report)
    if documents["errata"]:
        check_cells(documents["errata"][0], services, report)
    return Schema(parameters, classes, types, services, errata)
