"""What the module of a service primitive says: its properties, its rules, its constructors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...code import layout
from ...code.fit import fitted
from ...code.naming import class_name
from ...reading.problems import listed
from ..family import FAMILY
from ..model import Requestor, Row, Service, UpperLayer, ValueKind
from .answers import Answer, answer_of
from .cell_rules import PREVIOUS, CellRules, Constant, Rule, attribute_of, reference
from .primitive_imports import imports_of
from .service_codes import ServiceCodes
from .value_types import VALUE_TYPES, ValueType


@dataclass(frozen=True)
class Property:
    """A property of the class."""

    name: str
    type: ValueType
    doc: tuple[str, ...]
    getter_head: str
    getter: str
    setter_head: str
    setter: tuple[str, ...]
    initial: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column: how a primitive is made for it, and its rules."""

    name: str
    article: str
    issued: str
    signature: tuple[str, ...]
    arguments: tuple[str, ...]
    valid: tuple[str, ...]
    previous: str
    violations: str
    validate: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class PrimitiveView:
    """What is printed of a service."""

    class_name: str
    base: str
    module: str
    service: str
    summary: str
    where: str
    parameters: tuple[str, ...]
    slots: str
    signature: tuple[str, ...]
    properties: tuple[Property, ...]
    columns: tuple[Column, ...]
    constants: tuple[Constant, ...]
    tables: tuple[str, ...]
    imports: tuple[str, ...]
    pdus: str
    type: str
    methods: str
    answer: Answer | None


def primitive_view(service: Service, layer: UpperLayer) -> PrimitiveView:
    """Return what is printed of `service`."""
    codes = ServiceCodes(service, layer)
    rules = CellRules(service, codes)
    writer = _Columns(service, codes, rules)
    columns = tuple(writer.column(name) for name in service.columns)
    properties = tuple(_property(row, service, codes.words(row)) for row in service.rows)
    tables = tuple(codes.tables())
    name = class_name(service.name)
    pdus = sorted(s.class_name for s in layer.structures.values() if service.name in s.becomes)
    return PrimitiveView(
        name,
        FAMILY.base,
        name.lower(),
        service.name,
        service.summary,
        f"PS3.8 {service.section}, {_tables(service)}",
        tuple(_parameters(service)),
        layout.bracketed(
            "__slots__ = (", layout.strings([f"_{row.attribute}" for row in service.rows]), ")", 4
        ).strip(),
        tuple(_optional(row) for row in service.rows),
        properties,
        columns,
        tuple(rules.constants),
        tables,
        tuple(
            imports_of(
                _code(columns, properties, answer_of(service)),
                bool(rules.constants or tables),
                pdus,
            )
        ),
        " | ".join(pdus),
        type_words(service),
        listed([f"`{column}`" for column in service.columns]),
        answer_of(service),
    )


def _code(
    columns: tuple[Column, ...], properties: tuple[Property, ...], answer: Answer | None
) -> Iterator[str]:
    """Yield the lines that use names from elsewhere."""
    if answer is not None:
        yield from answer.signature
    for column in columns:
        for rule in column.rules:
            yield from rule.lines
    for each in properties:
        yield from (*each.setter, each.getter, f"{each.type.type} {each.type.taken}")


def _required(row: Row) -> str:
    return f"{row.attribute}: {VALUE_TYPES[row.kind].taken},"


def _optional(row: Row) -> str:
    return f"{row.attribute}: {VALUE_TYPES[row.kind].taken} | None = None,"


def type_words(service: Service) -> str:
    """Return of which type the service is, and which end its requestor is, as sentences."""
    requestor = {
        Requestor.ASSOCIATION: "its requestor is that of the association",
        Requestor.EITHER: "either end may be its requestor",
        None: "nobody requests it, and both ends are acceptors",
    }[service.requestor]
    return f"{service.type} (PS3.8 Table {service.type_table}); {requestor}."


def _issued(column: str, service: Service) -> str:
    """Return who issues a primitive, and to whom, as a sentence."""
    issued = service.issued[column]
    where = FAMILY.cited(issued.clause)
    return f"The {issued.by.value} issues it to the {issued.to.value} ({where})."


def _tables(service: Service) -> str:
    plural = "Tables" if len(service.tables) > 1 else "Table"
    return f"{plural} {' and '.join(service.tables)}"


def _parameters(service: Service) -> Iterator[str]:
    for row in service.rows:
        given = [("name", row.name), ("reference", reference(row, service))]
        given += [(column, cell) for column, cell in row.cells.items() if cell]
        given += [("value", row.value)] if row.value else []
        given += [("equals", attribute_of(row.same_as, service))] if row.same_as else []
        arguments = [f"{key}={layout.literal(value)}" for key, value in given]
        line = layout.bracketed(f'"{row.attribute}": ServiceParameter(', arguments, "),", 12)
        yield line.strip()


def _property(row: Row, service: Service, words: Mapping[str, object]) -> Property:
    kind, slot = VALUE_TYPES[row.kind], f"_{row.attribute}"
    cells = [f"{service.columns[column]}: {cell or 'blank'}." for column, cell in row.cells.items()]
    what = kind.what.format_map(words)
    what += f"; one of `{row.enumeration}`" if row.enumeration else ""
    doc = [f"The {row.name} ({reference(row, service)}).", ""]
    fixed = f", always {layout.literal(row.value).strip(chr(34))!r}" if row.value else ""
    if row.same_as:
        fixed = f", always the {row.same_as} of the indication"
    doc += layout.wrapped(f"{what}{fixed}; None where absent.", 8).split("\n")
    doc += ["", *layout.wrapped(" ".join(cells), 8).split("\n")]
    getter = f"as_uid(self.{slot})" if row.kind is ValueKind.UID else f"self.{slot}"
    setter = f"self.{slot} = {kind.coerce}(value, {layout.literal(row.name)})"
    doc[0] = f'"""{doc[0]}'
    lines = [*(line.strip() for line in doc), '"""']
    return Property(
        row.attribute,
        kind,
        tuple(lines),
        _head(row.attribute, "self", f"{kind.type} | None"),
        getter,
        _head(row.attribute, f"self, value: {kind.taken} | None", "None"),
        fitted([setter], 8),
        fitted([f"self.{row.attribute} = {row.attribute}"], 8),
    )


def _head(name: str, arguments: str, returned: str) -> str:
    line = f"    def {name}({arguments}) -> {returned}:"
    if len(line) <= layout.WIDTH:
        return line
    lone = "," if arguments == "self" else ""
    return f"    def {name}(\n        {arguments}{lone}\n    ) -> {returned}:"


class _Columns:
    """Writes the columns of one service."""

    def __init__(self, service: Service, codes: ServiceCodes, rules: CellRules) -> None:
        self._service, self._codes, self._rules = service, codes, rules

    def column(self, name: str) -> Column:
        rows = self._service.rows
        required = [row for row in rows if row.usage(name).is_mandatory]
        optional = [row for row in rows if row.usage(name).is_optional]
        previous = PREVIOUS.get(name, "")
        previous = previous if previous in self._service.columns else ""
        kind = class_name(self._service.name)
        takes = ["self", *([f"{previous}: {kind} | None = None"] if previous else [])]
        rules = tuple(rule for row in rows for rule in self._rules.rules(row, name))
        return Column(
            name,
            f"{'an' if name[0] in 'aeiou' else 'a'} {name}",
            _issued(name, self._service),
            (*map(_required, required), *map(_optional, optional)),
            tuple(f"{row.attribute}={row.attribute}," for row in (*required, *optional)),
            tuple(self._valid(required)),
            previous,
            layout.bracketed(f"def {name}_violations(", takes, ") -> tuple[Violation, ...]:", 4),
            layout.bracketed(f"def validate_{name}(", takes, ") -> None:", 4),
            rules,
        )

    def _valid(self, required: list[Row]) -> Iterator[str]:
        """Yield the lines that say whether every mandatory parameter is present."""
        tests = {row.attribute: f"self._{row.attribute} is not None" for row in required}
        unless = next((row.unless for row in required if row.unless), None)
        if unless is not None:
            always = [tests[row.attribute] for row in required if not row.unless]
            yield f"        if {self._codes.holds(unless)}:"
            yield layout.returned(always, 12)
        yield layout.returned(list(tests.values()), 8)
