"""Hold the tables of an edition against those of the schemas.

Invariant: a difference is about one cell, or one line, and is told with both texts and its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from pydicom.datadict import keyword_for_tag

from ...document.plain_text import folded
from ...document.sections import Section
from ...document.tables import Table as PageTable
from ...document.tables import Tables, table_of
from ...reading.position import Position
from ...sets.diff_rules import stated
from ...sets.edition_check import Verification
from ...sets.finding import Finding
from ...sets.verdicts import NARROWS, REPLACES, WIDENS, Verdicts
from ...table.erratum import Erratum
from ...table.parameter import Parameter
from ..family import FAMILY
from ..model import Cell, Row, SOPClasses, Table
from ..presence import verdicts
from ..printed_lines import INCLUDE, OTHERS, PrintedLine, explained, lines_of, tables_of
from .page_lines import OtherColumnsError, PageLine, read_lines
from .page_rows import services_of, statuses_of

_USAGE, _ROW, _ELEMENT = "attribute-usage", "attribute-line", "element-changed"
_TEXT = "documentation-edited"


@dataclass
class _Found:
    """What is found, and how much was compared."""

    findings: list[Finding] = field(default_factory=list)
    explained: list[tuple[Finding, Erratum]] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    alone: dict[str, str] = field(default_factory=dict)
    tables: int = 0
    lines: int = 0
    cells: int = 0
    others: int = 0


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
    found = _Found()
    tables = _Page(document)
    for table in tables_of(model):
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
        _Pair(table, lines, model, found).compare()
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
    )


class _Pair:
    """An attribute table on the page and in the schemas."""

    def __init__(
        self, table: Table, page: tuple[PageLine, ...], model: SOPClasses, found: _Found
    ) -> None:
        self._table, self._page, self._model, self._found = table, page, model, found
        self._ours = lines_of(table)
        self._printed = explained(model.errata)
        self._rows = _rows_by_place(table)

    def compare(self) -> None:
        """Find what differs, in the order of the schemas."""
        old = [_key(each.kind, each.type_id, each.name, each.tag) for each in self._page]
        new = [_ours_key(each, self._printed) for each in self._ours]
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        at = self._table.position
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag == "equal":
                for was, is_now in zip(self._page[i:j], self._ours[k:m], strict=True):
                    self._line(was, is_now)
                at = self._ours[m - 1].position
                continue
            pairs = _with_equal_names(self._page[i:j], self._ours[k:m])
            for was, is_now in pairs:
                self._line(was, is_now)
            for was in self._page[i:j]:
                if all(was is not each for each, _ in pairs):
                    self._gone(was, at)
            for is_now in self._ours[k:m]:
                if all(is_now is not each for _, each in pairs):
                    self._new(is_now)

    def _line(self, was: PageLine, is_now: PrintedLine) -> None:
        self._found.lines += 1
        if was.depth != is_now.depth:
            old, new = str(was.depth), str(is_now.depth)
            text = f"prints {old} '>' before {was.name}, and the schemas have {new}"
            self._tell("depth", _ROW, is_now, old, new, REPLACES, text)
        if was.tag is not None and is_now.tag is not None and was.tag != is_now.tag:
            old, new = _shown(was.tag), _shown(is_now.tag)
            text = f"prints the tag {old} for {was.name}, and the schemas have {new}"
            self._tell("tag", _ELEMENT, is_now, old, new, REPLACES, text)
        if was.kind == "row" and folded(was.name) != folded(is_now.name):
            text = f"names {is_now.kind} {was.name}, and the dictionary {is_now.name}"
            self._tell("name", _TEXT, is_now, was.name, is_now.name, stated(_TEXT), text)
        for column, new in is_now.cells.items():
            self._found.cells += 1
            old = was.cells.get(column, "")
            if old != new:
                text = f"prints {old or 'nothing'} for {was.name} below {column}, and the schemas "
                text += f"have {new or 'nothing'}"
                what = f"{column} of"
                self._tell(what, _USAGE, is_now, old, new, self._judged(is_now, column, old), text)

    def _judged(self, line: PrintedLine, column: str, old: str) -> Verdicts:
        about = self._model.columns[column]
        row = self._rows.get((line.type_id, line.path))
        usages = self._model.usages[about.legend]
        bare = "/".join(side.removesuffix("C") or side for side in old.split("/"))
        usage = usages.get(old) or usages.get(bare)
        if row is None or usage is None:
            return REPLACES
        return verdicts(Cell(old, usage, "C" in old, "C" in old), row.cells[column], about)

    def _gone(self, was: PageLine, at: Position) -> None:
        text = f"prints {was.name}, and the schemas do not have it"
        shown = ";".join(was.cells.values()) or was.name
        known = keyword_for_tag(was.tag) if was.tag is not None else ""
        path = known or folded(was.name)
        line = PrintedLine(
            self._table.label, was.type_id, path, was.depth, was.name, was.tag, {}, at
        )
        self._tell("row", _ROW, line, shown, "", WIDENS, text)

    def _new(self, is_now: PrintedLine) -> None:
        text = f"does not print {is_now.name}, and the schemas have it"
        shown = ";".join(is_now.cells.values()) or is_now.name
        self._tell("row", _ROW, is_now, "", shown, NARROWS, text)

    def _tell(
        self,
        what: str,
        rule: str,
        line: PrintedLine,
        old: str,
        new: str,
        verdict: Verdicts,
        text: str,
    ) -> None:
        table = self._table
        finding = Finding(
            rule,
            f"Table {table.label} {text}",
            f"Table {table.label}",
            what.removesuffix(" of") if what.endswith(" of") else "",
            Parameter(line.path, line.name, "", line.tag),
            old,
            new,
            verdict.senders,
            verdict.receivers,
            f"{FAMILY.part} {table.section}, Table {table.label}",
            line.position,
        )
        known = self._printed.get(line.place(what))
        if known is not None and known[0] == old:
            self._found.explained.append((finding, known[1]))
        else:
            self._found.findings.append(finding)


def _with_equal_names(
    page: tuple[PageLine, ...], ours: tuple[PrintedLine, ...]
) -> list[tuple[PageLine, PrintedLine]]:
    """Return the rows that are one, though a tag is misprinted."""
    left = list(ours)
    found = []
    for was in page:
        key = (was.type_id, was.depth, folded(was.name))
        same = [each for each in left if (each.type_id, each.depth, folded(each.name)) == key]
        if was.kind == "row" and same:
            found.append((was, same[0]))
            left.remove(same[0])
    return found


def _rows_by_place(table: Table) -> dict[tuple[str, str], Row]:
    found: dict[tuple[str, str], Row] = {}

    def walk(type_id: str, rows: tuple[Row, ...], above: str) -> None:
        for row in rows:
            found[type_id, f"{above}{row.keyword}"] = row
            walk(type_id, row.rows, f"{above}{row.keyword}.")

    walk("", table.rows, "")
    for each in (*table.event_types, *table.action_types):
        walk(str(each.id), each.rows, "")
    return found


def _key(kind: str, type_id: str, name: str, tag: int | None) -> tuple[str, ...]:
    """Return by which two lines are known to be one: the tag of a row, the macro of an include."""
    if kind == OTHERS:
        return OTHERS, type_id
    return kind if kind == INCLUDE else "row", type_id, f"{tag:08X}" if tag is not None else name


def _ours_key(line: PrintedLine, printed: Mapping[str, tuple[str, Erratum]]) -> tuple[str, ...]:
    tag = line.tag
    if tag is not None and line.place("tag") in printed:
        tag = int(printed[line.place("tag")][0].strip("()").replace(",", ""), 16)
    return _key(line.kind, line.type_id, line.name, tag)


def _shown(tag: int) -> str:
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X})"


def _compare_others(tables: _Page, model: SOPClasses, found: _Found) -> None:
    """Compare statuses and DIMSE service groups, a line each."""
    for label, ours, section, position in (*_statuses(model), *_services(model)):
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
                    _ROW,
                    f"Table {label} {text}",
                    f"Table {label}",
                    "",
                    Parameter(line[0], line[0], ""),
                    shown if is_on_page else "",
                    "" if is_on_page else shown,
                    verdict.senders,
                    verdict.receivers,
                    f"{FAMILY.part} {section}, Table {label}",
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
    for each in seen.values():
        lines: list[tuple[str, ...]] = [
            (service.name, f"{service.scu}/{service.scp}")
            for service in each.services.values()
            if not (each.action_types and service.name == "N-ACTION")
        ]
        yield each.table, lines, each.section, each.position
