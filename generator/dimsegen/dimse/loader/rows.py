"""Build the rows of a service table.

A row that comes out is complete. Its fixed value fits its VR, its equality and its conditions refer
to rows of the same table, and each of them decides at least one cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...reading.names import Names
from ...reading.position import Position
from ...reading.problems import Report, listed
from ...reading.values import Number, Word
from ...table.column import Column
from ...table.condition import (
    All,
    Condition,
    Not,
    Present,
    PresentInRequest,
    needs_status,
    parts_of,
)
from ...table.notation import hex4
from ...table.renames import check_renames
from ...table.row import decides
from ...table.satisfiable import can_hold
from ...table.vr import VRS, is_value_of
from ..model import Parameter, Row, StatusClass
from .conditions import Context, build_condition
from .lines import Line

_CONDITIONS = ("required_when", "forbidden_when", "only_when", "permitted_when")


@dataclass(frozen=True)
class Table:
    """What the rows of one table have in common.

    Attributes
    ----------
    columns : mapping of str to Column
        The columns; none if nobody could read them.
    has_status : bool or None
        Whether one of the rows is the status; None if nobody could tell.
    """

    columns: Mapping[str, Column]
    has_status: bool | None
    clause: str
    classes: Names[StatusClass]
    descriptions: Mapping[str, str]
    errata: Mapping[str, tuple[str, ...]]


def build_rows(lines: Names[Line], table: Table, report: Report) -> tuple[Row, ...]:
    """Return the rows in printed order; those that name no parameter are left out.

    Parameters
    ----------
    lines : Names of Line
        What is written.
    table : Table
        The table they make up.
    report : Report
        Receives what is wrong.
    """
    builder = _RowBuilder(lines, table, report)
    rows = [builder.build(line) for line in lines.found.values()]
    records = [(line.keyword, line.position, line.fields) for line in lines.found.values()]
    check_renames(records, lines, report)
    return tuple(row for row in rows if row is not None)


class _RowBuilder:
    """Builds one row with knowledge of the cells of all."""

    def __init__(self, lines: Names[Line], table: Table, report: Report) -> None:
        self._lines = lines
        self._table = table
        self._columns = table.columns
        self._answers = [column for column in table.columns.values() if column.answers]
        self._report = report

    def build(self, line: Line) -> Row | None:
        conditions = self._conditions(line)
        only, forbidden = conditions.get("only_when"), conditions.get("forbidden_when")
        value, equals = self._value(line), self._equals(line)
        parameter, fields = line.parameter, line.fields
        if parameter is None:
            return None
        return Row(
            parameter=parameter,
            cells=line.cells,
            description=self._table.descriptions.get(line.keyword, parameter.description),
            clause=fields.text("see") or self._table.clause,
            position=line.position,
            value=value,
            equals=equals,
            required_when=conditions.get("required_when"),
            forbidden_when=Not(only) if only is not None else forbidden,
            permitted_when=conditions.get("permitted_when"),
            errata=self._table.errata.get(line.keyword, ()),
            renamed_from=fields.text("renamed_from") or None,
        )

    def _value(self, line: Line) -> int | str | None:
        keyword, fields, parameter = line.keyword, line.fields, line.parameter
        fixed = [column for column, cell in line.cells.items() if cell.usage.is_fixed]
        is_data_set = parameter is not None and parameter.is_data_set
        if fixed and (is_data_set or "value" not in fields.keys):
            # One value serves all cells of a row, so that it is missed only once.
            usage = line.cells[fixed[0]].usage.value
            rule = "value-of-data-set" if is_data_set else "fixed-without-value"
            self._report.add(fields.place(fixed[0]), rule, keyword=keyword, usage=usage)
        if "value" in fields.keys and not fixed and self._has_all_cells(line):
            self._report.add(fields.keys["value"], "value-without-fixed", keyword=keyword)
        value = fields.values.get("value")
        if not fixed or not isinstance(value, Number | Word):
            return None
        content = value.value if isinstance(value, Number) else value.text
        check_value(line.parameter, content, value.position, self._report)
        return content

    def _equals(self, line: Line) -> str | None:
        word = line.fields.word("equals")
        if word is None:
            return None
        keyword, cells, report = line.keyword, line.cells, self._report
        facts = {"keyword": keyword, "other": word.text}
        self._lines.find(word.text, word.position, report, keyword=keyword)
        other = self._lines.found.get(word.text)
        asked = [other.cells.get(column.answers) for column in self._answers if other]
        if any(source is not None and source.usage.is_forbidden for source in asked):
            report.add(word.position, "equals-without-request", **facts)
        elif other and _differ(other.parameter, line.parameter):
            report.add(word.position, "equals-vr", **facts)
        if self._has_all_cells(line):
            answers = [cells[column.name] for column in self._answers]
            if all(cell.usage.is_forbidden for cell in answers):
                report.add(word.position, "equals-absent", keyword=keyword)
            elif any(cell.is_equal_to_left for cell in answers):
                report.add(word.position, "equals-twice", keyword=keyword)
        return word.text

    def _has_all_cells(self, line: Line) -> bool:
        return bool(self._columns) and len(line.cells) == len(self._columns)

    def _conditions(self, line: Line) -> dict[str, Condition]:
        context = Context(line.keyword, self._lines, self._table.classes, self._report)
        written = [key for key in _CONDITIONS if key in line.fields.keys]
        found: dict[str, Condition] = {}
        for key in written:
            fields = line.fields.fields(key)
            condition = build_condition(fields, context) if fields else None
            if condition is not None:
                found[key] = condition
        self._check_cells(line, written, found)
        for key, condition in found.items():
            self._check_condition(line, key, condition)
        self._check_together(line, written, found)
        return found

    def _check_cells(self, line: Line, written: list[str], found: Mapping[str, Condition]) -> None:
        """Report each C cell that no condition decides, and each condition that decides none."""
        decided: set[str] = set()
        is_idle = False
        for key, condition in found.items():
            columns = self._decided(line, condition)
            decided.update(columns)
            if not columns and self._has_all_cells(line):
                is_idle = True
                place = line.fields.keys[key]
                self._report.add(place, "idle-condition", keyword=line.keyword, key=key)
        if is_idle or len(found) < len(written):
            return
        for column, cell in line.cells.items():
            if cell.usage.is_conditional and column not in decided:
                rule = "undecided-cell" if written else "missing-condition"
                facts = {"usage": cell.usage.value, "column": column}
                self._report.add(line.fields.place(column), rule, keyword=line.keyword, **facts)

    def _check_condition(self, line: Line, key: str, condition: Condition) -> None:
        keyword, place = line.keyword, line.fields.place(key)
        if needs_status(condition) and self._table.has_status is False:
            self._report.add(place, "no-status-row", keyword=keyword)
        if not can_hold(condition):
            self._report.add(place, "condition-impossible", keyword=keyword, key=key)
        decided = self._decided(line, condition)
        for part in parts_of(condition):
            if isinstance(part, Present):
                self._check_present(keyword, place, part.keyword, decided)
            elif isinstance(part, PresentInRequest):
                asked = [line.cells.get(self._columns[name].answers) for name in decided]
                if any(source is not None and source.usage.is_forbidden for source in asked):
                    self._report.add(place, "request-test-absent", keyword=keyword)

    def _decided(self, line: Line, condition: Condition) -> tuple[str, ...]:
        """Return the columns whose cells `condition` decides."""
        columns = self._columns.values()
        return tuple(each.name for each in columns if decides(condition, line.cells, each))

    def _check_present(
        self, keyword: str, place: Position, other: str, decided: tuple[str, ...]
    ) -> None:
        for column in decided:
            cell = self._lines.found[other].cells.get(column)
            if cell is not None and cell.usage.is_forbidden:
                facts = {"other": other, "column": column}
                self._report.add(place, "condition-never", keyword=keyword, **facts)

    def _check_together(
        self, line: Line, written: list[str], found: Mapping[str, Condition]
    ) -> None:
        keyword, fields = line.keyword, line.fields
        if "only_when" in written and "forbidden_when" in written:
            self._report.add(fields.keys["only_when"], "twice-forbidden", keyword=keyword)
        elif "required_when" in found:
            required = found["required_when"]
            for key in ("forbidden_when", "only_when"):
                other = found.get(key)
                if other is None:
                    continue
                forbidden = other if key == "forbidden_when" else Not(other)
                if can_hold(required) and can_hold(All((required, forbidden))):
                    self._report.add(fields.place(key), "contradiction", keyword=keyword, key=key)


def _differ(one: Parameter | None, other: Parameter | None) -> bool:
    return one is not None and other is not None and one.vr != other.vr


def check_value(
    parameter: Parameter | None, value: int | str, position: Position, report: Report
) -> None:
    """Report a fixed value that `parameter` cannot have."""
    vr = parameter.vr if parameter else None
    if parameter is None or vr is None:
        return
    shown = repr(value) if isinstance(value, str) else hex4(value)
    facts = {"keyword": parameter.keyword, "value": shown}
    if not is_value_of(vr, value):
        report.add(position, "value-outside-vr", vr=vr, what=VRS[vr].meaning, **facts)
    elif parameter.values and value not in parameter.values.values():
        known = listed(f"{hex4(each)} ({name})" for name, each in parameter.values.items())
        report.add(position, "unnamed-value", known=known, **facts)
