"""The items that convey one part each of a parameter: how a part becomes an item, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...code import layout
from ...code.fit import fitted
from ..model import PARTS, Contained, Contents, Field, Row, Service, Structure, UpperLayer
from .cell_rules import reference
from .conveyed import member_of, record_of, to_item, to_record
from .functions import Function, head, in_body
from .runs import is_name
from .structure import where_of


def item_functions(layer: UpperLayer) -> Iterator[tuple[Function, Function]]:
    """Yield the two functions of each item that conveys a part of a parameter."""
    rows = {row.name: (row, service) for service in layer.services for row in service.rows}
    for structure in layer.structures.values():
        for each in structure.contains:
            if structure.becomes and each.conveys in rows:
                row, service = rows[each.conveys]
                if row.kind in PARTS:
                    parts = _Parts(layer.structures[each.class_name], row, service, layer)
                    yield parts.to_item(), parts.to_record()


@dataclass(frozen=True)
class _Parts:
    """An item, and the parameter of which it conveys a part."""

    inside: Structure
    row: Row
    service: Service
    layer: UpperLayer

    def to_item(self) -> Function:
        name, record = self.inside.class_name, record_of(self.row)
        lines = [line for each in self.inside.contains for line in self._checked(each)]
        arguments = [f"each.{_attribute(f.conveys)}" for f in self.inside.fields if f.conveys]
        arguments += [self._made(each) for each in self.inside.contains if each.conveys]
        lines += in_body(f"return {name}(", arguments, ")")
        signature = head(to_item(self.inside), [f"each: {record}"], name)
        return Function(signature, f"Return the item of {where_of(self.inside)}.", tuple(lines))

    def _checked(self, each: Contained) -> Iterator[str]:
        """Yield what is sent in place of a part that is absent, and refused where it counts."""
        if not each.without:
            return
        name, field = _attribute(each.conveys), self._significant()
        yield f"{name} = each.{name}"
        yield f"if {name} is None:"
        if field is not None:
            ((other, (code,)),) = field.only_when.items()
            part = next(f for f in self.inside.fields if f.name == other)
            value = member_of(self.inside, part, code)
            first = next(f for f in self.inside.fields if f.conveys)
            label = f"{layout.literal(self.row.attribute)}, {layout.literal(self.row.name)}"
            yield f"    if each.{_attribute(part.conveys)} == {value}:"
            yield f'        whose = f"{first.conveys} {{each.{_attribute(first.conveys)}}}"'
            text = f"{{whose}}: a {part.conveys} of {code} needs a {each.conveys}: set it"
            yield f'        text = f"{text}"'
            yield f'        where = "{reference(self.row, self.service)}"'
            yield from fitted([f"        raise unfit({label}, text, where)"], 4)
            yield "    # Not significant otherwise."
        yield f'    {name} = UID("{each.without}")'

    def _significant(self) -> Field | None:
        return next(
            (f for f in self.inside.fields if f.contents is Contents.ITEMS and f.only_when), None
        )

    def _made(self, each: Contained) -> str:
        name = _attribute(each.conveys)
        if not each.occurs.is_single:
            return f"[{each.class_name}(name) for name in each.{name}]"
        return f"{each.class_name}({name if each.without else f'each.{name}'})"

    def to_record(self) -> Function:
        name, record = self.inside.class_name, record_of(self.row)
        lines = [f"record = new({record})"]
        for field in self.inside.fields:
            if field.conveys:
                lines.append(_set(field.conveys, f"item.{field.attribute}"))
        for each in self.inside.contains:
            if each.conveys:
                lines += self._read(each)
        lines.append("return record")
        signature = head(to_record(self.inside), [f"item: {name}"], record)
        doc = f"Return what an item says of the {self.row.name}."
        return Function(signature, doc, fitted(lines, 4))

    def _read(self, each: Contained) -> Iterator[str]:
        inside = self.layer.structures[each.class_name]
        assert is_name(inside)
        (uid,) = [field for field in inside.fields if field.contents is Contents.UID]
        field = self._significant()
        if not each.occurs.is_single:
            yield _set(each.conveys, f"item.{uid.attribute}s")
        elif field is None:
            yield _set(each.conveys, f'item.{uid.attribute} or ""')
        else:
            ((other, (code,)),) = field.only_when.items()
            part = next(f for f in self.inside.fields if f.name == other)
            value = member_of(self.inside, part, code)
            yield f"is_significant = item.{part.attribute} == {value}"
            yield _set(each.conveys, f"item.{uid.attribute} if is_significant else None")


def _set(part: str, value: str) -> str:
    return f'_set(record, "{_attribute(part)}", {value})'


def _attribute(part: str) -> str:
    return part.lower().replace(" ", "_")
