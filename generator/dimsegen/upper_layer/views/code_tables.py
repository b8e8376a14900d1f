"""The values of the fields of a structure with their texts, as constants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...code import layout
from ..model import Field, Structure, Value
from .attributes import variable_for


@dataclass(frozen=True)
class Table:
    """The values of a field with their texts, as a constant."""

    name: str
    comment: str
    lines: tuple[str, ...]


def tables_of(structure: Structure) -> Iterator[Table]:
    """Yield a constant for each field that has values with texts."""
    for field in structure.fields:
        values = structure.values.get(field.name, ())
        if not values:
            continue
        lines: dict[str, str] = {}
        for value in values:
            if value.is_reserved:
                continue
            for code in range(value.first, value.last + 1):
                codes = [c for name in sorted(value.when) for c in value.when[name]]
                key = f"({', '.join([*codes, str(code)])})" if codes else str(code)
                text = layout.literal(value.text)
                lines.setdefault(key, f"{key}: {text},")
        others = sorted({name for value in values for name in value.when})
        by = f", by {' and '.join([*others, field.name])}" if others else ""
        yield Table(f"_{field.attribute.upper()}", f"{field.name}{by}.", tuple(lines.values()))


def key_of(values: tuple[Value, ...], field: Field, before: str = "") -> str:
    """Return the key of a value of `field` in its constant, with what it depends on.

    `before` stands before each name: ``self.`` or nothing.
    """
    others = sorted({name for value in values for name in value.when})
    names = [f"{before}{variable_for(name)}" for name in others]
    value = f"{before}{field.attribute}"
    return f"({', '.join([*names, value])})" if names else value
