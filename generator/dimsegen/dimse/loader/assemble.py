"""Put the files of a folder together into one schema.

A file that cannot be used does not hide the mistakes of the others, and does not make others look
wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...reading.names import Names
from ...reading.parser import parse
from ...reading.position import Position
from ...reading.problems import Report, SchemaError
from ...reading.reader import Reader
from ...reading.sources import Source
from ...reading.values import Fields
from ...table.waivers import build_waivers
from ..documents import DOCUMENTS
from ..model import Schema
from .elements import build_parameters, build_retired
from .errata import build_errata, check_cells, errata_by_cell
from .folder import REQUIRED
from .service import Description, Vocabulary, build_service
from .services import check_services, service_of
from .statuses import build_classes, build_types, check_response_names


@dataclass(frozen=True)
class _Document:
    """A file that is there; `fields` is None if nobody could read it."""

    file: str
    fields: Fields | None


def assemble(sources: Iterable[Source], report: Report) -> Schema:
    """Return the schema that `sources` make up.

    Parameters
    ----------
    sources : iterable of Source
        The files.
    report : Report
        What is wrong already; receives what else is.

    Raises
    ------
    SchemaError
        If `report` holds any problem at the end, from before or from here.
    """
    sources = tuple(sources)
    documents: dict[str, list[_Document]] = {kind: [] for kind in DOCUMENTS}
    for source in sources:
        documents[source.kind].append(_Document(source.file, _read(source, report)))
    for kind in REQUIRED:
        # `read_folder` has reported a file that it looked for, with its path; texts from elsewhere
        # have nobody but us to notice.
        if not documents[kind] and not report.problems:
            report.add(Position(f"{kind}.yaml", 1, 1), "missing-file")
    schema = _build(documents, report)
    if report.problems:
        raise SchemaError(report.problems, {source.file: source.text for source in sources})
    return schema


def _read(source: Source, report: Report) -> Fields | None:
    root = parse(source.text, source.file, report)
    document = Reader(root, report).read(DOCUMENTS[source.kind], root)
    return document if isinstance(document, Fields) else None


def _build(documents: Mapping[str, Sequence[_Document]], report: Report) -> Schema:
    elements, statuses, errata_document, waivers = (
        next((document.fields for document in documents[kind]), None)
        for kind in ("elements", "statuses", "errata", "waivers")
    )
    parameters = build_parameters(elements, report)
    classes = build_classes(statuses, report)
    types = build_types(statuses, classes, parameters, report)
    errata = build_errata(errata_document) if errata_document else {}
    vocabulary = Vocabulary(parameters, classes, types, errata_by_cell(errata))
    descriptions = [
        build_service(document.fields, vocabulary, report)
        for document in documents["service"]
        if document.fields is not None
    ]
    check_services(descriptions, report)
    services = _names(descriptions, documents["service"], report)
    if statuses is not None:
        check_response_names(statuses, services, report)
    if errata_document is not None:
        check_cells(errata_document, services, report)
    _blame(parameters, elements, ("elements", "data_sets"), report)
    _blame(classes, statuses, ("classes",), report)
    _blame(types, statuses, ("types",), report)
    return Schema(
        parameters.found,
        tuple(classes.found.values()),
        tuple(types.found.values()),
        tuple(description.service for description in descriptions),
        errata,
        build_waivers(waivers, report) if waivers else (),
        elements.text("edition") if elements else "",
        build_retired(elements, report) if elements else (),
    )


def _blame(
    names: Names[Any], document: Fields | None, groups: Sequence[str], report: Report
) -> None:
    written = [(group, document.fields(group)) for group in groups] if document else []
    places = {name: place for _, fields in written if fields for name, place in fields.keys.items()}
    if document is not None and groups[0] in document.keys:
        names.blame_entries(document.keys[groups[0]], places, report)


def _names(
    descriptions: Sequence[Description], documents: Sequence[_Document], report: Report
) -> Names[Description]:
    """Return the services by name; a file that nobody could read promises one by its own name."""
    found = {each.service.name: each for each in descriptions if each.service.name}
    files = [document.file for document in documents]
    files += [problem.position.file for problem in report.problems]
    broken = {service_of(file) for file in files} - set(found)
    return Names("unknown-service", found, broken, is_open=not documents)
