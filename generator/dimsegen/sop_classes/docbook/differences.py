"""Hold the tables of an edition against those of the schemas: attributes, statuses and services."""

from __future__ import annotations

from collections.abc import Iterator

from ...document.plain_text import folded
from ...document.sections import Section
from ...document.tables import Table as PageTable
from ...document.tables import Tables, table_of
from ...reading.position import Position
from ...sets.edition_check import Verification
from ...sets.finding import Finding
from ...sets.verdicts import NARROWS, WIDENS
from ...table.parameter import Parameter
from ...table.standard import other_document
from ..family import FAMILY
from ..model import ACTION, SOPClasses, services_below
from ..printed_lines import tables_of
from .page_lines import OtherColumnsError, read_lines
from .page_rows import services_of, statuses_of
from .paired_lines import ROW_CHANGED, Found, Pair


class _Page:
    """The tables of an edition; one without a label is found by its section."""

    def __init__(self, document: Section) -> None:
        self._tables = Tables(document)
        self._sections = {section.label: section for section in document.walk()}

    def find(self, label: str) -> PageTable | None:
        found = self._tables.find(label, may_be_short=True)
        section = self._sections.get(label.rpartition("-")[0])
        return found or (table_of(section) if section else None)


def verify(name: str, document: Section, model: SOPClasses) -> Verification:
    """Return how `model` differs from the `document`, the edition `name`."""
    found = Found()
    tables = _Page(document)
    for table in tables_of(model):
        if other_document(table.section):
            continue
        page = tables.find(table.label)
        if page is None:
            found.missing[table.label] = table.name or table.section
            continue
        try:
            lines = read_lines(page, table)
        except OtherColumnsError as error:
            found.alone[table.label] = f"has other columns: {error}"
            continue
        found.tables += 1
        Pair(table, lines, model, found).compare()
    _compare_others(tables, model, found)
    return Verification(
        name,
        model,
        model,
        tuple(found.findings),
        tuple(found.explained),
        found.missing,
        found.alone,
        (
            (found.tables, "table"),
            (found.lines, "line"),
            (found.cells, "cell"),
            (found.others, "other row"),
        ),
        elsewhere=tuple(_elsewhere(model)),
    )


def _elsewhere(model: SOPClasses) -> Iterator[str]:
    """Yield what other documents print, each with the document."""
    statuses = [each for file in model.files for each in file.statuses]
    named = [
        *((each.name, each.section) for each in model.sop_classes),
        *((f"Table {each.label}", each.section) for each in tables_of(model)),
        *((f"Table {each.label}", each.section) for each in statuses),
    ]
    for name, section in named:
        if document := other_document(section):
            yield f"{name} ({document})"


def _compare_others(tables: _Page, model: SOPClasses, found: Found) -> None:
    """Compare statuses and DIMSE service groups, a line each."""
    for label, ours, section, position in (*_statuses(model), *_services(model)):
        if other_document(section):
            continue
        page = tables.find(label)
        if page is None:
            found.missing[label] = section
            continue
        found.tables += 1
        theirs = (statuses_of if len(next(iter(ours))) > 2 else services_of)(page)
        found.others += len(ours)
        for line in [*theirs, *(each for each in ours if each not in theirs)]:
            if line in theirs and line in ours:
                continue
            is_on_page = line in theirs
            shown = " ".join(line)
            text = f"prints {shown}, and the schemas do not have it"
            if not is_on_page:
                text = f"does not print {shown}, and the schemas have it"
            verdict = NARROWS if is_on_page else WIDENS
            found.findings.append(
                Finding(
                    ROW_CHANGED,
                    f"Table {label} {text}",
                    f"Table {label}",
                    "",
                    Parameter(line[0], line[0], ""),
                    shown if is_on_page else "",
                    "" if is_on_page else shown,
                    verdict.senders,
                    verdict.receivers,
                    FAMILY.cited(section, label),
                    position,
                )
            )


_Other = tuple[str, list[tuple[str, ...]], str, Position]


def _statuses(model: SOPClasses) -> Iterator[_Other]:
    seen = {table.label: table for file in model.files for table in file.statuses}
    for table in seen.values():
        lines: list[tuple[str, ...]] = [
            (each.code, each.status_class, folded(each.meaning)) for each in table.statuses
        ]
        yield table.label, lines, table.section, table.position


def _services(model: SOPClasses) -> Iterator[_Other]:
    seen = {each.table: each for each in model.sop_classes if each.table and each.services}
    typed = services_below(model.columns, ACTION)
    for each in seen.values():
        lines: list[tuple[str, ...]] = [
            (service.name, f"{service.scu}/{service.scp}")
            for service in each.services.values()
            if not (each.action_types and service.name in typed)
        ]
        yield each.table, lines, each.section, each.position
