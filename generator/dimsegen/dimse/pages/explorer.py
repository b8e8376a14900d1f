"""The matrix explorer: every service, parameter and direction in one page, as data for it.

The page holds all that it shows; it asks nothing of the network and works things out only to filter
them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from ...code.naming import class_name
from ...code.runnable import runnable
from ...table.notation import tag_in_words
from ...table.status_codes import show
from ...witness.packages import Package
from ..demands import demand_of
from ..family import LEGEND
from ..model import Row, Schema, StatusType
from ..primitives import Direction, Primitive
from ..witness.trials import Trials, Tried
from .clauses import links_of
from .said import Said, violations_of


@dataclass(frozen=True)
class Rule:
    """A rule of a cell: its name, what is said when it is broken, and where it is printed."""

    rule: str
    message: str
    reference: str


@dataclass(frozen=True)
class CellView:
    """A cell: as printed, in words, its rules, and a message that keeps and one that breaks it."""

    column: str
    code: str
    words: str
    rules: tuple[Rule, ...]
    valid: str
    invalid: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class RowView:
    """A row of the table of a service."""

    keyword: str
    name: str
    tag: str
    vr: str
    description: str
    clause: str
    standard: str
    address: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class StatusView:
    """A status that a service lists: its codes as patterns, and what it permits."""

    codes: tuple[str, ...]
    shown: str
    name: str
    status_class: str
    fields: tuple[str, ...]
    clause: str
    address: str


@dataclass(frozen=True)
class ServiceView:
    """A service: its table and its statuses."""

    name: str
    class_name: str
    summary: str
    table: str
    address: str
    columns: dict[str, str]
    rows: tuple[RowView, ...]
    statuses: tuple[StatusView, ...]


def explorer_data(
    schema: Schema, primitives: Sequence[Primitive], package: Package
) -> dict[str, object]:
    """Return what the page shows, ready for JSON.

    Parameters
    ----------
    schema : Schema
        The tables.
    primitives : sequence of Primitive
        The primitives that they make up.
    package : Package
        The package that the same schema gives; the examples are run with it.
    """
    services = {service.name: service for service in schema.services}
    own = [primitive for primitive in primitives if primitive.name in services]
    further = {each.name: each for each in primitives if each.name not in services}
    views = [_service(primitive, further, package) for primitive in own]
    return {"legend": LEGEND, "services": [asdict(view) for view in views]}


def _service(primitive: Primitive, further: dict[str, Primitive], package: Package) -> ServiceView:
    service = primitive.service
    links = links_of(service.standard)
    parts = [(primitive, each) for each in primitive.directions]
    for message in service.messages.values():
        if message.primitive is not None:
            parts.append((further[message.primitive], further[message.primitive].request))
    cells = [_Column(owner, direction, package) for owner, direction in parts]
    return ServiceView(
        name=service.name,
        class_name=class_name(service.name),
        summary=service.summary,
        table=service.table,
        address=links.table(service.table),
        columns={name: each.heading for name, each in service.columns.items()},
        rows=tuple(
            RowView(
                keyword=row.keyword,
                name=row.parameter.name,
                tag="data set" if row.parameter.is_data_set else tag_in_words(row.parameter.tag),
                vr=row.parameter.vr or "",
                description=row.description,
                clause=row.clause,
                standard=service.standard.name,
                address=links.section(row.clause),
                cells=tuple(column.cell(row) for column in cells),
            )
            for row in service.rows
        ),
        statuses=tuple(_statuses(primitive)),
    )


class _Column:
    """One column of the table of a service, seen through the primitive that conveys it."""

    def __init__(self, primitive: Primitive, direction: Direction, package: Package) -> None:
        self._direction = direction
        self._primitive = primitive
        self._package = package.import_name
        self._rows = {row.keyword: row for row in primitive.rows}
        self._trials = Trials(primitive, package)
        self._violations = violations_of(primitive, direction, package)

    def cell(self, row: Row) -> CellView:
        """Return the cell of `row`, a row of the whole table of the service."""
        own = self._rows.get(row.keyword)
        code, column = str(row.cells[self._direction.column]), self._direction.column
        if own is None:
            return CellView(column, code, "", (), "", "", ())
        words = ", ".join(demand_of(self._primitive, self._direction, own).phrases())
        examples = self._trials.of(self._direction, own)
        return CellView(
            column,
            code,
            words,
            tuple(_rule(each) for each in self._violations if each.parameter == row.keyword),
            self._code(examples.valid),
            self._code(examples.invalid),
            examples.invalid.violations if examples.invalid else (),
        )

    def _code(self, tried: Tried | None) -> str:
        return runnable(tried.code, self._package) if tried else ""


def _rule(said: Said) -> Rule:
    return Rule(said.rule, said.message, said.reference)


def _statuses(primitive: Primitive) -> Iterator[StatusView]:
    for status in sorted(primitive.statuses, key=lambda each: min(each.codes)):
        yield StatusView(
            status.patterns,
            show(status.codes),
            status.name,
            status.status_class.name,
            tuple(_fields(primitive, status)),
            status.clause,
            links_of(status.standard).section(status.clause),
        )


def _fields(primitive: Primitive, status: StatusType) -> Iterator[str]:
    for field in status.fields:
        if field.is_permitted_in(primitive.name):
            yield field.parameter.name
