"""What a data set breaks of a table, said by the YAML itself: slowly, and in another way.

It walks the model that `load_schema` gives and a data set of pydicom; it shares no code with the
generated package.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dimsegen.sop_classes.model import (
    Cell,
    Column,
    ColumnKind,
    Condition,
    ConditionKind,
    Presence,
    Row,
    SOPClass,
    SOPClasses,
)
from pydicom.dataset import Dataset

from .data_sets import element as element_of

Levels = tuple[Dataset, ...]
Broken = tuple[str, str]


def provider_is_scu(column: Column) -> bool:
    """5.4.2: the SCU sends requests, and is told of events by the SCP."""
    return (column.direction == "request") != ("N-EVENT-REPORT" in column.services)


def broken(
    schema: SOPClasses,
    sop_class: SOPClass,
    service: str,
    direction: str,
    type_id: int | None,
    data_set: Dataset,
) -> list[Broken]:
    """Return the rule and the path of everything that the rows of usage columns object to."""
    found: list[Broken] = []
    for column, rows in rows_of(schema, sop_class, service, direction, type_id):
        found += list(_rows(rows, column, (data_set,), ""))
    return found


def rows_of(
    schema: SOPClasses, sop_class: SOPClass, service: str, direction: str, type_id: int | None
) -> Iterator[tuple[Column, tuple[Row, ...]]]:
    names = {sop_class.keyword, *sop_class.stands_for}
    file = next(each for each in schema.files if each.name == sop_class.file)
    for table in file.tables:
        if table.sop_classes and not names & set(table.sop_classes):
            continue
        for name in table.columns:
            column = schema.columns[name]
            if column.kind is not ColumnKind.USAGE or column.direction != direction:
                continue
            if service not in schema.serves(table, name):
                continue
            if table.rows:
                yield column, table.rows
            for part in (*table.event_types, *table.action_types):
                if part.id == type_id:
                    yield column, part.rows


def _rows(rows: tuple[Row, ...], column: Column, levels: Levels, path: str) -> Iterator[Broken]:
    for row in rows:
        cell = row.cells.get(column.name)
        if cell is not None:
            yield from _row(row, cell, column, levels, f"{path}{row.keyword}")


def _row(row: Row, cell: Cell, column: Column, levels: Levels, path: str) -> Iterator[Broken]:
    here = levels[-1]
    element = element_of(here, row.keyword)
    if element is None:
        if _is_wanted(cell, column, levels):
            yield "missing-attribute", path
        return
    if not cell.is_allowed or (cell.only_when and not holds(cell.only_when, levels)):
        yield "attribute-not-allowed", path
        return
    if element.is_empty or (row.vr == "SQ" and not element.value):
        if cell.usage and not cell.usage.may_be_empty and not cell.is_empty:
            yield "missing-attribute-value", path
        return
    if cell.is_empty:
        yield "attribute-value", path
        return
    if cell.values and any(each not in cell.values for each in texts(element.value)):
        yield "attribute-value", path
    if row.vr == "SQ":
        first, _, last = cell.items.partition("-")
        most = last or first
        count = len(element.value)
        if cell.items and (count < int(first) or (most != "n" and count > int(most))):
            yield "attribute-value", path
        for number, item in enumerate(element.value, 1):
            yield from _rows(row.rows, column, (*levels, item), f"{path}[{number}].")


def _is_wanted(cell: Cell, column: Column, levels: Levels) -> bool:
    if cell.is_demanded:
        return True
    if cell.usage is None:
        return False
    side, is_conditional = (
        (cell.usage.scu, cell.is_scu_conditional)
        if provider_is_scu(column)
        else (cell.usage.scp, cell.is_scp_conditional)
    )
    if side is not Presence.MANDATORY:
        return False
    if is_conditional:
        return cell.required_when is not None and holds(cell.required_when, levels)
    return True


def holds(condition: Condition, levels: Levels) -> bool:
    kind = condition.kind
    if kind is ConditionKind.ANY:
        return any(holds(part, levels) for part in condition.parts)
    if kind is ConditionKind.ALL:
        return all(holds(part, levels) for part in condition.parts)
    if kind is ConditionKind.NOT:
        return not holds(condition.parts[0], levels)
    if kind is ConditionKind.CHARACTERS:
        return any(
            not each.isascii()
            for element in levels[0].iterall()
            if element.VR in ("LO", "LT", "PN", "SH", "ST", "UC", "UT")
            for each in texts(element.value)
        )
    answers = []
    for name in condition.names:
        elements = list(named(name, levels))
        given = [texts(each.value) for each in elements if each.VR != "SQ"]
        if kind is ConditionKind.ABSENT:
            answers.append(not elements)
        elif kind is ConditionKind.PRESENT:
            answers.append(bool(elements))
        elif kind is ConditionKind.WITH_VALUE:
            answers.append(any(not e.is_empty and e.value not in ([], "") for e in elements))
        elif kind is ConditionKind.NONZERO:
            answers.append(any(float(each) != 0 for several in given for each in several if each))
        else:
            meant = [each in condition.values for several in given for each in several]
            is_value = kind is ConditionKind.VALUE
            answers.append(any(meant) if is_value else bool(elements) and not any(meant))
    return all(answers)


def named(name: str, levels: Levels) -> Iterator[Any]:
    """Yield the elements that a condition names."""
    ups = name.count("../")
    *sequences, keyword = name.replace("../", "").split("/")
    if ups >= len(levels):
        return
    items = [levels[len(levels) - 1 - ups]]
    for sequence in sequences:
        found = [element_of(item, sequence) for item in items]
        items = [inner for each in found if each is not None for inner in each.value]
    for item in items:
        element = element_of(item, keyword)
        if element is not None:
            yield element


def texts(value: Any) -> list[str]:
    if value is None:
        return []
    several = value if isinstance(value, list) or hasattr(value, "append") else [value]
    return [str(each) for each in several]
