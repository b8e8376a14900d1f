"""Build one service from its file.

The three layers are built apart and only then held against one another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...reading.names import Names
from ...reading.position import Position
from ...reading.problems import Report
from ...reading.values import Fields, Items, is_whole
from ...table.column import Column
from ..documents import ROW
from ..model import Listing, Parameter, Service, StatusClass, StatusType
from .columns import columns_of
from .examples import build_examples
from .lines import Line, has_status, read_lines
from .messages import build_messages
from .origins import Origins
from .rows import Table, build_rows


@dataclass(frozen=True)
class Vocabulary:
    """What every service file may name."""

    parameters: Names[Parameter]
    classes: Names[StatusClass]
    types: Names[StatusType]
    errata: Mapping[tuple[str, str], tuple[str, ...]]
    origins: Origins


@dataclass(frozen=True)
class Description:
    """A service with the file and the lines that it was built from."""

    service: Service
    document: Fields
    lines: Names[Line]


def build_service(document: Fields, vocabulary: Vocabulary, report: Report) -> Description:
    """Return the service that `document` describes.

    Parameters
    ----------
    document : Fields
        The file, read as `documents.DOCUMENT`.
    vocabulary : Vocabulary
        What it may name.
    report : Report
        Receives what is wrong.
    """
    columns, parameters = _columns(document), vocabulary.parameters
    of_rows = _columns_of_rows(document, report)
    lines = read_lines(document.fields("parameters"), of_rows, parameters, report)
    status = has_status(lines, parameters)
    reference = document.fields("reference")
    section = reference.text("section") if reference else ""
    rows = build_rows(lines, _table(document, of_rows, status, section, vocabulary), report)
    statuses = _statuses(document, status, vocabulary.types, report)
    _check_descriptions(document, lines, statuses, report)
    messages = build_messages(document, columns, lines, parameters, report)
    service = Service(
        name=document.text("service"),
        summary=document.text("summary"),
        section=section,
        table=reference.text("table") if reference else "",
        columns=columns,
        rows=rows,
        messages=messages,
        statuses=tuple(statuses.found.values()),
        examples=build_examples(document, columns, lines, statuses, report),
        position=_position(document),
        listings={word.text: Listing(word.position) for word in document.words("statuses")},
        standard=vocabulary.origins.of(
            reference or document, (reference or document).position, report
        ),
    )
    return Description(service, document, lines)


def _columns(document: Fields) -> dict[str, Column]:
    """Return the columns by name; none if nobody could tell which there are."""
    headings = document.fields("columns")
    if headings is None or headings.is_open or _idle_columns(document):
        return {}
    return columns_of({column: headings.text(column) for column in headings.keys})


def _idle_columns(document: Fields) -> list[str]:
    """Return the columns for which no row has a cell, where rows have cells for others."""
    headings, rows = document.fields("columns"), document.fields("parameters")
    if headings is None or rows is None:
        return []
    used = {key for _, _, fields in rows.records() for key in fields.keys}
    has_others = not used <= {*headings.keys, *ROW.keys}
    return [column for column in headings.keys if has_others and column not in used]


def _columns_of_rows(document: Fields, report: Report) -> dict[str, Column]:
    """Return the columns in which a row can have a cell."""
    headings, idle = document.fields("columns"), _idle_columns(document)
    for column, position in headings.keys.items() if headings else ():
        if column in ROW.keys:
            report.add(position, "column-name", column=column)
        elif column in idle and not report.has_any_at(position):
            report.add(position, "idle-column", column=column)
    return {name: each for name, each in _columns(document).items() if name not in ROW.keys}


def _table(
    document: Fields,
    columns: Mapping[str, Column],
    status: bool | None,
    section: str,
    vocabulary: Vocabulary,
) -> Table:
    written, name = document.fields("descriptions"), document.text("service")
    descriptions = {key: written.text(key) for key in written.values} if written else {}
    errata = {key: ids for (service, key), ids in vocabulary.errata.items() if service == name}
    return Table(columns, status, section, vocabulary.classes, descriptions, errata)


def _position(document: Fields) -> Position:
    word = document.word("service")
    return word.position if word else document.position


def _statuses(
    document: Fields, has_row: bool | None, types: Names[StatusType], report: Report
) -> Names[StatusType]:
    """Return the statuses that are listed; it is open if one of them could not be told."""
    written = document.values.get("statuses")
    words = document.words("statuses")
    found = [types.find(word.text, word.position, report) for word in words]
    if words and has_row is False:
        report.add(document.keys["statuses"], "statuses-without-status")
    if isinstance(written, Items) and not written.items and written.is_whole and has_row:
        report.add(document.keys["statuses"], "no-statuses")
    known = {status.identifier: status for status in found if status is not None}
    is_open = not is_whole(written) or None in found
    return Names("unknown-status-type", known, is_open=is_open)


def _check_descriptions(
    document: Fields, lines: Names[Line], statuses: Names[StatusType], report: Report
) -> None:
    written = document.fields("descriptions")
    fields = [item for status in statuses.found.values() for item in status.fields]
    known = (*lines, *(item.parameter.keyword for item in fields))
    is_open = lines.is_open or statuses.is_open
    names = Names("idle-description", dict.fromkeys(known, ""), is_open=is_open)
    for keyword, position in written.keys.items() if written else ():
        names.find(keyword, position, report)
