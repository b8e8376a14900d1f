"""Read the service tables, Tables 9.1-x and 10.1-x, and the Status clause that goes with each.

A cell is what is printed; one that is no usage code is a problem and never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...document import tables
from ...document.plain_text import compact, folded, text_of
from ...document.sections import Section
from ...document.tables import Table
from ...document.unreadable import Problem
from ...document.xml_tree import Node
from ...table.row import Cell
from ...table.usage import EQUAL_TO_LEFT
from ..family import USAGES
from ..model import Parameter, Role, Row, StatusType
from .element_tables import data_set
from .known import Known
from .listed import Names
from .mentions import StatusMention

TABLE = re.compile(r"(9|10)\.1-\d+[a-z]?")
_USAGES = {usage.value: usage for usage in USAGES}


@dataclass(frozen=True)
class ServiceTable:
    """A service table; `columns` maps the columns to their heads."""

    name: str
    table: Table
    columns: Mapping[str, str]
    rows: tuple[Row, ...]

    @property
    def section(self) -> str:
        """The section of the service, one above that of its table."""
        return self.table.section.above


def read_service(
    table: Table, parameters: dict[str, Parameter], known: Known, report: list[Problem]
) -> ServiceTable:
    """Return what a service table prints.

    Parameters
    ----------
    table : Table
        The table.
    parameters : dict of str to Parameter
        The elements; receives the data sets of this service.
    known : Known
        Gives the keywords of names and the columns of heads.
    report : list of Problem
        Receives the cells that nobody can read.
    """
    name, _, _ = table.caption.partition(" ")
    if not name or len(table.heads) < 2:
        text = f"{table.name} has no caption that names a service, or no columns"
        report.append(Problem(table.position, f"{text}: this edition cannot be compared"))
    columns = {known.column(head): head for head in table.heads[1:]}
    clauses = {folded(each.title): each.label for each in table.section.walk()}
    rows: dict[str, Row] = {}
    for first, *cells in table.rows:
        keyword = known.keyword(first.text)
        parameter = parameters.setdefault(keyword, data_set(keyword, first.text, known))
        if keyword in rows:
            text = f"{table.name}, {first.text}: a second row for it: correct one"
            report.append(Problem(first.position, text))
        usages = _cells(table, first.text, columns, cells, report)
        clause = clauses.get(folded(first.text), table.section.label)
        printed = known.misprint(first.text, keyword)
        rows[keyword] = Row(parameter, usages, "", clause, first.position, printed=printed)
    return ServiceTable(name, table, columns, tuple(rows.values()))


def read_statuses(
    service: ServiceTable, types: Sequence[StatusType], known: Known
) -> Iterator[StatusMention | Problem]:
    """Return the statuses that the Status clause lists, and the items that nobody can read.

    Parameters
    ----------
    service : ServiceTable
        The service.
    types : sequence of StatusType
        The status types of Annex C.
    known : Known
        Gives the identifiers of names.
    """
    names = _names(types, known)
    for section in _status_clauses(service):
        for item in section.own("listitem", "note"):
            if item.name == "listitem":
                yield _status(item, section, service.name, names, known)


def _names(types: Sequence[StatusType], known: Known) -> Names:
    """Return the names that Annex C gives to the statuses, and those that the schemas give."""
    own = {each.name: each.identifier for each in types}
    codes = {each.patterns[0]: each.identifier for each in types if len(each.codes) == 1}
    return Names(known.status_names | own, codes)


def _status_clauses(service: ServiceTable) -> Iterator[Section]:
    """Yield the clauses about the status, however deep: some editions have one in its neighbour."""
    names = {folded(r.parameter.name) for r in service.rows if r.parameter.role is Role.STATUS}
    return (each for each in service.table.section.walk() if folded(each.title) in names)


def _status(
    item: Node, section: Section, service: str, names: Names, known: Known
) -> StatusMention | Problem:
    text = text_of(item)
    found = names.read(text)
    if found is None:
        shown = text if len(text) < 40 else f"{text[:40]}…"
        said = f"{section.label}, {service}: no status in '{shown}'"
        return Problem(item.position, f"{said}: this edition cannot be compared")
    return StatusMention(
        service,
        section.label,
        found.identifier or known.status_type(found.name),
        found.name,
        found.code,
        found.is_open,
        item.position,
    )


def _cells(
    table: Table,
    name: str,
    columns: Mapping[str, str],
    cells: list[tables.Cell],
    report: list[Problem],
) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for (column, head), cell in zip(columns.items(), cells, strict=True):
        text = compact(cell.text)
        usage = _USAGES.get(text.removesuffix(EQUAL_TO_LEFT))
        if usage is None:
            said = f"{table.name}, {name}, {head}: '{cell.text}' is none of {', '.join(_USAGES)}"
            report.append(Problem(cell.position, f"{said}, with or without {EQUAL_TO_LEFT}"))
            continue
        found[column] = Cell(usage, text.endswith(EQUAL_TO_LEFT), cell.position)
    return found
