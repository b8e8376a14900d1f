"""The reference page of a primitive, ready to print.

Every table of a page is read off the model; its words are those of the package's own docstrings and
violations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...code.naming import class_name
from ...pages import rst
from ...table.erratum import Erratum
from ...table.notation import hex4, tag_in_words
from ...table.status_codes import show
from ...witness.packages import Package
from ..demands import demand_of
from ..family import LEGEND
from ..model import Role, Row, StatusType
from ..primitives import Direction, Primitive
from ..views import texts
from ..views.carried import Carried, carried_by, fixed_value
from .clauses import links_of
from .exchange import Shown, exchange_of
from .said import violations_of


@dataclass(frozen=True)
class Section:
    """A part of a page: its heading, and what is below it, ready."""

    title: str
    body: str


@dataclass(frozen=True)
class Page:
    """The reference page of one primitive."""

    name: str
    class_name: str
    module_name: str
    summary: str
    sources: str
    sections: tuple[Section, ...]


def page_of(primitive: Primitive, errata: Mapping[str, Erratum], package: Package) -> Page:
    """Return the page of `primitive`.

    Parameters
    ----------
    primitive : Primitive
        What the page is about.
    errata : mapping of str to Erratum
        Where the standard contradicts itself.
    package : Package
        The package that the same schema gives; the page shows what it prints.
    """
    name = class_name(primitive.name)
    sources = [
        f"{rst.link(service.section, links_of(service.standard).section(service.section))}, "
        f"{rst.link(f'Table {service.table}', links_of(service.standard).table(service.table))}"
        for service in primitive.services
    ]
    sections = [
        Section("Table", _table(primitive, package)),
        *_rules(primitive, package),
        *_messages(primitive),
        *_statuses(primitive),
        *_errata(primitive, errata),
        *_examples(exchange_of(primitive, package)),
    ]
    return Page(
        primitive.name,
        name,
        name.lower(),
        rst.escaped(primitive.summary),
        f"{rst.escaped(primitive.service.standard.name)} {'; '.join(sources)}",
        tuple(sections),
    )


def _table(primitive: Primitive, package: Package) -> str:
    directions = primitive.directions
    heads = [
        "Parameter",
        *(rst.escaped(each.head.heading) for each in directions),
        "Tag",
        "VR",
        "Clause",
    ]
    class_path = f"{package.import_name}.{class_name(primitive.name)}"
    rows = [_row(class_path, primitive, row) for row in primitive.rows]
    legend = "\n".join(f"| ``{code}`` {meaning}" for code, meaning in LEGEND.items())
    return f"{rst.list_table(heads, rows, kind='matrix')}\n\n{legend}"


def _row(class_path: str, primitive: Primitive, row: Row) -> list[str]:
    parameter = row.parameter
    return [
        rst.role("attr", parameter.name, f"{class_path}.{row.keyword}"),
        *(_cell(primitive, direction, row) for direction in primitive.directions),
        "data set" if parameter.is_data_set else tag_in_words(parameter.tag),
        parameter.vr or "",
        links_of(primitive.service.standard).linked(row.clause),
    ]


def _cell(primitive: Primitive, direction: Direction, row: Row) -> str:
    """Return the code of a cell, and what else the text says of it."""
    words = ", ".join(demand_of(primitive, direction, row).phrases())
    return f"``{direction.cell(row)}`` {rst.escaped(words)}".rstrip()


def _rules(primitive: Primitive, package: Package) -> Iterator[Section]:
    for direction in primitive.directions:
        rows = [
            [
                rst.escaped(primitive.parameters[item.parameter].name),
                f"``{item.rule}``",
                rst.escaped(item.message),
                links_of(primitive.service.standard).linked(item.reference),
            ]
            for item in violations_of(primitive, direction, package)
        ]
        yield Section(
            f"Rules of the {direction.column}",
            rst.list_table(["Parameter", "Rule", "What is said when it is broken", "Where"], rows),
        )


def _messages(primitive: Primitive) -> Iterator[Section]:
    heads = ["Tag", "Element", "VR", "VM", "Usage", "Value"]
    for direction in primitive.directions:
        message = direction.message
        rows = [_element(item) for item in carried_by(primitive, direction)]
        where = links_of(primitive.service.standard).linked(
            f"{message.section}, Table {message.table}"
        )
        first = next(f.parameter for f in message.fields if f.parameter.role is Role.GROUP_LENGTH)
        own = [field.parameter.name for field in message.fields if field.parameter.is_data_set]
        data_set = f"The data set is the {rst.inline(own[0])}." if own else "No data set follows."
        intro = (
            f"{where}. {rst.inline(first.name)} comes first, then these elements, ascending by tag."
        )
        body = f"{intro} {data_set}\n\n{rst.list_table(heads, rows)}"
        yield Section(f"Message {direction.message_type}", body)


def _element(item: Carried) -> list[str]:
    value, parameter = fixed_value(item), item.parameter
    return [
        tag_in_words(parameter.tag),
        rst.escaped(parameter.name),
        parameter.vr or "",
        parameter.vm or "",
        item.usage,
        "" if value is None else f"``{hex4(value)}``",
    ]


def _statuses(primitive: Primitive) -> Iterator[Section]:
    if not primitive.statuses:
        return
    statuses = sorted(primitive.statuses, key=lambda status: min(status.codes))
    rows = [_status(primitive, status) for status in statuses]
    heads = ["Code", "Status", "Class", "What else the response may carry", "Clause"]
    where = links_of(primitive.service.standard).linked(texts.status_reference(primitive))
    yield Section("Statuses", f"{where}.\n\n{rst.list_table(heads, rows, kind='statuses')}")


def _status(primitive: Primitive, status: StatusType) -> list[str]:
    fields = [
        field.parameter.name for field in status.fields if field.is_permitted_in(primitive.name)
    ]
    return [
        show(status.codes),
        rst.escaped(status.name),
        rst.escaped(status.status_class.name),
        rst.escaped(", ".join(fields)),
        links_of(status.standard).linked(status.clause),
    ]


def _errata(primitive: Primitive, errata: Mapping[str, Erratum]) -> Iterator[Section]:
    names = {service.name for service in primitive.services}
    found = [
        erratum
        for erratum in errata.values()
        if any(service in names for service, _ in erratum.applies_to)
    ]
    if found:
        lines = [
            f"* :ref:`{each.identifier} <{each.identifier}>`: {rst.inline(each.title)}"
            for each in found
        ]
        yield Section("Where the standard contradicts itself", "\n".join(lines))


def _examples(shown: Iterable[Shown]) -> Iterator[Section]:
    for each in shown:
        heads = ["Offset", "Tag", "Length", "Value", "Meaning"]
        rows = [
            [
                str(item.offset),
                f"``{item.tag}``",
                f"``{item.length}``",
                f"``{item.value}``",
                f"**{rst.inline(item.name)}**: {rst.inline(item.meaning)}",
            ]
            for item in each.elements
        ]
        table_of_bytes = rst.list_table(heads, rows, kind="bytes")
        yield Section(
            f"{each.title}, in code and in bytes",
            f"{rst.code(each.session)}\n\nThe bytes of this {each.message_type}:\n\n"
            f"{table_of_bytes}",
        )
