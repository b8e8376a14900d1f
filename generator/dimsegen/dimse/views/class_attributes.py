"""The class attributes of a primitive: its table, its elements, its status fields, as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...code import layout
from ...code.naming import constant
from ...table.notation import hex4
from ..primitives import Direction, Primitive


def class_attributes(primitive: Primitive) -> Iterable[str]:
    """Yield each class attribute as an assignment, indented as the body of the class."""
    strings = "ClassVar[tuple[str, ...]]"
    status = [parameter.keyword for parameter in primitive.status_fields]
    sides = (("request", primitive.request), ("response", primitive.response))
    for side, direction in sides:
        rows = direction.rows if direction else ()
        mandatory = [r.keyword for r in rows if direction and direction.cell(r).usage.is_mandatory]
        yield _doc(f"The mandatory parameters of a {side}, in table order.")
        yield _tuple(f"{side.upper()}_KEYWORDS: {strings}", layout.strings(mandatory))
    yield _doc(f"The elements that {primitive.annex} permits with some status, ascending by tag.")
    yield _tuple(f"STATUS_OPTIONAL_KEYWORDS: {strings}", layout.strings(status))
    yield _doc("The rows of the table, in order, by keyword.")
    yield _parameters(primitive)
    for side, direction in sides:
        elements = _elements(primitive, direction) if direction else ()
        yield _doc(f"The elements that a {side} can carry, ascending by tag.")
        yield _tuple(f"{side.upper()}_ELEMENTS: {strings}", layout.strings(elements))
    yield _doc(
        f"For each status, what {primitive.annex} permits with it; exact codes before ranges."
    )
    yield _status_fields(primitive)
    fields = layout.strings([parameter.keyword for parameter in primitive.extra_fields])
    yield _tuple(f"_KEYWORDS: {strings}", ["*PARAMETERS", *fields])
    status_row = primitive.status_row
    yield f"    _STATUS: ClassVar[str | None] = {layout.literal(status_row and status_row.keyword)}"


def _doc(text: str) -> str:
    """Return a comment that documentation tools take for the docstring of what follows."""
    return f"    #: {text}"


def _tuple(name: str, items: Sequence[str]) -> str:
    return layout.bracketed(f"{name} = (", items, ")", 4)


def _elements(primitive: Primitive, direction: Direction) -> tuple[str, ...]:
    carried = {field.parameter.keyword: field.parameter for field in direction.message.fields}
    if direction.carries_status:
        carried |= {parameter.keyword: parameter for parameter in primitive.status_fields}
    elements = [parameter for parameter in carried.values() if parameter.tag is not None]
    return tuple(p.keyword for p in sorted(elements, key=lambda parameter: parameter.tag or 0))


def _parameters(primitive: Primitive) -> str:
    rows = [constant(row.parameter.name) for row in primitive.rows]
    start = "PARAMETERS: ClassVar[MappingProxyType[str, Parameter]] = parameters("
    return layout.bracketed(start, rows, ")", 4)


def _status_fields(primitive: Primitive) -> str:
    codes: dict[int, list[str]] = {}
    ranges: dict[tuple[int, int], list[str]] = {}
    for status in primitive.statuses:
        fields = [f.parameter.keyword for f in status.fields if f.is_permitted_in(primitive.name)]
        for pattern in status.patterns:
            free = 4 * pattern.count("x")
            prefix = int(pattern.rstrip("x"), 16)
            known = ranges.setdefault((free, prefix), []) if free else codes.setdefault(prefix, [])
            known += [keyword for keyword in fields if keyword not in known]
    order = _field_order(primitive)
    lines = ["    STATUS_FIELDS: ClassVar[StatusFields] = StatusFields(", "        {"]
    for code in sorted(codes):
        items = layout.strings(sorted(codes[code], key=order.__getitem__))
        lines.append(_entry(hex4(code), items))
    lines += ["        },", "        {"] if codes else []
    for shift, prefix in sorted(ranges):
        items = layout.strings(sorted(ranges[shift, prefix], key=order.__getitem__))
        digits = (16 - shift) // 4
        lines.append(_entry(f"({shift}, 0x{prefix:0{digits}X})", items))
    lines += ["        },"]
    return "\n".join([*lines, "    )"]).replace("{\n        }", "{}")


def _entry(key: str, items: Sequence[str]) -> str:
    return layout.bracketed(f"{key}: (", items, ",)," if len(items) == 1 else "),", 12)


def _field_order(primitive: Primitive) -> dict[str, int]:
    """Return a rank for every keyword: elements ascending by tag, data sets last."""
    known = {
        field.parameter.keyword: field.parameter.tag or 0x1_0000_0000
        for status in primitive.statuses
        for field in status.fields
    }
    return known
