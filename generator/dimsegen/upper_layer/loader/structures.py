"""Build a PDU, an item or a sub-item."""

from __future__ import annotations

from collections.abc import Mapping

from ...reading.problems import Report
from ...reading.values import Fields, Items
from ..model import Contained, Kind, Occurs, Order, Place, Structure, snake_class
from .lone_structures import check_structure
from .named_values import check_codes, values_of
from .structure_fields import build_field


def build_structure(document: Fields, path: str, report: Report) -> Structure:
    """Return the structure that `document` describes; `path` is that of its file."""
    lines = document.values.get("fields")
    items = lines.items if isinstance(lines, Items) else ()
    rows = [line for line in items if isinstance(line, Fields)]
    fields = tuple(build_field(row, report) for row in rows)
    word = document.word("class")
    position = word.position if word else document.position
    primitive = document.fields("primitive")
    structure = Structure(
        document.text("structure"),
        document.text("class"),
        Kind(document.text("kind") or Kind.ITEM.value),
        document.text("summary"),
        _places(document),
        fields,
        values_of(document),
        Order(document.text("order")) if document.text("order") else None,
        tuple(_contained(name, row) for name, _, row in document.records("contains")),
        primitive.texts("becomes") if primitive else (),
        (primitive.text("as") or "indication") if primitive else "",
        _sets(primitive) if primitive else {},
        primitive.texts("takes") if primitive else (),
        position,
    )
    expected = f"{snake_class(structure.class_name)}.yaml"
    if not path.endswith(f"/{expected}"):
        report.add(position, "class-file", name=structure.class_name, expected=expected)
    check_codes(structure.values, report)
    check_structure(structure, report)
    return structure


def _sets(primitive: Fields) -> Mapping[str, str]:
    written = primitive.fields("sets")
    return {name: written.text(name) for name in written.keys} if written else {}


def _places(document: Fields) -> tuple[Place, ...]:
    written = document.values.get("references")
    items = written.items if isinstance(written, Items) else ()
    return tuple(
        Place(item.text("part"), item.text("section"), item.text("table"))
        for item in items
        if isinstance(item, Fields)
    )


def _contained(name: str, row: Fields) -> Contained:
    occurs = Occurs(row.text("occurs") or Occurs.ONE.value)
    return Contained(
        name,
        occurs,
        row.text("as"),
        row.text("conveys"),
        row.text("without"),
        row.text("in"),
        row.text("see"),
        row.text("one_for"),
        row.text("answers"),
        row.text("asked_by"),
        row.texts("at_most"),
        int(row.text("no_limit")) if row.text("no_limit") else None,
        row.position,
    )
