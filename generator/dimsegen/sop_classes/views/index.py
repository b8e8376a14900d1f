"""The index of SOP classes, and what columns and usage codes mean, as lines of code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...code import layout
from ..family import FAMILY
from ..model import Cell, Row, Service, SOPClass, SOPClasses


def index_lines(schema: SOPClasses) -> Iterator[str]:
    """Yield the line that makes each SOP class."""
    by_keyword = {each.keyword: each for each in schema.sop_classes}
    for each in schema.sop_classes:
        where = FAMILY.cited(each.section)
        if each.table:
            where += f", Table {each.table}"
        texts = layout.strings((each.uid, each.name, each.keyword, where))
        named_in = layout.tuple_of(layout.strings(tuple(_named_in(each, by_keyword))))
        stands_for = layout.tuple_of(layout.strings(each.stands_for))
        given = (
            *texts,
            _pairs(each.services.values()),
            _pairs(each.consists_of.values()),
            stands_for,
            named_in,
            layout.literal(each.file),
        )
        yield f"SOPClass({', '.join(given)})"


def _named_in(one: SOPClass, by_keyword: dict[str, SOPClass]) -> dict[str, None]:
    """Return the services in whose messages `one` is named."""
    found = dict.fromkeys(one.services)
    for keyword in one.stands_for:
        if keyword in by_keyword:
            found |= dict.fromkeys(by_keyword[keyword].services)
    return found


def _pairs(services: Iterable[Service]) -> str:
    pairs = [
        f"{layout.literal(each.name)}: {layout.tuple_of(layout.strings((each.scu, each.scp)))}"
        for each in services
    ]
    return f"{{{', '.join(pairs)}}}"


def attribute_lines(schema: SOPClasses) -> Iterator[str]:
    """Yield the entry of each attribute that is the same thing in every data set."""
    for what, keyword in schema.attributes.items():
        texts = layout.strings((keyword, schema.dictionary.name(keyword)))
        tag = f"0x{schema.dictionary.tag(keyword) or 0:08X}"
        yield f"{layout.literal(what)}: Attribute({', '.join((tag, *texts))})"


def private_view(schema: SOPClasses) -> dict[str, list[str]]:
    """Return the block that tables have each private creator in, and what is a sequence."""
    private = schema.private.values()
    blocks = dict.fromkeys((each.group, each.creator, each.block) for each in private)
    return {
        "blocks": [
            f"(0x{group:04X}, {layout.literal(creator)}): 0x{block:02X}"
            for group, creator, block in blocks
        ],
        "sequences": [f"0x{each.tag:08X}" for each in private if each.vr == "SQ"],
    }


def request_lines(schema: SOPClasses) -> Iterator[str]:
    """Yield which parameters of each request say what its data set is about."""
    for service, each in schema.requests.items():
        keywords = layout.strings((each.sop_class, each.type, each.asks))
        yield f"{layout.literal(service)}: Request({', '.join(keywords)})"


def column_lines(schema: SOPClasses) -> Iterator[str]:
    """Yield the entry of each column."""
    for column in schema.columns.values():
        services = layout.tuple_of(layout.strings(column.services))
        texts = layout.strings((column.name, column.kind.value))
        tail = layout.strings((column.direction, column.legend, column.sender.upper()))
        entry = f"Column({', '.join((*texts, services, *tail))})"
        yield f"{layout.literal(column.name)}: {entry}"


def usage_lines(schema: SOPClasses) -> Iterator[tuple[str, list[str]]]:
    """Yield each legend with the entries of the codes that the tables use."""
    used: dict[str, dict[str, Cell]] = {legend: {} for legend in schema.usages}
    for file in schema.files:
        for table in file.tables:
            parts = (table.rows, *(t.rows for t in (*table.event_types, *table.action_types)))
            for row in (row for rows in parts for row in _all_rows(rows)):
                for name, cell in row.cells.items():
                    if cell.usage is not None:
                        used[schema.columns[name].legend].setdefault(cell.code, cell)
    for legend, cells in used.items():
        order = {code: number for number, code in enumerate(schema.usages[legend])}
        ranked = sorted(
            cells.values(), key=lambda c: (order[c.usage.code] if c.usage else 0, c.code)
        )
        yield legend, [f"{layout.literal(cell.code)}: {_usage(cell)}" for cell in ranked]


def _all_rows(rows: tuple[Row, ...]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from _all_rows(row.rows)


def _usage(cell: Cell) -> str:
    usage = cell.usage
    assert usage is not None
    texts = layout.strings((cell.code, usage.scu.value, usage.scp.value))
    flags = (cell.is_scu_conditional, cell.is_scp_conditional, usage.may_be_empty)
    tail = layout.strings((usage.text, f"PS3.4 {usage.clause}"))
    states = (layout.tuple_of(layout.strings(usage.states)),) if usage.states else ()
    return f"Usage({', '.join((*texts, *map(str, flags), *tail, *states))})"
