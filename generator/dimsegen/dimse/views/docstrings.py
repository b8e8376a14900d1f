"""Docstrings: the table as printed, and what each parameter is for.

The class docstring carries the whole matrix with its legend, and every property says its cells, so
that `help()` answers without the standard at hand.
"""

from __future__ import annotations

from ...code.layout import wrapped
from ...pages import rst
from ...table.notation import tag_in_words
from ...table.status_codes import show
from ...table.vr import vr_of
from ...table.words import with_article
from ..demands import demand_of, demand_of_field
from ..family import LEGEND
from ..model import Parameter, Row
from ..primitives import Primitive
from . import texts


def table_of(primitive: Primitive) -> list[str]:
    """Return the table of `primitive`, with the headings as printed."""
    directions = primitive.directions
    heads = ["Parameter", *(each.head.heading for each in directions)]
    rows = [
        [row.parameter.name, *(str(each.cell(row)) for each in directions)]
        for row in primitive.rows
    ]
    return rst.matrix(heads, rows)


def class_doc(primitive: Primitive) -> str:
    """Return the docstring of a class, indented as its body."""
    what = f"{with_article(primitive.name)} primitive"
    lines = [
        f"{what[0].upper()}{what[1:]}: {_plain(_lower_first(primitive.summary))}",
        "",
        f"{texts.reference_of(primitive.services)}::",
        "",
        *(f"    {line}" for line in table_of(primitive)),
        "",
        "::",
        "",
        *(f"    {code.ljust(4)}{meaning}" for code, meaning in LEGEND.items()),
        "",
        "A parameter that is absent is None. Setting one raises TypeError for a value of another",
        "type, and ValueError for one that its VR does not allow.",
        "",
        *_statuses(primitive),
        *_examples(primitive),
    ]
    return "\n    ".join(lines).replace("\n    \n", "\n\n").rstrip()


def _statuses(primitive: Primitive) -> list[str]:
    row = primitive.status_row
    if row is None or not primitive.statuses:
        return []
    statuses = sorted(primitive.statuses, key=lambda status: min(status.codes))
    width = max(len(show(status.codes)) for status in statuses) + 2
    lines = [
        f"Statuses ({row.clause}), and the fields that {primitive.annex} permits with them::",
        "",
    ]
    for status in statuses:
        fields = ", ".join(
            field.parameter.name for field in status.fields if field.is_permitted_in(primitive.name)
        )
        text = f"{show(status.codes).ljust(width)}{status.name}{f' ({fields})' if fields else ''}"
        lines += [f"    {line}" for line in wrapped(text, 8, width + 2).split("\n        ")]
    return [*lines, ""]


def _examples(primitive: Primitive) -> list[str]:
    if primitive.response is None:
        return []
    return [
        "See Also",
        "--------",
        "request : Make a request; the signature is the table.",
        "response : Make a response; the signature is the table.",
        "respond : Make the response to this request.",
    ]


def property_doc(
    parameter: Parameter, description: str, row: Row | None, primitive: Primitive
) -> str:
    """Return the docstring of the property of `parameter`: types are in its annotation."""
    values = ", ".join(f"0x{value:04X} {name}" for name, value in parameter.values.items())
    meaning = f"one of {values}" if values else vr_of(parameter.vr).meaning
    kind = "" if parameter.is_data_set else f" {tag_in_words(parameter.tag)}"
    kind += "" if parameter.is_data_set else f", VR {parameter.vr}, VM {parameter.vm}"
    lines = [
        f"{_plain(parameter.name)}{kind}: {meaning}.",
        "",
        wrapped(_plain(description), 8),
        "",
        wrapped(_cells(parameter, row, primitive), 8),
    ]
    return "\n        ".join(lines).replace("\n        \n", "\n\n")


def _cells(parameter: Parameter, row: Row | None, primitive: Primitive) -> str:
    """Return the cells of a parameter in words, and where they are printed."""
    if row is None:
        # It has no cells: what its response asks is all there is.
        direction = primitive.response or primitive.request
        words = demand_of_field(primitive, direction, parameter).words
        return f"{words[0].upper()}{words[1:]}. {texts.status_reference(primitive)}."
    sentences = [
        f"{direction.column.capitalize()}: {demand_of(primitive, direction, row).words}."
        for direction in primitive.directions
    ]
    reference = f"{texts.row_reference(row, primitive.services)}{texts.erratum_of(row)}"
    return " ".join([*sentences, f"{reference}."])


def _plain(text: str) -> str:
    """Return `text` as a docstring has it, so that none of it is taken for markup."""
    return rst.escaped(text).replace("\\", "\\\\")


def _lower_first(text: str) -> str:
    return text[0].lower() + text[1:]
