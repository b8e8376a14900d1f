"""Put the files of a folder together into one schema.

A file that cannot be used does not hide the mistakes of the others, and does not make others look
wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from ...reading.made_once import MadeOnce
from ...reading.names import Names
from ...reading.position import Position
from ...reading.problems import Report, SchemaError
from ...reading.sources import Source
from ...reading.values import Fields
from ...table.erratum import Erratum
from ...table.waivers import build_waivers
from ..documents import DOCUMENTS
from ..model import Schema
from .elements import build_parameters, build_retired
from .errata import build_errata, check_cells, errata_by_cell
from .folder import REQUIRED
from .layers import Document, read_documents
from .origins import Origins
from .service import Description, Vocabulary, build_service
from .services import check_services, service_of
from .statuses import build_classes, build_types, check_response_names
from .unchanged import MistakenError, Unchanged

_SCHEMAS = MadeOnce[Schema](8)


def assemble(sources: Iterable[Source], report: Report, base: Iterable[Source] = ()) -> Schema:
    """Return the schema that `sources` make up.

    Parameters
    ----------
    sources : iterable of Source
        The files.
    report : Report
        What is wrong already; receives what else is.
    base : iterable of Source, optional
        The files that they extend.

    Raises
    ------
    SchemaError
        If `report` holds any problem at the end, from before or from here.
    """
    texts = tuple(sources), tuple(base)
    if report.problems:
        return _assemble(*texts, report)
    return _SCHEMAS.get(texts, lambda: _assemble(*texts, report))


def _assemble(sources: tuple[Source, ...], base: tuple[Source, ...], report: Report) -> Schema:
    documents: dict[str, list[Document]] = {kind: [] for kind in DOCUMENTS}
    for document in read_documents(sources, base, report):
        documents[document.kind].append(document)
    for kind in REQUIRED:
        # `read_folder` has reported a file that it looked for, with its path; texts from elsewhere
        # have nobody but us to notice.
        if not documents[kind] and not report.problems:
            report.add(Position(f"{kind}.yaml", 1, 1), "missing-file")
    schema = _built(documents, {source.file for source in base}, report)
    if report.problems:
        texts = {source.file: source.text for source in (*base, *sources)}
        raise SchemaError(report.problems, texts)
    return schema


def _fields(documents: Sequence[Document]) -> Fields | None:
    return next((document.fields for document in documents), None)


def _built(
    documents: Mapping[str, Sequence[Document]], extended: Collection[str], report: Report
) -> Schema:
    if not (extended or report.problems):
        with suppress(MistakenError):
            schema = _build(documents, extended, report, Unchanged(report))
            if not report.problems:
                return schema
        report.withdraw(report.problems)
    return _build(documents, extended, report, Unchanged(report, is_anew=True))


def _build(
    documents: Mapping[str, Sequence[Document]],
    extended: Collection[str],
    report: Report,
    unchanged: Unchanged,
) -> Schema:
    elements, statuses, errata_document, waivers = (
        _fields(documents[kind]) for kind in ("elements", "statuses", "errata", "waivers")
    )
    packages = documents["package"]
    package = _fields([each for each in packages if each.file not in extended])
    below = _fields([each for each in packages if each.file in extended])
    origins = unchanged.get((package, below), lambda: Origins(package, extended, below))
    errata = build_errata(errata_document, origins, report) if errata_document else {}
    vocabulary = unchanged.get(
        (elements, statuses, errata_document, origins),
        lambda: _vocabulary(elements, statuses, errata, origins, report),
    )
    parameters, classes, types = vocabulary.parameters, vocabulary.classes, vocabulary.types
    descriptions = [
        unchanged.get((fields, vocabulary), partial(build_service, fields, vocabulary, report))
        for fields in (document.fields for document in documents["service"])
        if fields is not None
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
        origins.summary,
        origins.standards,
        tuple(each for group in documents.values() for one in group for each in one.overrides),
    )


def _vocabulary(
    elements: Fields | None,
    statuses: Fields | None,
    errata: Mapping[str, Erratum],
    origins: Origins,
    report: Report,
) -> Vocabulary:
    parameters = build_parameters(elements, origins, report)
    classes = build_classes(statuses, origins, report)
    types = build_types(statuses, classes, parameters, origins, report)
    return Vocabulary(parameters, classes, types, errata_by_cell(errata), origins)


def _blame(
    names: Names[Any], document: Fields | None, groups: Sequence[str], report: Report
) -> None:
    written = [(group, document.fields(group)) for group in groups] if document else []
    places = {name: place for _, fields in written if fields for name, place in fields.keys.items()}
    if document is not None and groups[0] in document.keys:
        names.blame_entries(document.keys[groups[0]], places, report)


def _names(
    descriptions: Sequence[Description], documents: Sequence[Document], report: Report
) -> Names[Description]:
    """Return the services by name; a file that nobody could read promises one by its own name."""
    found = {each.service.name: each for each in descriptions if each.service.name}
    files = [document.file for document in documents]
    files += [problem.position.file for problem in report.problems]
    broken = {service_of(file) for file in files} - set(found)
    return Names("unknown-service", found, broken, is_open=not documents)
