"""Hold an attribute table as printed against that of the schemas, line by line.

Invariant: a difference is about one cell, or one line, and is told with both texts and its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from pydicom.datadict import keyword_for_tag

from ...document.plain_text import folded
from ...reading.position import Position
from ...sets.diff_rules import stated
from ...sets.finding import Finding
from ...sets.verdicts import NARROWS, REPLACES, WIDENS, Verdicts
from ...table.erratum import Erratum
from ...table.notation import tag_in_words
from ...table.parameter import Parameter
from ..family import FAMILY
from ..model import Cell, Row, SOPClasses, Table
from ..presence import verdicts
from ..printed_lines import INCLUDE, OTHERS, PrintedLine, explained, lines_of
from .page_lines import PageLine

_USAGE, ROW_CHANGED, _ELEMENT = "attribute-usage", "attribute-line", "element-changed"
_TEXT = "documentation-edited"


@dataclass
class Found:
    """What is found, and how much was compared."""

    findings: list[Finding] = field(default_factory=list)
    explained: list[tuple[Finding, Erratum]] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    alone: dict[str, str] = field(default_factory=dict)
    tables: int = 0
    lines: int = 0
    cells: int = 0
    others: int = 0


class Pair:
    """An attribute table on the page and in the schemas."""

    def __init__(
        self, table: Table, page: tuple[PageLine, ...], model: SOPClasses, found: Found
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
            self._tell("depth", ROW_CHANGED, is_now, old, new, REPLACES, text)
        if was.tag is not None and is_now.tag is not None and was.tag != is_now.tag:
            old, new = tag_in_words(was.tag), tag_in_words(is_now.tag)
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
        self._tell("row", ROW_CHANGED, line, shown, "", WIDENS, text)

    def _new(self, is_now: PrintedLine) -> None:
        text = f"does not print {is_now.name}, and the schemas have it"
        shown = ";".join(is_now.cells.values()) or is_now.name
        self._tell("row", ROW_CHANGED, is_now, "", shown, NARROWS, text)

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
            FAMILY.cited(table.section, table.label),
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
