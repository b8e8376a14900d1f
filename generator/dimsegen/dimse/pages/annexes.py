"""The reference pages that are not about one primitive: statuses, elements, errata, the package.

As for the primitives, every table is read off the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...code.naming import class_name
from ...pages import rst
from ...pages.links import Links
from ...table.erratum import Erratum
from ...table.notation import tag_in_words
from ...table.status_codes import show
from ..family import PRINTED
from ..model import Schema, StatusType
from ..primitives import Primitive
from .clauses import linked, links_of


@dataclass(frozen=True)
class Listed:
    """A primitive in a list: its page, and what it is for."""

    page: str
    class_name: str
    summary: str


@dataclass(frozen=True)
class Contradiction:
    """An erratum on the errata page."""

    identifier: str
    title: str
    clause: str
    other_clause: str
    decision: str
    cells: str


def listed(primitives: Sequence[Primitive]) -> tuple[Listed, ...]:
    """Return the primitives as the index lists them."""
    names = [(class_name(primitive.name), primitive.summary) for primitive in primitives]
    return tuple(Listed(name.lower(), name, rst.escaped(summary)) for name, summary in names)


def status_table(schema: Schema) -> str:
    """Return all status types of Annex C, and in which responses each permits what."""
    rows = [
        [
            show(status.codes),
            rst.escaped(status.name),
            rst.escaped(status.status_class.name),
            rst.unlike_a_block(_fields(status)),
            ", ".join(_services(schema, status)),
            links_of(status.standard).linked(status.clause),
        ]
        for status in schema.status_types
    ]
    heads = ["Code", "Status", "Class", "Permits", "Services that list it", "Clause"]
    return rst.list_table(heads, rows, kind="statuses")


def _fields(status: StatusType) -> str:
    return ", ".join(
        rst.inline(field.parameter.name)
        + (f" (in {', '.join(field.services)})" if field.services else "")
        for field in status.fields
    )


def _services(schema: Schema, status: StatusType) -> list[str]:
    found = [service.name for service in schema.services if status in service.statuses]
    return [f":ref:`{name} <{name}>`" for name in found]


def class_table(schema: Schema) -> str:
    """Return the status classes with their codes."""
    rows = [
        [rst.escaped(each.name), show(each.codes), links_of(each.standard).linked(each.clause)]
        for each in schema.status_classes
    ]
    return rst.list_table(["Class", "Codes", "Clause"], rows)


def element_table(schema: Schema) -> str:
    """Return every command element, ascending by tag, and the messages that carry it."""
    rows = [
        [
            tag_in_words(parameter.tag),
            rst.escaped(parameter.name),
            f"``{keyword}``",
            parameter.vr or "",
            parameter.vm or "",
            ", ".join(_messages(schema, keyword)),
        ]
        for keyword, parameter in schema.parameters.items()
        if not parameter.is_data_set
    ]
    heads = ["Tag", "Name", "Keyword", "VR", "VM", "Messages"]
    return rst.list_table(heads, rows, kind="elements")


def retired_table(schema: Schema) -> str:
    """Return the retired elements, ascending by tag, and the clause that still allows one."""
    rows = [
        [
            f"({each.tag >> 16:04X},{each.tag & 0xFFFF:04X})",
            rst.escaped(each.name),
            f"``{each.keyword}``",
            each.vr,
            each.vm,
            linked(each.allowed_by) if each.allowed_by else "",
        ]
        for each in schema.retired
    ]
    heads = ["Tag", "Name", "Keyword", "VR", "VM", "Still allowed by"]
    return rst.list_table(heads, rows, kind="elements")


def _messages(schema: Schema, keyword: str) -> list[str]:
    return [
        message.name
        for service in schema.services
        for message in service.messages.values()
        if any(field.parameter.keyword == keyword for field in message.fields)
    ]


def contradictions(schema: Schema) -> tuple[Contradiction, ...]:
    """Return the errata, in order."""
    return tuple(
        Contradiction(
            erratum.identifier,
            rst.inline(erratum.title),
            _links(erratum).linked(erratum.clause),
            _links(erratum).linked(erratum.other_clause),
            _links(erratum).linked(erratum.decision),
            ", ".join(
                f":ref:`{service} <{service}>` ``{keyword}``"
                for service, keyword in erratum.applies_to
            ),
        )
        for erratum in schema.errata.values()
    )


def _links(erratum: Erratum) -> Links:
    return links_of(erratum.standard or PRINTED)
