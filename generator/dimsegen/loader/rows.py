"""Build the rows of a service table.

Invariant: a row that comes out is complete. Its fixed value fits its VR, its equality and its
conditions refer to rows of the same table, and each of them decides at least one cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.conditions import Condition, Not, Present, PresentInRequest, needs_status, parts_of
from ..model.schema import (
    Cell,
    Parameter,
    Position,
    Role,
    Row,
    StatusClass,
    decided_columns,
)
from ..vr import VRS, is_value_of
from . import tree
from .cells import build_cells
from .conditions import Context, build_condition
from .problems import Report, hint
from .reader import Fields, Number, Word

_CONDITIONS = ("required_when", "forbidden_when", "only_when", "permitted_when")


@dataclass(frozen=True)
class Table:
    """What the rows of one table have in common."""

    columns: Mapping[str, str]
    clause: str
    parameters: Mapping[str, Parameter]
    classes: Mapping[str, StatusClass]
    descriptions: Mapping[str, str]
    errata: Mapping[str, tuple[str, ...]]


def build_rows(rows: Fields, table: Table, report: Report) -> tuple[Row, ...]:
    """Return the rows in printed order; those that name no parameter are left out."""
    known: dict[str, Mapping[str, Cell]] = {}
    for keyword, position, fields in rows.records():
        if keyword not in table.parameters:
            close = hint(keyword, table.parameters)
            report.add(position, "unknown-keyword", keyword=keyword, hint=close)
            continue
        known[keyword] = build_cells(keyword, position, fields, table.columns, report)
    builder = _RowBuilder(table, known, report)
    return tuple(
        builder.build(table.parameters[keyword], position, fields)
        for keyword, position, fields in rows.records()
        if keyword in known
    )


class _RowBuilder:
    """Builds one row with knowledge of the cells of all."""

    def __init__(
        self, table: Table, known: Mapping[str, Mapping[str, Cell]], report: Report
    ) -> None:
        self._table = table
        self._known = known
        self._report = report

    def build(self, parameter: Parameter, position: Position, fields: Fields) -> Row:
        keyword = parameter.keyword
        conditions = self._conditions(keyword, fields)
        only = conditions.get("only_when")
        forbidden = conditions.get("forbidden_when") if only is None else Not(only)
        return Row(
            parameter=parameter,
            cells=self._known[keyword],
            description=self._table.descriptions.get(keyword, parameter.description),
            clause=fields.text("see") or self._table.clause,
            position=position,
            value=self._value(parameter, fields),
            equals=self._equals(parameter, fields),
            required_when=conditions.get("required_when"),
            forbidden_when=forbidden,
            permitted_when=conditions.get("permitted_when"),
            errata=self._table.errata.get(keyword, ()),
        )

    def _value(self, parameter: Parameter, fields: Fields) -> int | str | None:
        keyword = parameter.keyword
        fixed = [
            (column, cell) for column, cell in self._known[keyword].items() if cell.usage.is_fixed
        ]
        value = fields.values.get("value")
        for column, cell in fixed:
            place = fields.values[column].position
            if parameter.vr is None:
                self._report.add(place, "value-of-data-set", keyword=keyword)
            elif "value" not in fields.keys:
                self._report.add(
                    place, "fixed-without-value", keyword=keyword, usage=cell.usage.value
                )
        if "value" in fields.keys and not fixed:
            self._report.add(fields.keys["value"], "value-without-fixed", keyword=keyword)
        if not fixed or not isinstance(value, Number | Word) or parameter.vr not in VRS:
            return None
        content = value.value if isinstance(value, Number) else value.text
        if not is_value_of(parameter.vr, content):
            self._report.add(
                value.position,
                "value-outside-vr",
                keyword=keyword,
                value=repr(content),
                vr=parameter.vr,
                what=VRS[parameter.vr].meaning,
            )
        return content

    def _equals(self, parameter: Parameter, fields: Fields) -> str | None:
        word = fields.word("equals")
        if word is None:
            return None
        cells = self._known[parameter.keyword]
        columns = tuple(self._table.columns)
        facts = {"keyword": parameter.keyword, "other": word.text}
        other = self._known.get(word.text)
        source = other.get(columns[0]) if other else None
        response = cells.get(columns[1]) if len(columns) > 1 else None
        if other is None:
            close = hint(word.text, self._known)
            self._report.add(word.position, "unknown-row", hint=close, **facts)
        elif source is not None and source.usage.is_forbidden:
            self._report.add(word.position, "equals-without-request", **facts)
        elif self._table.parameters[word.text].vr != parameter.vr:
            self._report.add(word.position, "equals-vr", **facts)
        if response is None or response.usage.is_forbidden:
            self._report.add(word.position, "equals-absent", keyword=parameter.keyword)
        elif response.is_equal_to_left:
            self._report.add(word.position, "equals-twice", keyword=parameter.keyword)
        return word.text

    def _conditions(self, keyword: str, fields: Fields) -> dict[str, Condition]:
        context = Context(keyword, self._known, self._table.classes, self._report)
        written = [key for key in _CONDITIONS if key in fields.keys]
        for column, cell in self._known[keyword].items():
            if cell.usage.is_conditional and not written:
                place = fields.values[column].position
                self._report.add(place, "missing-condition", keyword=keyword)
        if "only_when" in written and "forbidden_when" in written:
            self._report.add(fields.keys["only_when"], "twice-forbidden", keyword=keyword)
        found: dict[str, Condition] = {}
        for key in written:
            node = fields.values.get(key)
            if not isinstance(node, tree.Mapping):
                continue
            condition = build_condition(node, context)
            if condition is not None:
                found[key] = condition
                self._check_condition(keyword, key, fields.keys[key], condition)
        return found

    def _check_condition(
        self, keyword: str, key: str, place: Position, condition: Condition
    ) -> None:
        columns = tuple(self._table.columns)
        cells = self._known[keyword]
        decided = decided_columns(cells, condition)
        if len(cells) == len(columns) and not decided:
            self._report.add(place, "idle-condition", keyword=keyword, key=key)
        if needs_status(condition) and not self._has_status():
            self._report.add(place, "no-status-row", keyword=keyword)
        for part in parts_of(condition):
            if isinstance(part, Present):
                self._check_present(keyword, place, part.keyword, decided)
            elif isinstance(part, PresentInRequest):
                request = cells.get(columns[0])
                if request is not None and request.usage.is_forbidden:
                    self._report.add(place, "request-test-absent", keyword=keyword)

    def _check_present(
        self, keyword: str, place: Position, other: str, decided: tuple[str, ...]
    ) -> None:
        for column in decided:
            cell = self._known[other].get(column)
            if cell is not None and cell.usage.is_forbidden:
                self._report.add(
                    place, "condition-never", keyword=keyword, other=other, column=column
                )

    def _has_status(self) -> bool:
        return any(self._table.parameters[k].role is Role.STATUS for k in self._known)
